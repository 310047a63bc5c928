/** Writes attendances, and the chat's word on which one is open. */
import type { Attendance } from '../../../domain/attendance.ts';
import type { SeenChat } from '../../../ports/changes.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked } from './sheets.ts';

/** That the chat is as it was seen is asked of the row that is written: another one may be storing a message into it at this moment. */
const AS_SEEN = '(NOT given.is_seen OR chats.last_message_id IS NOT DISTINCT FROM given.last_message_id)';

/** Unique are its id, its number in the account, and being open on its chat. */
const INSERT: Sheet = {
	phase: 'attendances',
	statement: statement(
		'attendances_insert',
		`WITH written AS (
			INSERT INTO attendances (id, account_id, chat_id, number, status, version, record)
			SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::int8[], $7::text[])
			ON CONFLICT DO NOTHING RETURNING 1
		), opened AS (
			UPDATE chats SET attendance_id = given.id, waiting_since = NULL, waiting_after = NULL
			FROM unnest($1::text[], $3::text[], $8::bool[], $9::text[]) AS given (id, chat_id, is_seen, last_message_id)
			WHERE chats.id = given.chat_id AND ${AS_SEEN} RETURNING 1
		)
		SELECT refuse_unless((SELECT count(*) FROM written), cardinality($1::text[]), 'attendance'),
			refuse_unless((SELECT count(*) FROM chats WHERE id = ANY ($3::text[])), cardinality($3::text[]), 'missing'),
			refuse_unless((SELECT count(*) FROM opened), cardinality($1::text[]), 'attendance')`,
	),
	columns: ['text', 'text', 'text', 'int', 'text', 'int', 'text', 'bool', 'text'],
};

export function insertAttendance(batch: Batch, attendance: Attendance, seen?: SeenChat): void {
	const { id, accountId, chatId, number, status, version } = attendance;
	// Numbers are given out one after the other in an account.
	batch.lock(`attendances/${accountId}`);
	const cells = [id, accountId, chatId, number, status, version, JSON.stringify(attendance), seen !== undefined, seen?.lastMessageId];
	addLocked(batch, INSERT, cells, `attendances/${id}`, `chats/${chatId}`);
}

const UPDATE: Sheet = {
	phase: 'attendances',
	statement: statement(
		'attendances_update',
		`WITH given AS MATERIALIZED (
			SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::text[], $7::bool[], $8::text[])
				AS given (id, chat_id, status, version, record, department_id, is_seen, last_message_id)
		), written AS (
			UPDATE attendances SET status = given.status, version = given.version, record = given.record FROM given
			WHERE attendances.id = given.id AND attendances.version = given.version - 1 RETURNING 1
		), moved AS (
			UPDATE chats SET department_id = coalesce(given.department_id, chats.department_id),
				attendance_id = CASE WHEN given.status = 'finished' THEN nullif(chats.attendance_id, given.id) ELSE chats.attendance_id END
			FROM given WHERE chats.id = given.chat_id AND (given.department_id IS NOT NULL OR given.status = 'finished' OR given.is_seen)
				AND ${AS_SEEN} RETURNING given.is_seen
		)
		SELECT refuse_unless((SELECT count(*) FROM written), cardinality($1::text[]), 'attendance'),
			refuse_unless((SELECT count(*) FROM moved WHERE is_seen), (SELECT count(*) FROM given WHERE is_seen), 'attendance')`,
	),
	columns: ['text', 'text', 'text', 'int', 'text', 'text', 'bool', 'text'],
};

export function updateAttendance(
	batch: Batch,
	{ attendance, chatDepartmentId, seen }: { attendance: Attendance; chatDepartmentId?: string; seen?: SeenChat },
): void {
	const { id, chatId, status, version } = attendance;
	const cells = [id, chatId, status, version, JSON.stringify(attendance), chatDepartmentId, seen !== undefined, seen?.lastMessageId];
	addLocked(batch, UPDATE, cells, `attendances/${id}`, `chats/${chatId}`);
}
