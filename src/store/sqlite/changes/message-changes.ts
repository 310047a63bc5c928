/** Writes messages: they enter, go forward from the status that the decision started from, or leave the queue. */
import type { MessageContent } from '../../../domain/content.ts';
import type { Message, MessageStatus } from '../../../domain/message.ts';
import { toFlag, toJsonOrNull } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const INSERT = `
	INSERT INTO messages (id, whatsapp_id, account_id, instance_id, chat_id, from_me, origin, content, status, timeline, failure, reply_to,
		custom_id, context_id, interaction_id, created_at, updated_at, due_at, is_scheduled)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

export function insertMessage(db: Connection, message: Message): Refusal {
	const inserted = db.run(
		INSERT,
		message.id,
		message.whatsappId,
		message.accountId,
		message.instanceId,
		message.chatId,
		toFlag(message.fromMe),
		message.origin,
		JSON.stringify(message.content),
		message.status,
		JSON.stringify(message.timeline),
		toJsonOrNull(message.failure),
		message.replyTo ?? null,
		message.customId ?? null,
		message.thread?.contextId ?? null,
		message.thread?.interactionId ?? null,
		message.createdAt,
		message.updatedAt,
		message.dueAt ?? null,
		message.isScheduled === undefined ? null : toFlag(message.isScheduled),
	);
	return refusedUnless(inserted, 'exists');
}

const ADVANCE = 'UPDATE messages SET status = ?, timeline = ?, failure = ?, updated_at = ? WHERE id = ? AND status = ?';

export function advanceMessage(db: Connection, from: MessageStatus, message: Message): Refusal {
	const { status, timeline, failure, updatedAt, id } = message;
	const advanced = db.run(ADVANCE, status, JSON.stringify(timeline), toJsonOrNull(failure), updatedAt, id, from);
	return refusedUnless(advanced, 'message');
}

const AMEND = 'UPDATE messages SET content = ? WHERE id = ? AND content = ?';

/** What was read of a content is written again as it stands in the row: both were made by `JSON.stringify`. */
export function amendMessage(db: Connection, id: string, from: MessageContent, content: MessageContent): Refusal {
	return refusedUnless(db.run(AMEND, JSON.stringify(content), id, JSON.stringify(from)), 'message');
}

export function deleteMessage(db: Connection, id: string): Refusal {
	return refusedUnless(db.run("DELETE FROM messages WHERE id = ? AND status = 'queued'", id), 'message');
}

export function eraseMessage(db: Connection, id: string): void {
	db.run("DELETE FROM messages WHERE id = ? AND status <> 'queued'", id);
}
