/** Lists that come in pages, each with the cursor of the next, and those that come whole. */
import { type UseQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { get, type Query } from './http.ts';

export interface PageOf<T> {
	readonly items: readonly T[];
	/** Missing on the last page. */
	readonly next?: string;
}

export interface Paged<T> {
	/** Of all pages fetched so far. */
	readonly items: readonly T[];
	readonly isLoading: boolean;
	readonly error: unknown;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	readonly more: () => void;
	readonly again: () => void;
}

export interface PagedWish {
	readonly isEnabled?: boolean;
	/** For how long what was fetched is shown again without a look; missing: as everything. */
	readonly freshMs?: number;
}

/** @param key what a change makes stale: `['webhooks']` makes every query stale that begins with it. */
export function usePaged<T>(key: readonly unknown[], path: string, query: Query = {}, wish: PagedWish = {}): Paged<T> {
	const found = useInfiniteQuery({
		queryKey: [...key, path, query],
		queryFn: ({ pageParam, signal }) => get<PageOf<T>>(path, { ...query, cursor: pageParam }, signal),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (last) => last.next,
		enabled: wish.isEnabled ?? true,
		...(wish.freshMs === undefined ? {} : { staleTime: wish.freshMs }),
	});
	return {
		items: found.data?.pages.flatMap((page) => page.items) ?? [],
		isLoading: found.isLoading,
		error: found.error,
		hasMore: found.hasNextPage,
		isLoadingMore: found.isFetchingNextPage,
		more: () => void found.fetchNextPage(),
		again: () => void found.refetch(),
	};
}

/** A list that comes whole, as one of a single page. */
export function whole<T>({ data = [], isLoading, error, refetch }: UseQueryResult<readonly T[]>): Paged<T> {
	return { items: data, isLoading, error, hasMore: false, isLoadingMore: false, more: () => undefined, again: () => void refetch() };
}

/** It was looked, and there is nothing. */
export function isEmpty({ items, isLoading, error }: Paged<unknown>): boolean {
	return !isLoading && !error && items.length === 0;
}
