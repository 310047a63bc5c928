/** Where a delivery comes to stand in its lane when it enters it: new, or by a replay. */
import type { Connection } from '../connection.ts';
import { LANE_PLACE } from './lane-place.ts';
import { isParked } from './parked-webhooks.ts';

/** The holder and the first behind it, as far as they are there. */
export const LOOK_INTO_LANE: string = `
	SELECT lane_free_at FROM deliveries WHERE lane = ? AND lane_place > 0 ORDER BY lane_place, seq LIMIT 2`;

export interface LaneEntry {
	readonly place: number;
	/** Nobody is before it, and its webhook is not parked: it may start. */
	readonly mayStart: boolean;
	/** The lane is held by one that fails: from then on it may be tried all the same. */
	readonly dueAt: number | null;
}

/** Whoever comes to a lane that is held for too long is not held for longer than those who waited in it. */
export function enterLane(db: Connection, entrant: { lane: string | null; webhookId: string }, now: number): LaneEntry {
	// The store's own word on parking decides, not the unit's: the webhook may have been enabled or disabled since the unit was planned.
	const mayStart = !isParked(db, entrant.webhookId);
	if (entrant.lane === null) return { place: LANE_PLACE.none, mayStart, dueAt: null };
	const [holder, behind] = db.all<{ lane_free_at: number | null }>(LOOK_INTO_LANE, entrant.lane);
	if (holder === undefined) return { place: LANE_PLACE.holder, mayStart, dueAt: null };
	const freeAt = behind === undefined && mayStart ? holder.lane_free_at : null;
	if (freeAt === null) return { place: LANE_PLACE.waits, mayStart: false, dueAt: null };
	return { place: LANE_PLACE.next, mayStart: false, dueAt: Math.max(now, freeAt) };
}
