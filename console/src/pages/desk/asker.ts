/** In whose name the desk is asked: the operator who is signed in, or for an administrator the account itself or an operator of their choice. */
import { createContext, use } from 'react';
import { useSession } from '../../api/session.ts';
import { useOperators } from '../../api/staff.ts';
import type { Attendance } from '../../api/views.ts';
import { useDeskPlace } from './desk-place.ts';

export interface Asker {
	readonly accountId: string;
	/** Missing: the account itself. */
	readonly operatorId?: string;
	/** Goes into queries and bodies. */
	readonly as: { readonly asOperatorId?: string };
	/** They see more than what is theirs. */
	readonly seesOthers: boolean;
	/** Whoever is signed in may do what knows no asker: start an attendance by a number, list all of a chat. */
	readonly isManager: boolean;
	/** They may choose in whose name they ask. */
	readonly mayChoose: boolean;
}

export const AskerContext = createContext<Asker | undefined>(undefined);

export function useAsker(): Asker {
	const asker = use(AskerContext);
	if (!asker) throw new Error('Outside of the desk');
	return asker;
}

/** Whether they are in it; the account itself is in each. */
export function attends({ operatorId }: Asker, attendance: Attendance | undefined): boolean {
	return attendance !== undefined && (operatorId === undefined || attendance.operators.some(({ id }) => id === operatorId));
}

/** Made once, by the page. */
export function useAskerOf(accountId: string): Asker {
	const session = useSession();
	const { search } = useDeskPlace();
	const { data: operators = [] } = useOperators(accountId);
	if (session.kind === 'operator') {
		const { operatorId, role = 'agent' } = session;
		return {
			accountId,
			...(operatorId === undefined ? {} : { operatorId }),
			as: {},
			seesOthers: role !== 'agent',
			isManager: role === 'admin',
			mayChoose: false,
		};
	}
	const member = operators.find(({ id }) => id === search.as);
	return {
		accountId,
		...(member === undefined ? {} : { operatorId: member.id }),
		as: member === undefined ? {} : { asOperatorId: member.id },
		seesOthers: member?.role !== 'agent',
		isManager: true,
		mayChoose: true,
	};
}
