/** Writes chats. */
import type { Chat } from '../../../domain/message.ts';
import type { ChatTouch } from '../../../ports/changes.ts';
import { toJsonOrNull } from '../../shared/row-values.ts';
import type { Batch, Cell, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, insertion, refusedUnlessWritten } from './sheets.ts';

const INSERT: Sheet = insertion(
	{
		phase: 'chats',
		table: 'chats',
		columns: {
			id: 'text',
			account_id: 'text',
			instance_id: 'text',
			contact_id: 'text',
			phone: 'text',
			name: 'text',
			waiting_since: 'int',
			attendance_id: 'text',
			department_id: 'text',
			thread: 'text',
			last_message_at: 'int',
			last_inbound_at: 'int',
			created_at: 'int',
			last_message_id: 'text',
			waiting_after: 'text',
		},
	},
	'exists',
);

export function insertChat(batch: Batch, chat: Chat): void {
	const cells = [
		chat.id,
		chat.accountId,
		chat.instanceId,
		chat.contactId,
		chat.phone,
		chat.name,
		chat.waitingSince,
		chat.attendanceId,
		chat.departmentId,
		toJsonOrNull(chat.thread),
		chat.lastMessageAt,
		chat.lastInboundAt,
		chat.createdAt,
		chat.lastMessageId,
		chat.waitingAfter,
	];
	addLocked(batch, INSERT, cells, `chats/${chat.id}`, `chats/${chat.instanceId}/${chat.contactId}`);
}

/** `greatest` leaves out what is NULL. What is read on the right is the row as it was. */
const TOUCH: Sheet = {
	phase: 'touches',
	statement: statement(
		'chats_touch',
		`WITH written AS (
			UPDATE chats SET
				last_message_at = greatest(chats.last_message_at, given.last_message_at),
				last_inbound_at = greatest(chats.last_inbound_at, given.last_inbound_at),
				waiting_since = CASE WHEN chats.attendance_id IS NULL
					THEN coalesce(chats.waiting_since, given.waiting_since) ELSE chats.waiting_since END,
				waiting_after = CASE WHEN chats.attendance_id IS NULL AND chats.waiting_since IS NULL AND given.waiting_since IS NOT NULL
					THEN coalesce(given.waiting_after, chats.last_message_id) ELSE chats.waiting_after END,
				last_message_id = coalesce(given.last_message_id, chats.last_message_id),
				name = coalesce(given.name, chats.name), phone = coalesce(given.phone, chats.phone),
				thread = coalesce(given.thread, chats.thread), department_id = coalesce(given.department_id, chats.department_id)
			FROM unnest($1::text[], $2::int8[], $3::int8[], $4::int8[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
				AS given (id, last_message_at, last_inbound_at, waiting_since, waiting_after, last_message_id, name, phone, thread, department_id)
			WHERE chats.id = given.id RETURNING 1
		) ${refusedUnlessWritten('missing')}`,
	),
	columns: ['text', 'int', 'int', 'int', 'text', 'text', 'text', 'text', 'text', 'text'],
	fold: { key: ([id]) => String(id), merge: mergeTouches },
};

export function touchChat(batch: Batch, id: string, touch: ChatTouch): void {
	const { lastMessageAt, lastMessageId, lastInboundAt, waitingSince, name, phone, thread, departmentId } = touch;
	const cells = [id, lastMessageAt, lastInboundAt, waitingSince, undefined, lastMessageId, name, phone, toJsonOrNull(thread), departmentId];
	addLocked(batch, TOUCH, cells, `chats/${id}`);
}

/** As if the later one came after the earlier one had been written. */
function mergeTouches(earlier: readonly Cell[], later: readonly Cell[]): readonly Cell[] {
	const [id, lastMessageAt, lastInboundAt, waitingSince, waitingAfter, ...words] = earlier;
	const [, thenMessageAt, thenInboundAt, thenWaitingSince, thenWaitingAfter, ...thenWords] = later;
	const [lastMessageId] = words;
	// Whoever began to wait in the later one did so behind the message of the earlier one.
	const behind = waitingSince === undefined ? (thenWaitingAfter ?? lastMessageId) : waitingAfter;
	const times = [latest(lastMessageAt, thenMessageAt), latest(lastInboundAt, thenInboundAt), waitingSince ?? thenWaitingSince];
	return [id, ...times, behind, ...words.map((word, index) => thenWords[index] ?? word)];
}

function latest(a: Cell, b: Cell): Cell {
	if (typeof a !== 'number') return b;
	return typeof b === 'number' ? Math.max(a, b) : a;
}
