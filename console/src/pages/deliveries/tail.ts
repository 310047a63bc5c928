/**
 * The live tail: what the stream tells of deliveries, as few of them as a person can read. Of what comes it shows so many a second, evenly over the seconds, and counts the rest;
 * what is shown is kept up to date. While somebody reads it is held: nothing moves, and what came meanwhile is shown afterwards. The page draws it once a frame at most.
 */
import type { Delivery, LiveDeliveries } from '../../api/views.ts';

export interface TailShown {
	/** Newest first. */
	readonly rows: readonly Delivery[];
	/** What was told of last, by id: for rows that came another way. */
	readonly latest: ReadonlyMap<string, Delivery>;
	/** In the last second: told of, and shown. */
	readonly perSecond: number;
	readonly shownPerSecond: number;
	/** In the last second more may have come than was told of, nobody knows how many. */
	readonly hasMore: boolean;
	/** Told of since it is held, whether it will be shown or not. */
	readonly waiting: number;
	/** Since it is held more may have come than was told of. */
	readonly hasMoreWaiting: boolean;
}

/** More cannot be read anyway. */
const SHOWN_A_SECOND = 20;
/** Older ones leave the tail; the list below has them. */
const ROWS_MAX = 300;
const LATEST_MAX = 2_000;
const SECOND_MS = 1_000;

interface Second {
	readonly at: number;
	readonly told: number;
	readonly shown: number;
	readonly hasMore: boolean;
}

const NOTHING: TailShown = {
	rows: [],
	latest: new Map(),
	perSecond: 0,
	shownPerSecond: 0,
	hasMore: false,
	waiting: 0,
	hasMoreWaiting: false,
};

export class Tail {
	readonly #listeners = new Set<() => void>();
	readonly #latest = new Map<string, Delivery>();
	#rows: readonly Delivery[] = [];
	#heldBack: readonly Delivery[] = [];
	#waiting = 0;
	#hasMoreWaiting = false;
	#isHeld = false;
	/** How many may be shown now; fills up with time. */
	#budget = SHOWN_A_SECOND;
	#filledAt = performance.now();
	#seconds: Second[] = [];
	#shown: TailShown = NOTHING;
	#frame: number | undefined;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	readonly snapshot = (): TailShown => this.#shown;

	/** @param isOfAll nothing narrows the stream: what it left out would have been told here, and is counted */
	take({ items, skipped }: LiveDeliveries, isOfAll: boolean): void {
		const fresh: Delivery[] = [];
		const shown = new Set(this.#rows.map(({ id }) => id));
		let changed = 0;
		for (const item of items) {
			// What was there already and is told again changed; it counts as told where it had not been told of.
			if (this.#latest.has(item.id)) changed += 1;
			this.#latest.delete(item.id);
			this.#latest.set(item.id, item);
			if (!shown.has(item.id)) fresh.push(item);
		}
		this.#forget();
		const chosen = this.#choose(fresh);
		const told = items.length - changed + (isOfAll ? skipped : 0);
		const hasMore = !isOfAll && skipped > 0;
		this.#seconds.push({ at: performance.now(), told, shown: chosen.length, hasMore });
		if (this.#isHeld) {
			this.#heldBack = merged(chosen, this.#heldBack);
			this.#waiting += told;
			this.#hasMoreWaiting ||= hasMore;
		} else this.#rows = merged(chosen, this.#rows);
		this.#drawSoon();
	}

	hold(isHeld: boolean): void {
		if (this.#isHeld === isHeld) return;
		this.#isHeld = isHeld;
		if (!isHeld) {
			this.#rows = merged(this.#heldBack, this.#rows);
			this.#letGo();
		}
		this.#drawSoon();
	}

	/** Something else is looked for. */
	clear(): void {
		this.#rows = [];
		this.#letGo();
		this.#latest.clear();
		this.#seconds = [];
		this.#drawSoon();
	}

	/** The rates fall, too, when nothing comes. */
	readonly look = (): void => {
		if (this.#seconds.length > 0) this.#drawSoon();
	};

	/** The newest, as many as may be shown. */
	#choose(fresh: readonly Delivery[]): readonly Delivery[] {
		const now = performance.now();
		this.#budget = Math.min(SHOWN_A_SECOND, this.#budget + ((now - this.#filledAt) / SECOND_MS) * SHOWN_A_SECOND);
		this.#filledAt = now;
		const chosen = [...fresh].sort(newestFirst).slice(0, Math.floor(this.#budget));
		this.#budget -= chosen.length;
		return chosen;
	}

	#letGo(): void {
		this.#heldBack = [];
		this.#waiting = 0;
		this.#hasMoreWaiting = false;
	}

	#forget(): void {
		for (const id of this.#latest.keys()) {
			if (this.#latest.size <= LATEST_MAX) return;
			this.#latest.delete(id);
		}
	}

	#drawSoon(): void {
		this.#frame ??= requestAnimationFrame(() => {
			this.#frame = undefined;
			this.#draw();
		});
	}

	#draw(): void {
		const since = performance.now() - SECOND_MS;
		this.#seconds = this.#seconds.filter(({ at }) => at > since);
		this.#rows = this.#rows.map((row) => this.#latest.get(row.id) ?? row);
		this.#shown = {
			rows: this.#rows,
			latest: new Map(this.#latest),
			perSecond: sum(this.#seconds.map(({ told }) => told)),
			shownPerSecond: sum(this.#seconds.map(({ shown }) => shown)),
			hasMore: this.#seconds.some(({ hasMore }) => hasMore),
			waiting: this.#waiting,
			hasMoreWaiting: this.#hasMoreWaiting,
		};
		for (const listener of this.#listeners) listener();
	}
}

export function newestFirst(a: Delivery, b: Delivery): number {
	if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
	return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

function merged(some: readonly Delivery[], others: readonly Delivery[]): readonly Delivery[] {
	if (some.length === 0) return others;
	const known = new Set(some.map(({ id }) => id));
	return [...some, ...others.filter(({ id }) => !known.has(id))].sort(newestFirst).slice(0, ROWS_MAX);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
