/** What is kept of an operator besides their name: role, departments, how they sign in, and whether they are there. */
import type { OperatorRole } from '../domain/account.ts';
import { type Collection, collection, type DocumentReads } from '../ports/documents.ts';

export interface OperatorProfile {
	readonly role: OperatorRole;
	readonly email?: string;
	readonly login?: string;
	readonly passwordHash?: string;
	readonly departmentIds: readonly string[];
	readonly attendancesMax?: number;
	/** Undefined: 0. Goes up when their access tokens are to end. */
	readonly tokenGeneration?: number;
}

export interface OperatorPresence {
	readonly state: 'online' | 'offline';
}

export const USUAL_PROFILE: OperatorProfile = { role: 'agent', departmentIds: [] };

/** One an operator, by their id. */
export const PROFILES: Collection<OperatorProfile> = collection<OperatorProfile>('operator-profiles');
/** One an operator who was ever online, by their id; `at` is when the state last changed. */
export const PRESENCES: Collection<OperatorPresence> = collection<OperatorPresence>('operator-presences');
/** Whose a login is, so that it is of one operator in an account. */
export const LOGINS: Collection<{ readonly operatorId: string }> = collection<{ readonly operatorId: string }>('operator-logins');
/** By what operators are found in all accounts at once, two at most an operator (`<id>/email`, `<id>/login`): each hangs on the name, as `nameKey` has it. */
export const OPERATOR_NAMES: Collection<{ readonly operatorId: string }> = collection<{ readonly operatorId: string }>('operator-names');
/** Departments that were deleted: chats and attendances may still be in them, and are the default department's. */
export const DELETED_DEPARTMENTS: Collection<{ readonly name: string }> = collection<{ readonly name: string }>('deleted-departments');

export function loginId(accountId: string, login: string): string {
	return `${accountId}/${login.toLowerCase()}`;
}

/** A login or an e-mail, in whatever case. */
export function nameKey(name: string): string {
	return name.trim().toLowerCase();
}

export async function profileOf(reads: DocumentReads, operatorId: string): Promise<OperatorProfile> {
	return (await PROFILES.get(reads, operatorId))?.value ?? USUAL_PROFILE;
}
