/** Reads what is kept as it came: the journal, and answers by idempotency key. */
import type { IdempotencyReads, IdempotencyRecord } from '../../../ports/idempotency.ts';
import type { JournalReads } from '../../../ports/journal.ts';
import { type JournalRow, toEntry } from '../../shared/journal-row.ts';
import type { Connection } from '../connection.ts';
import type { WaitingInstances } from './waiting-instances.ts';

export const WAITING_FOR: string = `
	SELECT * FROM journal INDEXED BY journal_waiting WHERE instance_id = ? AND waits_for = ? AND state = 'waiting' ORDER BY seq`;
export const ANY_WAITING: string = "SELECT 1 FROM journal INDEXED BY journal_waiting WHERE instance_id = ? AND state = 'waiting' LIMIT 1";
const HAS = 'SELECT 1 FROM journal WHERE instance_id = ? AND observation_id = ?';
export const FAILED: string = "SELECT * FROM journal INDEXED BY journal_failed WHERE state = 'failed' ORDER BY seq LIMIT ?";

export function journalReads(db: Connection, waiting: WaitingInstances): JournalReads {
	return {
		waitingFor: async (instanceId, whatsappId) => {
			if (!waiting.has(instanceId, () => db.get(ANY_WAITING, instanceId) !== undefined)) return [];
			return db.all<JournalRow>(WAITING_FOR, instanceId, whatsappId).map(toEntry);
		},
		has: async (instanceId, observationId) => db.get(HAS, instanceId, observationId) !== undefined,
		failed: async (limit) => db.all<JournalRow>(FAILED, limit).map(toEntry),
	};
}

const FIND_ANSWER = `
	SELECT scope, key, fingerprint, status, sealed_body AS sealedBody, created_at AS createdAt FROM idempotency WHERE scope = ? AND key = ?`;

export function idempotencyReads(db: Connection): IdempotencyReads {
	return {
		find: async (scope, key) => {
			const record = db.get<IdempotencyRecord>(FIND_ANSWER, scope, key);
			return record && { ...record };
		},
	};
}
