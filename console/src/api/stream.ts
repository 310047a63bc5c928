/**
 * The live stream (`GET /recado/v1/stream`, server-sent events). Each use is a connection of its own; the browser takes it up again where it was lost, by
 * the id of the last message. While nobody looks at the page (its tab is hidden) the connection is given back: over HTTP/1.1 a browser has six to one address, for
 * all tabs together. Looked at again, the page goes on from where it was.
 */
import { useEffect, useEffectEvent, useState } from 'react';
import { type Query, queryText } from './http.ts';
import { refetchAll } from './query-client.ts';
import { isThere } from './reach.ts';
import { API } from './root.ts';
import { lacking, lookForSession, useSession } from './session.ts';

export type StreamKind = 'deliveries' | 'events' | 'figures' | 'changed';
export type StreamState = 'connecting' | 'open' | 'lost';

const RETRY_MS = 5_000;
/**
 * For so long a tab that is hidden keeps its connection: whoever only glances at another one begins nothing anew. Short, for whoever opens one tab after another waits
 * for those before to give theirs back.
 */
const HIDDEN_GRACE_MS = 2_000;

/**
 * @param filter undefined: no connection, as for whoever may not listen
 * @param onMessage gets the parsed data
 * @param onOpen called each time that the stream begins: what happened before, whoever keeps a list has to ask for
 */
export function useStream(
	kinds: readonly StreamKind[],
	filter: Query | undefined,
	onMessage: (kind: StreamKind, data: unknown) => void,
	onOpen: () => void = () => undefined,
): StreamState {
	const [state, setState] = useState<StreamState>('connecting');
	const told = useEffectEvent(onMessage);
	const opened = useEffectEvent(onOpen);
	const mayListen = lacking(useSession(), ['webhooks:manage']).length === 0;
	const url = filter === undefined || !mayListen ? undefined : `${API}/stream${queryText({ ...filter, kinds: kinds.join(',') })}`;
	const names = kinds.join(',');
	useEffect(() => {
		if (url === undefined) return;
		let source: EventSource | undefined;
		let retry: ReturnType<typeof setTimeout> | undefined;
		let rest: ReturnType<typeof setTimeout> | undefined;
		/** Up to where it was told; empty until something with a place was. */
		let place = '';
		let hasBegun = false;
		let isOver = false;
		const open = (): void => {
			if (document.hidden || source || isOver) return;
			setState('connecting');
			source = new EventSource(place === '' ? url : `${url}&after=${encodeURIComponent(place)}`);
			source.onopen = () => {
				setState('open');
				opened();
				// From its place on only deliveries and events are told, and of many not all: the rest is looked at.
				if (hasBegun) void refetchAll();
				hasBegun = true;
			};
			source.onerror = () => {
				setState('lost');
				void isThere();
				// Refused, by too many streams, a proxy, or because nobody is signed in any more: the browser tries that no more by itself.
				if (source?.readyState !== EventSource.CLOSED) return;
				close();
				void lookForSession().then(() => {
					clearTimeout(retry);
					retry = setTimeout(open, RETRY_MS);
				});
			};
			for (const kind of names.split(',') as StreamKind[]) {
				source.addEventListener(kind, (message: MessageEvent<string>) => {
					place = message.lastEventId;
					told(kind, JSON.parse(message.data));
				});
			}
		};
		const close = (): void => {
			clearTimeout(retry);
			source?.close();
			source = undefined;
		};
		const look = (): void => {
			clearTimeout(rest);
			if (document.hidden) rest = setTimeout(close, HIDDEN_GRACE_MS);
			else open();
		};
		open();
		document.addEventListener('visibilitychange', look);
		return () => {
			document.removeEventListener('visibilitychange', look);
			isOver = true;
			clearTimeout(rest);
			close();
		};
	}, [url, names]);
	return state;
}
