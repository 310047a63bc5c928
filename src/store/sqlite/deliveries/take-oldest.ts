/**
 * Takes the oldest delivery of a webhook that waits for nobody, due or not: what its receiver is probed with. Those that stand behind another
 * one of their lane are passed over; where they fill the stretch that is looked at (many old ones were replayed into busy lanes), whatever has been due for
 * longest is taken instead.
 */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { takeDelivery } from './take-delivery.ts';

/** How many pending ones are looked at. */
const STRETCH = 256;
export const SELECT_OLDEST: string = `
	SELECT seq FROM (
		SELECT seq, lane_place FROM deliveries INDEXED BY deliveries_webhook_state
		WHERE webhook_id = ? AND state = 'pending' AND state NOT IN ('sending', 'delivered') ORDER BY seq LIMIT ${STRETCH}
	) WHERE lane_place < 2 LIMIT 1`;
export const SELECT_LONGEST_DUE: string = `
	SELECT seq FROM deliveries INDEXED BY deliveries_due
	WHERE webhook_id = ? AND due_at IS NOT NULL AND lane_place < 2 ORDER BY due_at, seq LIMIT 1`;

export function takeOldest(db: Connection, webhookId: string): ClaimedDelivery | undefined {
	const oldest = db.get<{ seq: number }>(SELECT_OLDEST, webhookId) ?? db.get<{ seq: number }>(SELECT_LONGEST_DUE, webhookId);
	return oldest && takeDelivery(db, oldest.seq);
}
