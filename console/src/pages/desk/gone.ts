/** What is not there for whoever asks: it never was, it is not theirs, or it went to somebody else meanwhile. */
import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Refused } from '../../api/http.ts';
import { useAsker } from './asker.ts';
import { useRefresh } from './desk-data.ts';

export function isGone(error: unknown): boolean {
	return error instanceof Refused && error.status === 404;
}

/** What was answered so is answered so again: it is no matter for a look at what is new. */
export function isLookedAt({ state }: Query): boolean {
	return !isGone(state.error);
}

/** A list that has the chat which is open says that it is there: where it was not, it is asked for again. */
export function useBackAgain(isListed: boolean): void {
	const { accountId } = useAsker();
	const queries = useQueryClient();
	const refresh = useRefresh();
	// biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it comes to be listed
	useEffect(() => {
		const isAnyGone = queries
			.getQueryCache()
			.findAll({ queryKey: ['desk', accountId], type: 'active' })
			.some((one) => !isLookedAt(one));
		if (isListed && isAnyGone) refresh();
	}, [isListed]);
}
