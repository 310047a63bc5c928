/** Writes messages: they enter, go forward from the status that the decision started from, or leave the queue. */
import type { Message, MessageStatus } from '../../../domain/message.ts';
import { toJsonOrNull } from '../../shared/row-values.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, insertion, refusedUnlessWritten } from './sheets.ts';

const INSERT: Sheet = insertion(
	{
		phase: 'messages',
		table: 'messages',
		columns: {
			id: 'text',
			whatsapp_id: 'text',
			account_id: 'text',
			instance_id: 'text',
			chat_id: 'text',
			from_me: 'bool',
			origin: 'text',
			content: 'text',
			status: 'text',
			timeline: 'text',
			failure: 'text',
			reply_to: 'text',
			custom_id: 'text',
			context_id: 'text',
			interaction_id: 'text',
			created_at: 'int',
			updated_at: 'int',
			due_at: 'int',
			is_scheduled: 'bool',
		},
	},
	'exists',
);

/** Without a lock: its ids are new, but where two write the same message. */
export function insertMessage(batch: Batch, message: Message): void {
	const cells = [
		message.id,
		message.whatsappId,
		message.accountId,
		message.instanceId,
		message.chatId,
		message.fromMe,
		message.origin,
		JSON.stringify(message.content),
		message.status,
		JSON.stringify(message.timeline),
		toJsonOrNull(message.failure),
		message.replyTo,
		message.customId,
		message.thread?.contextId,
		message.thread?.interactionId,
		message.createdAt,
		message.updatedAt,
		message.dueAt,
		message.isScheduled,
	];
	batch.add(INSERT, cells, [`messages/${message.id}`]);
}

const ADVANCE: Sheet = {
	phase: 'messages',
	statement: statement(
		'messages_advance',
		`WITH written AS (
			UPDATE messages SET status = given.status, timeline = given.timeline, failure = given.failure, content = given.content,
				updated_at = given.updated_at
			FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[])
				AS given (id, from_status, status, timeline, failure, content, updated_at)
			WHERE messages.id = given.id AND messages.status = given.from_status RETURNING 1
		) ${refusedUnlessWritten('message')}`,
	),
	columns: ['text', 'text', 'text', 'text', 'text', 'text', 'int'],
};
const DELETE: Sheet = {
	phase: 'messages',
	statement: statement(
		'messages_delete',
		`WITH written AS (
			DELETE FROM messages WHERE id = ANY ($1::text[]) AND status = 'queued' RETURNING 1
		) ${refusedUnlessWritten('message')}`,
	),
	columns: ['text'],
};

export function advanceMessage(batch: Batch, from: MessageStatus, message: Message): void {
	const { id, status, timeline, failure, content, updatedAt } = message;
	const cells = [id, from, status, JSON.stringify(timeline), toJsonOrNull(failure), JSON.stringify(content), updatedAt];
	addLocked(batch, ADVANCE, cells, `messages/${id}`);
}

export function deleteMessage(batch: Batch, id: string): void {
	addLocked(batch, DELETE, [id], `messages/${id}`);
}
