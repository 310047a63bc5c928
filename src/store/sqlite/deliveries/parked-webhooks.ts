/** Which webhooks are parked: their unsettled deliveries have no due time, whatever happens to them, until they are unparked. */
import type { Connection } from '../connection.ts';

const IS_PARKED = 'SELECT 1 FROM parked_webhooks WHERE webhook_id = ?';
const ADD = 'INSERT INTO parked_webhooks (webhook_id) VALUES (?) ON CONFLICT DO NOTHING';
const REMOVE = 'DELETE FROM parked_webhooks WHERE webhook_id = ?';

export function isParked(db: Connection, webhookId: string): boolean {
	return db.get(IS_PARKED, webhookId) !== undefined;
}

export function markParked(db: Connection, webhookId: string, parked: boolean): void {
	db.run(parked ? ADD : REMOVE, webhookId);
}

/** A `next` waits again: when its webhook is unparked, the holder of its lane is tried first. */
const PARK = `
	UPDATE deliveries SET due_at = NULL, lane_place = CASE lane_place WHEN 2 THEN 3 ELSE lane_place END
	WHERE webhook_id = ? AND state = 'pending' AND lane_place < 3 AND (due_at IS NOT NULL OR lane_place = 2)`;

/** Takes the due times away. What is being sent is left to its settlement. */
export function parkDeliveries(db: Connection, webhookId: string): void {
	markParked(db, webhookId, true);
	db.run(PARK, webhookId);
}

const UNPARK = `
	UPDATE deliveries SET due_at = ?1
	WHERE webhook_id = ?2 AND state = 'pending' AND lane_place < 3 AND lane_place <> 2 AND (due_at IS NULL OR due_at > ?1)`;

/** Whoever holds a lane, and whatever is in none, is due at once: a retry does not wait for the rest of its pause. */
export function unparkDeliveries(db: Connection, webhookId: string, at: number): void {
	markParked(db, webhookId, false);
	db.run(UNPARK, at, webhookId);
}

const CANCEL = `
	UPDATE deliveries SET state = 'cancelled', settled_at = ?, due_at = NULL, lane_place = 0
	WHERE webhook_id = ? AND state = 'pending' AND state NOT IN ('sending', 'delivered')`;

/** The webhook is deleted. What is being sent is left to its settlement. */
export function cancelDeliveries(db: Connection, webhookId: string, at: number): void {
	markParked(db, webhookId, false);
	db.run(CANCEL, at, webhookId);
}
