/**
 * Deliveries, attempts and events lie in partitions by time, so that what is old goes by the table. A partition is made one period before it is
 * needed: whoever writes never waits for that.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Database } from './database.ts';
import { type Statement, statement } from './statement.ts';

export interface PartitionsOptions {
	readonly db: Pick<Database, 'transaction'>;
	readonly clock: Clock;
	/** How long new rows go into the same partition. */
	readonly periodMs?: number;
}

export const PARTITION_PERIOD_MS = 86_400_000;

/** What could not be done is tried again after so long: the present partition goes on meanwhile. */
const AGAIN_MS = 10_000;

/** One process at a time. */
const LOCK: Statement = statement('partitions_lock', `SELECT pg_advisory_xact_lock(hashtextextended('recado partitions', 0))`);
const CURRENT: Statement = statement('partitions_current', 'SELECT ordinal, begins_at FROM partitions ORDER BY ordinal DESC LIMIT 1');
const CREATE: Statement = statement('partitions_create', 'SELECT create_partition($1)');
const BEGIN: Statement = statement('partitions_begin', 'SELECT begin_partition($1, $2)');

interface Begun {
	readonly ordinal: number;
	readonly begins_at: number;
}

export class Partitions {
	readonly #db: PartitionsOptions['db'];
	readonly #clock: Clock;
	readonly #periodMs: number;
	/** Until then nothing is to be done; undefined where that is not known yet. */
	#idleUntil: number | undefined;
	#ensuring: Promise<void> | undefined;

	constructor({ db, clock, periodMs = PARTITION_PERIOD_MS }: PartitionsOptions) {
		this.#db = db;
		this.#clock = clock;
		this.#periodMs = periodMs;
	}

	/** Whether to call `ensure`. Costs nothing: what is known of it is in memory. */
	isDue(): boolean {
		if (this.#ensuring !== undefined) return false;
		return this.#idleUntil === undefined || this.#clock.now() >= this.#idleUntil;
	}

	/** Begins the next partition where the present one is old enough, and makes the one after it. Whoever calls meanwhile waits for the same. */
	ensure(): Promise<void> {
		this.#ensuring ??= this.#ensure()
			.catch((error: unknown) => {
				this.#idleUntil = this.#clock.now() + AGAIN_MS;
				throw error;
			})
			.finally(() => {
				this.#ensuring = undefined;
			});
		return this.#ensuring;
	}

	async #ensure(): Promise<void> {
		this.#idleUntil = await this.#db.transaction(async (queries) => {
			await queries.query(LOCK);
			const now = this.#clock.now();
			const [current] = await queries.query<Begun>(CURRENT);
			if (current !== undefined && now < current.begins_at + this.#periodMs) {
				await queries.query(CREATE, [current.ordinal + 1]);
				return current.begins_at + this.#periodMs;
			}
			const ordinal = current === undefined ? 0 : current.ordinal + 1;
			await queries.query(CREATE, [ordinal]);
			await queries.query(BEGIN, [ordinal, now]);
			await queries.query(CREATE, [ordinal + 1]);
			return now + this.#periodMs;
		});
	}
}
