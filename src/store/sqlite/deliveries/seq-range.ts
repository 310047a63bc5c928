/**
 * Which deliveries may have been made in a span of time. They are made in the order of commit, nearly: one is committed some time after it was
 * made, and the next one may overtake it there. So a span of time is a span of row ids with some slack, found by halving; the exact
 * condition stays on the rows.
 */
import type { Connection } from '../connection.ts';

/** A delivery is made in the turn of the event loop before its commit; the clock never goes back. What lies within is walked in vain. */
const SLACK_MS = 30_000;

/** The first that may have been made at `since` or after. */
export function seqStartOf(db: Connection, since: number): number {
	return firstMadeFrom(db, since - SLACK_MS);
}

/** After the last that may have been made before `until`. */
export function seqEndOf(db: Connection, until: number): number {
	return firstMadeFrom(db, until + SLACK_MS);
}

const ENDS = 'SELECT (SELECT min(seq) FROM deliveries) AS first, (SELECT max(seq) FROM deliveries) AS last';
export const FIRST_FROM: string = 'SELECT seq, created_at FROM deliveries WHERE seq >= ? ORDER BY seq LIMIT 1';

function firstMadeFrom(db: Connection, time: number): number {
	const ends = db.get<{ first: number | null; last: number | null }>(ENDS);
	if (ends === undefined || ends.first === null || ends.last === null) return 0;
	let [low, high] = [ends.first, ends.last + 1];
	// What is below `low` was made before, what is at `high` or above was not; rows in between may be missing.
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		const row = db.get<{ seq: number; created_at: number }>(FIRST_FROM, middle);
		if (row !== undefined && row.created_at < time) low = row.seq + 1;
		else high = middle;
	}
	return low;
}
