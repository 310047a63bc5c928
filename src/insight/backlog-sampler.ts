/** What waits in the store, counted now and then for all who want to know: counting takes longer the more there is. */
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { BacklogSample } from './series.ts';

const AGE_MS = 5_000;
/** A count that takes long is done seldom: it may take this part of the time. */
const PART = 1 / 100;

export interface BacklogSamplerParts {
	readonly store: {
		readonly deliveries: Pick<Store['deliveries'], 'backlog'>;
		readonly insight: Pick<Store['insight'], 'waitingSince'>;
	};
	readonly clock: Clock;
}

export class BacklogSampler {
	readonly #parts: BacklogSamplerParts;
	#latest: BacklogSample | undefined;
	#nextAt = 0;

	constructor(parts: BacklogSamplerParts) {
		this.#parts = parts;
	}

	/** Counted now. Rejects with `store_unavailable`. */
	async sample(): Promise<BacklogSample> {
		const { store, clock } = this.#parts;
		const before = clock.now();
		const [backlog, since] = [await store.deliveries.backlog(), await store.insight.waitingSince()];
		const now = clock.now();
		this.#latest = { ...backlog, oldestWaitingMs: since === undefined ? 0 : Math.max(0, now - since) };
		this.#nextAt = now + Math.max(AGE_MS, (now - before) / PART);
		return this.#latest;
	}

	/** As it was counted last; undefined before the first time. Counts anew where that is old. Rejects with `store_unavailable`. */
	async recent(): Promise<BacklogSample | undefined> {
		return this.#parts.clock.now() < this.#nextAt ? this.#latest : this.sample();
	}
}
