/**
 * Keeps what this process counts: turns the minutes of the tally, samples the backlog once a minute (the elder process does, for all), writes what is new every
 * ten seconds, and deletes what is too old. What the store refuses is written with the next round; a process that is killed loses what it counted since the last.
 */
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { DocumentDelete, DocumentPut } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Peers } from '../ports/peers.ts';
import type { Store } from '../ports/store.ts';
import { ALL_ACCOUNTS, deleteHour, FIGURES, FIGURES_KEPT_MS, putHour } from './figure-documents.ts';
import type { BacklogSample, Series } from './series.ts';
import { MINUTE_MS, type TalliedHour, type Tally } from './tally.ts';

const WRITE_MS = 10_000;
/** Accounts written in one round, those that have waited longest: with more a round would take the time of a hundred messages. */
const ACCOUNTS_AT_ONCE = 32;
/** Accounts that are kept of an hour: the busiest. */
const ACCOUNTS_KEPT_MAX = 200;
/** Hours that wait to be written because the store refuses; then the oldest is lost. */
const WAITING_HOURS_MAX = 3;
const PRUNED_AT_ONCE = 500;

export interface FigureKeeperParts {
	readonly tally: Tally;
	/** Unique for this life of the process. */
	readonly process: string;
	readonly store: Pick<Store, 'documents'>;
	readonly outbox: Outbox;
	readonly peers: Pick<Peers, 'members' | 'self'>;
	readonly backlog: () => Promise<BacklogSample>;
	readonly clock: Clock;
	readonly observer: Pick<Observer, 'background' | 'pruned'>;
}

export class FigureKeeper implements AsyncDisposable {
	readonly #parts: FigureKeeperParts;
	/** Hours that are over and not written to the end. */
	#waiting: TalliedHour[] = [];
	#timer: Timer | undefined;
	#round: Promise<void> = Promise.resolve();
	#prunedAt = 0;
	/** Counts what was written. */
	#rounds = 0;
	#isStopping = false;

	constructor(parts: FigureKeeperParts) {
		this.#parts = parts;
	}

	start(): void {
		this.#wait();
	}

	/** What is not, or not all, in the store: what of this process is there for these hours is older. */
	get held(): readonly TalliedHour[] {
		return [...this.#waiting, this.#parts.tally.present];
	}

	/** Writes what is new, if the store takes it. */
	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#isStopping) return;
		this.#isStopping = true;
		this.#timer?.cancel();
		await this.#round;
		const { present } = this.#parts.tally;
		await this.#safely('figures.write', async () => {
			await this.#writeWaiting();
			await this.#writeAll(present);
		});
	}

	/** Rounds come at whole ten seconds, so that a minute is turned when it is over. */
	#wait(): void {
		const now = this.#parts.clock.now();
		this.#timer = this.#parts.clock.schedule(WRITE_MS - (now % WRITE_MS), () => {
			this.#round = this.#go().finally(() => {
				if (!this.#isStopping) this.#wait();
			});
		});
	}

	async #go(): Promise<void> {
		const { tally, clock } = this.#parts;
		const now = clock.now();
		const isNewMinute = now % MINUTE_MS < WRITE_MS;
		const over = tally.turn(now);
		if (over) this.#waiting = [...this.#waiting, over].slice(-WAITING_HOURS_MAX);
		if (isNewMinute && this.#isElder) await this.#safely('figures.sample', () => this.#sample());
		await this.#safely('figures.write', async () => {
			await this.#writeWaiting();
			await this.#write(tally.present, ACCOUNTS_AT_ONCE);
		});
		if (this.#isElder) await this.#safely('figures.prune', () => this.#prune(now));
	}

	get #isElder(): boolean {
		const { self, members } = this.#parts.peers;
		return self !== undefined && members[0] === self;
	}

	async #sample(): Promise<void> {
		const sample = await this.#parts.backlog();
		this.#parts.tally.present.total.sampled(sample);
	}

	async #writeWaiting(): Promise<void> {
		for (const hour of this.#waiting) {
			await this.#writeAll(hour);
			this.#waiting = this.#waiting.filter((one) => one !== hour);
		}
	}

	async #writeAll(hour: TalliedHour): Promise<void> {
		while ((await this.#write(hour, ACCOUNTS_AT_ONCE)) > 0);
	}

	/** Answers how many documents were written. Of the accounts those that have not been written for longest go first. */
	async #write(hour: TalliedHour, accountsMax: number): Promise<number> {
		const kept = busiest(hour.accounts);
		const isCrowded = hour.isCrowded || kept.length < hour.accounts.size;
		const stale: (readonly [string, Series])[] = kept.filter(([, series]) => series.written?.busy !== series.busy);
		const due = stale.toSorted(([, a], [, b]) => (a.written?.round ?? 0) - (b.written?.round ?? 0)).slice(0, accountsMax);
		const writes: (readonly [string, Series])[] = hour.total.written?.busy === hour.total.busy ? due : [[ALL_ACCOUNTS, hour.total], ...due];
		const dropped = isCrowded ? written(hour.accounts, new Set(kept.map(([accountId]) => accountId))) : [];
		if (writes.length + dropped.length === 0) return 0;
		const place = { hour: hour.hour, process: this.#parts.process };
		const marks = writes.map(([, series]) => [series, series.busy] as const);
		const changes: (DocumentPut | DocumentDelete)[] = writes.map(([accountId, series]) =>
			putHour({ ...place, accountId }, { rows: series.rows(), ...(isCrowded && accountId === ALL_ACCOUNTS ? { isCrowded } : {}) }),
		);
		changes.push(...dropped.map(([accountId]) => deleteHour({ ...place, accountId })));
		await this.#parts.outbox.commit({ changes, events: [] });
		this.#rounds += 1;
		for (const [series, busy] of marks) series.written = { busy, round: this.#rounds };
		for (const [, series] of dropped) series.written = undefined;
		return writes.length;
	}

	/** Once an hour, a part at a time. */
	async #prune(now: number): Promise<void> {
		const { store, outbox, observer } = this.#parts;
		if (now - this.#prunedAt < 60 * MINUTE_MS) return;
		const old = await FIGURES.list(store.documents, { to: now - FIGURES_KEPT_MS, order: 'oldest', limit: PRUNED_AT_ONCE });
		if (old.length > 0) {
			await outbox.commit({ changes: old.map(({ id }) => FIGURES.delete(id)), events: [] });
			observer.pruned(old.length);
		}
		if (old.length < PRUNED_AT_ONCE) this.#prunedAt = now;
	}

	async #safely(where: string, work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			this.#parts.observer.background(where, error);
		}
	}
}

function busiest(accounts: ReadonlyMap<string, Series>): readonly (readonly [string, Series])[] {
	if (accounts.size <= ACCOUNTS_KEPT_MAX) return [...accounts];
	return [...accounts].sort(([, a], [, b]) => b.busy - a.busy).slice(0, ACCOUNTS_KEPT_MAX);
}

/** Those that were among the busiest, and are no more. */
function written(accounts: ReadonlyMap<string, Series>, kept: ReadonlySet<string>): readonly (readonly [string, Series])[] {
	return [...accounts].filter(([accountId, series]) => series.written !== undefined && !kept.has(accountId));
}
