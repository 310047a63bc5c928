/** From when a lane may be overtaken: its first one behind the holder has that as its due time, and is its `next`. */
import type { Connection } from '../connection.ts';
import { LANE_PLACE } from './lane-place.ts';

export const FIRST_BEHIND: string = `
	SELECT seq, lane_place, state FROM deliveries
	WHERE lane = ? AND lane_place > 0 AND lane_place > 1 ORDER BY lane_place, seq LIMIT 1`;
const SET_NEXT = 'UPDATE deliveries SET lane_place = 2, due_at = ? WHERE seq = ?';
const UNSET_NEXT = 'UPDATE deliveries SET lane_place = 3, due_at = NULL WHERE seq = ?';

/** The next of the lane may be tried from then on, or, with null, not before the holder is settled. One that is being sent is left alone. */
export function freeLaneAt(db: Connection, lane: string, at: number | null): void {
	const behind = db.get<{ seq: number; lane_place: number; state: string }>(FIRST_BEHIND, lane);
	if (behind === undefined || behind.state === 'sending') return;
	if (at !== null) db.run(SET_NEXT, at, behind.seq);
	else if (behind.lane_place === LANE_PLACE.next) db.run(UNSET_NEXT, behind.seq);
}
