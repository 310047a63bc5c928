/** Lists of attendances as an asker sees them, and how many they have: parts of the lists that attendances are in, merged by time. */
import type { Attendance } from '../domain/attendance.ts';
import { ATTENDANCE_LISTS, type Listed, listedId } from '../messaging/attendance-index.ts';
import type { Collection } from '../ports/documents.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Store } from '../ports/store.ts';
import { type AskerScope, maySeeAttendance, withStandIns } from './asker-scope.ts';
import { cut, placeOfCursor } from './document-pages.ts';
import type { Counted, DeskFilter } from './services.ts';

export interface ListParts {
	readonly store: Pick<Store, 'accounts' | 'attendances' | 'documents'>;
}

/** What of a list hangs on an account, a department or an operator. */
interface Part {
	readonly list: Collection<Listed>;
	readonly parentId: string;
}

interface Entry {
	readonly at: number;
	readonly attendanceId: string;
}

/** Attendances are read so many at a time where it takes them to know who may see them. */
const READ_BATCH = 100;

type AttendanceFilter = DeskFilter & { readonly status: 'open' | 'closed' };

/** A page is shorter than asked for where the asker may not see some of it, or it is filtered by both department and operator. */
export async function listAttendances(
	parts: ListParts,
	scope: AskerScope,
	filter: AttendanceFilter,
	page: PageRequest,
): Promise<Page<Attendance>> {
	const departmentIds = await departmentsAsked(parts, scope, filter);
	const after = placeOfCursor(page);
	const read = async ({ list, parentId }: Part): Promise<Entry[]> => {
		const found = await list.list(parts.store.documents, {
			...{ accountId: scope.accountId, parentId, order: 'newest', limit: page.limit + 1 },
			...(after === undefined ? {} : { after: { at: after.at, id: listedId(parentId, after.id) } }),
		});
		return found.map(({ at, value }) => ({ at, attendanceId: value.attendanceId }));
	};
	const merged = (await Promise.all(partsOf(scope, filter, departmentIds).map(read))).flat().sort(newestFirst);
	const once = merged.filter((entry, index) => merged[index - 1]?.attendanceId !== entry.attendanceId);
	const cutOff = cut(once, page.limit, ({ at, attendanceId }) => ({ at, id: attendanceId }));
	const ids = cutOff.items.map(({ attendanceId }) => attendanceId);
	return { ...cutOff, items: await seen(parts, scope, departmentIds, ids) };
}

/**
 * How many the pages of `listAttendances` have together. Most lists are counted by their ids alone; of one that takes its attendances to know who may see them,
 * the newest `most` are looked at.
 */
export async function countAttendances(parts: ListParts, scope: AskerScope, filter: AttendanceFilter, most: number): Promise<Counted> {
	const departmentIds = await departmentsAsked(parts, scope, filter);
	const counted = new Set<string>();
	let isAtLeast = false;
	for (const part of partsOf(scope, filter, departmentIds)) {
		const { list, parentId } = part;
		const listed = await list.ids(parts.store.documents, { accountId: scope.accountId, parentId, order: 'newest', limit: most + 1 });
		isAtLeast ||= listed.length > most;
		const ids = listed.map((id) => id.slice(listedId(parentId, '').length));
		const theirs = isAllSeen(scope, departmentIds, part, filter)
			? ids
			: (await seen(parts, scope, departmentIds, ids.slice(0, most))).map(({ id }) => id);
		for (const id of theirs) counted.add(id);
		if (counted.size > most) break;
	}
	return { count: Math.min(counted.size, most), isAtLeast: isAtLeast || counted.size > most };
}

/** Departments are those that the asker may see, and of the filter, when they are parts. What an operator is in is of any department. */
function isAllSeen(scope: AskerScope, departmentIds: DepartmentIds, { list, parentId }: Part, { status }: AttendanceFilter): boolean {
	if (list !== ATTENDANCE_LISTS[status].ofOperator) return true;
	return departmentIds === undefined && (scope.role === 'all' || parentId === scope.by?.id);
}

async function seen(
	parts: ListParts,
	scope: AskerScope,
	departmentIds: DepartmentIds,
	ids: readonly string[],
): Promise<readonly Attendance[]> {
	const isAsked = (one: Attendance): boolean =>
		maySeeAttendance(scope, one) && (departmentIds === undefined || departmentIds.includes(one.department?.id));
	const found: Attendance[] = [];
	for (let from = 0; from < ids.length; from += READ_BATCH) {
		const batch = await Promise.all(ids.slice(from, from + READ_BATCH).map((id) => parts.store.attendances.attendance(id)));
		found.push(...batch.flatMap((one) => (one && isAsked(one) ? [one] : [])));
	}
	return found;
}

async function departmentsAsked(parts: ListParts, { accountId }: AskerScope, { departmentId }: AttendanceFilter): Promise<DepartmentIds> {
	return departmentId === undefined ? undefined : withStandIns(parts, accountId, [departmentId]);
}

function partsOf(scope: AskerScope, { status, ofOperatorId }: AttendanceFilter, departmentIds: DepartmentIds): readonly Part[] {
	const { ofAccount, ofDepartment, ofOperator } = ATTENDANCE_LISTS[status];
	const inDepartments = (ids: DepartmentIds): Part[] => (ids ?? []).map((id) => ({ list: ofDepartment, parentId: id ?? scope.accountId }));
	if (ofOperatorId !== undefined) return [{ list: ofOperator, parentId: ofOperatorId }];
	if (scope.role === 'all') return departmentIds ? inDepartments(departmentIds) : [{ list: ofAccount, parentId: scope.accountId }];
	const own: Part[] = scope.by ? [{ list: ofOperator, parentId: scope.by.id }] : [];
	if (scope.role === 'agent') return own;
	return [...inDepartments(departmentIds?.filter((id) => scope.departmentIds?.includes(id)) ?? scope.departmentIds), ...own];
}

type DepartmentIds = readonly (string | undefined)[] | undefined;

function newestFirst(a: Entry, b: Entry): number {
	return b.at - a.at || (a.attendanceId < b.attendanceId ? 1 : a.attendanceId > b.attendanceId ? -1 : 0);
}
