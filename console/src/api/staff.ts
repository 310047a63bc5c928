/** What the desk chooses from and its settings change: departments, operators, categories, quick replies, custom buttons. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { get } from './http.ts';
import type { Category, CustomButton, Department, QuickReply, StaffMember } from './views.ts';

interface All<T> {
	readonly items: readonly T[];
}

export type AllOf<T> = UseQueryResult<readonly T[]>;

/** Changes seldom, and is asked for by many parts of a page at once. */
const FRESH_MS = 60_000;

function useAll<T>(name: string, accountId: string): AllOf<T> {
	return useQuery({
		queryKey: [name, accountId],
		queryFn: async ({ signal }) => (await get<All<T>>(`/accounts/${accountId}/${name}`, {}, signal)).items,
		staleTime: FRESH_MS,
	});
}

export function useDepartments(accountId: string): AllOf<Department> {
	return useAll('departments', accountId);
}

export function useOperators(accountId: string): AllOf<StaffMember> {
	return useAll('operators', accountId);
}

export function useCategories(accountId: string): AllOf<Category> {
	return useAll('categories', accountId);
}

export function useQuickReplies(accountId: string): AllOf<QuickReply> {
	return useAll('quick-replies', accountId);
}

export function useCustomButtons(accountId: string): AllOf<CustomButton> {
	return useAll('custom-buttons', accountId);
}
