/** Events go with their deliveries and their attempts. What is pending is cancelled before; what is being sent stays, and its event with it. */
import type { AboutErased } from '../../shared/erasing.ts';
import { ints, texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { LOCK_LANES } from '../jobs/step-job.ts';
import { type Statement, statement } from '../statement.ts';

/** Looked up event by event, in the index of each partition. */
const DELIVERIES: Statement = statement(
	'personal_deliveries',
	`SELECT found.seq, found.webhook_id, found.state = 'open' AS is_open FROM unnest($1::text[]) AS given (id)
	CROSS JOIN LATERAL (SELECT seq, webhook_id, state FROM deliveries WHERE event_id = given.id OFFSET 0) AS found`,
);
const DISCARD: Statement = statement(
	'personal_discard',
	'SELECT discard_delivery(seq, $2) AS is_done FROM (SELECT seq FROM unnest($1::bigint[]) AS seq ORDER BY seq OFFSET 0) AS given',
);
const REMOVE_DELIVERIES: Statement = statement(
	'personal_remove_deliveries',
	`WITH gone AS (DELETE FROM deliveries WHERE seq = ANY($1::bigint[]) AND state <> 'open' RETURNING seq)
	DELETE FROM attempts WHERE delivery_seq = ANY($1::bigint[]) AND delivery_seq IN (SELECT seq FROM gone)`,
);
const REMOVE_EVENTS: Statement = statement(
	'personal_remove_events',
	`DELETE FROM events WHERE seq = ANY($1::bigint[])
		AND NOT EXISTS (SELECT FROM deliveries WHERE deliveries.event_id = events.id OFFSET 0) RETURNING seq`,
);

export async function eraseEvents(
	db: Queries,
	events: readonly { readonly seq: number; readonly id: string }[],
	at: number,
): Promise<AboutErased> {
	if (events.length === 0) return { erased: 0, isWaiting: false, webhookIds: [] };
	const deliveries = await db.query<{ seq: number; webhook_id: string; is_open: boolean }>(DELIVERIES, [texts(events.map(({ id }) => id))]);
	const open = deliveries.filter(({ is_open }) => is_open);
	if (open.length > 0) {
		const seqs = ints(open.map(({ seq }) => seq));
		await db.query(LOCK_LANES, [seqs]);
		await db.query(DISCARD, [seqs, at]);
	}
	await db.query(REMOVE_DELIVERIES, [ints(deliveries.map(({ seq }) => seq))]);
	const gone = await db.query(REMOVE_EVENTS, [ints(events.map(({ seq }) => seq))]);
	return {
		erased: gone.length,
		isWaiting: gone.length < events.length,
		webhookIds: [...new Set(open.map(({ webhook_id }) => webhook_id))],
	};
}
