/**
 * What this process counts, of the gateway as a whole and of each account, in the present hour. It is on the way of every event: counting looks up the
 * account and adds to two arrays. It has no clock: whoever keeps the figures turns the minutes.
 */
import { AT, type Counter, Series } from './series.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS: number = 60 * MINUTE_MS;
const MINUTES = 60;

/**
 * Accounts that are counted in one hour, a kilobyte or two each; those that come when there are so many are counted in the total alone. Of these only
 * the busiest are kept (`ACCOUNTS_KEPT_MAX`).
 */
const ACCOUNTS_COUNTED_MAX = 2_000;

/** One hour of one process. */
export interface TalliedHour {
	/** Since the epoch. */
	readonly hour: number;
	readonly total: Series;
	readonly accounts: ReadonlyMap<string, Series>;
	/** Accounts came that could not be counted by themselves. */
	readonly isCrowded: boolean;
}

export class Tally {
	/** Minutes since the epoch. */
	#minute: number;
	#total: Series;
	#accounts = new Map<string, Series>();
	#isCrowded = false;

	constructor(now: number) {
		this.#minute = Math.floor(now / MINUTE_MS);
		this.#total = new Series(this.#minute % MINUTES);
	}

	count(accountId: string, counter: Counter, by = 1): void {
		const at = AT[counter];
		this.#total.count(at, by);
		this.#of(accountId)?.count(at, by);
	}

	/** One was delivered for the first time, so long after its event. */
	delivered(accountId: string, afterMs: number): void {
		this.count(accountId, 'delivered');
		this.#total.arrived(afterMs);
		this.#of(accountId)?.arrived(afterMs);
	}

	get present(): TalliedHour {
		return { hour: Math.floor(this.#minute / MINUTES), total: this.#total, accounts: this.#accounts, isCrowded: this.#isCrowded };
	}

	/** It is this minute now. Answers the hour that is over with it, if one is. */
	turn(now: number): TalliedHour | undefined {
		const minute = Math.floor(now / MINUTE_MS);
		if (minute <= this.#minute) return undefined;
		const over = this.present;
		this.#minute = minute;
		this.#total.turn(minute % MINUTES);
		for (const series of this.#accounts.values()) series.turn(minute % MINUTES);
		if (Math.floor(minute / MINUTES) === over.hour) return undefined;
		this.#total = new Series(minute % MINUTES);
		this.#accounts = new Map();
		this.#isCrowded = false;
		return over;
	}

	#of(accountId: string): Series | undefined {
		const found = this.#accounts.get(accountId);
		if (found) return found;
		if (this.#accounts.size >= ACCOUNTS_COUNTED_MAX) {
			this.#isCrowded = true;
			return undefined;
		}
		const made = new Series(this.#minute % MINUTES);
		this.#accounts.set(accountId, made);
		return made;
	}
}
