/** Writes messages: they enter, go forward from the status that the decision started from, or leave the queue. */
import type { MessageContent } from '../../../domain/content.ts';
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
			UPDATE messages SET status = given.status, timeline = given.timeline, failure = given.failure, updated_at = given.updated_at
			FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int8[])
				AS given (id, from_status, status, timeline, failure, updated_at)
			WHERE messages.id = given.id AND messages.status = given.from_status RETURNING 1
		) ${refusedUnlessWritten('message')}`,
	),
	columns: ['text', 'text', 'text', 'text', 'text', 'int'],
};

/** What was read of a content is written again as it stands in the row: both were made by `JSON.stringify`. */
const AMEND: Sheet = {
	phase: 'messages',
	statement: statement(
		'messages_amend',
		`WITH written AS (
			UPDATE messages SET content = given.content
			FROM unnest($1::text[], $2::text[], $3::text[]) AS given (id, from_content, content)
			WHERE messages.id = given.id AND messages.content = given.from_content RETURNING 1
		) ${refusedUnlessWritten('message')}`,
	),
	columns: ['text', 'text', 'text'],
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

const ERASE: Sheet = {
	phase: 'messages',
	statement: statement('messages_erase', "DELETE FROM messages WHERE id = ANY ($1::text[]) AND status <> 'queued'"),
	columns: ['text'],
};

export function advanceMessage(batch: Batch, from: MessageStatus, message: Message): void {
	const { id, status, timeline, failure, updatedAt } = message;
	const cells = [id, from, status, JSON.stringify(timeline), toJsonOrNull(failure), updatedAt];
	addLocked(batch, ADVANCE, cells, `messages/${id}`);
}

export function amendMessage(batch: Batch, id: string, from: MessageContent, content: MessageContent): void {
	addLocked(batch, AMEND, [id, JSON.stringify(from), JSON.stringify(content)], `messages/${id}`);
}

export function deleteMessage(batch: Batch, id: string): void {
	addLocked(batch, DELETE, [id], `messages/${id}`);
}

export function eraseMessage(batch: Batch, id: string): void {
	addLocked(batch, ERASE, [id], `messages/${id}`);
}
