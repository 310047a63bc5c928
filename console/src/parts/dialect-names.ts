/** The APIs by the names that they go by. */
import type { Webhook } from '../api/views.ts';

export const DIALECT_NAMES: Readonly<Record<Webhook['dialect'], string>> = {
	recado: 'Recado',
	plugchat: 'Plugchat',
	'z-api': 'Z-API',
	'instant-message': 'Instant Message',
};
