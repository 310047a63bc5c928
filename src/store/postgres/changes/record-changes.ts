/** Writes what is kept as it came: journal entries, and the first answers to requests with an idempotency key. */
import type { IdempotencyRecord } from '../../../ports/idempotency.ts';
import type { JournalEntry, JournalState } from '../../../ports/journal.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, insertion, refusedUnlessWritten } from './sheets.ts';

const INSERT_JOURNAL: Sheet = insertion(
	{
		phase: 'records',
		table: 'journal',
		columns: {
			id: 'text',
			instance_id: 'text',
			observation_id: 'text',
			at: 'int',
			observation: 'text',
			state: 'text',
			waits_for: 'text',
			error: 'text',
		},
	},
	'journal',
);
const SETTLE_JOURNAL: Sheet = {
	phase: 'records',
	statement: statement(
		'journal_settle',
		`WITH written AS (
			UPDATE journal SET state = given.state, error = given.error
			FROM unnest($1::text[], $2::text[], $3::text[]) AS given (id, state, error) WHERE journal.id = given.id RETURNING 1
		) ${refusedUnlessWritten('missing')}`,
	),
	columns: ['text', 'text', 'text'],
};

/** Without a lock: an instance is worked by one process at a time. */
export function insertJournalEntry(batch: Batch, entry: JournalEntry): void {
	const { id, instanceId, observationId, at, observation, state, waitsFor, error } = entry;
	batch.add(INSERT_JOURNAL, [id, instanceId, observationId, at, observation, state, waitsFor, error], [`journal/${id}`]);
}

export function settleJournalEntry(batch: Batch, id: string, state: JournalState, error: string | undefined): void {
	addLocked(batch, SETTLE_JOURNAL, [id, state, error], `journal/${id}`);
}

const INSERT_IDEMPOTENCY: Sheet = insertion(
	{
		phase: 'idempotency',
		table: 'idempotency',
		columns: { scope: 'text', key: 'text', fingerprint: 'text', status: 'int', sealed_body: 'text', created_at: 'int' },
	},
	'idempotency',
);

/** Without a key of the batch: a second one with it is refused, and never comes after the first. */
export function insertIdempotency(batch: Batch, record: IdempotencyRecord): void {
	const { scope, key, fingerprint, status, sealedBody, createdAt } = record;
	batch.lock(`idempotency/${scope}/${key}`);
	batch.add(INSERT_IDEMPOTENCY, [scope, key, fingerprint, status, sealedBody, createdAt]);
}
