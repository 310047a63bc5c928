/** An attempt has ended, or never was: its record, what it means for the delivery, and what that means for the lane, in one. */
import type { ClaimedDelivery, Settlement } from '../../../domain/delivery.ts';
import { storable } from '../arrays.ts';
import type { Batch, BatchResults, Cell, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { type ClaimedRow, toClaimed } from './claimed-row.ts';
import { requireToken, type Taker } from './require-member.ts';

const SETTLE: Sheet = {
	phase: 'settlements',
	statement: statement(
		'deliveries_settle',
		`SELECT * FROM settle_deliveries($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
			$9::text[], $10::boolean[], $11::boolean[], $12::text[])`,
	),
	columns: ['int', 'text', 'text', 'int', 'int', 'int', 'int', 'int', 'text', 'bool', 'bool', 'text'],
};

/** Answers the next of the lane where it was asked for and is there. Throws `lease_lost` where this process is no member. */
export function settleDelivery(
	batch: Batch,
	settlement: Settlement,
	now: number,
	taker: Taker,
): (results: BatchResults) => ClaimedDelivery | undefined {
	const { id, seq, lane } = settlement.delivery;
	const token = requireToken(batch, taker);
	if (lane !== undefined) batch.lock(storable(lane));
	const place = batch.add(SETTLE, [seq, id, settlement.outcome, token, ...timesOf(settlement, now), ...recordOf(settlement)]) + 1;
	return (results) => {
		const next = results.of<ClaimedRow>(SETTLE).find((row) => row.place === place);
		return next && toClaimed(next);
	};
}

/** When it was settled, when it is due, since when it fails, and from when its lane may be overtaken. */
function timesOf(settlement: Settlement, now: number): readonly Cell[] {
	switch (settlement.outcome) {
		case 'delivered':
		case 'dead':
			return [settlement.at, null, null, null];
		case 'retry': {
			const { dueAt, heldSince, laneFreeAt } = settlement;
			return [now, wholeMs(dueAt), heldSince, laneFreeAt === undefined ? null : wholeMs(laneFreeAt)];
		}
		case 'probed':
		case 'released':
			return [now, wholeMs(settlement.dueAt), null, null];
	}
}

/** Why it failed, whether the next is wanted, whether the attempt was a probe, and its record. Whose it is, is its key. */
function recordOf(settlement: Settlement): readonly Cell[] {
	if (settlement.outcome === 'released') return [null, false, false, null];
	const { attempt } = settlement;
	const takesNext = 'takeNext' in settlement && settlement.takeNext;
	return [attempt.errorClass, takesNext, attempt.isProbe === true, JSON.stringify({ ...attempt, deliveryId: undefined })];
}

/** Jitter makes fractions; due times are whole milliseconds, and never early. */
function wholeMs(time: number): number {
	return Math.ceil(time);
}
