/** What the webhooks of an instance are told, newest first: what was there, and what comes by the live stream. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useReducer, useState } from 'react';
import { get } from '../../api/http.ts';
import { type StreamKind, type StreamState, useStream } from '../../api/stream.ts';
import type { Delivery, Instance } from '../../api/views.ts';

/** More are not looked at; the page of deliveries has them all. */
const SHOWN_MAX = 60;
/** Of an instance, whoever its chats are with. */
const HELD_MAX = 400;

/** While the stream is lost. */
const LOOK_AGAIN_MS = 2_000;

interface Told {
	readonly items?: readonly Delivery[];
	/** Of how many others nothing is told, of this instance or not. */
	readonly skipped?: number;
}

/** Of `changed`. */
interface Hint {
	readonly what: string;
	/** Empty: of any. */
	readonly ids: readonly string[];
}

interface Held {
	readonly byId: ReadonlyMap<string, Delivery>;
	readonly mayLack: boolean;
}

const NOTHING: Held = { byId: new Map(), mayLack: false };

/** Whom the stream tells that something happened. */
export interface News {
	/** With the chats that it happened in; undefined where it is not known of all. */
	readonly onChats: (chatIds: ReadonlySet<string | undefined> | undefined) => void;
	readonly onInstance: () => void;
}

export interface LiveDeliveries {
	readonly items: readonly Delivery[];
	readonly state: StreamState;
	/** There were too many at once to tell of all: what was left out may have been of this instance. */
	readonly mayLack: boolean;
	readonly error: unknown;
	readonly isLoading: boolean;
}

/**
 * @param chatId undefined where nobody has written yet: only what is about the instance itself is among the items
 */
export function useLiveDeliveries(instance: Instance, chatId: string | undefined, news: News): LiveDeliveries {
	const { id: instanceId, accountId } = instance;
	const [held, add] = useReducer(withMore, NOTHING);
	const [openings, setOpenings] = useState(0);
	const take = (kind: StreamKind, data: unknown): void => {
		if (kind === 'changed') {
			hint(data as Hint);
			return;
		}
		const told = data as Told;
		if (kind === 'deliveries') add(told);
		news.onChats((told.skipped ?? 0) > 0 ? undefined : new Set(told.items?.map((item) => item.chatId)));
	};
	const hint = ({ what, ids }: Hint): void => {
		if (what === 'instances' && (ids.length === 0 || ids.includes(instanceId))) news.onInstance();
	};
	const open = (): void => {
		// What was told while it was lost.
		if (openings > 0) news.onInstance();
		setOpenings(openings + 1);
	};
	// A list that was asked for before the stream began lacks what came in between: it is another one each time.
	const state = useStream(['deliveries', 'events', 'changed'], { accountId, instanceId }, take, open);
	const before = useQuery<readonly Delivery[]>({
		queryKey: ['deliveries', 'of-phone', instanceId, chatId, openings],
		placeholderData: (known, query) => (query?.queryKey[3] === chatId ? known : undefined),
		queryFn: async ({ signal }) =>
			(await get<{ items: readonly Delivery[] }>('/deliveries', { instanceId, chatId, limit: SHOWN_MAX }, signal)).items,
		enabled: chatId !== undefined,
		// What is not settled is told by the stream; here it is seen where the stream is lost.
		refetchInterval: state === 'open' ? false : LOOK_AGAIN_MS,
	});
	const items = useMemo(() => merged(before.data ?? [], [...held.byId.values()], chatId), [before.data, held, chatId]);
	return { items, state, mayLack: held.mayLack, error: before.error, isLoading: before.isLoading };
}

function withMore({ byId, mayLack }: Held, told: Told): Held {
	const all = new Map(byId);
	for (const delivery of told.items ?? []) {
		// Put last again, so that what is dropped is what did not move for longest.
		all.delete(delivery.id);
		all.set(delivery.id, delivery);
	}
	for (const id of all.keys()) {
		if (all.size <= HELD_MAX) break;
		all.delete(id);
	}
	return { byId: all, mayLack: mayLack || (told.skipped ?? 0) > 0 };
}

/** Of a delivery that is in both, what was told later: it has more attempts, or is settled. */
function merged(before: readonly Delivery[], live: readonly Delivery[], chatId: string | undefined): readonly Delivery[] {
	const byId = new Map<string, Delivery>();
	for (const delivery of [...before, ...live]) {
		if (delivery.chatId !== undefined && delivery.chatId !== chatId) continue;
		const known = byId.get(delivery.id);
		if (known === undefined || isLater(delivery, known)) byId.set(delivery.id, delivery);
	}
	return [...byId.values()].sort(byTime).slice(0, SHOWN_MAX);
}

function isLater(one: Delivery, other: Delivery): boolean {
	const settled = Number(one.settledAt !== undefined) - Number(other.settledAt !== undefined);
	return settled === 0 ? one.attemptCount >= other.attemptCount : settled > 0;
}

/** Ids grow with time, within one millisecond, too. */
function byTime(one: Delivery, other: Delivery): number {
	return other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id);
}
