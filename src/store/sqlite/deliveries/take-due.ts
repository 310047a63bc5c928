/** Takes one delivery that has a due time: by a claim, or for a webhook that has just finished another one. */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { CLAIMED_COLUMNS, type ClaimedRow, toClaimed } from './delivery-row.ts';
import { LANE_PLACE } from './lane-place.ts';

export const SELECT_DUE_OF_WEBHOOK: string = `
	SELECT seq, due_at, webhook_id FROM deliveries INDEXED BY deliveries_due_by_webhook
	WHERE webhook_id = ? AND due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, seq LIMIT ?`;

/** The one that has been due for longest; undefined where none is due. */
export function firstDueOf(db: Connection, webhookId: string, now: number): number | undefined {
	return db.get<{ seq: number }>(SELECT_DUE_OF_WEBHOOK, webhookId, now, 1)?.seq;
}

const TAKE = `UPDATE deliveries SET state = 'sending', due_at = NULL WHERE seq = ? RETURNING ${CLAIMED_COLUMNS}`;
export const SELECT_HOLDER: string =
	'SELECT id FROM deliveries INDEXED BY deliveries_lane WHERE lane = ? AND lane_place > 0 AND lane_place = 1';

/** One that was to overtake is told who holds its lane. */
export function takeDue(db: Connection, seq: number): ClaimedDelivery | undefined {
	const row = db.get<ClaimedRow>(TAKE, seq);
	if (row === undefined) return undefined;
	const isBlocked = row.lane_place === LANE_PLACE.next;
	return toClaimed(row, isBlocked ? db.get<{ id: string }>(SELECT_HOLDER, row.lane)?.id : undefined);
}
