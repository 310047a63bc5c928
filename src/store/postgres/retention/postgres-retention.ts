/** Deletes what is old enough: by the partition where it can, else by the row, in writes so small that nobody waits for them. */
import type { Clock } from '../../../ports/clock.ts';
import type { Retention } from '../../../ports/retention.ts';
import type { Database } from '../database.ts';
import { PARTITION_SIZE } from '../partition-functions.ts';
import { PARTITION_PERIOD_MS } from '../partitions.ts';
import { type Statement, statement } from '../statement.ts';
import { isStoreUnavailable, sqlStateOf } from '../store-fault.ts';
import { type Keeping, type PartitionFate, partitionFates } from './partition-fates.ts';
import { ANSWERS, DELIVERIES, EVENTS, JOURNAL } from './prunable-tables.ts';
import { PruneWalk, type Stretch } from './prune-walk.ts';

export interface PostgresRetentionOptions {
	readonly db: Pick<Database, 'transaction'>;
	readonly clock: Clock;
}

type Family = 'deliveries' | 'events';

const PARTITIONED = { deliveries: DELIVERIES, events: EVENTS } as const;
/** In the order in which whoever writes takes them. */
const TABLES: Readonly<Record<Family, string>> = { deliveries: '{deliveries,attempts}', events: '{events}' };
const DROP: Statement = statement('partition_drop', 'SELECT drop_partition($1::text[], $2) AS removed');

/** SQLSTATE where a lock was not given in time. */
const LOCK_NOT_GIVEN = '55P03';

/** What jobs that were cancelled had still to do. */
const FORGET_LEFT: Statement = statement(
	'prune_left_by_jobs',
	`WITH left_over AS (
			SELECT job_seq, delivery_seq FROM jobs JOIN job_deliveries ON job_seq = jobs.seq WHERE state IN ('cancelled', 'done') LIMIT $1
		), gone AS (
			DELETE FROM job_deliveries USING left_over
			WHERE job_deliveries.job_seq = left_over.job_seq AND job_deliveries.delivery_seq = left_over.delivery_seq RETURNING 1
		)
	SELECT count(*) AS count FROM gone`,
);

/** Where no more than so many periods are kept, waiting for a partition to be over would keep too much. */
const SHORT_PERIODS = 2;

export function postgresRetention({ db, clock }: PostgresRetentionOptions): Retention {
	const pruning = new Pruning(db);
	return {
		prune: (before, limit) => {
			const now = clock.now();
			return pruning.prune({ now, before, isShort: before > now - SHORT_PERIODS * PARTITION_PERIOD_MS }, limit);
		},
	};
}

class Pruning {
	readonly #db: PostgresRetentionOptions['db'];
	readonly #walks: Readonly<Record<Family, Map<number, PruneWalk>>> = { deliveries: new Map(), events: new Map() };
	readonly #rest: readonly PruneWalk[] = [new PruneWalk(JOURNAL), new PruneWalk(ANSWERS)];

	constructor(db: PostgresRetentionOptions['db']) {
		this.#db = db;
	}

	/** Deliveries before the events that they keep. */
	async prune(keeping: Keeping, limit: number): Promise<number> {
		const { before } = keeping;
		const fates = await this.#db.transaction((queries) => partitionFates(queries, keeping));
		let removed = 0;
		for (const family of ['deliveries', 'events'] as const) {
			for (const fate of fates) if (fate[family] === 'drop') removed += await this.#drop(family, fate.ordinal);
			removed += await this.#walk(family, fates, before, limit - removed);
		}
		for (const walk of this.#rest) removed += (await this.#walkOne(walk, before, limit - removed)).removed;
		return removed + (removed < limit ? await this.#forgetLeft(limit - removed) : 0);
	}

	/** Up to where everything is too young. */
	async #walk(family: Family, fates: readonly PartitionFate[], before: number, limit: number): Promise<number> {
		let removed = 0;
		for (const fate of fates) {
			if (fate[family] !== 'walk') continue;
			const walked = await this.#walkOne(this.#walkOf(family, fate.ordinal), before, limit - removed);
			removed += walked.removed;
			if (walked.isYoung) break;
		}
		return removed;
	}

	async #walkOne(walk: PruneWalk, before: number, limit: number): Promise<Omit<Stretch, 'isEnd'>> {
		let [removed, isYoung] = [0, false];
		for (let isEnd = false; !isEnd && removed < limit; ) {
			const stretch = await this.#db.transaction((queries) => walk.step(queries, before, limit - removed));
			stretch.moved();
			removed += stretch.removed;
			({ isEnd, isYoung } = stretch);
		}
		return { removed, isYoung };
	}

	#walkOf(family: Family, ordinal: number): PruneWalk {
		const walks = this.#walks[family];
		const walk = walks.get(ordinal) ?? new PruneWalk(PARTITIONED[family], ordinal * PARTITION_SIZE, (ordinal + 1) * PARTITION_SIZE);
		walks.set(ordinal, walk);
		return walk;
	}

	/** Where somebody has the table for long, it goes another time. */
	async #drop(family: Family, ordinal: number): Promise<number> {
		try {
			const [row] = await this.#db.transaction((queries) => queries.query<{ removed: number }>(DROP, [TABLES[family], ordinal]));
			this.#walks[family].delete(ordinal);
			return row?.removed ?? 0;
		} catch (error) {
			if (isStoreUnavailable(error) && sqlStateOf(error.cause) === LOCK_NOT_GIVEN) return 0;
			throw error;
		}
	}

	async #forgetLeft(limit: number): Promise<number> {
		const [row] = await this.#db.transaction((queries) => queries.query<{ count: number }>(FORGET_LEFT, [limit]));
		return row?.count ?? 0;
	}
}
