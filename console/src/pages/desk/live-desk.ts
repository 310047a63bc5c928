/** Keeps what is shown of the desk fresh: the live stream says when something happened, and where it is not to be had the desk looks by itself. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStream } from '../../api/stream.ts';

/** News can be missed; a look this often makes up for it. */
const LOOK_MS = 30_000;
const LOOK_WITHOUT_NEWS_MS = 4_000;

export function useLiveDesk(accountId: string): void {
	const queries = useQueryClient();
	const look = (): void => void queries.invalidateQueries({ queryKey: ['desk', accountId] });
	const state = useStream(['changed'], { accountId }, (_, data) => {
		if ((data as { readonly what: string }).what === 'desk') look();
	});
	const everyMs = state === 'open' ? LOOK_MS : LOOK_WITHOUT_NEWS_MS;
	useEffect(() => {
		const timer = setInterval(() => {
			if (!document.hidden) void queries.invalidateQueries({ queryKey: ['desk', accountId] });
		}, everyMs);
		return () => clearInterval(timer);
	}, [everyMs, accountId, queries]);
}
