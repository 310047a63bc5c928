/** An attempt has ended, or never was: its record, what it means for the delivery, and what that means for the lane, in one. */
import type { ClaimedDelivery, Settlement } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { advanceLane, type LaneLeft, takeNextOfLane } from './advance-lane.ts';
import { freeLaneAt } from './free-lane.ts';
import { LANE_PLACE } from './lane-place.ts';
import { recordAttempt } from './record-attempt.ts';

/** Answers the next of the lane where it was asked for and is there. */
export function settleDelivery(db: Connection, settlement: Settlement, now: number): ClaimedDelivery | undefined {
	switch (settlement.outcome) {
		case 'delivered':
		case 'dead':
			return end(db, settlement);
		case 'retry':
		case 'probed':
		case 'released':
			giveBack(db, settlement, now);
			return undefined;
	}
}

type End = Extract<Settlement, { outcome: 'delivered' | 'dead' }>;

/** A statement of its own: an update that returns what it changed takes twice as long as both. */
export const FIND_IN_HAND: string = 'SELECT id, state, lane, lane_place, webhook_id FROM deliveries WHERE seq = ?';

interface Held {
	readonly id: string;
	readonly state: string;
	readonly lane: string | null;
	readonly lane_place: number;
	readonly webhook_id: string;
}

/**
 * Undefined where it is not in hand: settled before, or its row is another one's by now. What is not in hand is left as it is; that the request
 * was made is on record all the same.
 */
function findInHand(db: Connection, settlement: Settlement): Held | undefined {
	const { id, seq } = settlement.delivery;
	const held = db.get<Held>(FIND_IN_HAND, seq);
	if (held?.id !== id) return undefined;
	if (settlement.outcome !== 'released') recordAttempt(db, seq, settlement.attempt);
	return held.state === 'sending' ? held : undefined;
}

const END = 'UPDATE deliveries SET state = ?, settled_at = ?, lane_place = 0, attempts = attempts + 1, last_error = ? WHERE seq = ?';

/** The same of one that is in hand and holds its lane, as most do: it need not be looked at before. */
export const END_HOLDER: string = `${END} AND id = ? AND state = 'sending' AND lane_place = 1`;

function end(db: Connection, settlement: End): ClaimedDelivery | undefined {
	const left = leaveLane(db, settlement);
	if (left === undefined) return undefined;
	if (settlement.takeNext) return takeNextOfLane(db, left.lane);
	advanceLane(db, left.lane, settlement.at);
	return undefined;
}

/** Answers the lane that it held; undefined where it is not in hand. */
function leaveLane(db: Connection, settlement: End): { readonly lane: LaneLeft } | undefined {
	const { outcome, delivery, at, attempt } = settlement;
	const { id, seq, lane } = delivery;
	const written = [outcome, at, attempt.errorClass ?? null, seq];
	if (lane !== undefined && db.run(END_HOLDER, ...written, id) > 0) {
		recordAttempt(db, seq, attempt);
		return { lane };
	}
	const held = findInHand(db, settlement);
	if (held === undefined) return undefined;
	db.run(END, ...written);
	return { lane: held.lane_place === LANE_PLACE.holder ? held.lane : null };
}

type GivenBack = Exclude<Settlement, End>;

const FIND_WEBHOOK = 'SELECT 1 FROM webhooks WHERE id = ?';
const CANCEL = "UPDATE deliveries SET state = 'cancelled', settled_at = ?, due_at = NULL, lane_place = 0 WHERE seq = ?";

function giveBack(db: Connection, settlement: GivenBack, now: number): void {
	const held = findInHand(db, settlement);
	if (held === undefined) return;
	makePending(db, settlement);
	const holds = held.lane_place === LANE_PLACE.holder ? held.lane : null;
	if (db.get(FIND_WEBHOOK, held.webhook_id) === undefined) {
		// It was deleted while this was in hand: now this goes the way of the others.
		db.run(CANCEL, now, settlement.delivery.seq);
		advanceLane(db, holds, now);
	} else if (settlement.outcome === 'retry' && holds !== null) {
		freeLaneAt(db, holds, settlement.laneFreeAt === undefined ? null : wholeMs(settlement.laneFreeAt));
	}
}

const RETRY = `
	UPDATE deliveries SET state = 'pending', due_at = ?, held_since = ?, lane_free_at = ?, attempts = attempts + 1, last_error = ? WHERE seq = ?`;
const PROBED = "UPDATE deliveries SET state = 'pending', due_at = ?, last_error = ? WHERE seq = ?";
const RELEASE = "UPDATE deliveries SET state = 'pending', due_at = ? WHERE seq = ?";

function makePending(db: Connection, settlement: GivenBack): void {
	const { seq } = settlement.delivery;
	const dueAt = wholeMs(settlement.dueAt);
	switch (settlement.outcome) {
		case 'released':
			db.run(RELEASE, dueAt, seq);
			break;
		case 'probed':
			db.run(PROBED, dueAt, settlement.attempt.errorClass ?? null, seq);
			break;
		case 'retry': {
			const freeAt = settlement.laneFreeAt === undefined ? null : wholeMs(settlement.laneFreeAt);
			db.run(RETRY, dueAt, settlement.heldSince, freeAt, settlement.attempt.errorClass ?? null, seq);
			break;
		}
	}
}

/** Jitter makes fractions; due times are whole milliseconds, and never early. */
function wholeMs(time: number): number {
	return Math.ceil(time);
}
