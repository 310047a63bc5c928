/** What exactly went wrong with an attempt, in words: where a cause is known it says more than its class. */
import type { AttemptErrorCause } from './attempt.ts';

export interface CauseExplained {
	readonly en: string;
	readonly pt: string;
	/** What the class has to say is said by it, or ruled out. */
	readonly saysAll?: true;
}

export const CAUSES: Readonly<Record<AttemptErrorCause, CauseExplained>> = {
	'name-unknown': {
		en: 'There is no address for the name of the receiver.',
		pt: 'Não há endereço para o nome do receptor.',
	},
	'dns-unavailable': {
		en: 'The DNS servers gave no answer about the name of the receiver.',
		pt: 'Os servidores de DNS não responderam sobre o nome do receptor.',
	},
	'connection-refused': {
		en: 'The connection was refused: nothing listens at this port.',
		pt: 'A conexão foi recusada: nada escuta nesta porta.',
	},
	unreachable: {
		en: 'There is no way through the network to the address of the receiver.',
		pt: 'Não há caminho na rede até o endereço do receptor.',
	},
	'connect-timeout': {
		en: 'Nobody answered at the address of the receiver.',
		pt: 'Ninguém respondeu no endereço do receptor.',
	},
	'certificate-expired': {
		en: 'The certificate of the receiver has expired. Renew it.',
		pt: 'O certificado do receptor venceu. Renove-o.',
		saysAll: true,
	},
	'certificate-not-yet-valid': {
		en: 'The certificate of the receiver is not valid yet. Check the clocks of both machines.',
		pt: 'O certificado do receptor ainda não é válido. Confira o relógio das duas máquinas.',
		saysAll: true,
	},
	'certificate-revoked': {
		en: 'The certificate of the receiver was revoked. Get a new one.',
		pt: 'O certificado do receptor foi revogado. Obtenha outro.',
		saysAll: true,
	},
	'certificate-self-signed': {
		en: 'The certificate of the receiver is self-signed, and this gateway does not trust it. Use one of a public authority.',
		pt: 'O certificado do receptor é autoassinado, e este gateway não confia nele. Use um de uma autoridade pública.',
		saysAll: true,
	},
	'certificate-untrusted': {
		en: 'The certificate of the receiver is of an authority that this gateway does not trust, or its intermediate certificates are missing.',
		pt: 'O certificado do receptor é de uma autoridade em que este gateway não confia, ou faltam os certificados intermediários.',
		saysAll: true,
	},
	'certificate-of-other-name': {
		en: 'The certificate of the receiver is for another name than that in the URL.',
		pt: 'O certificado do receptor é de outro nome, e não do que está na URL.',
		saysAll: true,
	},
	'certificate-unfit': {
		en: 'The certificate of the receiver is not a sound one for a server. Get a new one.',
		pt: 'O certificado do receptor não é válido para um servidor. Obtenha outro.',
		saysAll: true,
	},
	'handshake-failed': {
		en: 'Both sides found no common way to encrypt: what listens there may be no HTTPS, or too old.',
		pt: 'Os dois lados não acharam um modo comum de cifrar: o que escuta ali pode não ser HTTPS, ou ser antigo demais.',
	},
	'late-for-connection': {
		en: 'The time was up while it waited for a free connection.',
		pt: 'O tempo acabou na espera por uma conexão livre.',
	},
	'late-in-dns': {
		en: 'The time was up while the name was looked up.',
		pt: 'O tempo acabou durante a busca do nome no DNS.',
	},
	'late-in-connect': {
		en: 'The time was up while it was connecting.',
		pt: 'O tempo acabou durante a conexão.',
	},
	'late-in-tls': {
		en: 'The time was up in the TLS handshake.',
		pt: 'O tempo acabou durante a negociação TLS.',
	},
	'late-first-byte': {
		en: 'The request was sent, and no answer came.',
		pt: 'A requisição foi enviada, e nenhuma resposta veio.',
	},
	'late-end': {
		en: 'The answer began, and did not end in time.',
		pt: 'A resposta começou, mas não terminou a tempo.',
	},
	'not-http': {
		en: 'What came was not HTTP.',
		pt: 'O que veio não era HTTP.',
	},
	'cut-short': {
		en: 'The answer ended before its announced length.',
		pt: 'A resposta terminou antes do tamanho anunciado.',
	},
};
