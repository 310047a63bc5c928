/** Reads what is kept as it came: the journal, and answers by idempotency key. */
import type { IdempotencyReads, IdempotencyRecord } from '../../../ports/idempotency.ts';
import type { JournalEntry, JournalReads } from '../../../ports/journal.ts';
import { type JournalRow, toEntry } from '../../shared/journal-row.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

export const WAITING_FOR: Statement = statement(
	'journal_waiting_for',
	"SELECT * FROM journal WHERE instance_id = $1 AND waits_for = $2 AND state = 'waiting' ORDER BY seq",
);
const HAS: Statement = statement('journal_has', 'SELECT 1 FROM journal WHERE instance_id = $1 AND observation_id = $2');
export const FAILED: Statement = statement('journal_failed', "SELECT * FROM journal WHERE state = 'failed' ORDER BY seq LIMIT $1");

export function journalReads(db: Queries): JournalReads {
	const entries = (rows: readonly JournalRow[]): JournalEntry[] => rows.map(toEntry);
	return {
		waitingFor: async (instanceId, whatsappId) => entries(await db.query<JournalRow>(WAITING_FOR, [instanceId, whatsappId])),
		has: async (instanceId, observationId) => (await db.query(HAS, [instanceId, observationId])).length > 0,
		failed: async (limit) => entries(await db.query<JournalRow>(FAILED, [limit])),
	};
}

const FIND_ANSWER: Statement = statement(
	'idempotency_find',
	`SELECT scope, key, fingerprint, status, sealed_body AS "sealedBody", created_at AS "createdAt" FROM idempotency WHERE scope = $1 AND key = $2`,
);

export function idempotencyReads(db: Queries): IdempotencyReads {
	return { find: async (scope, key) => (await db.query<IdempotencyRecord>(FIND_ANSWER, [scope, key]))[0] };
}
