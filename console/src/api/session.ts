/** Who is signed in. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { change, get, proveWith, Refused, whenSignedOut } from './http.ts';
import { queryClient } from './query-client.ts';
import type { Session } from './views.ts';

export type { Session } from './views.ts';

export const sessionQuery = queryOptions({
	queryKey: ['session'],
	staleTime: Number.POSITIVE_INFINITY,
	queryFn: async (): Promise<Session | null> => {
		try {
			return proven(await get<Session>('/session'));
		} catch (error) {
			if (error instanceof Refused && error.status === 401) return null;
			throw error;
		}
	},
});

/** Goes to where one signs in; `isToReturn`: and comes back to what is shown now. */
export type Leave = (isToReturn: boolean) => Promise<void>;

let leave: Leave = async () => undefined;

export function leaveBy(way: Leave): void {
	leave = way;
}

whenSignedOut(() => void forget(true));

export type SignIn =
	| { readonly token: string }
	| { readonly email: string; readonly password: string; readonly accountId?: string }
	| { readonly code: string };

/** Throws Refused. */
export async function signIn(wish: SignIn): Promise<Session> {
	const session = proven(await change<Session>('POST', '/session', wish));
	queryClient.setQueryData(sessionQuery.queryKey, session);
	return session;
}

export async function signOut(): Promise<void> {
	await change('DELETE', '/session');
	await forget(false);
}

/** First the page goes: it is one of somebody, and cannot be shown to nobody. */
async function forget(isToReturn: boolean): Promise<void> {
	await leave(isToReturn);
	queryClient.clear();
}

/** Of a page that is shown to whoever is signed in. */
export function useSession(): Session {
	const { data } = useQuery(sessionQuery);
	if (!data) throw new Error('Nobody is signed in');
	return data;
}

/** Whether a session opens the pages of the administration, apart from the desk. */
export function isAdministrator({ kind }: Session): boolean {
	return kind !== 'operator';
}

function proven(session: Session): Session {
	proveWith(session.csrf);
	return session;
}
