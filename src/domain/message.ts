/** A message and its status timeline. Times are epoch milliseconds. */

import type { MessageContent } from './content.ts';

/** The order is the order of the timeline; `failed` ends it from `queued` or `sent`. */
export const MESSAGE_STEPS: readonly ['queued', 'sent', 'received', 'read', 'played'] = ['queued', 'sent', 'received', 'read', 'played'];
export type MessageStep = (typeof MESSAGE_STEPS)[number];
export type MessageStatus = MessageStep | 'failed';

export interface MessageFailure {
	/** The provider's code, or ours: `not_on_whatsapp`. */
	readonly code: string;
	/** The provider's words. */
	readonly reason: string;
}

/** When each step was reached. */
export type Timeline = Readonly<Partial<Record<MessageStatus, number>>>;

export interface Message {
	/** `msg_` and 32 hex digits; the digits are the dialects' `zaapId`. */
	readonly id: string;
	/** The id that WhatsApp knows, unique per instance; chosen by us for outgoing ones before the channel hears of them. */
	readonly whatsappId: string;
	readonly accountId: string;
	readonly instanceId: string;
	readonly chatId: string;
	readonly fromMe: boolean;
	/** Who made it: a caller of an API, somebody holding a phone, or an automatic answer of ours. */
	readonly origin: 'api' | 'phone' | 'automatic';
	readonly content: MessageContent;
	readonly status: MessageStatus;
	readonly timeline: Timeline;
	readonly failure?: MessageFailure;
	/** The WhatsApp id of the message that this one answers. */
	readonly replyTo?: string;
	/** The caller's own id (Plugchat `customId`). */
	readonly customId?: string;
	/** The conversation of the Instant Message API that it belongs to. */
	readonly thread?: Thread;
	/** When it happened: accepted (outgoing) or written on the phone (incoming). */
	readonly createdAt: number;
	readonly updatedAt: number;
	/** Outgoing ones: not to be sent before this time. */
	readonly dueAt?: number;
	/**
	 * Orders the queue within a chat: a delayed message holds back later ones of its chat (it is pacing), a scheduled one does not.
	 */
	readonly isScheduled?: boolean;
}

/** The Instant Message API's way to tie answers to what was asked. */
export interface Thread {
	readonly contextId?: string;
	readonly interactionId: string;
}

/** A person is one contact; phone number, LID and a provider's user id are aliases of it. */
export interface Contact {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly photoUrl?: string;
	/** `81896604192873@lid`, where the channel told it. */
	readonly lid?: string;
}

/** `address`: what is no person: a group, a newsletter, a broadcast list, by its address as the dialects write it. */
export type AliasKind = 'phone' | 'lid' | 'user-id' | 'address';

export interface Alias {
	readonly kind: AliasKind;
	/** For a phone its `phoneKey`. */
	readonly value: string;
}

export interface Chat {
	readonly id: string;
	readonly accountId: string;
	readonly instanceId: string;
	readonly contactId: string;
	/** As WhatsApp spells it (see `phone.ts`), digits only: what the dialects call `phone`. */
	readonly phone: string;
	readonly name: string;
	/** The customer has written since then and nobody attends; undefined while attended or silent. */
	readonly waitingSince?: number;
	/** The open attendance. */
	readonly attendanceId?: string;
	readonly departmentId?: string;
	readonly thread?: Thread;
	readonly lastMessageAt: number;
	/** The message that was stored last, in the order of storing. */
	readonly lastMessageId?: string;
	/** What `lastMessageId` was when the customer who waits began to; undefined where nothing was before. */
	readonly waitingAfter?: string;
	/** When the customer last wrote: the 24-hour window counts from here. */
	readonly lastInboundAt?: number;
	readonly createdAt: number;
}
