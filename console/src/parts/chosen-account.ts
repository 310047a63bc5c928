/**
 * Of which account the pages show things: all, or one. Kept in this browser, until there is no such account any more: another gateway may have its address by then.
 * A tab that is open keeps its own: what is written in it for one account is not to end up in another one that was chosen elsewhere meanwhile. Whoever is confined to an
 * account sees that one.
 */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { get, Refused } from '../api/http.ts';
import type { PageOf } from '../api/pages.ts';
import { lacking, useSession } from '../api/session.ts';
import type { Account } from '../api/views.ts';
import { namesToldApart } from './told-apart.ts';

const KEY = 'recado.account';
const listeners = new Set<() => void>();
let kept: string | undefined = localStorage.getItem(KEY) ?? undefined;

export function chooseAccount(id: string | undefined): void {
	kept = id;
	if (id === undefined) localStorage.removeItem(KEY);
	else localStorage.setItem(KEY, id);
	for (const listener of listeners) listener();
}

const NONE: readonly Account[] = [];

export function useAccounts(): readonly Account[] {
	return useAccountList().data ?? NONE;
}

/** What an account is called, by its id: told apart from others of the same name. Undefined where that is not known. */
export function useAccountNames(): (id: string) => string | undefined {
	const accounts = useAccounts();
	return useMemo(() => {
		const nameOf = namesToldApart(accounts);
		const names = new Map(accounts.map((account) => [account.id, nameOf(account)]));
		return (id) => names.get(id);
	}, [accounts]);
}

/** What the list of accounts could not be read for, or that it was read. */
export function useAccountList(): UseQueryResult<readonly Account[]> {
	const session = useSession();
	return useQuery({
		queryKey: ['accounts'],
		queryFn: async ({ signal }) => {
			const { accounts, isAll } = await allAccounts(signal);
			const looked = kept;
			const isKnown = looked === undefined || accounts.some(({ id }) => id === looked);
			// Another one may be chosen by the time that it is known.
			if (!isKnown && (isAll || (await isGone(looked, signal))) && kept === looked) chooseAccount(undefined);
			return accounts;
		},
		enabled: session.accountId === undefined && lacking(session, ['accounts:manage']).length === 0,
	});
}

/** As many as the gateway gives at once. */
const PAGE = 200;
/** The names of so many are known everywhere; of more, those that were made later are told by their ids. Each can be chosen: account-picker.tsx. */
const ACCOUNTS_MAX = 1_000;

async function allAccounts(signal: AbortSignal): Promise<{ readonly accounts: readonly Account[]; readonly isAll: boolean }> {
	const accounts: Account[] = [];
	let cursor: string | undefined;
	do {
		const { items, next } = await get<PageOf<Account>>('/accounts', { limit: PAGE, cursor }, signal);
		accounts.push(...items);
		cursor = next;
	} while (cursor !== undefined && accounts.length < ACCOUNTS_MAX);
	return { accounts, isAll: cursor === undefined };
}

async function isGone(id: string, signal: AbortSignal): Promise<boolean> {
	return await get<Account>(`/accounts/${id}`, {}, signal).then(
		() => false,
		(error: unknown) => error instanceof Refused && error.status === 404,
	);
}

/** Undefined: all accounts. */
export function useChosenAccount(): string | undefined {
	const { accountId } = useSession();
	const chosen = useSyncExternalStore(subscribe, keptAccount);
	return accountId ?? chosen;
}

/** For what is about one account: the chosen one, or the only one there is. Undefined where it has to be asked for, while that is not known, and where there is none. */
export function useOneAccount(): string | undefined {
	const chosen = useChosenAccount();
	const accounts = useAccounts();
	return chosen ?? (accounts.length === 1 ? accounts[0]?.id : undefined);
}

function keptAccount(): string | undefined {
	return kept;
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
