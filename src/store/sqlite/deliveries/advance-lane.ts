/** Somebody has left a lane (settled, or overtaken): who holds it now? */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { LANE_PLACE } from './lane-place.ts';
import { takeAsHolder } from './take-delivery.ts';

export const FIRST_IN_LANE: string =
	'SELECT seq, lane_place, state FROM deliveries WHERE lane = ? AND lane_place > 0 ORDER BY lane_place, seq LIMIT 1';
export const FIRST_WAITING: string = 'SELECT seq FROM deliveries WHERE lane = ? AND lane_place > 0 AND lane_place = 3 ORDER BY seq LIMIT 1';
const HOLD = 'UPDATE deliveries SET lane_place = 1 WHERE seq = ?';
const WAIT = 'UPDATE deliveries SET lane_place = 3, due_at = NULL WHERE seq = ?';
const MAKE_READY = 'UPDATE deliveries SET lane_place = 1, due_at = ? WHERE seq = ?';

/** Null: what left was ordered with nothing. */
export type LaneLeft = string | null;

/** The oldest of those who wait holds the lane, due from `at` on. Nothing where it is held already. */
export function advanceLane(db: Connection, lane: LaneLeft, at: number): void {
	const chosen = chooseHolder(db, lane);
	if (chosen !== undefined) db.run(MAKE_READY, at, chosen);
}

/** The same, but it is taken as it waits, never written as ready. */
export function takeNextOfLane(db: Connection, lane: LaneLeft): ClaimedDelivery | undefined {
	const chosen = chooseHolder(db, lane);
	return chosen === undefined ? undefined : takeAsHolder(db, chosen);
}

/** Undefined where nobody waits, or the lane is held: by one that did not leave, or by the next, which is being sent already. */
function chooseHolder(db: Connection, lane: LaneLeft): number | undefined {
	if (lane === null) return undefined;
	const first = db.get<{ seq: number; lane_place: number; state: string }>(FIRST_IN_LANE, lane);
	if (first === undefined || first.lane_place === LANE_PLACE.holder) return undefined;
	if (first.lane_place === LANE_PLACE.waits) return first.seq;
	if (first.state === 'sending') {
		db.run(HOLD, first.seq);
		return undefined;
	}
	// A replay that came meanwhile may be older than the one that was to overtake.
	const waiting = db.get<{ seq: number }>(FIRST_WAITING, lane);
	if (waiting === undefined || first.seq < waiting.seq) return first.seq;
	db.run(WAIT, first.seq);
	return waiting.seq;
}
