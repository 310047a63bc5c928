/** What went wrong with an attempt, a sentence for each cause. */
import { words } from '../../i18n/words.ts';
import type { Cause } from './failure-cause.ts';

type Sentences = Readonly<Record<Cause, string>>;

const EN: Sentences = {
	nameUnknown: 'There is no address for the name of the receiver.',
	dnsDown: 'The DNS servers gave no answer about the name of the receiver.',
	refused: 'The connection was refused: nothing listens at this port.',
	unreachable: 'There is no way through the network to the address of the receiver.',
	connectTimeout: 'Nobody answered at the address of the receiver.',
	expired: 'The certificate of the receiver has expired. Renew it.',
	notYetValid: 'The certificate of the receiver is not valid yet. Check the clocks of both machines.',
	revoked: 'The certificate of the receiver was revoked. Get a new one.',
	selfSigned: 'The certificate of the receiver is self-signed, and this gateway does not trust it. Use one of a public authority.',
	untrusted:
		'The certificate of the receiver is of an authority that this gateway does not trust, or its intermediate certificates are missing.',
	otherName: 'The certificate of the receiver is for another name than that in the URL.',
	unfit: 'The certificate of the receiver is not a sound one for a server. Get a new one.',
	handshake: 'Both sides found no common way to encrypt: what listens there may be no HTTPS, or too old.',
	queued: 'The time was up while it waited for a free connection.',
	lookingUp: 'The time was up while the name was looked up.',
	connecting: 'The time was up while it was connecting.',
	shakingHands: 'The time was up in the TLS handshake.',
	noAnswer: 'The request was sent, and no answer came.',
	endless: 'The answer began, and did not end in time.',
	notHttp: 'What came was not HTTP.',
	shorter: 'The answer ended before its announced length.',
};

const PT: Sentences = {
	nameUnknown: 'Não há endereço para o nome do receptor.',
	dnsDown: 'Os servidores de DNS não responderam sobre o nome do receptor.',
	refused: 'A conexão foi recusada: nada escuta nesta porta.',
	unreachable: 'Não há caminho na rede até o endereço do receptor.',
	connectTimeout: 'Ninguém respondeu no endereço do receptor.',
	expired: 'O certificado do receptor venceu. Renove-o.',
	notYetValid: 'O certificado do receptor ainda não é válido. Confira o relógio das duas máquinas.',
	revoked: 'O certificado do receptor foi revogado. Obtenha outro.',
	selfSigned: 'O certificado do receptor é autoassinado, e este gateway não confia nele. Use um de uma autoridade pública.',
	untrusted: 'O certificado do receptor é de uma autoridade em que este gateway não confia, ou faltam os certificados intermediários.',
	otherName: 'O certificado do receptor é de outro nome, e não do que está na URL.',
	unfit: 'O certificado do receptor não é válido para um servidor. Obtenha outro.',
	handshake: 'Os dois lados não acharam um modo comum de cifrar: o que escuta ali pode não ser HTTPS, ou ser antigo demais.',
	queued: 'O tempo acabou na espera por uma conexão livre.',
	lookingUp: 'O tempo acabou durante a busca do nome no DNS.',
	connecting: 'O tempo acabou durante a conexão.',
	shakingHands: 'O tempo acabou durante a negociação TLS.',
	noAnswer: 'A requisição foi enviada, e nenhuma resposta veio.',
	endless: 'A resposta começou, mas não terminou a tempo.',
	notHttp: 'O que veio não era HTTP.',
	shorter: 'A resposta terminou antes do tamanho anunciado.',
};

export const CAUSE_WORDS = words({ en: EN, pt: PT });
