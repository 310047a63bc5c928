/** Deliveries end without an attempt: a person discards one, its webhook is deleted, it grew older than its patience. Their lanes go on. */
import type { Connection } from '../connection.ts';
import { advanceLane } from './advance-lane.ts';
import type { BareRow } from './delivery-row.ts';
import { freeLaneAt } from './free-lane.ts';
import { LANE_PLACE } from './lane-place.ts';

const END = 'UPDATE deliveries SET state = ?, settled_at = ?, due_at = NULL, lane_place = 0 WHERE seq = ?';

export type Ending = Pick<BareRow, 'seq' | 'lane' | 'lane_place'>;

export function endPending(db: Connection, row: Ending, state: 'dead' | 'cancelled', at: number): void {
	db.run(END, state, at, row.seq);
	if (row.lane === null) return;
	if (row.lane_place === LANE_PLACE.holder) advanceLane(db, row.lane, at);
	if (row.lane_place === LANE_PLACE.next) freeAsHolderSays(db, row.lane);
}

export const HOLDER_FREE_AT: string = 'SELECT lane_free_at FROM deliveries WHERE lane = ? AND lane_place > 0 AND lane_place = 1';

/** Whoever was behind the one that was to overtake is held no longer than that one. */
function freeAsHolderSays(db: Connection, lane: string): void {
	const freeAt = db.get<{ lane_free_at: number | null }>(HOLDER_FREE_AT, lane)?.lane_free_at ?? null;
	if (freeAt !== null) freeLaneAt(db, lane, freeAt);
}
