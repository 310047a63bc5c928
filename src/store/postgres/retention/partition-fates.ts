/**
 * What becomes of each partition. One whose time is over goes as a whole as soon as everything in it was settled long enough ago; until then it
 * waits, rather than being emptied row by row. Rows go one by one where a partition would wait too long for that: something in it is unsettled, or what is kept is not much
 * more than one partition holds.
 */
import type { Queries } from '../database.ts';
import { PARTITION_SIZE } from '../partition-functions.ts';
import { type Statement, statement } from '../statement.ts';

export type Fate = 'drop' | 'walk' | 'wait' | 'gone';

export interface PartitionFate {
	readonly ordinal: number;
	/** With their attempts. */
	readonly deliveries: Fate;
	readonly events: Fate;
}

interface PartitionRow {
	readonly ordinal: number;
	readonly begins_at: number;
	/** Its successor has begun, before what is kept. */
	readonly is_over: boolean;
	readonly has_deliveries: boolean;
	readonly has_events: boolean;
	readonly has_unsettled: boolean;
	/** Something was settled so late that it is to be kept still. */
	readonly has_late: boolean;
}

const WITHIN = `seq >= ordinal * ${PARTITION_SIZE} AND seq < (ordinal + 1) * ${PARTITION_SIZE}`;
export const NOTE_HELD: Statement = statement(
	'prune_note_held',
	`UPDATE partitions SET held_at = $1 WHERE held_at < $1 AND EXISTS (SELECT FROM work WHERE ${WITHIN})`,
);
export const PARTITIONS: Statement = statement(
	'prune_partitions',
	`SELECT ordinal, begins_at, is_over,
		to_regclass('deliveries_p' || ordinal) IS NOT NULL AS has_deliveries,
		to_regclass('events_p' || ordinal) IS NOT NULL AS has_events,
		EXISTS (SELECT FROM work WHERE ${WITHIN}) AS has_unsettled,
		held_at >= $1 AS has_late
	FROM (
		SELECT *, coalesce(lead(begins_at) OVER (ORDER BY ordinal) < $1, false) AS is_over FROM partitions
	) AS begun
	ORDER BY ordinal`,
);

/** What is kept, by the time that it is now. `isShort`: that is not much more than one partition holds. */
export interface Keeping {
	readonly now: number;
	readonly before: number;
	readonly isShort: boolean;
}

/** Oldest first. Notes as well which of them hold something now. */
export async function partitionFates(db: Queries, { now, before, isShort }: Keeping): Promise<readonly PartitionFate[]> {
	await db.query(NOTE_HELD, [now]);
	const rows = await db.query<PartitionRow>(PARTITIONS, [before]);
	const byOrdinal = new Map(rows.map((row) => [row.ordinal, row]));
	return rows.map((row) => ({
		ordinal: row.ordinal,
		deliveries: row.has_deliveries ? fateOfDeliveries(row, before, isShort) : 'gone',
		events: row.has_events ? fateOfEvents(row, byOrdinal.get(row.ordinal + 1), before, isShort) : 'gone',
	}));
}

function fateOfDeliveries(row: PartitionRow, before: number, isShort: boolean): Fate {
	if (!row.is_over) return fateInTime(row, before, isShort);
	if (row.has_unsettled) return 'walk';
	if (row.has_late) return isShort ? 'walk' : 'wait';
	return 'drop';
}

/** A delivery is in the partition of its event or, where the next one was just begun, in that. */
function fateOfEvents(row: PartitionRow, next: PartitionRow | undefined, before: number, isShort: boolean): Fate {
	if (!row.is_over) return fateInTime(row, before, isShort);
	if (!row.has_deliveries && !next?.has_deliveries) return 'drop';
	return isShort || row.has_unsettled || next?.has_unsettled ? 'walk' : 'wait';
}

/** What a partition that began after it should hold is young, but for what was written with an older time. */
function fateInTime({ begins_at }: PartitionRow, before: number, isShort: boolean): Fate {
	return isShort || begins_at >= before ? 'walk' : 'wait';
}
