/** Writes attendances, and the chat's word on which one is open. */
import type { Attendance } from '../../../domain/attendance.ts';
import type { SeenChat } from '../../../ports/changes.ts';
import type { Connection } from '../connection.ts';
import type { Refusal } from './conflict.ts';

const INSERT = `
	INSERT INTO attendances (id, account_id, chat_id, number, status, version, record) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const OPEN_ON_CHAT = 'UPDATE chats SET attendance_id = ?, waiting_since = NULL, waiting_after = NULL WHERE id = ?';
const IS_AS_SEEN = 'SELECT 1 FROM chats WHERE id = ? AND last_message_id IS ?';

/** Unique are its id, its number in the account, and being open on its chat. */
export function insertAttendance(db: Connection, attendance: Attendance, seen?: SeenChat): Refusal {
	const { id, accountId, chatId, number, status, version } = attendance;
	if (db.run(INSERT, id, accountId, chatId, number, status, version, JSON.stringify(attendance)) === 0) return 'attendance';
	if (db.run(OPEN_ON_CHAT, id, chatId) === 0) return 'missing';
	return isAsSeen(db, chatId, seen) ? undefined : 'attendance';
}

const UPDATE = 'UPDATE attendances SET status = ?, version = ?, record = ? WHERE id = ? AND version = ? - 1';
const CLOSE_ON_CHAT = 'UPDATE chats SET attendance_id = NULL WHERE id = ? AND attendance_id = ?';
const MOVE_CHAT = 'UPDATE chats SET department_id = ? WHERE id = ?';

export function updateAttendance(
	db: Connection,
	{ attendance, chatDepartmentId, seen }: { attendance: Attendance; chatDepartmentId?: string; seen?: SeenChat },
): Refusal {
	const { id, chatId, status, version } = attendance;
	if (db.run(UPDATE, status, version, JSON.stringify(attendance), id, version) === 0) return 'attendance';
	if (!isAsSeen(db, chatId, seen)) return 'attendance';
	if (status === 'finished') db.run(CLOSE_ON_CHAT, chatId, id);
	if (chatDepartmentId !== undefined) db.run(MOVE_CHAT, chatDepartmentId, chatId);
	return undefined;
}

function isAsSeen(db: Connection, chatId: string, seen: SeenChat | undefined): boolean {
	return seen === undefined || db.get(IS_AS_SEEN, chatId, seen.lastMessageId ?? null) !== undefined;
}
