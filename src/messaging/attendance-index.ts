/**
 * Where an attendance is listed: by whom it is attended, and where. One document a list and attendance, written in the unit that changes the attendance,
 * so that a list is walked in its order however many attendances there are. The part of a list that belongs to a department or an operator hangs on its
 * id; attendances without a department hang on the account's.
 */
import type { Attendance } from '../domain/attendance.ts';
import type { Change } from '../ports/changes.ts';
import { type Collection, collection } from '../ports/documents.ts';

export interface Listed {
	readonly attendanceId: string;
}

/** The lists of one status: those of an account, of a department, of an operator. */
export interface AttendanceLists {
	readonly ofAccount: Collection<Listed>;
	readonly ofDepartment: Collection<Listed>;
	readonly ofOperator: Collection<Listed>;
}

/** Open ones by start, finished ones by end; unattended ones, of a department, by when they became it. */
export const ATTENDANCE_LISTS: {
	readonly open: AttendanceLists;
	readonly closed: AttendanceLists;
	readonly unattended: Collection<Listed>;
} = {
	open: listsOf('attending'),
	closed: listsOf('closed'),
	unattended: collection('unattended-of-department'),
};

function listsOf(status: string): AttendanceLists {
	return {
		ofAccount: collection(`${status}-of-account`),
		ofDepartment: collection(`${status}-of-department`),
		ofOperator: collection(`${status}-of-operator`),
	};
}

/** The document's id in a list: one that hangs on the same parent is before another as its attendance is. */
export function listedId(parentId: string, attendanceId: string): string {
	return `${parentId}/${attendanceId}`;
}

/** What moves an attendance from the lists that it was in to those that it is in now. */
export function relist(before: Attendance | undefined, after: Attendance, at: number): Change[] {
	const old = before ? placesOf(before, at) : [];
	const now = placesOf(after, at);
	const isIn = (places: readonly ListPlace[], { list, parentId }: ListPlace): boolean =>
		places.some((one) => one.list === list && one.parentId === parentId);
	const left = old.filter((place) => !isIn(now, place)).map(({ list, parentId }) => list.delete(listedId(parentId, after.id)));
	const entered = now
		.filter((place) => !isIn(old, place))
		.map(({ list, parentId, at: since }) =>
			list.put({
				id: listedId(parentId, after.id),
				accountId: after.accountId,
				parentId,
				at: since,
				value: { attendanceId: after.id },
			}),
		);
	return [...left, ...entered];
}

interface ListPlace {
	readonly list: Collection<Listed>;
	readonly parentId: string;
	readonly at: number;
}

function placesOf(attendance: Attendance, now: number): readonly ListPlace[] {
	const { department, operators, accountId, startedAt, finishedAt } = attendance;
	const ofDepartment = department?.id ?? accountId;
	const isOpen = attendance.status === 'progress';
	const lists = isOpen ? ATTENDANCE_LISTS.open : ATTENDANCE_LISTS.closed;
	const at = isOpen ? startedAt : (finishedAt ?? now);
	return [
		{ list: lists.ofAccount, parentId: accountId, at },
		{ list: lists.ofDepartment, parentId: ofDepartment, at },
		...operators.map(({ id }) => ({ list: lists.ofOperator, parentId: id, at })),
		...(isOpen && operators.length === 0 ? [{ list: ATTENDANCE_LISTS.unattended, parentId: ofDepartment, at: now }] : []),
	];
}
