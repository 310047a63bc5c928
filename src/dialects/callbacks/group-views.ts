/** Groups as both dialects show them: who is in one, and what is told of it wherever it is told. */
import type { Group, GroupParticipant } from '../../ports/whatsapp.ts';
import { given } from './given.ts';

export interface GroupFields {
	readonly phone: string;
	readonly owner: string;
	readonly subject: string;
	readonly creation: number;
	readonly subjectTime: number;
	readonly subjectOwner: string;
}

/** What is told of a group both to its members and to whoever was invited. */
export function groupFields(group: Group): GroupFields {
	return {
		phone: group.id,
		owner: group.owner,
		subject: group.subject,
		creation: group.createdAt,
		subjectTime: group.subjectAt,
		subjectOwner: group.subjectBy,
	};
}

/** Names are there where our address book has one. */
export function participantRow({ phone, isAdmin, isSuperAdmin, firstName, name }: GroupParticipant): object {
	return { phone, isAdmin, isSuperAdmin, ...given({ short: firstName, name }) };
}

/** Not true where one of the numbers could not be dealt with: a success must be one. */
export function participantsOutcome({ errors }: { readonly errors: readonly string[] }): { readonly value: boolean } {
	return { value: errors.length === 0 };
}
