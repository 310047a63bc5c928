/** How much this process does a second, read from what it counts anyway. */
import { COUNTERS, type Counts, type Series } from './series.ts';
import type { Tally } from './tally.ts';

interface Reading {
	readonly at: number;
	readonly hour: number;
	readonly sums: readonly number[];
}

export class LiveRates {
	readonly #tally: Tally;
	/** By account; of the gateway by the empty one. */
	#readings: ReadonlyMap<string, Reading>;

	constructor(tally: Tally, now: number) {
		this.#tally = tally;
		this.#readings = new Map([['', this.#readingOf('', now)]]);
	}

	/** Of each of these since the last time; of one that was not asked for then, of nothing. */
	next(accountIds: ReadonlySet<string>, now: number): ReadonlyMap<string, Counts> {
		const readings = new Map([...accountIds, ''].map((accountId) => [accountId, this.#readingOf(accountId, now)]));
		const rates = new Map([...readings].map(([accountId, reading]) => [accountId, rateOf(reading, this.#readings.get(accountId))]));
		this.#readings = readings;
		return rates;
	}

	#readingOf(accountId: string, at: number): Reading {
		const { hour, total, accounts } = this.#tally.present;
		const series: Series | undefined = accountId === '' ? total : accounts.get(accountId);
		return { at, hour, sums: COUNTERS.map((_, index) => series?.sumOf(index) ?? 0) };
	}
}

function rateOf(reading: Reading, before: Reading = reading): Counts {
	const seconds = Math.max(1, (reading.at - before.at) / 1_000);
	// With the hour what is counted begins anew.
	const rates = COUNTERS.map((counter, index) => {
		const sum = reading.sums[index] ?? 0;
		const since = reading.hour === before.hour ? (before.sums[index] ?? 0) : 0;
		return [counter, Math.round((10 * (sum - since)) / seconds) / 10] as const;
	});
	return Object.fromEntries(rates) as Record<(typeof COUNTERS)[number], number>;
}
