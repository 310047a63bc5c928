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

export const PARK: string = `
	UPDATE deliveries INDEXED BY deliveries_due_by_webhook SET due_at = NULL
	WHERE webhook_id = ? AND state = 'pending' AND due_at IS NOT NULL`;

/** Takes the due times away. What is being sent is left to its settlement. */
export function parkDeliveries(db: Connection, webhookId: string): void {
	markParked(db, webhookId, true);
	db.run(PARK, webhookId);
}

export const UNPARK: string = `
	UPDATE deliveries INDEXED BY deliveries_heads SET due_at = ?1, held_since = NULL, lane_free_at = NULL
	WHERE webhook_id = ?2 AND state = 'pending' AND lane_place < 3 AND lane_place <> 2 AND (due_at IS NULL OR due_at > ?1)`;

/**
 * Whoever holds a lane, and whatever is in none, is due at once: a retry does not wait for the rest of its pause. A `next` waits for its
 * holder, and how long that one has failed before says nothing about the receiver as it is now.
 */
export function unparkDeliveries(db: Connection, webhookId: string, at: number): void {
	markParked(db, webhookId, false);
	db.run(UNPARK, at, webhookId);
}

export const CANCEL_PENDING: string = `
	UPDATE deliveries INDEXED BY deliveries_webhook_state SET state = 'cancelled', settled_at = ?, due_at = NULL, lane_place = 0
	WHERE webhook_id = ? AND state = 'pending' AND state NOT IN ('sending', 'delivered')`;

/** The webhook is deleted. What is being sent is left to its settlement. */
export function cancelDeliveries(db: Connection, webhookId: string, at: number): void {
	markParked(db, webhookId, false);
	db.run(CANCEL_PENDING, at, webhookId);
}
