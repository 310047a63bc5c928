/** Who may see what: what an asker's role means for the lists of the desk and for a single attendance. */
import { type Attendance, type NamedRef, namedRef } from '../domain/attendance.ts';
import type { Chat } from '../domain/message.ts';
import { RecadoError } from '../errors.ts';
import { DELETED_DEPARTMENTS } from '../messaging/operator-profiles.ts';
import type { Store } from '../ports/store.ts';
import type { Asker } from './services.ts';
import type { StaffService } from './staff.ts';
import type { StaffMember } from './staff-services.ts';

export interface ScopeParts {
	readonly store: Pick<Store, 'accounts' | 'documents'>;
	readonly staff: Pick<StaffService, 'find'>;
}

/** `departmentIds`: those whose chats are seen, with all that count as one of them (`undefined`: without a department). Undefined: all. */
export interface AskerScope {
	readonly accountId: string;
	readonly by?: NamedRef;
	readonly role: 'all' | 'supervisor' | 'agent';
	readonly departmentIds?: readonly (string | undefined)[];
}

/** Deleted departments are read so many at a time. */
const DELETED_BATCH = 200;

/** Throws operator_missing, and operator_inactive: who may not work may not look either. */
export async function scopeOf(parts: ScopeParts, { accountId, operatorId }: Asker): Promise<AskerScope> {
	if (operatorId === undefined) return { accountId, role: 'all' };
	const member = await activeMember(parts, accountId, operatorId);
	const by = namedRef(member.operator);
	if (member.role === 'admin') return { accountId, by, role: 'all' };
	const own = member.departments.map(({ id }) => id);
	return { accountId, by, role: member.role, departmentIds: await withStandIns(parts, accountId, own) };
}

/** Throws operator_missing, operator_inactive. */
export async function activeMember({ staff }: Pick<ScopeParts, 'staff'>, accountId: string, operatorId: string): Promise<StaffMember> {
	const member = await staff.find(accountId, operatorId);
	if (!member) throw new RecadoError('operator_missing', { details: { id: operatorId } });
	if (!member.operator.active) throw new RecadoError('operator_inactive', { details: { id: operatorId } });
	return member;
}

/** The default department has what is in none, and what was in one that was deleted. So has everybody, where there is no default one. */
export async function withStandIns(
	{ store }: Pick<ScopeParts, 'store'>,
	accountId: string,
	departmentIds: readonly string[],
): Promise<readonly (string | undefined)[]> {
	const fallback = (await store.accounts.departments(accountId)).find((one) => one.isDefault);
	if (fallback && !departmentIds.includes(fallback.id)) return departmentIds;
	const deleted: string[] = [];
	let after: { at: number; id: string } | undefined;
	for (;;) {
		const filter = { accountId, order: 'oldest', limit: DELETED_BATCH, ...(after === undefined ? {} : { after }) } as const;
		const batch = await DELETED_DEPARTMENTS.list(store.documents, filter);
		deleted.push(...batch.map(({ id }) => id));
		const last = batch.at(-1);
		if (!last || batch.length < DELETED_BATCH) return [...departmentIds, undefined, ...deleted];
		after = { at: last.at, id: last.id };
	}
}

export function maySeeAttendance(scope: AskerScope, attendance: Attendance): boolean {
	if (attendance.accountId !== scope.accountId) return false;
	if (scope.role === 'all') return true;
	if (attendance.operators.some(({ id }) => id === scope.by?.id)) return true;
	const isOfDepartment = scope.departmentIds?.includes(attendance.department?.id) ?? false;
	const isFree = attendance.status === 'progress' && attendance.operators.length === 0;
	return isOfDepartment && (scope.role === 'supervisor' || isFree);
}

/** @param open the attendance that is open on it. */
export function maySeeChat(scope: AskerScope, chat: Chat, open: Attendance | undefined): boolean {
	if (chat.accountId !== scope.accountId) return false;
	if (scope.role === 'all') return true;
	if (open) return maySeeAttendance(scope, open);
	return scope.departmentIds?.includes(chat.departmentId) ?? false;
}
