/**
 * A write unit inside the transaction of its group. The key of the request comes first: where two equal requests race, the later one must
 * learn that it is a repetition, and not that what the first one made exists already.
 */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { CommitResult, Committed, WriteUnit } from '../../../ports/write-unit.ts';
import type { Connection } from '../connection.ts';
import { insertDelivery } from '../deliveries/insert-delivery.ts';
import { applyChange } from './apply-change.ts';
import type { Refusal } from './conflict.ts';
import { insertEvent, insertIdempotency } from './record-changes.ts';

/** Where it answers a conflict the caller undoes what was written until then. */
export function applyUnit(db: Connection, unit: WriteUnit, now: number): CommitResult {
	const entered: Entered = { taken: [], due: [] };
	const what = applyParts(db, unit, now, entered);
	return what === undefined ? { kind: 'committed', ...entered } : { kind: 'conflict', what };
}

interface Entered {
	readonly taken: ClaimedDelivery[];
	readonly due: Committed['due'][number][];
}

function applyParts(db: Connection, unit: WriteUnit, now: number, { taken, due }: Entered): Refusal {
	let refusal: Refusal = unit.idempotency && insertIdempotency(db, unit.idempotency);
	if (refusal !== undefined) return refusal;
	for (const change of unit.changes) {
		refusal = applyChange(db, change);
		if (refusal !== undefined) return refusal;
	}
	for (const event of unit.events) {
		refusal = insertEvent(db, event);
		if (refusal !== undefined) return refusal;
	}
	for (const delivery of unit.deliveries) {
		const inserted = insertDelivery(db, delivery, now);
		if (inserted === 'exists') return inserted;
		if (inserted.taken !== undefined) taken.push(inserted.taken);
		if (inserted.dueAt !== null) due.push({ webhookId: delivery.webhookId, dueAt: inserted.dueAt });
	}
	return undefined;
}
