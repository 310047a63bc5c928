/** A write unit as rows of the batch of its group. */
import type { CommitConflict, CommitResult, WriteUnit } from '../../../ports/write-unit.ts';
import type { Batch, BatchResults } from '../batch.ts';
import { addDeliveries } from '../deliveries/insert-deliveries.ts';
import type { Taker } from '../deliveries/require-member.ts';
import { addEvents } from '../events/insert-events.ts';
import { cachedRecordOf } from '../reads/read-cache.ts';
import { addChange } from './add-change.ts';
import { checkPlans } from './check-plans.ts';
import { insertIdempotency } from './record-changes.ts';
import { tellRecord } from './tell-record.ts';

/** Answers how to read what became of it. */
export function addUnit(batch: Batch, unit: WriteUnit, now: number, membership: Taker): (results: BatchResults) => CommitResult {
	if (unit.idempotency) insertIdempotency(batch, unit.idempotency);
	for (const planned of unit.plannedWith ?? []) checkPlans(batch, planned);
	for (const change of unit.changes) {
		addChange(batch, change);
		const record = cachedRecordOf(change);
		if (record) tellRecord(batch, record);
	}
	addEvents(batch, unit.events);
	const entered = addDeliveries(batch, unit.deliveries, now, membership);
	return (results) => ({ kind: 'committed', ...entered(results) });
}

const WORDS: ReadonlySet<string> = new Set<CommitConflict['what']>([
	'idempotency',
	'webhooks',
	'exists',
	'message',
	'attendance',
	'journal',
	'document',
	'missing',
]);

/** What a precondition raised. Throws for a word that is none. */
export function conflictOf(word: string): CommitConflict {
	if (!WORDS.has(word)) throw new Error(`a statement refused with the word ${word}`);
	return { kind: 'conflict', what: word as CommitConflict['what'] };
}
