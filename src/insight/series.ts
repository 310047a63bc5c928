/**
 * What is counted of the gateway or of one account, minute by minute of one hour. Counting is adding to an array that is there already; only when a minute
 * is over what was counted in it becomes a row, with nothing in it that is zero.
 */
import { BUCKETS, bucketOf } from './latency-buckets.ts';

/** In this order in rows and arrays: new ones go to the end, what is written is read for days. */
export const COUNTERS: readonly [
	'accepted',
	'sent',
	'failed',
	'received',
	'events',
	'attemptsOk',
	'attemptsFailed',
	'delivered',
	'dead',
	'probesFailed',
] = ['accepted', 'sent', 'failed', 'received', 'events', 'attemptsOk', 'attemptsFailed', 'delivered', 'dead', 'probesFailed'];
export type Counter = (typeof COUNTERS)[number];
export type Counts = Readonly<Record<Counter, number>>;

/** Where each counter stands. */
export const AT: Counts = Object.fromEntries(COUNTERS.map((counter, index) => [counter, index])) as Record<Counter, number>;

/** What waited in the store, at one moment. */
export interface BacklogSample {
	readonly pending: number;
	readonly sending: number;
	readonly dead: number;
	/** For how long the oldest pending delivery had waited, whatever held it up; 0 where none did. Missing in rows of before this was counted. */
	readonly oldestWaitingMs?: number;
}

/** One minute, as it is kept. */
export interface Row {
	/** Of its hour, from 0 to 59. */
	readonly minute: number;
	/** By `COUNTERS`. */
	readonly counts: readonly number[];
	/** From event to delivered, without replays: bucket and how many, bucket and how many, … */
	readonly latencies: readonly number[];
	readonly backlog?: BacklogSample;
}

export class Series {
	readonly #counts = new Uint32Array(COUNTERS.length);
	readonly #latencies = new Uint32Array(BUCKETS);
	/** Of the minutes that are over. */
	readonly #rows: Row[] = [];
	readonly #past = new Float64Array(COUNTERS.length);
	#minute: number;
	#backlog: BacklogSample | undefined;
	/** How often something was counted: what tells the busiest, and whether there is something new to write. */
	busy = 0;
	/** `busy` as it was when this was written last, and in which round that was; undefined before. */
	written: { readonly busy: number; readonly round: number } | undefined;

	constructor(minute: number) {
		this.#minute = minute;
	}

	/** @param counter one of `AT`. */
	count(counter: number, by: number): void {
		this.#counts[counter] = (this.#counts[counter] ?? 0) + by;
		this.busy += 1;
	}

	/** A delivery arrived, so long after its event. */
	arrived(afterMs: number): void {
		const bucket = bucketOf(afterMs);
		this.#latencies[bucket] = (this.#latencies[bucket] ?? 0) + 1;
	}

	sampled(backlog: BacklogSample): void {
		this.#backlog = backlog;
		this.busy += 1;
	}

	/** The minute is over; from here on it is that one. */
	turn(minute: number): void {
		const row = this.#present();
		if (row) {
			this.#rows.push(row);
			for (let index = 0; index < COUNTERS.length; index += 1) this.#past[index] = this.sumOf(index);
		}
		this.#counts.fill(0);
		this.#latencies.fill(0);
		this.#backlog = undefined;
		this.#minute = minute;
	}

	/** Since the hour began. */
	sumOf(counter: number): number {
		return (this.#past[counter] ?? 0) + (this.#counts[counter] ?? 0);
	}

	/** Oldest first, the present minute as it is so far. */
	rows(): readonly Row[] {
		const row = this.#present();
		return row ? [...this.#rows, row] : this.#rows;
	}

	#present(): Row | undefined {
		if (!this.#counts.some(Boolean) && !this.#backlog) return undefined;
		const latencies: number[] = [];
		for (const [bucket, count] of this.#latencies.entries()) if (count > 0) latencies.push(bucket, count);
		const counted = { minute: this.#minute, counts: [...this.#counts], latencies };
		return this.#backlog ? { ...counted, backlog: this.#backlog } : counted;
	}
}
