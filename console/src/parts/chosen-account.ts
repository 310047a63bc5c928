/**
 * Of which account the pages show things: all, or one. Kept in this browser, until there is no such account any more: another gateway may have its address by then.
 * Whoever is confined to an account sees that one.
 */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { get } from '../api/http.ts';
import type { PageOf } from '../api/pages.ts';
import { useSession } from '../api/session.ts';
import type { Account } from '../api/views.ts';

const KEY = 'recado.account';
const listeners = new Set<() => void>();

export function chooseAccount(id: string | undefined): void {
	if (id === undefined) localStorage.removeItem(KEY);
	else localStorage.setItem(KEY, id);
	for (const listener of listeners) listener();
}

export function useAccounts(): readonly Account[] {
	return useAccountList().data ?? [];
}

/** What the list of accounts could not be read for, or that it was read. */
export function useAccountList(): UseQueryResult<readonly Account[]> {
	const session = useSession();
	return useQuery({
		queryKey: ['accounts'],
		queryFn: async ({ signal }) => {
			const { accounts, isAll } = await allAccounts(signal);
			const kept = keptAccount();
			if (isAll && kept !== undefined && !accounts.some(({ id }) => id === kept)) chooseAccount(undefined);
			return accounts;
		},
		enabled: session.accountId === undefined,
	});
}

/** As many as the gateway gives at once. */
const PAGE = 200;
/** So many accounts can be chosen from; of more, those that were made later are found on the page of the accounts alone. */
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

/** Undefined: all accounts. */
export function useChosenAccount(): string | undefined {
	const { accountId } = useSession();
	const kept = useSyncExternalStore(subscribe, keptAccount);
	return accountId ?? kept;
}

/** For what is about one account: the chosen one, or the only one there is. Undefined where it has to be asked for, while that is not known, and where there is none. */
export function useOneAccount(): string | undefined {
	const chosen = useChosenAccount();
	const accounts = useAccounts();
	return chosen ?? (accounts.length === 1 ? accounts[0]?.id : undefined);
}

function keptAccount(): string | undefined {
	return localStorage.getItem(KEY) ?? undefined;
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
