/**
 * The catalogue of errors: each code once, with its HTTP status, whether trying again can help, and what to tell people, in both languages
 * of the dialects. `docs/reference/errors.md` is kept equal to it by a test. `{name}` in a text is filled from the error's details.
 */

import { inPortuguese } from './error-words.ts';

export type Language = 'en' | 'pt';

interface CatalogueEntry {
	readonly status: number;
	readonly retryable: boolean;
	readonly en: string;
	readonly pt: string;
}

export const ERRORS = {
	// The request itself
	invalid_json: { status: 400, retryable: false, en: 'The body is not valid JSON: {faults}', pt: 'O corpo não é um JSON válido: {faults}' },
	invalid_request: {
		status: 400,
		retryable: false,
		en: 'The request is not as documented: {faults}',
		pt: 'A requisição não segue a documentação: {faults}',
	},
	invalid_phone: { status: 400, retryable: false, en: 'Invalid phone', pt: 'Telefone inválido' },
	invalid_media: {
		status: 400,
		retryable: false,
		en: '{field} is no medium that can be sent: it {fault}',
		pt: '{field} não é uma mídia que se possa enviar: {fault}',
	},
	media_unreachable: {
		status: 400,
		retryable: true,
		en: '{field} cannot be fetched: {reason}',
		pt: '{field} não pôde ser baixado: {reason}',
	},
	unsupported_media_type: {
		status: 415,
		retryable: false,
		en: 'Send the body with the header Content-Type: application/json',
		pt: 'Envie o corpo com o header Content-Type: application/json',
	},
	method_not_allowed: {
		status: 405,
		retryable: false,
		en: '{method} is not possible here; use {allow}',
		pt: 'O método {method} não é permitido aqui; use {allow}',
	},
	body_too_large: { status: 413, retryable: false, en: 'The body is larger than {limit} bytes', pt: 'O corpo passa de {limit} bytes' },
	uri_too_long: { status: 414, retryable: false, en: 'A part of the address is too long', pt: 'Uma parte do endereço é longa demais' },
	not_found: { status: 404, retryable: false, en: 'There is nothing at this address', pt: 'Não há nada neste endereço' },
	not_there: { status: 404, retryable: false, en: 'There is no {what} with this id', pt: 'Não existe {what} com este id' },
	idempotency_mismatch: {
		status: 422,
		retryable: false,
		en: 'This Idempotency-Key was used with another body; use a new key for a new request',
		pt: 'Esta Idempotency-Key já foi usada com outro corpo; use uma chave nova para cada requisição',
	},
	// Met inside a commit only: the server then answers what the first request with this key was answered.
	idempotency_raced: {
		status: 409,
		retryable: true,
		en: 'Another request with this Idempotency-Key is being answered; try again',
		pt: 'Outra requisição com esta Idempotency-Key está sendo respondida; tente novamente',
	},
	// Who asks
	unauthorized: { status: 401, retryable: false, en: 'Credentials are missing or wrong', pt: 'Não autorizado' },
	client_token_required: { status: 401, retryable: false, en: 'null not allowed', pt: 'Informe o header Client-Token' },
	client_token_wrong: {
		status: 401,
		retryable: false,
		en: 'The Client-Token is not the one of this account',
		pt: 'O Client-Token não é o desta conta',
	},
	scope_missing: {
		status: 403,
		retryable: false,
		en: 'The token lacks the scope {scope}',
		pt: 'O token não tem o escopo {scope}',
	},
	account_unnamed: {
		status: 403,
		retryable: false,
		en: 'The token is of one account: name it, or something of it, in the request (accountId)',
		pt: 'O token é de uma conta: informe a conta, ou algo dela, na requisição (accountId)',
	},
	/** Told by the live feed. */
	streams_full: {
		status: 503,
		retryable: true,
		en: 'No more than {limit} live streams are served at once; close one, or try again later',
		pt: 'No máximo {limit} transmissões ao vivo são servidas ao mesmo tempo; feche uma ou tente mais tarde',
	},
	streams_too_many: {
		status: 429,
		retryable: true,
		en: 'This credential has {limit} live streams open, its limit; close one first',
		pt: 'Esta credencial já tem {limit} transmissões ao vivo abertas, o seu limite; feche uma antes',
	},
	/** Told by the token bucket of the credential. */
	rate_limited: {
		status: 429,
		retryable: true,
		en: 'Too many requests: this credential may make {limit} a second',
		pt: 'Requisições demais: esta credencial pode fazer {limit} por segundo',
	},
	csrf_missing: {
		status: 403,
		retryable: false,
		en: 'With a session each request that changes something carries the header X-Recado-CSRF, with the csrf of the session',
		pt: 'Com uma sessão, toda requisição que altera algo leva o header X-Recado-CSRF, com o csrf da sessão',
	},
	cross_site_refused: {
		status: 403,
		retryable: false,
		en: 'A page of another site asked for this',
		pt: 'Uma página de outro site fez esta requisição',
	},
	/** Counted by address and by login. */
	sign_in_limited: {
		status: 429,
		retryable: true,
		en: 'Too many failed sign-ins; try again in {seconds} seconds',
		pt: 'Muitas tentativas de acesso sem sucesso; tente novamente em {seconds} segundos',
	},
	sign_in_ambiguous: {
		status: 409,
		retryable: false,
		en: 'Several operators have this name and password; say of which account (accountId: {accounts}), or use a login',
		pt: 'Vários operadores têm este nome e esta senha; informe a conta (accountId: {accounts}) ou use o login',
	},
	/** Of the current one, where somebody changes their own. */
	password_wrong: {
		status: 400,
		retryable: false,
		en: 'The current password is wrong',
		pt: 'A senha atual não confere',
	},
	session_without_password: {
		status: 403,
		retryable: false,
		en: 'Only an operator who signed in by e-mail and password can change it here',
		pt: 'Só um operador que entrou com e-mail e senha pode trocá-la aqui',
	},
	subscription_missing: {
		status: 404,
		retryable: false,
		en: 'Nobody subscribed for this yet',
		pt: 'Ainda não há assinatura',
	},
	subscription_over: {
		status: 402,
		retryable: false,
		en: 'The subscription was cancelled and is over; subscribe again',
		pt: 'A assinatura foi cancelada e terminou; assine novamente',
	},
	personal_data_in_use: {
		status: 409,
		retryable: true,
		en: 'The contact has {what}: it can be erased when that is over',
		pt: 'O contato tem {what}: os dados podem ser apagados quando isso terminar',
	},
	// Webhooks
	webhook_not_https: {
		status: 400,
		retryable: false,
		en: 'A webhook must be an https URL: {url}',
		pt: 'O webhook deve ser uma URL https: {url}',
	},
	webhook_address_refused: {
		status: 400,
		retryable: false,
		en: 'Webhooks to this address are refused: {reason}',
		pt: 'Webhooks para este endereço são recusados: {host} não é um endereço público',
	},
	webhook_has_credentials: {
		status: 400,
		retryable: false,
		en: 'A webhook URL must not contain a user name and password; send credentials in its headers',
		pt: 'A URL do webhook não pode conter usuário e senha; envie credenciais nos headers dele',
	},
	webhook_header_reserved: { status: 400, retryable: false, en: 'The header {name} is reserved', pt: 'O header {name} é reservado' },
	webhook_authorized_twice: {
		status: 400,
		retryable: false,
		en: 'A webhook has either authentication or a header authorization of its own, not both',
		pt: 'O webhook tem authentication ou um header authorization próprio, não os dois',
	},
	webhook_rotated_too_often: {
		status: 409,
		retryable: true,
		en: 'The webhook has {limit} valid secrets already; rotate again after {until}, when the oldest of them ends',
		pt: 'O webhook já tem {limit} segredos válidos; troque de novo depois de {until}, quando o mais antigo deles vence',
	},
	webhook_has_deliveries: {
		status: 409,
		retryable: false,
		en: 'The webhook has deliveries that are not settled; say what becomes of them with deliveries=cancel or deliveries=drain',
		pt: 'O webhook tem entregas em andamento; diga o que fazer com elas: deliveries=cancel ou deliveries=drain',
	},
	webhook_ending: {
		status: 409,
		retryable: false,
		en: 'The webhook is being deleted: it delivers what it has and gets nothing new',
		pt: 'O webhook está sendo removido: entrega o que tem e não recebe nada novo',
	},
	webhook_form_unknown: {
		status: 400,
		retryable: false,
		en: 'This webhook kind is not one of the dialect: {name}',
		pt: 'Este tipo de webhook não existe nesta API: {name}',
	},
	webhook_tells_nothing: {
		status: 400,
		retryable: false,
		en: 'The dialect {dialect} has no webhooks for {events}',
		pt: 'A API {dialect} não tem webhooks para {events}',
	},
	received_webhook_missing: {
		status: 400,
		retryable: false,
		en: 'Configure the received webhook first',
		pt: 'Configure primeiro o webhook de recebimento',
	},
	// Messages and instances
	kind_unsupported: {
		status: 400,
		retryable: false,
		en: 'The channel of this instance cannot send {kind}',
		pt: 'O canal desta instância não envia {kind}',
	},
	message_missing: {
		status: 404,
		retryable: false,
		en: 'There is no message {id} on this instance',
		pt: 'Não existe a mensagem {id} nesta instância',
	},
	message_not_own: {
		status: 400,
		retryable: false,
		en: 'The message {id} was not written by this number: only own messages can be changed',
		pt: 'A mensagem {id} não foi escrita por este número: só mensagens próprias podem ser alteradas',
	},
	message_unfit: {
		status: 400,
		retryable: false,
		en: 'The message {id} is of the kind {kind}: {act} is not possible on it',
		pt: 'A mensagem {id} é do tipo {kind}: {act} não é possível nela',
	},
	message_failed: {
		status: 400,
		retryable: false,
		en: 'The message {id} failed: it is not on WhatsApp',
		pt: 'A mensagem {id} falhou: ela não está no WhatsApp',
	},
	edit_too_late: {
		status: 400,
		retryable: false,
		en: 'The message {id} is too old: WhatsApp lets messages be edited for {minutes} minutes',
		pt: 'A mensagem {id} é antiga demais: o WhatsApp permite editar por {minutes} minutos',
	},
	deletion_too_late: {
		status: 400,
		retryable: false,
		en: 'The message {id} is too old: WhatsApp lets messages be deleted for all for {hours} hours',
		pt: 'A mensagem {id} é antiga demais: o WhatsApp permite apagar para todos por {hours} horas',
	},
	poll_option_missing: {
		status: 400,
		retryable: false,
		en: 'The poll has no option {option}',
		pt: 'A enquete não tem a opção {option}',
	},
	poll_options_too_many: {
		status: 400,
		retryable: false,
		en: 'The poll takes {limit} options at most',
		pt: 'A enquete aceita no máximo {limit} opções',
	},
	reaction_no_emoji: {
		status: 400,
		retryable: false,
		en: 'A reaction is one emoji',
		pt: 'Uma reação é um único emoji',
	},
	window_closed: {
		status: 400,
		retryable: false,
		en: 'The customer {phone} has not written within the last 24 hours: only a template can be sent',
		pt: 'O cliente {phone} não escreveu nas últimas 24 horas: só é possível enviar um template',
	},
	templates_full: {
		status: 409,
		retryable: false,
		en: 'The application has {limit} templates, its limit; delete one first',
		pt: 'O aplicativo tem {limit} templates, o seu limite; remova um antes',
	},
	message_not_queued: {
		status: 409,
		retryable: false,
		en: 'The message is not in the queue any more',
		pt: 'A mensagem não está mais na fila',
	},
	no_instance: { status: 409, retryable: false, en: 'The account has no instance yet', pt: 'A conta ainda não tem uma instância' },
	instance_not_connected: { status: 409, retryable: true, en: 'You are not connected.', pt: 'You are not connected.' },
	operation_unsupported: {
		status: 501,
		retryable: false,
		en: 'The channel of this instance has no {operation}',
		pt: 'O canal desta instância não oferece {operation}',
	},
	not_implemented: {
		status: 501,
		retryable: false,
		en: '{operation} is not there yet',
		pt: '{operation} ainda não existe',
	},
	/** WhatsApp itself says no. */
	whatsapp_refused: { status: 400, retryable: false, en: 'WhatsApp refused: {reason}', pt: 'O WhatsApp recusou: {reason}' },
	channel_unavailable: {
		status: 501,
		retryable: false,
		en: 'The channel {channel} is not there yet',
		pt: 'O canal {channel} ainda não existe',
	},
	not_a_simulator: { status: 409, retryable: false, en: 'This instance is not on the simulator', pt: 'Esta instância não usa o simulador' },
	// Customer service
	operator_missing: { status: 400, retryable: false, en: 'There is no operator with the id {id}', pt: 'Não existe operador com o id {id}' },
	operator_inactive: {
		status: 409,
		retryable: false,
		en: 'The operator {id} is not active',
		pt: 'O operador {id} não está ativo',
	},
	department_missing: {
		status: 400,
		retryable: false,
		en: 'There is no department with the id {id}',
		pt: 'Não existe departamento com o id {id}',
	},
	category_missing: {
		status: 400,
		retryable: false,
		en: 'There is no category or item with the id {id}',
		pt: 'Não existe categoria ou item com o id {id}',
	},
	forbidden: { status: 403, retryable: false, en: 'The operator may not do this', pt: 'O operador não tem permissão para isto' },
	fields_full: {
		status: 409,
		retryable: false,
		en: 'The contact has {limit} fields already, its limit',
		pt: 'O contato já tem {limit} campos, o seu limite',
	},
	quick_replies_full: {
		status: 409,
		retryable: false,
		en: 'The account has {limit} quick replies already, its limit',
		pt: 'A conta já tem {limit} respostas rápidas, o seu limite',
	},
	buttons_full: {
		status: 409,
		retryable: false,
		en: 'The account has {limit} buttons already, its limit',
		pt: 'A conta já tem {limit} botões, o seu limite',
	},
	button_failed: {
		status: 502,
		retryable: true,
		en: 'The API of this button did not answer as documented: {reason}',
		pt: 'A API deste botão não respondeu como documentado: {reason}',
	},
	/** Plugchat documents the status. */
	ticket_invalid: {
		status: 500,
		retryable: false,
		en: 'The header Ticket is not the number of an attendance: {ticket}',
		pt: 'O header Ticket não é o número de um atendimento: {ticket}',
	},
	chat_not_attended: {
		status: 409,
		retryable: false,
		en: 'The operator does not attend this chat: take it first',
		pt: 'O operador não está atendendo este chat: assuma o atendimento antes',
	},
	chat_taken: {
		status: 409,
		retryable: false,
		en: 'Another operator attends this chat already',
		pt: 'Outro operador já está atendendo este chat',
	},
	attendance_finished: { status: 409, retryable: false, en: 'The attendance is finished', pt: 'O atendimento já foi finalizado' },
	// Deliveries
	delivery_unsettled: {
		status: 409,
		retryable: false,
		en: 'The delivery is still on its way: wait until it is settled',
		pt: 'A entrega ainda está em andamento: aguarde até que termine',
	},
	delivery_settled: {
		status: 409,
		retryable: false,
		en: 'The delivery is settled already: there is nothing to discard',
		pt: 'A entrega já terminou: não há nada para descartar',
	},
	job_finished: { status: 409, retryable: false, en: 'The job has ended already', pt: 'O trabalho já terminou' },
	// The gateway itself
	queue_full: {
		status: 429,
		retryable: true,
		en: 'The queue of this instance holds {limit} messages, its limit',
		pt: 'A fila desta instância tem {limit} mensagens, o seu limite',
	},
	store_unavailable: {
		status: 503,
		retryable: true,
		en: 'The gateway cannot store anything right now; try again',
		pt: 'O gateway não consegue gravar agora; tente novamente',
	},
	store_in_use: {
		status: 503,
		retryable: true,
		en: 'Another process of the gateway uses this data directory; stop it, or set RECADO_DATA to another directory',
		pt: 'Outro processo do gateway usa este diretório de dados; encerre-o ou aponte RECADO_DATA para outro diretório',
	},
	lease_lost: {
		status: 503,
		retryable: true,
		en: 'This process was away for too long: another one took over what it had in hand',
		pt: 'Este processo ficou ausente por tempo demais: outro assumiu o que estava com ele',
	},
	shutting_down: {
		status: 503,
		retryable: true,
		en: 'The gateway is shutting down; try again',
		pt: 'O gateway está sendo desligado; tente novamente',
	},
	conflict: {
		status: 409,
		retryable: true,
		en: 'Somebody changed this at the same time; try again',
		pt: 'Isto foi alterado ao mesmo tempo; tente novamente',
	},
	exists: { status: 409, retryable: false, en: 'This exists already', pt: 'Isto já existe' },
	secret_unreadable: {
		status: 500,
		retryable: false,
		en: 'A stored secret cannot be decrypted with RECADO_SECRET_KEY or RECADO_SECRET_KEY_PREVIOUS',
		pt: 'Um segredo gravado não pode ser lido com RECADO_SECRET_KEY nem RECADO_SECRET_KEY_PREVIOUS',
	},
	configuration: { status: 500, retryable: false, en: 'The configuration has faults: {faults}', pt: 'A configuração tem erros: {faults}' },
	internal: {
		status: 500,
		retryable: true,
		en: 'Something failed inside the gateway; its log has the details under this request id',
		pt: 'Algo falhou dentro do gateway; o log tem os detalhes com este id de requisição',
	},
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** The same, read by code: also the proof that each entry has the shape of one. */
const catalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = ERRORS;

/** One thing that is wrong in a request: where, and what is expected there, in both languages. */
export interface Fault {
	/** `contact.phone`, `operators[0]`; empty for the body itself. */
	readonly path: string;
	readonly en: string;
	readonly pt: string;
}

/** An account that a request may mean. */
export interface AccountChoice {
	readonly id: string;
	readonly name: string;
}

export interface ErrorDetails {
	readonly [name: string]: string | number;
}

export interface RecadoErrorOptions {
	readonly details?: ErrorDetails;
	readonly faults?: readonly Fault[];
	/** Of sign_in_ambiguous: those to choose among. Our own dialect tells them, no other. */
	readonly accounts?: readonly AccountChoice[];
	readonly cause?: unknown;
	/** For 503 and 429: seconds after which trying again makes sense. */
	readonly retryAfterSeconds?: number;
}

/** The one class of errors that the gateway throws on purpose. */
export class RecadoError extends Error {
	override readonly name = 'RecadoError';
	readonly code: ErrorCode;
	readonly details: ErrorDetails;
	readonly faults: readonly Fault[];
	readonly accounts: readonly AccountChoice[];
	readonly retryAfterSeconds: number | undefined;

	constructor(code: ErrorCode, options: RecadoErrorOptions = {}) {
		const details = options.details ?? {};
		const faults = options.faults ?? [];
		super(describe(code, 'en', details, faults), options.cause === undefined ? undefined : { cause: options.cause });
		this.code = code;
		this.details = details;
		this.faults = faults;
		this.accounts = options.accounts ?? [];
		this.retryAfterSeconds = options.retryAfterSeconds ?? pauseAfter(code);
	}

	get status(): number {
		return catalogue[this.code].status;
	}

	get isRetryable(): boolean {
		return catalogue[this.code].retryable;
	}

	/** What to tell a person, one sentence. */
	tell(language: Language): string {
		return describe(this.code, language, this.details, this.faults);
	}
}

function describe(code: ErrorCode, language: Language, details: ErrorDetails, faults: readonly Fault[]): string {
	const told: ErrorDetails =
		faults.length === 0 ? details : { ...details, faults: faults.map((fault) => tellFault(fault, language)).join('; ') };
	return catalogue[code][language].replace(/\{(\w+)\}/g, (_whole, name: string) => {
		const value = String(told[name] ?? '');
		return language === 'pt' ? inPortuguese(name, value) : value;
	});
}

export function tellFault(fault: Fault, language: Language): string {
	return fault.path === '' ? fault[language] : `${fault.path} ${fault[language]}`;
}

/** Whatever ends by itself (a restart, a hand-over) is over by then. */
const RETRY_AFTER_SECONDS = 5;

/** 503 says when to ask again (RFC 9110, 15.6.4), whoever answers it. */
function pauseAfter(code: ErrorCode): number | undefined {
	const { status, retryable } = catalogue[code];
	return status === 503 && retryable ? RETRY_AFTER_SECONDS : undefined;
}
