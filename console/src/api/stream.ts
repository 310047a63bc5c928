/**
 * The live stream (`GET /recado/v1/stream`, server-sent events). Each use is a connection of its own; the browser takes it up again where it was lost, by
 * the id of the last message. While nobody looks at the page (its tab is hidden) the connection is closed.
 */
import { useEffect, useEffectEvent, useState } from 'react';
import { API, type Query, queryText } from './http.ts';

export type StreamKind = 'deliveries' | 'events' | 'figures' | 'changed';
export type StreamState = 'connecting' | 'open' | 'lost';

const RETRY_MS = 5_000;

/** @param onMessage gets the parsed data. Undefined `filter`: no connection. */
export function useStream(
	kinds: readonly StreamKind[],
	filter: Query | undefined,
	onMessage: (kind: StreamKind, data: unknown) => void,
): StreamState {
	const [state, setState] = useState<StreamState>('connecting');
	const told = useEffectEvent(onMessage);
	const url = filter === undefined ? undefined : `${API}/stream${queryText({ ...filter, kinds: kinds.join(',') })}`;
	const names = kinds.join(',');
	useEffect(() => {
		if (url === undefined) return;
		let source: EventSource | undefined;
		let retry: ReturnType<typeof setTimeout> | undefined;
		const open = (): void => {
			if (document.hidden || source) return;
			setState('connecting');
			source = new EventSource(url);
			source.onopen = () => setState('open');
			source.onerror = () => {
				setState('lost');
				// Refused, by too many streams or a proxy: the browser tries that no more by itself.
				if (source?.readyState !== EventSource.CLOSED) return;
				close();
				retry = setTimeout(open, RETRY_MS);
			};
			for (const kind of names.split(',') as StreamKind[]) {
				source.addEventListener(kind, (message: MessageEvent<string>) => told(kind, JSON.parse(message.data)));
			}
		};
		const close = (): void => {
			clearTimeout(retry);
			source?.close();
			source = undefined;
		};
		const look = (): void => (document.hidden ? close() : open());
		open();
		document.addEventListener('visibilitychange', look);
		return () => {
			document.removeEventListener('visibilitychange', look);
			close();
		};
	}, [url, names]);
	return state;
}
