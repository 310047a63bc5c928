/** Reads attendances. Numbers count up in an account, so newest first is the highest number first. */
import type { Attendance } from '../../../domain/attendance.ts';
import type { AttendanceFilter, AttendanceReads } from '../../../ports/attendances.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Queries } from '../database.ts';
import { type Bound, type Statement, statement } from '../statement.ts';
import { Conditions } from './conditions.ts';

interface AttendanceRow {
	readonly number: number;
	readonly record: string;
}

const ATTENDANCE: Statement = statement('attendance', 'SELECT number, record FROM attendances WHERE id = $1');
const BY_NUMBER: Statement = statement(
	'attendance_by_number',
	'SELECT number, record FROM attendances WHERE account_id = $1 AND number = $2',
);
const LAST_NUMBER: Statement = statement('attendance_last_number', 'SELECT max(number) AS number FROM attendances WHERE account_id = $1');

export function attendanceReads(db: Queries): AttendanceReads {
	return {
		attendance: async (id) => {
			const [row] = await db.query<AttendanceRow>(ATTENDANCE, [id]);
			return row && toAttendance(row);
		},
		byNumber: async (accountId, number) => {
			const [row] = await db.query<AttendanceRow>(BY_NUMBER, [accountId, number]);
			return row && toAttendance(row);
		},
		lastNumber: async (accountId) => (await db.query<{ number: number | null }>(LAST_NUMBER, [accountId]))[0]?.number ?? 0,
		list: async (filter, page) => {
			const query = attendancesQuery(filter, placeOf(page), page.limit);
			const rows = await db.query<AttendanceRow>(query.statement, query.values);
			return toPage(rows, page.limit, (row) => ({ key: row.number, seq: 0 }), toAttendance);
		},
	};
}

export function attendancesQuery(filter: AttendanceFilter, after: Place | undefined, limit: number): Bound {
	const { name, text, values } = new Conditions()
		.where('account', 'account_id = $', filter.accountId)
		.where('after', 'number < $', after?.key)
		.where('chat', 'chat_id = $', filter.chatId)
		.where('status', 'status = $', filter.status);
	const sql = `SELECT number, record FROM attendances WHERE ${text} ORDER BY number DESC LIMIT $${values.length + 1}`;
	return { statement: statement(`attendances_${name}`, sql), values: [...values, limit + 1] };
}

function toAttendance(row: AttendanceRow): Attendance {
	return fromJson<Attendance>(row.record);
}
