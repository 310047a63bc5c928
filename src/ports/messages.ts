/** Messages: one, the queue of an instance, what is in a chat, and what a filter finds. */
import type { Message, MessageStatus, MessageStep } from '../domain/message.ts';
import type { ChatView } from './chats.ts';

/** A page of a chat: from its newest message on, or from one on that was read before. */
export interface ChatMessagesRequest {
	readonly limit: number;
	/** The id of a message: those before it. */
	readonly before?: string;
}

/** Instance, chat or context, and time are found by an index. The rest is looked for in the newest LOOKED_AT_MAX of what those leave. */
export interface MessageFilter {
	readonly instanceId: string;
	readonly chatId?: string;
	readonly status?: MessageStatus;
	/** Any of these; one that failed is found by the step that it had reached: `queued` or `sent`. */
	readonly steps?: readonly MessageStep[];
	readonly contextId?: string;
	/** Inclusive, exclusive; epoch milliseconds. */
	readonly since?: number;
	readonly until?: number;
	/** Part of a text or caption, case-insensitive. */
	readonly search?: string;
}

export interface MessageReads {
	message(id: string): Promise<Message | undefined>;
	byWhatsappId(instanceId: string, whatsappId: string): Promise<Message | undefined>;
	/** The queue of an instance in the order in which it may go: due time, then age. */
	queue(instanceId: string, limit: number): Promise<readonly Message[]>;
	queueCount(instanceId: string): Promise<number>;
	/** The latest due time among the queued messages of a chat, scheduled ones aside; undefined where none is queued. */
	queuedUntil(chatId: string): Promise<number | undefined>;
	/** What was stored in a chat, oldest first; the newest `limit` of it where there is more. */
	transcript(chatId: string, stored: StoredBetween, limit: number): Promise<readonly Message[]>;
	/** Newest first. None where the message that they are before is not of that chat. */
	ofChat(chatId: string, page: ChatMessagesRequest): Promise<readonly Message[]>;
	/** Undefined where nothing was said. `lookedAt`: so many of the newest are looked at for what nobody has read. */
	latestOfChat(chatId: string, lookedAt: number): Promise<LatestOfChat | undefined>;
	/**
	 * Newest first, by number of page from 1 (the Instant Message API pages so), with how many there are, counted up to LISTED_MAX. `invalid_request`
	 * (`page`) for a page beyond that.
	 */
	list(filter: MessageFilter, page: number, limit: number): Promise<{ readonly items: readonly Message[]; readonly total: number }>;
	/**
	 * The latest message in a thread of each chat of the instance that has one, newest first, looked for in the newest LOOKED_AT_MAX messages.
	 * `answered`: the customer wrote in a thread.
	 */
	latestOfThreads(
		instanceId: string,
		answered: boolean | undefined,
		page: number,
		limit: number,
	): Promise<{ readonly items: readonly { readonly last: Message; readonly view: ChatView }[]; readonly total: number }>;
}

/** What a list shows of a chat. */
export interface LatestOfChat {
	readonly message: Message;
	/** How many of the newest the customer wrote and nobody has read. */
	readonly unread: number;
}

/** A stretch of a chat by the order in which its messages were stored, whenever they were written. */
export interface StoredBetween {
	/** Behind this message; null: from the beginning. */
	readonly after: string | null;
	/** Up to this message, with it; undefined: to the end. */
	readonly upTo?: string;
	/** Where one of these messages is not there any more: what was created at these times, both included. */
	readonly since: number;
	readonly until: number;
}
