/**
 * Which deliveries may have been made in a span of time. They are made in the order of commit, nearly: one is committed some time after it was
 * made, and the next one may overtake it there. So a span of time is a span of `seq` with some slack, found by halving; the exact
 * condition stays on the rows.
 */
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

/** A delivery is made in the turn of the event loop before its commit; clocks of processes differ a little. What lies within is walked in vain. */
const SLACK_MS = 30_000;

/** Inclusive, exclusive; undefined where the span of time has no such end. */
export interface SeqSpan {
	readonly start: number | undefined;
	readonly end: number | undefined;
}

/** What was made below `low` was made before, what is at `high` or above was not; there may be nothing in between, or far apart. */
export const FIRST_MADE_FROM: Statement = statement(
	'deliveries_first_made_from',
	`WITH RECURSIVE halving (low, high) AS (
		SELECT min(seq), max(seq) + 1 FROM deliveries
		UNION ALL
		SELECT CASE WHEN found.created_at < $1 THEN found.seq + 1 ELSE low END, CASE WHEN found.created_at < $1 THEN high ELSE middle END
		FROM halving
			CROSS JOIN LATERAL (SELECT (low + high) / 2 AS middle) AS half
			LEFT JOIN LATERAL (SELECT seq, created_at FROM deliveries WHERE seq >= middle ORDER BY seq LIMIT 1) AS found ON true
		WHERE low < high
	)
	SELECT low AS seq FROM halving WHERE low >= high`,
);

export async function seqSpanOf(db: Queries, since: number | undefined, until: number | undefined): Promise<SeqSpan> {
	const [start, end] = await Promise.all([
		since === undefined ? undefined : firstMadeFrom(db, since - SLACK_MS),
		until === undefined ? undefined : firstMadeFrom(db, until + SLACK_MS),
	]);
	return { start, end };
}

async function firstMadeFrom(db: Queries, time: number): Promise<number> {
	const [row] = await db.query<{ seq: number }>(FIRST_MADE_FROM, [time]);
	return row?.seq ?? 0;
}
