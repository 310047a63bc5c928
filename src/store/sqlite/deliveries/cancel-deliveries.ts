/** The webhook is being deleted: what is pending of it is cancelled. What is in hand is left to its settlement. */
import type { Connection } from '../connection.ts';
import { type Ending, endPending } from './end-pending.ts';

/** The youngest first: who waits goes before whom it waits for. Where a lane has to go on all the same, it does with its oldest, whose turn comes last. */
export const SELECT_TO_CANCEL: string = `
	SELECT seq, lane, lane_place FROM deliveries INDEXED BY deliveries_webhook_state
	WHERE webhook_id = ? AND state = 'pending' AND state NOT IN ('sending', 'delivered') ORDER BY seq DESC LIMIT ?`;
/** Answers how many. */
export function cancelDeliveries(db: Connection, webhookId: string, at: number, limit: number): number {
	const rows = db.all<Ending>(SELECT_TO_CANCEL, webhookId, limit);
	for (const row of rows) endPending(db, row, 'cancelled', at);
	return rows.length;
}
