/** Where a delivery comes to stand in its lane when it enters it: new, or by a replay. */
import type { Connection } from '../connection.ts';
import { LANE_PLACE } from './lane-place.ts';

/** The holder and the first behind it, as far as they are there. */
export const LOOK_INTO_LANE: string = `
	SELECT lane_free_at FROM deliveries WHERE lane = ? AND lane_place > 0 ORDER BY lane_place, seq LIMIT 2`;

export interface LaneEntry {
	readonly place: number;
	/** Nobody is before it: it may start. */
	readonly mayStart: boolean;
	/** The lane is held by one that fails: from then on it may be tried all the same. */
	readonly dueAt: number | null;
}

const LOOSE: LaneEntry = { place: LANE_PLACE.none, mayStart: true, dueAt: null };
const HOLDS: LaneEntry = { place: LANE_PLACE.holder, mayStart: true, dueAt: null };
const WAITS: LaneEntry = { place: LANE_PLACE.waits, mayStart: false, dueAt: null };

/** Whoever comes to a lane that is held for too long is not held for longer than those who waited in it. */
export function enterLane(db: Connection, lane: string | null, now: number): LaneEntry {
	if (lane === null) return LOOSE;
	const [holder, behind] = db.all<{ lane_free_at: number | null }>(LOOK_INTO_LANE, lane);
	if (holder === undefined) return HOLDS;
	if (behind !== undefined || holder.lane_free_at === null) return WAITS;
	return { place: LANE_PLACE.next, mayStart: false, dueAt: Math.max(now, holder.lane_free_at) };
}
