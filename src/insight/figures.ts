/**
 * Reads figures: what all processes wrote, and what this one has not written yet, added up step by step of a window. An answer is kept for a moment, so that
 * ten consoles cost as much as one.
 */
import type { Clock } from '../ports/clock.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { Store } from '../ports/store.ts';
import { ALL_ACCOUNTS, FIGURES, type KeptHour } from './figure-documents.ts';
import { BUCKETS, quantileOf } from './latency-buckets.ts';
import { COUNTERS, type Counts, type Row } from './series.ts';
import type { FigurePoint, Figures, FiguresTold, FigureWindow, Latency } from './services.ts';
import { HOUR_MS, MINUTE_MS, type TalliedHour } from './tally.ts';

interface Window {
	readonly stepMs: number;
	readonly steps: number;
	/** So old an answer may be. */
	readonly ageMs: number;
}

export const WINDOWS: Readonly<Record<FigureWindow, Window>> = {
	'15m': { stepMs: MINUTE_MS, steps: 15, ageMs: 1_000 },
	'1h': { stepMs: MINUTE_MS, steps: 60, ageMs: 5_000 },
	'24h': { stepMs: 10 * MINUTE_MS, steps: 144, ageMs: 30_000 },
	'7d': { stepMs: HOUR_MS, steps: 168, ageMs: 60_000 },
};

/** Hours read at once. */
const PAGE = 200;
/** Answers that are kept; beyond it all are forgotten. */
const ANSWERS_MAX = 200;

export interface FigureReaderParts {
	readonly store: Pick<Store, 'documents'>;
	readonly process: string;
	/** What this process has not written, or not all of it. */
	readonly held: () => readonly TalliedHour[];
	readonly clock: Clock;
}

interface Answer {
	readonly at: number;
	readonly told: Promise<FiguresTold>;
}

export class FigureReader implements Figures {
	readonly #parts: FigureReaderParts;
	readonly #answers = new Map<string, Answer>();

	constructor(parts: FigureReaderParts) {
		this.#parts = parts;
	}

	figures(window: FigureWindow, accountId: string = ALL_ACCOUNTS): Promise<FiguresTold> {
		const key = `${window} ${accountId}`;
		const now = this.#parts.clock.now();
		const kept = this.#answers.get(key);
		if (kept && now - kept.at < WINDOWS[window].ageMs) return kept.told;
		if (this.#answers.size >= ANSWERS_MAX) this.#answers.clear();
		const told = this.#read(window, accountId, now);
		const answer = { at: now, told };
		this.#answers.set(key, answer);
		told.catch(() => {
			if (this.#answers.get(key) === answer) this.#answers.delete(key);
		});
		return told;
	}

	async #read(window: FigureWindow, accountId: string, now: number): Promise<FiguresTold> {
		const { stepMs, steps } = WINDOWS[window];
		const start = (Math.floor(now / stepMs) + 1 - steps) * stepMs;
		const sums = Array.from({ length: steps }, () => new Sum());
		const add = (hour: number, rows: readonly Row[]): void => {
			for (const row of rows) sums[Math.floor((hour * HOUR_MS + row.minute * MINUTE_MS - start) / stepMs)]?.add(row, hour);
		};
		// As they were before the store is read: an hour that is written meanwhile is counted from here.
		const held = this.#parts.held();
		const hours = new HoursRead();
		for await (const { at, value } of this.#hours(accountId, start, held)) {
			add(at / HOUR_MS, value.rows);
			hours.has(at / HOUR_MS, value.process);
		}
		for (const { hour, total, accounts } of held) {
			const series = accountId === ALL_ACCOUNTS ? total : accounts.get(accountId);
			if (series) add(hour, series.rows());
		}
		const isPartial = accountId !== ALL_ACCOUNTS && (await this.#wasLeftOut(start, held, { accountId, hours }));
		const points = sums.map((sum, index) => sum.point(start + index * stepMs));
		return { window, stepMs, points, totals: totalOf(sums), isPartial };
	}

	/** In some hour, at some process, there were too many accounts, and this one is in the total alone. */
	async #wasLeftOut(
		start: number,
		held: readonly TalliedHour[],
		{ accountId, hours }: { readonly accountId: string; readonly hours: HoursRead },
	): Promise<boolean> {
		if (held.some(({ isCrowded, accounts }) => isCrowded && !accounts.has(accountId))) return true;
		for await (const { at, value } of this.#hours(ALL_ACCOUNTS, start, held)) {
			if (value.isCrowded && !hours.had(at / HOUR_MS, value.process)) return true;
		}
		return false;
	}

	/** Those in the store that this process does not know better. */
	async *#hours(accountId: string, start: number, held: readonly TalliedHour[]): AsyncIterable<StoredDocument<KeptHour>> {
		const known = new Set(held.map(({ hour }) => hour * HOUR_MS));
		const from = Math.floor(start / HOUR_MS) * HOUR_MS;
		let after: { at: number; id: string } | undefined;
		for (;;) {
			const page = await FIGURES.list(this.#parts.store.documents, {
				...{ accountId, from, order: 'oldest', limit: PAGE },
				...(after === undefined ? {} : { after }),
			});
			for (const kept of page) if (kept.value.process !== this.#parts.process || !known.has(kept.at)) yield kept;
			const last = page.at(-1);
			if (page.length < PAGE || last === undefined) return;
			after = { at: last.at, id: last.id };
		}
	}
}

