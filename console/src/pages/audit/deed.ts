/** What was done to what, in words: read from the method and the route, with the names of what the entry is about where they are known. */
import type { AuditEntry, AuditRoute } from '../../api/views.ts';
import { type InBoth, words } from '../../i18n/words.ts';

const DEED_WORDS = words({
	en: {
		verbs: { POST: 'Created', PUT: 'Set', PATCH: 'Changed', DELETE: 'Deleted' },
		things: {
			accounts: 'account',
			instances: 'instance',
			applications: 'application',
			templates: 'template',
			departments: 'department',
			operators: 'operator',
			categories: 'category',
			'quick-replies': 'quick reply',
			'custom-buttons': 'custom button',
			attendances: 'attendance',
			notes: 'note',
			fields: 'field of a contact card',
			card: 'contact card',
			webhooks: 'webhook',
			jobs: 'replay or discard of many',
			tokens: 'API token',
			settings: 'settings of the instance',
			hours: 'business hours',
			survey: 'survey',
			ura: 'URA',
			uploads: 'unused uploads',
			'personal-data': 'personal data of a customer',
			'client-token': 'demand for the Client-Token',
			state: 'state of the operator',
			session: 'session',
		},
		deeds: {
			'POST accounts/tokens': 'Made new tokens for the account',
			'POST applications/token': 'Made a new token for the application',
			'POST webhooks/secret': 'Made a new secret for the webhook',
			'POST webhooks/test': 'Sent a test to the webhook',
			'POST tokens/revoke': 'Revoked API token',
			'POST deliveries/replay': 'Replayed a delivery',
			'POST deliveries/discard': 'Discarded a delivery',
			'POST jobs/pause': 'Paused a replay or discard of many',
			'POST jobs/resume': 'Resumed a replay or discard of many',
			'POST jobs/cancel': 'Cancelled a replay or discard of many',
			'POST instances/connect': 'Connected the instance',
			'POST instances/disconnect': 'Disconnected the instance',
			'DELETE instances/queue': 'Emptied the queue, or took something out of it',
			'POST accounts/attendances': 'Started an attendance',
			'POST accounts/attendances/finish': 'Finished an attendance',
			'POST accounts/desk/attendances/finish': 'Finished an attendance',
			'POST accounts/desk/attendances/transfer': 'Transferred an attendance',
			'PUT accounts/desk/attendances/operators': 'Added an operator to an attendance',
			'DELETE accounts/desk/attendances/operators': 'Took an operator off an attendance',
			'POST accounts/desk/next': 'Took the next chat',
			'POST accounts/chats/take': 'Took a chat',
			'POST accounts/sign-in': 'Signed in',
			'POST session': 'Signed in',
			'GET session': 'Signed in by OpenID Connect',
			'DELETE session': 'Signed out',
			'PUT session/password': 'Changed their own password',
			'POST session/links': 'Made a link that signs in once',
			'POST instances/restart': 'Restarted the instance',
			'POST instances/extension-session': 'Opened the session of the browser extension',
			'POST accounts/operators/sign-out': 'Ended the access tokens of the operator',
			'POST accounts/custom-buttons/press': 'Pressed a custom button',
		},
	},
	pt: {
		verbs: { POST: 'Criou', PUT: 'Definiu', PATCH: 'Alterou', DELETE: 'Apagou' },
		things: {
			accounts: 'conta',
			instances: 'instância',
			applications: 'aplicação',
			templates: 'modelo',
			departments: 'departamento',
			operators: 'operador',
			categories: 'categoria',
			'quick-replies': 'resposta rápida',
			'custom-buttons': 'botão',
			attendances: 'atendimento',
			notes: 'nota',
			fields: 'campo do cartão de contato',
			card: 'cartão de contato',
			webhooks: 'webhook',
			jobs: 'reenvio ou descarte de muitas',
			tokens: 'token de API',
			settings: 'configurações da instância',
			hours: 'horário de atendimento',
			survey: 'pesquisa',
			ura: 'URA',
			uploads: 'uploads sem uso',
			'personal-data': 'dados pessoais de um cliente',
			'client-token': 'exigência do Client-Token',
			state: 'estado do operador',
			session: 'sessão',
		},
		deeds: {
			'POST accounts/tokens': 'Gerou novos tokens para a conta',
			'POST applications/token': 'Gerou um novo token para a aplicação',
			'POST webhooks/secret': 'Gerou um novo segredo para o webhook',
			'POST webhooks/test': 'Enviou um teste ao webhook',
			'POST tokens/revoke': 'Revogou token de API',
			'POST deliveries/replay': 'Reenviou uma entrega',
			'POST deliveries/discard': 'Descartou uma entrega',
			'POST jobs/pause': 'Pausou um reenvio ou descarte de muitas',
			'POST jobs/resume': 'Retomou um reenvio ou descarte de muitas',
			'POST jobs/cancel': 'Cancelou um reenvio ou descarte de muitas',
			'POST instances/connect': 'Conectou a instância',
			'POST instances/disconnect': 'Desconectou a instância',
			'DELETE instances/queue': 'Esvaziou a fila, ou tirou algo dela',
			'POST accounts/attendances': 'Iniciou um atendimento',
			'POST accounts/attendances/finish': 'Encerrou um atendimento',
			'POST accounts/desk/attendances/finish': 'Encerrou um atendimento',
			'POST accounts/desk/attendances/transfer': 'Transferiu um atendimento',
			'PUT accounts/desk/attendances/operators': 'Pôs um operador em um atendimento',
			'DELETE accounts/desk/attendances/operators': 'Tirou um operador de um atendimento',
			'POST accounts/desk/next': 'Puxou a próxima conversa',
			'POST accounts/chats/take': 'Pegou uma conversa',
			'POST accounts/sign-in': 'Entrou',
			'POST session': 'Entrou',
			'GET session': 'Entrou por OpenID Connect',
			'DELETE session': 'Saiu',
			'PUT session/password': 'Trocou a própria senha',
			'POST session/links': 'Gerou um link que entra uma vez',
			'POST instances/restart': 'Reiniciou a instância',
			'POST instances/extension-session': 'Abriu a sessão da extensão do navegador',
			'POST accounts/operators/sign-out': 'Encerrou os tokens de acesso do operador',
			'POST accounts/custom-buttons/press': 'Acionou um botão',
		},
	},
});

