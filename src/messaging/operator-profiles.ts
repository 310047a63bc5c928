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
/** Departments that were deleted: chats and attendances may still be in them, and are the default department's. */
export const DELETED_DEPARTMENTS: Collection<{ readonly name: string }> = collection<{ readonly name: string }>('deleted-departments');

export function loginId(accountId: string, login: string): string {
	return `${accountId}/${login.toLowerCase()}`;
}

export async function profileOf(reads: DocumentReads, operatorId: string): Promise<OperatorProfile> {
	return (await PROFILES.get(reads, operatorId))?.value ?? USUAL_PROFILE;
}