class HoursRead {
	readonly #found = new Set<string>();

	has(hour: number, process: string): void {
		this.#found.add(`${hour} ${process}`);
	}

	had(hour: number, process: string): boolean {
		return this.#found.has(`${hour} ${process}`);
	}
}

class Sum {
	readonly #counts = new Float64Array(COUNTERS.length);
	readonly #latencies = new Float64Array(BUCKETS);
	/** The latest sample, and the minute that it is of. */
	#backlog: Row['backlog'];
	#sampledAt = -1;

	add({ minute, counts, latencies, backlog }: Row, hour: number): void {
		for (let index = 0; index < COUNTERS.length; index += 1) this.#counts[index] = (this.#counts[index] ?? 0) + (counts[index] ?? 0);
		for (let index = 0; index + 1 < latencies.length; index += 2) this.#arrived(latencies[index] ?? 0, latencies[index + 1] ?? 0);
		const at = hour * HOUR_MS + minute * MINUTE_MS;
		if (!backlog || at < this.#sampledAt) return;
		this.#backlog = backlog;
		this.#sampledAt = at;
	}

	addAll(other: Sum): void {
		for (const [index, count] of other.#counts.entries()) this.#counts[index] = (this.#counts[index] ?? 0) + count;
		for (const [bucket, count] of other.#latencies.entries()) this.#arrived(bucket, count);
	}

	get counts(): Counts {
		const entries = COUNTERS.map((counter, index) => [counter, this.#counts[index] ?? 0] as const);
		return Object.fromEntries(entries) as Record<(typeof COUNTERS)[number], number>;
	}

	get latency(): { readonly latency?: Latency } {
		const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => quantileOf(this.#latencies, part));
		return p50 === undefined || p95 === undefined || p99 === undefined ? {} : { latency: { p50, p95, p99 } };
	}

	point(at: number): FigurePoint {
		return { at, ...this.counts, ...this.latency, ...(this.#backlog === undefined ? {} : { backlog: this.#backlog }) };
	}

	#arrived(bucket: number, count: number): void {
		this.#latencies[bucket] = (this.#latencies[bucket] ?? 0) + count;
	}
}

function totalOf(sums: readonly Sum[]): FiguresTold['totals'] {
	const total = new Sum();
	for (const sum of sums) total.addAll(sum);
	return { ...total.counts, ...total.latency };
}
