/** What is kept for a time only, and when each of it may go. */
import type { Connection } from '../connection.ts';
import { ATTEMPT_KEYS } from '../deliveries/record-attempt.ts';
import type { Prunable, PrunableRow } from './prune-walk.ts';

/** The newest stays whatever its age, so that its row id, the order of commit, is not given again. */
export const OLD_DELIVERIES: string = `
	SELECT seq, created_at AS at, state IN ('delivered', 'dead', 'cancelled') AND settled_at < ?2 AS is_over FROM deliveries
	WHERE seq > ?1 AND seq < (SELECT max(seq) FROM deliveries) ORDER BY seq LIMIT ?3`;
const REMOVE_ATTEMPTS = 'DELETE FROM attempts WHERE seq >= ? AND seq < ?';

const deliveries: Prunable = {
	select: OLD_DELIVERIES,
	remove: (db, { seq }) => {
		db.run(REMOVE_ATTEMPTS, seq * ATTEMPT_KEYS, (seq + 1) * ATTEMPT_KEYS);
		db.run('DELETE FROM deliveries WHERE seq = ?', seq);
	},
};

/** An event stays as long as one of its deliveries does: they are found through it. */
export const OLD_EVENTS: string = `
	SELECT seq, at, at < ?2 AND NOT EXISTS (SELECT 1 FROM deliveries INDEXED BY deliveries_event WHERE event_id = events.id) AS is_over
	FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?3`;

/** Where what an entry waits for did not come until now, it does not come any more. Failed ones are kept for a person. */
export const OLD_JOURNAL: string = `
	SELECT seq, at, at < ?2 AND state <> 'failed' AS is_over FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?3`;
export const OLD_ANSWERS: string = `
	SELECT seq, created_at AS at, created_at < ?2 AS is_over FROM idempotency WHERE seq > ?1 ORDER BY seq LIMIT ?3`;

/** Deliveries before the events that they keep. */
export const PRUNABLE_TABLES: readonly Prunable[] = [
	deliveries,
	{ select: OLD_EVENTS, remove: removeFrom('events') },
	{ select: OLD_JOURNAL, remove: removeFrom('journal') },
	{ select: OLD_ANSWERS, remove: removeFrom('idempotency') },
];

function removeFrom(table: 'events' | 'journal' | 'idempotency'): (db: Connection, row: PrunableRow) => void {
	const sql = `DELETE FROM ${table} WHERE seq = ?`;
	return (db, { seq }) => void db.run(sql, seq);
}
