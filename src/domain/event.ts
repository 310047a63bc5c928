/**
 * Events: what happened, immutable. What webhooks tell about. An event carries everything a payload may say of it, as it was at that
 * moment, so that rendering needs no look-up and the same event rendered again says the same.
 */

import type { AttemptErrorClass } from './attempt.ts';
import type { Attendance, AttendanceTransfer } from './attendance.ts';
import type { Message, MessageStep } from './message.ts';
import type { SurveyAnswer } from './survey.ts';
import type { DialectName } from './webhook.ts';

export const EVENT_TYPES: readonly [
	'message.sent',
	'message.received',
	'message.status',
	'message.failed',
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
] = [
	'message.sent',
	'message.received',
	'message.status',
	'message.failed',
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
];
export type EventType = (typeof EVENT_TYPES)[number];

/** What happens to a webhook: told to the other webhooks of its account, for an operator to hear of it. */
export type WebhookEventType = 'webhook.failing' | 'webhook.recovered' | 'webhook.disabled';

export type PresenceStatus = 'available' | 'unavailable' | 'composing' | 'recording' | 'paused';

/** Who the chat is with, as payloads show it. */
export interface Correspondent {
	readonly chatId: string;
	/** Digits, as WhatsApp spells them. */
	readonly phone: string;
	readonly chatName: string;
	readonly senderName: string;
	readonly photoUrl?: string;
	readonly lid?: string;
	/** When the customer had last written before this event; undefined if never. */
	readonly lastInboundAt?: number;
}

/** The instance an event belongs to, as payloads show it. */
export interface InstanceRef {
	readonly id: string;
	readonly phone: string;
}

/** The webhook an event is about. */
export interface WebhookRef {
	readonly id: string;
	readonly dialect: DialectName;
	readonly url: string;
}

export interface TranscriptEntry {
	readonly message: Message;
}

export interface EventData {
	/** The channel took an outgoing message. */
	'message.sent': { readonly message: Message; readonly with: Correspondent };
	/** A customer wrote, or (message.fromMe) the instance's own phone did. */
	'message.received': { readonly message: Message; readonly with: Correspondent };
	/** An outgoing message reached a step, or (message.fromMe false) an incoming one was read or played by us. */
	'message.status': { readonly message: Message; readonly status: Exclude<MessageStep, 'queued'>; readonly with: Correspondent };
	'message.failed': { readonly message: Message; readonly with: Correspondent };
	'instance.connected': Record<string, never>;
	'instance.disconnected': { readonly reason: string };
	'chat.presence': { readonly status: PresenceStatus; readonly lastSeenAt?: number; readonly with: Correspondent };
	'attendance.started': { readonly attendance: Attendance; readonly with: Correspondent; readonly transcript: readonly TranscriptEntry[] };
	'attendance.transferred': { readonly attendance: Attendance; readonly with: Correspondent; readonly transfer: AttendanceTransfer };
	'attendance.finished': { readonly attendance: Attendance; readonly with: Correspondent; readonly transcript: readonly TranscriptEntry[] };
	/** The customer rated a finished attendance (and, told again, added an observation). */
	'survey.answered': { readonly attendance: Attendance; readonly with: Correspondent; readonly answer: SurveyAnswer };
	/** Its circuit opened: it is probed from now on, and what is for it waits. */
	'webhook.failing': {
		readonly webhook: WebhookRef;
		/** Of the failure that opened it. */
		readonly errorClass: AttemptErrorClass;
		readonly failuresInARow: number;
	};
	/** A probe got through, or a person enabled it again or gave it another URL: what waited flows. */
	'webhook.recovered': { readonly webhook: WebhookRef; readonly failingSince: number };
	/** `gone`: the receiver answered 410; `request`: a person did it. */
	'webhook.disabled': { readonly webhook: WebhookRef; readonly reason: 'gone' | 'request' };
}

/** One event; a union over the types, so that `switch (event.type)` narrows `event.data`. */
export type DomainEvent = { readonly [T in EventType]: EventOf<T> }[EventType];

export interface EventOf<T extends EventType> {
	/** `evt_…` */
	readonly id: string;
	readonly type: T;
	readonly accountId: string;
	/** Undefined only for a webhook that is the account's. */
	readonly instance: T extends WebhookEventType ? InstanceRef | undefined : InstanceRef;
	/** Undefined for what concerns an instance as a whole. */
	readonly chatId?: string;
	readonly at: number;
	readonly data: EventData[T];
}
