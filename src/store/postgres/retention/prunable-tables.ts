/** What is kept for a time only, and when each row of it may go. */
import { statement } from '../statement.ts';
import type { Prunable } from './prune-walk.ts';

/** One that was replayed since it was looked at stays. */
export const DELIVERIES: Prunable = {
	select: statement(
		'prune_deliveries_old',
		`SELECT seq, created_at AS at, state <> 'open' AND settled_at < $3 AS is_over FROM deliveries
		WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $4`,
	),
	remove: statement(
		'prune_deliveries',
		`WITH gone AS (DELETE FROM deliveries WHERE seq = ANY($1::bigint[]) AND state <> 'open' RETURNING seq),
			unmade AS (DELETE FROM attempts WHERE delivery_seq = ANY($1::bigint[]) AND delivery_seq IN (SELECT seq FROM gone))
		SELECT count(*) AS count FROM gone`,
	),
};

/** An event stays as long as one of its deliveries does: they are found through it. Looked up event by event, which OFFSET keeps so. */
export const EVENTS: Prunable = {
	select: statement(
		'prune_events_old',
		`SELECT seq, at, at < $3 AND NOT EXISTS (SELECT FROM deliveries WHERE event_id = events.id OFFSET 0) AS is_over
		FROM events
		WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $4`,
	),
	remove: removeFrom('events'),
};

/** Where what an entry waits for did not come until now, it does not come any more. Failed ones are kept for a person. */
export const JOURNAL: Prunable = {
	select: statement(
		'prune_journal_old',
		`SELECT seq, at, at < $3 AND state <> 'failed' AS is_over FROM journal WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $4`,
	),
	remove: removeFrom('journal'),
};

export const ANSWERS: Prunable = {
	select: statement(
		'prune_answers_old',
		`SELECT seq, created_at AS at, created_at < $3 AS is_over FROM idempotency WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $4`,
	),
	remove: removeFrom('idempotency'),
};

function removeFrom(table: 'events' | 'journal' | 'idempotency'): Prunable['remove'] {
	const text = `WITH gone AS (DELETE FROM ${table} WHERE seq = ANY($1::bigint[]) RETURNING 1) SELECT count(*) AS count FROM gone`;
	return statement(`prune_${table}`, text);
}
