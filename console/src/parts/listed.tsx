/** A list as every page shows it: what there is, then what went wrong, that it is being fetched, or why there is nothing, and that it goes on. */
import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Paged } from '../api/pages.ts';
import { Loading } from './loading.tsx';
import { More } from './more.tsx';
import { Problem } from './problem.tsx';

export interface ListedProps<T> {
	readonly list: Paged<T>;
	/** Why there is nothing, and what would fill it. */
	readonly empty: ReactNode;
	/** Reaches to the edges of what it stands in: what is said of it keeps away from them. */
	readonly isFlush?: boolean;
	/** Is given one at least. */
	readonly children: (items: readonly T[]) => ReactNode;
}

export function Listed<T>({ list, empty, isFlush = false, children }: ListedProps<T>) {
	const { items, error, isLoading, again } = list;
	return (
		<>
			{items.length > 0 && children(items)}
			{error ? (
				<Box p={isFlush ? 'sm' : 0}>
					<Problem error={error} onRetry={again} />
				</Box>
			) : isLoading ? (
				<Loading />
			) : (
				items.length === 0 && empty
			)}
			<More list={list} />
		</>
	);
}
