/** Takes one delivery that is pending: it is `sending` now, whether it was due or not. */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { CLAIMED_COLUMNS, type ClaimedRow, toClaimed } from './delivery-row.ts';
import { LANE_PLACE } from './lane-place.ts';

/** Two statements: an update that returns what it changed takes longer than both. */
const FIND = `SELECT ${CLAIMED_COLUMNS} FROM deliveries WHERE seq = ?`;
const TAKE = "UPDATE deliveries SET state = 'sending', due_at = NULL WHERE seq = ?";
/** It holds its lane from now on. */
const TAKE_AS_HOLDER = "UPDATE deliveries SET state = 'sending', due_at = NULL, lane_place = 1 WHERE seq = ?";
export const SELECT_HOLDER: string =
	'SELECT id FROM deliveries INDEXED BY deliveries_lane WHERE lane = ? AND lane_place > 0 AND lane_place = 1';

/** One that was to overtake is told who holds its lane. */
export function takeDelivery(db: Connection, seq: number): ClaimedDelivery | undefined {
	const row = db.get<ClaimedRow>(FIND, seq);
	if (row === undefined) return undefined;
	db.run(TAKE, seq);
	const isBlocked = row.lane_place === LANE_PLACE.next;
	return toClaimed(row, isBlocked ? db.get<{ id: string }>(SELECT_HOLDER, row.lane)?.id : undefined);
}

/** Taken as it waits, when its lane is free. */
export function takeAsHolder(db: Connection, seq: number): ClaimedDelivery | undefined {
	const row = db.get<ClaimedRow>(FIND, seq);
	db.run(TAKE_AS_HOLDER, seq);
	return row && toClaimed(row);
}
