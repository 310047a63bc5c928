/** The holder of a lane has left it (settled, or overtaken): who holds it now? */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { CLAIMED_COLUMNS, type ClaimedRow, toClaimed } from './delivery-row.ts';
import { LANE_PLACE } from './lane-place.ts';
import { isParked } from './parked-webhooks.ts';

export const FIRST_IN_LANE: string =
	'SELECT seq, lane_place, state FROM deliveries WHERE lane = ? AND lane_place > 0 ORDER BY lane_place, seq LIMIT 1';
export const FIRST_WAITING: string = 'SELECT seq FROM deliveries WHERE lane = ? AND lane_place > 0 AND lane_place = 3 ORDER BY seq LIMIT 1';
const HOLD = 'UPDATE deliveries SET lane_place = 1 WHERE seq = ?';
const WAIT = 'UPDATE deliveries SET lane_place = 3, due_at = NULL WHERE seq = ?';
const MAKE_READY = 'UPDATE deliveries SET lane_place = 1, due_at = ? WHERE seq = ?';
const TAKE = `UPDATE deliveries SET lane_place = 1, due_at = NULL, state = 'sending' WHERE seq = ? RETURNING ${CLAIMED_COLUMNS}`;

export interface Advance {
	/** Null: what left was ordered with nothing. */
	readonly lane: string | null;
	readonly webhookId: string;
	/** When the lane became free: what follows is due from here. */
	readonly at: number;
}

/** The oldest of those who wait holds the lane: ready, or taken and answered; without a due time where the webhook is parked. */
export function advanceLane(db: Connection, advance: Advance, { take }: { readonly take: boolean }): ClaimedDelivery | undefined {
	const chosen = advance.lane === null ? undefined : chooseHolder(db, advance.lane);
	if (chosen === undefined) return undefined;
	if (isParked(db, advance.webhookId)) {
		db.run(MAKE_READY, null, chosen);
		return undefined;
	}
	if (!take) {
		db.run(MAKE_READY, advance.at, chosen);
		return undefined;
	}
	const row = db.get<ClaimedRow>(TAKE, chosen);
	return row && toClaimed(row);
}

/** Undefined where nobody waits, or the next is being sent already and holds the lane from now on. */
function chooseHolder(db: Connection, lane: string): number | undefined {
	const first = db.get<{ seq: number; lane_place: number; state: string }>(FIRST_IN_LANE, lane);
	if (first?.lane_place !== LANE_PLACE.next) return first?.seq;
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