export const DEEDS: InBoth<DeedWords> = DEED_WORDS;

interface DeedWords {
	readonly verbs: Readonly<Record<string, string>>;
	readonly things: Readonly<Record<string, string>>;
	/** What the method and the last word of the route do not tell. */
	readonly deeds: Readonly<Record<string, string>>;
}

const OURS = '/recado/v1/';

/**
 * @param nameOf of what an id stands for; undefined where that is not known
 * @returns undefined where there are no words for it
 */
export function deedOf(entry: AuditEntry, say: DeedWords, nameOf: (id: string) => string | undefined): string | undefined {
	const deed = deedAt(entry, say);
	const object = Object.values(entry.ids).reduceRight<string | undefined>((found, id) => found ?? nameOf(id), undefined) ?? hostOf(entry);
	return deed === undefined || object === undefined ? deed : `${deed} · ${object}`;
}

/** To whatever it was done. Undefined where there are no words for it: routes of other dialects, and those that came later. */
export function deedAt({ method, route }: AuditRoute, say: DeedWords): string | undefined {
	if (!route.startsWith(OURS)) return undefined;
	const parts = route
		.slice(OURS.length)
		.split('/')
		.filter((part) => !part.startsWith(':'));
	const verb = say.verbs[method];
	const thing = say.things[parts.at(-1) ?? ''];
	return say.deeds[`${method} ${parts.join('/')}`] ?? (verb === undefined || thing === undefined ? undefined : `${verb} ${thing}`);
}

/** Of a webhook the log keeps the host of its address. */
function hostOf({ before, after }: AuditEntry): string | undefined {
	const settings: unknown = after ?? before;
	if (typeof settings !== 'object' || settings === null || !('host' in settings)) return undefined;
	return typeof settings.host === 'string' ? settings.host : undefined;
}
