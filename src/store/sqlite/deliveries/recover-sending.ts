/** What a process was sending when it ended is ready again: it was perhaps received, so it is sent at least once. */
import type { Connection } from '../connection.ts';

const RECOVER = `
	UPDATE deliveries SET state = 'pending',
		due_at = CASE WHEN webhook_id IN (SELECT webhook_id FROM parked_webhooks) THEN NULL ELSE ? END,
		lane_place = CASE WHEN lane_place = 2 AND webhook_id IN (SELECT webhook_id FROM parked_webhooks) THEN 3 ELSE lane_place END
	WHERE state = 'sending'`;

export function recoverSending(db: Connection, now: number): void {
	db.run(RECOVER, now);
}
