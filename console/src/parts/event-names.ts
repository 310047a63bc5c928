/** What happened, in a word or two, by the type of event. */
import type { Delivery } from '../api/views.ts';
import { type InBoth, useWords, words } from '../i18n/words.ts';

export type EventType = Delivery['eventType'];

const WORDS: InBoth<Readonly<Record<EventType, string>>> = words({
	en: {
		'message.sent': 'Message sent',
		'message.received': 'Message received',
		'message.status': 'Message status',
		'message.failed': 'Message failed',
		'instance.connected': 'Instance connected',
		'instance.disconnected': 'Instance disconnected',
		'chat.presence': 'Presence in a chat',
		'attendance.started': 'Attendance started',
		'attendance.transferred': 'Attendance transferred',
		'attendance.finished': 'Attendance finished',
		'survey.answered': 'Survey answered',
		'webhook.failing': 'Webhook failing',
		'webhook.recovered': 'Webhook recovered',
		'webhook.disabled': 'Webhook disabled',
	},
	pt: {
		'message.sent': 'Mensagem enviada',
		'message.received': 'Mensagem recebida',
		'message.status': 'Status da mensagem',
		'message.failed': 'Falha no envio',
		'instance.connected': 'Instância conectada',
		'instance.disconnected': 'Instância desconectada',
		'chat.presence': 'Presença no chat',
		'attendance.started': 'Atendimento iniciado',
		'attendance.transferred': 'Atendimento transferido',
		'attendance.finished': 'Atendimento finalizado',
		'survey.answered': 'Pesquisa respondida',
		'webhook.failing': 'Webhook com falha',
		'webhook.recovered': 'Webhook recuperado',
		'webhook.disabled': 'Webhook desativado',
	},
});

export const EVENT_TYPES = Object.keys(WORDS.en) as readonly EventType[];

export function useEventNames(): Readonly<Record<EventType, string>> {
	return useWords(WORDS);
}
