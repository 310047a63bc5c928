/** An attempt has ended: its record, what it means for the delivery, and what that means for the lane, in one. */
import type { ClaimedDelivery, Settlement } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { advanceLane } from './advance-lane.ts';
import { LANE_PLACE } from './lane-place.ts';
import { isParked } from './parked-webhooks.ts';
import { firstDueOf, takeDue } from './take-due.ts';

export const FIND_SETTLED: string = 'SELECT seq, state, lane, lane_place, webhook_id FROM deliveries WHERE id = ?';
const RECORD_ATTEMPT = 'INSERT INTO attempts (delivery_seq, record) VALUES (?, ?)';

interface Held {
	readonly seq: number;
	readonly state: string;
	readonly lane: string | null;
	readonly lane_place: number;
	readonly webhook_id: string;
}

/** Answers the next of the webhook where it was asked for and is there. */
export function settleDelivery(db: Connection, settlement: Settlement, now: number): ClaimedDelivery | undefined {
	const held = db.get<Held>(FIND_SETTLED, settlement.deliveryId);
	if (held === undefined) return undefined;
	if (settlement.outcome !== 'released') db.run(RECORD_ATTEMPT, held.seq, JSON.stringify(settlement.attempt));
	if (held.state !== 'sending') return undefined;
	switch (settlement.outcome) {
		case 'delivered':
		case 'dead':
			return end(db, held, settlement);
		case 'retry':
			retry(db, held, settlement);
			return undefined;
		case 'released':
			release(db, held, settlement.dueAt, now);
			return undefined;
	}
}

const END = 'UPDATE deliveries SET state = ?, settled_at = ?, lane_place = 0, attempts = attempts + 1, last_error = ? WHERE seq = ?';

function end(db: Connection, held: Held, settlement: Extract<Settlement, { takeNext: boolean }>): ClaimedDelivery | undefined {
	const { outcome, at, attempt, takeNext } = settlement;
	db.run(END, outcome, at, attempt.errorClass ?? null, held.seq);
	const lane = held.lane_place === LANE_PLACE.holder ? held.lane : null;
	const advance = { lane, webhookId: held.webhook_id, at };
	if (!takeNext) {
		advanceLane(db, advance, { take: false });
		return undefined;
	}
	// With nobody else in line the next of the lane is taken as it waits, and is never written as ready.
	if (firstDueOf(db, held.webhook_id, at) === undefined) return advanceLane(db, advance, { take: true });
	advanceLane(db, advance, { take: false });
	// Asked anew: the lane may have sent somebody who was due back to wait.
	const due = firstDueOf(db, held.webhook_id, at);
	return due === undefined ? undefined : takeDue(db, due);
}

const RETRY = `
	UPDATE deliveries SET state = 'pending', due_at = ?, held_since = ?, lane_free_at = ?, attempts = attempts + 1, last_error = ? WHERE seq = ?`;

function retry(db: Connection, held: Held, settlement: Extract<Settlement, { outcome: 'retry' }>): void {
	const parked = isParked(db, held.webhook_id);
	const dueAt = parked ? null : wholeMs(settlement.dueAt);
	const freeAt = settlement.laneFreeAt === undefined ? null : wholeMs(settlement.laneFreeAt);
	db.run(RETRY, dueAt, settlement.heldSince, freeAt, settlement.attempt.errorClass ?? null, held.seq);
	if (held.lane === null || held.lane_place !== LANE_PLACE.holder || parked) return;
	freeLaneAt(db, held.lane, settlement.laneFreeAt);
}

const FIND_WEBHOOK = 'SELECT 1 FROM webhooks WHERE id = ?';
const RELEASE = "UPDATE deliveries SET state = 'pending', due_at = ? WHERE seq = ?";

function release(db: Connection, held: Held, dueAt: number, now: number): void {
	if (db.get(FIND_WEBHOOK, held.webhook_id) === undefined) {
		cancel(db, held, now);
		return;
	}
	db.run(RELEASE, isParked(db, held.webhook_id) ? null : wholeMs(dueAt), held.seq);
}

const CANCEL = "UPDATE deliveries SET state = 'cancelled', settled_at = ?, lane_place = 0 WHERE seq = ?";

/** Its webhook was deleted while it was being sent: now it goes the way of the others. */
function cancel(db: Connection, held: Held, now: number): void {
	db.run(CANCEL, now, held.seq);
	const lane = held.lane_place === LANE_PLACE.holder ? held.lane : null;
	advanceLane(db, { lane, webhookId: held.webhook_id, at: now }, { take: false });
}

export const FIRST_BEHIND: string = `
	SELECT seq, lane_place, state FROM deliveries
	WHERE lane = ? AND lane_place > 0 AND lane_place > 1 ORDER BY lane_place, seq LIMIT 1`;
const SET_NEXT = 'UPDATE deliveries SET lane_place = 2, due_at = ? WHERE seq = ?';
const UNSET_NEXT = 'UPDATE deliveries SET lane_place = 3, due_at = NULL WHERE seq = ?';

/** The next of the lane may be tried from then on, or, without a time, not before the holder is settled. One that is being sent is left alone. */
function freeLaneAt(db: Connection, lane: string, at: number | undefined): void {
	const behind = db.get<{ seq: number; lane_place: number; state: string }>(FIRST_BEHIND, lane);
	if (behind === undefined || behind.state === 'sending') return;
	if (at !== undefined) db.run(SET_NEXT, wholeMs(at), behind.seq);
	else if (behind.lane_place === LANE_PLACE.next) db.run(UNSET_NEXT, behind.seq);
}

/** Jitter makes fractions; due times are whole milliseconds, and never early. */
function wholeMs(time: number): number {
	return Math.ceil(time);
}
