/**
 * Why an attempt failed, in words, once for every place that tells it: each class of error, and among answers those statuses that say more than that
 * they are no success.
 */
import type { AttemptErrorCause, AttemptErrorClass } from './attempt.ts';
import { CAUSES } from './attempt-cause.ts';

export interface Explanation {
	readonly en: string;
	readonly pt: string;
}

const CLASSES: Readonly<Record<AttemptErrorClass, Explanation>> = {
	dns: {
		en: 'The name of the receiver was not found. Check the address, and the DNS of its domain.',
		pt: 'O nome do receptor não foi encontrado. Confira o endereço e o DNS do domínio.',
	},
	connect: {
		en: 'The receiver accepted no connection: it is not running, or a firewall is in between.',
		pt: 'O receptor não aceitou a conexão: não está no ar, ou há um firewall no caminho.',
	},
	tls: {
		en: 'The secure connection failed: the certificate is expired, is for another name, or its chain is incomplete.',
		pt: 'A conexão segura falhou: o certificado venceu, é de outro nome, ou a cadeia está incompleta.',
	},
	timeout: {
		en: 'The receiver did not answer in time. It should answer at once, and do its work afterwards.',
		pt: 'O receptor não respondeu a tempo. Ele deve responder de imediato e processar depois.',
	},
	reset: {
		en: 'The connection broke before the answer was complete. The receiver may have got it all the same.',
		pt: 'A conexão caiu antes de a resposta terminar. O receptor pode ter recebido mesmo assim.',
	},
	status: {
		en: 'The receiver answered, but not with a status from 200 to 299, which alone is success.',
		pt: 'O receptor respondeu, mas não com um status de 200 a 299, o único que é sucesso.',
	},
	'too-large': {
		en: 'The headers of the answer were larger than is read.',
		pt: 'Os headers da resposta eram maiores do que se lê.',
	},
	'refused-by-guard': {
		en: 'This gateway does not send there: the address is private or reserved, the URL is not https, or a header is not valid.',
		pt: 'Este gateway não envia para lá: o endereço é privado ou reservado, a URL não é https, ou um header é inválido.',
	},
	interrupted: {
		en: 'This gateway broke the attempt off itself, as it does when it stops. It counts for nothing.',
		pt: 'O próprio gateway interrompeu a tentativa, como faz ao parar. Ela não conta.',
	},
};

const REDIRECT: Explanation = {
	en: 'The receiver redirects elsewhere. Redirects are never followed: register the address that it leads to.',
	pt: 'O receptor redireciona. Redirecionamentos nunca são seguidos: cadastre o endereço final.',
};
const REFUSED: Explanation = {
	en: 'The receiver wants credentials, or refuses those it got. Check the authentication and the headers of the webhook.',
	pt: 'O receptor exige credenciais, ou recusa as recebidas. Confira a autenticação e os headers do webhook.',
};
const BROKEN: Explanation = {
	en: 'The receiver failed while it worked on it. Its own log says why.',
	pt: 'O receptor falhou ao processar. O log dele diz o motivo.',
};
const BEHIND_PROXY: Explanation = {
	en: 'A proxy answered that the receiver behind it is not there.',
	pt: 'Um proxy respondeu que o receptor por trás dele não está no ar.',
};

const STATUSES: Readonly<Record<number, Explanation>> = {
	401: REFUSED,
	403: REFUSED,
	404: {
		en: 'There is nothing at this address of the receiver. Check the path of the URL.',
		pt: 'Não há nada neste endereço do receptor. Confira o caminho da URL.',
	},
	405: { en: 'The receiver takes no POST at this address.', pt: 'O receptor não aceita POST neste endereço.' },
	410: {
		en: 'The receiver says that it is gone for good: the webhook was disabled.',
		pt: 'O receptor diz que deixou de existir: o webhook foi desativado.',
	},
	413: { en: 'The payload is larger than the receiver takes.', pt: 'O corpo é maior do que o receptor aceita.' },
	429: {
		en: 'The receiver gets too many requests: the webhook is slowed down. A rate limit of its own may help.',
		pt: 'O receptor recebe requisições demais: o webhook foi desacelerado. Um limite de taxa próprio pode ajudar.',
	},
	502: BEHIND_PROXY,
	503: BEHIND_PROXY,
	504: BEHIND_PROXY,
};

/** What went wrong and, in a second sentence, what that means or what can be done. */
export function explainFailure(errorClass: AttemptErrorClass, status?: number, errorCause?: AttemptErrorCause): Explanation {
	if (errorCause !== undefined) return explainCause(errorClass, errorCause);
	if (errorClass !== 'status' || status === undefined) return CLASSES[errorClass];
	return STATUSES[status] ?? byHundred(status);
}

function explainCause(errorClass: AttemptErrorClass, errorCause: AttemptErrorCause): Explanation {
	const { en, pt, saysAll } = CAUSES[errorCause];
	const about = CLASSES[errorClass];
	return saysAll ? { en, pt } : { en: `${en} ${about.en}`, pt: `${pt} ${about.pt}` };
}

function byHundred(status: number): Explanation {
	if (status >= 300 && status < 400) return REDIRECT;
	return status >= 500 ? BROKEN : CLASSES.status;
}
