/** Reads what is kept as it came: the journal, and answers by idempotency key. */
import type { IdempotencyReads, IdempotencyRecord } from '../../../ports/idempotency.ts';
import type { JournalEntry, JournalReads } from '../../../ports/journal.ts';
import { type JournalRow, toEntry } from '../../shared/journal-row.ts';
import { texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { type Answer, Gathering } from './gathering.ts';

/** Each message is sought by itself (`OFFSET 0` keeps it so): a plan made while few entries wait would read all of them instead. */
export const WAITING_FOR: Statement = statement(
	'journal_waiting_for',
	`SELECT given.asked, entries.*
	FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (instance_id, whatsapp_id, asked)
	CROSS JOIN LATERAL (
		SELECT * FROM journal WHERE instance_id = given.instance_id AND waits_for = given.whatsapp_id AND state = 'waiting' ORDER BY seq OFFSET 0
	) AS entries
	ORDER BY entries.seq`,
);
const HAS: Statement = statement('journal_has', 'SELECT 1 FROM journal WHERE instance_id = $1 AND observation_id = $2');
export const FAILED: Statement = statement('journal_failed', "SELECT * FROM journal WHERE state = 'failed' ORDER BY seq LIMIT $1");

interface AwaitedMessage {
	readonly instanceId: string;
	readonly whatsappId: string;
}

export function journalReads(db: Queries): JournalReads {
	const waitingFor = new Gathering<AwaitedMessage, JournalRow & Answer>(db, WAITING_FOR, (messages) => [
		texts(messages.map(({ instanceId }) => instanceId)),
		texts(messages.map(({ whatsappId }) => whatsappId)),
	]);
	const entries = (rows: readonly JournalRow[]): JournalEntry[] => rows.map(toEntry);
	return {
		waitingFor: async (instanceId, whatsappId) => entries(await waitingFor.ask({ instanceId, whatsappId })),
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
