/** A row of `messages` as a message. */
import type { MessageContent } from '../../domain/content.ts';
import type { Message, MessageFailure, Timeline } from '../../domain/message.ts';
import { type Flag, fromJson, fromJsonOrNull, isSet, present } from './row-values.ts';

export interface MessageRow {
	readonly id: string;
	readonly whatsapp_id: string;
	readonly account_id: string;
	readonly instance_id: string;
	readonly chat_id: string;
	readonly from_me: Flag;
	readonly origin: Message['origin'];
	readonly content: string;
	readonly status: Message['status'];
	readonly timeline: string;
	readonly failure: string | null;
	readonly reply_to: string | null;
	readonly custom_id: string | null;
	readonly context_id: string | null;
	readonly interaction_id: string | null;
	readonly created_at: number;
	readonly updated_at: number;
	readonly due_at: number | null;
	readonly is_scheduled: Flag | null;
}

export function toMessage(row: MessageRow): Message {
	return {
		id: row.id,
		whatsappId: row.whatsapp_id,
		accountId: row.account_id,
		instanceId: row.instance_id,
		chatId: row.chat_id,
		fromMe: isSet(row.from_me),
		origin: row.origin,
		content: fromJson<MessageContent>(row.content),
		status: row.status,
		timeline: fromJson<Timeline>(row.timeline),
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		...present({
			failure: fromJsonOrNull<MessageFailure>(row.failure),
			replyTo: row.reply_to,
			customId: row.custom_id,
			thread: row.interaction_id === null ? null : { ...present({ contextId: row.context_id }), interactionId: row.interaction_id },
			dueAt: row.due_at,
			isScheduled: row.is_scheduled === null ? null : isSet(row.is_scheduled),
		}),
	};
}
