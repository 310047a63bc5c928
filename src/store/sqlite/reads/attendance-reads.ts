/** Reads attendances. Numbers count up in an account, so newest first is the highest number first. */
import type { SQLInputValue } from 'node:sqlite';
import type { Attendance } from '../../../domain/attendance.ts';
import type { AttendanceFilter, AttendanceReads } from '../../../ports/attendances.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';

interface AttendanceRow {
	readonly number: number;
	readonly record: string;
}

const LAST_NUMBER = 'SELECT max(number) AS number FROM attendances WHERE account_id = ?';

export function attendanceReads(db: Connection): AttendanceReads {
	return {
		attendance: async (id) => {
			const row = db.get<AttendanceRow>('SELECT number, record FROM attendances WHERE id = ?', id);
			return row && toAttendance(row);
		},
		byNumber: async (accountId, number) => {
			const row = db.get<AttendanceRow>('SELECT number, record FROM attendances WHERE account_id = ? AND number = ?', accountId, number);
			return row && toAttendance(row);
		},
		lastNumber: async (accountId) => db.get<{ number: number | null }>(LAST_NUMBER, accountId)?.number ?? 0,
		list: async (filter, page) => {
			const query = attendancesQuery(filter, placeOf(page), page.limit);
			const rows = db.all<AttendanceRow>(query.sql, ...query.values);
			return toPage(rows, page.limit, (row) => ({ key: row.number, seq: 0 }), toAttendance);
		},
	};
}

export function attendancesQuery(
	filter: AttendanceFilter,
	after: Place | undefined,
	limit: number,
): { sql: string; values: SQLInputValue[] } {
	const terms = ['account_id = ?', 'number < ?'];
	const values: SQLInputValue[] = [filter.accountId, after?.key ?? Number.MAX_SAFE_INTEGER];
	if (filter.chatId !== undefined) {
		terms.push('chat_id = ?');
		values.push(filter.chatId);
	}
	if (filter.status !== undefined) {
		terms.push('status = ?');
		values.push(filter.status);
	}
	values.push(limit + 1);
	// Of a chat there are few, of a status there may be all.
	const index = filter.chatId === undefined ? '' : 'INDEXED BY attendances_chat';
	return { sql: `SELECT number, record FROM attendances ${index} WHERE ${terms.join(' AND ')} ORDER BY number DESC LIMIT ?`, values };
}

function toAttendance(row: AttendanceRow): Attendance {
	return fromJson<Attendance>(row.record);
}
