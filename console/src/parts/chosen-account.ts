/** Of which account the pages show things: all, or one. Kept in this browser. Whoever is confined to an account sees that one. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { get } from '../api/http.ts';
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
		queryFn: async () => (await get<{ items: readonly Account[] }>('/accounts', { limit: 200 })).items,
		enabled: session.accountId === undefined,
	});
}

/** Undefined: all accounts. */
export function useChosenAccount(): string | undefined {
	const { accountId } = useSession();
	const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(KEY) ?? undefined);
	return accountId ?? kept;
}

/** For pages that show one account: the chosen one, or the only or first one there is. Undefined while that is not known, or there is none. */
export function useOneAccount(): string | undefined {
	const chosen = useChosenAccount();
	const accounts = useAccounts();
	return chosen ?? accounts[0]?.id;
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
