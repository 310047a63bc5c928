/** Writes what is kept as it came: events, journal entries, and the first answers to requests with an idempotency key. */
import type { DomainEvent } from '../../../domain/event.ts';
import type { IdempotencyRecord } from '../../../ports/idempotency.ts';
import type { JournalEntry, JournalState } from '../../../ports/journal.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const INSERT_EVENT = `
	INSERT INTO events (id, type, account_id, instance_id, instance_phone, chat_id, at, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT DO NOTHING`;

export function insertEvent(db: Connection, event: DomainEvent): Refusal {
	const { id, type, accountId, instance, chatId, at, data } = event;
	const [instanceId, phone] = instance === undefined ? [null, null] : [instance.id, instance.phone];
	const inserted = db.run(INSERT_EVENT, id, type, accountId, instanceId, phone, chatId ?? null, at, JSON.stringify(data));
	return refusedUnless(inserted, 'exists');
}

const INSERT_JOURNAL = `
	INSERT INTO journal (id, instance_id, observation_id, at, observation, state, waits_for, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT DO NOTHING`;
const SETTLE_JOURNAL = 'UPDATE journal SET state = ?, error = ? WHERE id = ?';

export function insertJournalEntry(db: Connection, entry: JournalEntry): Refusal {
	const { id, instanceId, observationId, at, observation, state, waitsFor, error } = entry;
	const inserted = db.run(INSERT_JOURNAL, id, instanceId, observationId, at, observation, state, waitsFor ?? null, error ?? null);
	return refusedUnless(inserted, 'journal');
}

export function settleJournalEntry(db: Connection, id: string, state: JournalState, error: string | undefined): Refusal {
	return refusedUnless(db.run(SETTLE_JOURNAL, state, error ?? null, id), 'missing');
}

const INSERT_IDEMPOTENCY = `
	INSERT INTO idempotency (scope, key, fingerprint, status, sealed_body, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

export function insertIdempotency(db: Connection, record: IdempotencyRecord): Refusal {
	const { scope, key, fingerprint, status, sealedBody, createdAt } = record;
	return refusedUnless(db.run(INSERT_IDEMPOTENCY, scope, key, fingerprint, status, sealedBody, createdAt), 'idempotency');
}
