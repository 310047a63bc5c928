/** What the desk chooses from and its settings change: departments, operators, categories, quick replies, custom buttons. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { get } from './http.ts';
import type { Category, CustomButton, Department, QuickReply, StaffMember } from './views.ts';

interface All<T> {
	readonly items: readonly T[];
}

export type Listed<T> = UseQueryResult<readonly T[]>;

/** Changes seldom, and is asked for by many parts of a page at once. */
const FRESH_MS = 60_000;

function useAll<T>(name: string, accountId: string): Listed<T> {
	return useQuery({
		queryKey: [name, accountId],
		queryFn: async ({ signal }) => (await get<All<T>>(`/accounts/${accountId}/${name}`, {}, signal)).items,
		staleTime: FRESH_MS,
	});
}

export function useDepartments(accountId: string): Listed<Department> {
	return useAll('departments', accountId);
}

export function useOperators(accountId: string): Listed<StaffMember> {
	return useAll('operators', accountId);
}

export function useCategories(accountId: string): Listed<Category> {
	return useAll('categories', accountId);
}

export function useQuickReplies(accountId: string): Listed<QuickReply> {
	return useAll('quick-replies', accountId);
}

export function useCustomButtons(accountId: string): Listed<CustomButton> {
	return useAll('custom-buttons', accountId);
}
