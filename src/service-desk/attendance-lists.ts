/** Lists of attendances as an asker sees them: parts of the lists that attendances are in, merged by time. */
import type { Attendance } from '../domain/attendance.ts';
import { ATTENDANCE_LISTS, type Listed, listedId } from '../messaging/attendance-index.ts';
import type { Collection } from '../ports/documents.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Store } from '../ports/store.ts';
import { type AskerScope, maySeeAttendance, withStandIns } from './asker-scope.ts';
import { cut, placeOfCursor } from './document-pages.ts';
import type { DeskFilter } from './services.ts';

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

/** A page is shorter than asked for where the asker may not see some of it, or it is filtered by both department and operator. */
export async function listAttendances(
	parts: ListParts,
	scope: AskerScope,
	filter: DeskFilter & { readonly status: 'open' | 'closed' },
	page: PageRequest,
): Promise<Page<Attendance>> {
	const departmentIds = filter.departmentId === undefined ? undefined : await withStandIns(parts, scope.accountId, [filter.departmentId]);
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
	const found = await Promise.all(cutOff.items.map(({ attendanceId }) => parts.store.attendances.attendance(attendanceId)));
	const isAsked = (one: Attendance): boolean =>
		maySeeAttendance(scope, one) && (departmentIds === undefined || departmentIds.includes(one.department?.id));
	return { ...cutOff, items: found.flatMap((one) => (one && isAsked(one) ? [one] : [])) };
}

function partsOf(
	scope: AskerScope,
	{ status, ofOperatorId }: Parameters<typeof listAttendances>[2],
	departmentIds: DepartmentIds,
): readonly Part[] {
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
