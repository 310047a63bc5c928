/** What a process was sending when it ended is ready again: it was perhaps received, so it is sent at least once. */
import type { Connection } from '../connection.ts';

export const RECOVER: string = `
	UPDATE deliveries INDEXED BY deliveries_state SET state = 'pending', due_at = ? WHERE state = 'sending' AND state <> 'delivered'`;

export function recoverSending(db: Connection, now: number): void {
	db.run(RECOVER, now);
}
