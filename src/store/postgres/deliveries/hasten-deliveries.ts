/**
 * A receiver is back: what sleeps of its webhook is due, and its lanes are free of their past. Submitted with the claims, which it goes before: one that
 * came first would still know how long its lane was held, and the next one would overtake it.
 */
import { storable } from '../arrays.ts';
import type { Batch, BatchResults, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';

const HASTEN: Sheet = {
	phase: 'settlements',
	statement: statement(
		'deliveries_hasten',
		`SELECT hasten_deliveries(asked.webhook_id, asked.at, asked.at_most) AS count
		FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS asked (webhook_id, at, at_most, place) ORDER BY asked.place`,
	),
	columns: ['text', 'int', 'int'],
};

/** Answers how many were changed. */
export function hastenDeliveries(batch: Batch, webhookId: string, at: number, limit: number): (results: BatchResults) => number {
	const place = batch.add(HASTEN, [storable(webhookId), at, limit]);
	return (results) => results.of<{ count: number }>(HASTEN)[place]?.count ?? 0;
}
