/** What the gateway tells about itself: figures of a window, how it does this second, and what needs a person. */
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/http.ts';
import type { PageOf } from '../../api/pages.ts';
import { type StreamState, useStream } from '../../api/stream.ts';
import type { AttentionItem, Figures, LiveChanged, LiveFigures } from '../../api/views.ts';
import type { FigureWindow } from './search.ts';

/** As often as the gateway has something new to say of a window. */
const REFRESHED_MS: Readonly<Record<FigureWindow, number>> = { '15m': 5_000, '1h': 10_000, '24h': 60_000, '7d': 300_000 };
const ATTENTION_MS = 5_000;
/** A few of each kind are shown, and how many there are. */
const ATTENTION_COUNTED = 100;

export function useFigures(window: FigureWindow, accountId: string | undefined): UseQueryResult<Figures> {
	return useQuery({
		queryKey: ['figures', window, accountId],
		queryFn: ({ signal }) => get<Figures>('/figures', { window, accountId }, signal),
		refetchInterval: REFRESHED_MS[window],
		// While another window is fetched the present one stays: nothing jumps.
		placeholderData: (before) => before,
	});
}

export function useAttention(accountId: string | undefined): UseQueryResult<PageOf<AttentionItem>> {
	return useQuery({
		queryKey: ['attention', accountId],
		queryFn: ({ signal }) => get<PageOf<AttentionItem>>('/attention', { accountId, limit: ATTENTION_COUNTED }, signal),
		refetchInterval: ATTENTION_MS,
	});
}

export interface Live {
	/** Undefined until the first are told. */
	readonly figures: LiveFigures | undefined;
	readonly state: StreamState;
}

/** Every second; and looks again for what needs a person where a webhook or an instance changed. */
export function useLive(accountId: string | undefined): Live {
	const client = useQueryClient();
	const [told, setTold] = useState<{ readonly accountId: string | undefined; readonly figures: LiveFigures }>();
	const state = useStream(['figures', 'changed'], { accountId }, (kind, data) => {
		if (kind === 'figures') setTold({ accountId, figures: data as LiveFigures });
		else if (isMended(data as LiveChanged)) void client.invalidateQueries({ queryKey: ['attention'] });
	});
	return { figures: told?.accountId === accountId ? told?.figures : undefined, state };
}

function isMended({ what }: LiveChanged): boolean {
	return what === 'webhooks' || what === 'instances' || what === 'jobs';
}
