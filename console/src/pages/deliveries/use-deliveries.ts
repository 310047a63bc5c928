/**
 * The deliveries of a filter: what is kept, page by page, and before it what comes now. By the live stream where it can tell them apart; else the list is asked for
 * again and again.
 */
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import { type Paged, usePaged } from '../../api/pages.ts';
import { type StreamState, useStream } from '../../api/stream.ts';
import type { Delivery, LiveDeliveries } from '../../api/views.ts';
import { type DeliveryFilter, needsAsking, queryOf, streamQueryOf } from './search.ts';
import { newestFirst, Tail, type TailShown } from './tail.ts';

/** How often a search is repeated that the stream cannot follow. */
const ASKED_EVERY_MS = 5_000;
const LOOKED_AT_EVERY_MS = 1_000;
const PAGE = 50;

export interface Followed {
	/** Newest first. */
	readonly rows: readonly Delivery[];
	readonly list: Paged<Delivery>;
	readonly tail: TailShown;
	/** `asked`: repeated every few seconds. `past`: its span is over. */
	readonly follows: 'stream' | 'asked' | 'past';
	readonly stream: StreamState;
}

export function useDeliveries(filter: DeliveryFilter, accountId: string | undefined, isHeld: boolean): Followed {
	const [tail] = useState(() => new Tail());
	const shown = useSyncExternalStore(tail.subscribe, tail.snapshot);
	const list = usePaged<Delivery>(['deliveries'], '/deliveries', { ...queryOf(filter, accountId), limit: PAGE }, { freshMs: 0 });
	const streamed = streamQueryOf(filter, accountId);
	const isOfAll = Object.values(streamed ?? {}).every((wanted) => wanted === undefined);
	const stream = useStream(['deliveries'], streamed, (_kind, data) => tail.take(data as LiveDeliveries, isOfAll));
	const isAsked = streamed === undefined && needsAsking(filter);
	useRepeated(list.again, isAsked && !isHeld);
	const wanted = JSON.stringify(queryOf(filter, accountId));
	// biome-ignore lint/correctness/useExhaustiveDependencies: something else is looked for
	useEffect(() => tail.clear(), [tail, wanted]);
	useEffect(() => tail.hold(isHeld), [tail, isHeld]);
	useEffect(() => {
		const timer = setInterval(tail.look, LOOKED_AT_EVERY_MS);
		return () => clearInterval(timer);
	}, [tail]);
	const rows = useMemo(() => together(shown, list.items), [shown, list.items]);
	return { rows, list, tail: shown, stream, follows: streamed !== undefined ? 'stream' : isAsked ? 'asked' : 'past' };
}

/** What is kept and was told of since is as it was told. */
function together({ rows, latest }: TailShown, kept: readonly Delivery[]): readonly Delivery[] {
	const live = new Set(rows.map(({ id }) => id));
	const rest = kept.filter(({ id }) => !live.has(id)).map((row) => latest.get(row.id) ?? row);
	return [...rows, ...rest].sort(newestFirst);
}

function useRepeated(act: () => void, isOn: boolean): void {
	const acted = useEffectEvent(() => {
		if (!document.hidden) act();
	});
	useEffect(() => {
		if (!isOn) return;
		const timer = setInterval(() => acted(), ASKED_EVERY_MS);
		return () => clearInterval(timer);
	}, [isOn]);
}
