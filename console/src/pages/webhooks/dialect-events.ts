/** What each API has webhooks for, and the generations of its payloads; a test holds it against the gateway. */
import type { Webhook } from '../../api/views.ts';

type Dialect = Webhook['dialect'];
type EventType = Webhook['events'][number];

const MESSAGES: readonly EventType[] = ['message.sent', 'message.received', 'message.status', 'message.failed'];

export const EVENTS_OF: Readonly<Record<Dialect, readonly EventType[]>> = {
	recado: [
		...MESSAGES,
		'instance.connected',
		'instance.disconnected',
		'chat.presence',
		'attendance.started',
		'attendance.transferred',
		'attendance.finished',
		'survey.answered',
		'webhook.failing',
		'webhook.recovered',
		'webhook.disabled',
	],
	plugchat: [...MESSAGES, 'instance.disconnected', 'chat.presence', 'attendance.started', 'attendance.finished'],
	'z-api': [...MESSAGES, 'instance.connected', 'instance.disconnected', 'chat.presence'],
	'instant-message': ['message.received', 'message.status'],
};

/** The usual one first. */
export const FORMS_OF: Readonly<Partial<Record<Dialect, readonly string[]>>> = {
	plugchat: ['app', 'flat', 'legacy', '2022-04', 'app-page'],
};

/** Filled by the same slot: who wants one gets the other. */
export const TOGETHER: Readonly<Partial<Record<Dialect, readonly (readonly EventType[])[]>>> = {
	'z-api': [['message.sent', 'message.failed']],
};
