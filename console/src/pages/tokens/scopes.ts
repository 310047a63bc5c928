/** What a token may be for, in words. */
import type { ApiToken } from '../../api/views.ts';
import { words } from '../../i18n/words.ts';

export type TokenScope = ApiToken['scopes'][number];

export const SCOPE_WORDS = words({
	en: {
		admin: 'Everything of this API',
		'accounts:manage': 'Accounts, instances, applications, operators',
		'webhooks:manage': 'Webhooks, deliveries, replays',
		'messages:send': 'Send messages, act on them',
		'messages:read': 'Read messages and chats',
		'attendances:manage': 'The service desk and its settings',
		'personal-data:manage': 'Export and erase personal data',
		'simulator:act': 'Act as simulated phones',
		partner: 'The partner API of Z-API',
		integrator: 'The partner API of Plugchat',
	},
	pt: {
		admin: 'Tudo desta API',
		'accounts:manage': 'Contas, instâncias, aplicações, operadores',
		'webhooks:manage': 'Webhooks, entregas, reenvios',
		'messages:send': 'Enviar mensagens e agir sobre elas',
		'messages:read': 'Ler mensagens e conversas',
		'attendances:manage': 'O atendimento e suas configurações',
		'personal-data:manage': 'Exportar e apagar dados pessoais',
		'simulator:act': 'Agir como telefones simulados',
		partner: 'A API de parceiros do Z-API',
		integrator: 'A API de parceiros do Plugchat',
	},
});

/** In the order in which they are offered; one without words does not compile where they are said. */
export const SCOPES = Object.keys(SCOPE_WORDS.en) as readonly TokenScope[];
