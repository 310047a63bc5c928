/**
 * A receiver is back (or is another one): what sleeps of its webhook is due, and how long its lanes were held says nothing any more, so that
 * whoever was to overtake waits in line again. Otherwise an outage would be taken for the fault of the heads, and break the order of every lane.
 */
import type { Connection } from '../connection.ts';

export const SELECT_HELD: string = `
	SELECT seq, lane FROM deliveries INDEXED BY deliveries_held
	WHERE webhook_id = ? AND lane_place = 1 AND lane_free_at IS NOT NULL AND state = 'pending' LIMIT ?`;
const FREE = 'UPDATE deliveries SET due_at = min(due_at, ?), held_since = NULL, lane_free_at = NULL WHERE seq = ?';
export const WAIT_AGAIN: string = `
	UPDATE deliveries SET lane_place = 3, due_at = NULL WHERE lane = ? AND lane_place > 0 AND lane_place = 2 AND state = 'pending'`;
export const WAKE: string = `
	UPDATE deliveries SET due_at = ?1, held_since = NULL, lane_free_at = NULL
	WHERE seq IN (
		SELECT seq FROM deliveries INDEXED BY deliveries_due
		WHERE webhook_id = ?2 AND due_at IS NOT NULL AND due_at > ?1 AND lane_place <> 2 ORDER BY due_at, seq LIMIT ?3
	)`;

/** Answers how many were changed, whose lanes are free of their past or that were woken. */
export function hastenDeliveries(db: Connection, webhookId: string, at: number, limit: number): number {
	const held = db.all<{ seq: number; lane: string }>(SELECT_HELD, webhookId, limit);
	for (const { seq, lane } of held) {
		db.run(FREE, at, seq);
		db.run(WAIT_AGAIN, lane);
	}
	return held.length + (held.length < limit ? db.run(WAKE, at, webhookId, limit - held.length) : 0);
}
