/** Pending deliveries of a webhook that nobody attempts (its circuit is open) grow older than its patience: they are dead. */
import type { Connection } from '../connection.ts';
import { type Ending, endPending } from './end-pending.ts';
import { seqEndOf } from './seq-range.ts';

/** Patience counts from the replay where there was one. */
export const SELECT_EXPIRED: string = `
	SELECT seq, lane, lane_place FROM deliveries INDEXED BY deliveries_webhook_state
	WHERE webhook_id = ? AND state = 'pending' AND state NOT IN ('sending', 'delivered') AND seq < ? AND coalesce(replayed_at, created_at) < ?
	ORDER BY seq LIMIT ?`;

/** Answers how many. */
export function expireDeliveries(db: Connection, webhookId: string, createdBefore: number, at: number, limit: number): number {
	const expired = db.all<Ending>(SELECT_EXPIRED, webhookId, seqEndOf(db, createdBefore), createdBefore, limit);
	for (const { seq } of expired) {
		// The one before it in its lane may have been the holder: where it stands now is looked up anew.
		const row = db.get<Ending>(WHERE_IT_STANDS, seq);
		if (row) endPending(db, row, 'dead', at);
	}
	return expired.length;
}

const WHERE_IT_STANDS = 'SELECT seq, lane, lane_place FROM deliveries WHERE seq = ?';
