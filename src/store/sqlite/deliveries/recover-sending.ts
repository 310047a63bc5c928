/** What a process was sending when it ended is ready again: it was perhaps received, so it is sent at least once. */
import type { Connection } from '../connection.ts';

export const RECOVER: string = `
	UPDATE deliveries INDEXED BY deliveries_sending SET state = 'pending',
		due_at = CASE WHEN webhook_id IN (SELECT webhook_id FROM parked_webhooks) THEN NULL ELSE ? END
	WHERE state = 'sending'`;

export function recoverSending(db: Connection, now: number): void {
	db.run(RECOVER, now);
}
