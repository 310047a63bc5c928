/** Who is signed in. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { change, get, proveWith, Refused } from './http.ts';
import { queryClient, refetchAll } from './query-client.ts';
import { goOn, hasEnded, sessionEnded } from './session-end.ts';
import type { Session } from './views.ts';

export type { Session } from './views.ts';

export type TokenScope = NonNullable<Session['scopes']>[number];

/** Where one signs in. */
export const SIGN_IN_PATH = '/console/sign-in';

export const sessionQuery = queryOptions({
	queryKey: ['session'],
	staleTime: Number.POSITIVE_INFINITY,
	queryFn: async (): Promise<Session | null> => {
		try {
			return proven(await get<Session>('/session'));
		} catch (error) {
			if (isNobody(error)) return null;
			throw error;
		}
	},
});

/** Where a page only listens, nothing that it asks would tell that the session has ended. Resolves once somebody is signed in, or at once where that is not known. */
export async function lookForSession(): Promise<void> {
	const found = await get<Session>('/session').catch((error: unknown) => error);
	if (isNobody(found)) await sessionEnded();
}

export type SignIn =
	| { readonly token: string }
	| { readonly email: string; readonly password: string; readonly accountId?: string }
	| { readonly code: string };

/** Throws Refused. */
export async function signIn(wish: SignIn): Promise<void> {
	begin(proven(await change<Session>('POST', '/session', wish)));
}

/** Whoever signed in elsewhere, by a provider or in another tab, is so here. */
export async function takeUpSession(): Promise<void> {
	if (!hasEnded()) return;
	const found = await get<Session>('/session').catch(() => undefined);
	if (found && hasEnded()) begin(proven(found));
}

/** Throws Refused, where the session may still be there. */
export async function signOut(): Promise<void> {
	await change('DELETE', '/session').catch((error: unknown) => {
		if (!isNobody(error)) throw error;
	});
	// A browser may keep the page as it was, and show it to whoever goes back.
	addEventListener('pageshow', () => location.reload(), { once: true });
	isLeaving = true;
	location.assign(SIGN_IN_PATH);
}

/** Nothing that was fetched before is shown to somebody else: of a page that waits for its own person all is begun anew. */
function begin(session: Session): void {
	const before = queryClient.getQueryData(sessionQuery.queryKey);
	if (hasEnded() && before && !isSame(before, session)) {
		isLeaving = true;
		location.reload();
		return;
	}
	if (!hasEnded()) queryClient.clear();
	queryClient.setQueryData(sessionQuery.queryKey, session);
	if (!hasEnded()) return;
	goOn();
	void refetchAll();
}

let isLeaving = false;

/** Whether the page is being left because its person is: what they have not saved holds nobody back. */
export function isPersonLeaving(): boolean {
	return isLeaving;
}

/** Who is called so and may do just that. */
function isSame(one: Session, other: Session): boolean {
	const told = ({ kind, name, accountId, operatorId, role, scopes }: Session): string =>
		JSON.stringify([kind, name, accountId, operatorId, role, scopes]);
	return told(one) === told(other);
}

/** Of a page that is shown to whoever is signed in. */
export function useSession(): Session {
	const { data } = useQuery(sessionQuery);
	if (!data) throw new Error('Nobody is signed in');
	return data;
}

/** Of who is signed in; undefined where nobody is. */
export function fileBytesMax(): Session['fileBytesMax'] | undefined {
	return queryClient.getQueryData(sessionQuery.queryKey)?.fileBytesMax;
}

/** Whether a session opens the pages of the administration, apart from the desk. */
export function isAdministrator({ kind }: Session): boolean {
	return kind !== 'operator';
}

/** Those of these scopes that a session lacks: an API token's alone does. */
export function lacking({ kind, scopes = [] }: Session, wanted: readonly TokenScope[]): readonly TokenScope[] {
	if (kind !== 'token' || scopes.includes('admin')) return [];
	return wanted.filter((scope) => !scopes.includes(scope));
}

/** Whether who is signed in lacks it. For what is asked for besides: what it would tell is left out where it is not open. */
export function lacks(scope: TokenScope): boolean {
	const session = queryClient.getQueryData(sessionQuery.queryKey);
	return !session || lacking(session, [scope]).length > 0;
}

function isNobody(thrown: unknown): boolean {
	return thrown instanceof Refused && thrown.status === 401;
}

function proven(session: Session): Session {
	proveWith(session.csrf);
	return session;
}
