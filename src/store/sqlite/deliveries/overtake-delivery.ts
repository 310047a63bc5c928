/** A delivery leaves its lane, keeps its own due time, and the lane goes on without it. */
import type { Connection } from '../connection.ts';
import { advanceLane } from './advance-lane.ts';
import { findDeliveryRow } from './delivery-row.ts';
import { LANE_PLACE } from './lane-place.ts';

const LEAVE = 'UPDATE deliveries SET lane_place = 0, is_overtaken = 1, due_at = ? WHERE seq = ?';

/** Nothing where it is in no lane: settled, overtaken before, or ordered with nothing. */
export function overtakeDelivery(db: Connection, id: string, now: number): void {
	const row = findDeliveryRow(db, id);
	if (row === undefined || row.lane === null || row.lane_place === LANE_PLACE.none) return;
	// Whoever waited in line has no due time of its own, and out of the line nobody would give it one.
	const needsDueTime = row.state === 'pending' && row.due_at === null;
	db.run(LEAVE, needsDueTime ? now : row.due_at, row.seq);
	advanceLane(db, row.lane, now);
}
