/** Writes events, in the order in which they are given. */
import type { DomainEvent } from '../../../domain/event.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';

const INSERT_EVENTS: Sheet = {
	phase: 'events',
	columns: ['text', 'text', 'text', 'text', 'text', 'text', 'int', 'text'],
	statement: statement(
		'events_insert',
		`WITH written AS (
			INSERT INTO events (id, type, account_id, instance_id, instance_phone, chat_id, at, data)
			SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
			ON CONFLICT DO NOTHING RETURNING 1
		)
		SELECT refuse_unless((SELECT count(*) FROM written), cardinality($1::text[]), 'exists')`,
	),
};

/** `exists` where one of the ids is there. */
export function addEvents(batch: Batch, events: readonly DomainEvent[]): void {
	for (const { id, type, accountId, instance, chatId, at, data } of events) {
		batch.add(INSERT_EVENTS, [id, type, accountId, instance?.id, instance?.phone, chatId, at, JSON.stringify(data)]);
	}
}
