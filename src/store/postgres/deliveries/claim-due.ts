/**
 * Takes ready deliveries of the webhooks that were asked for, each one's longest due first. They take turns, one each, so that where the bytes
 * end nobody has taken them all. A webhook costs one seek, however much it has; the others cost nothing.
 */
import type { Claimed, ClaimRequest } from '../../../ports/delivery-work.ts';
import type { Batch, BatchResults, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { type ClaimedRow, toClaimed } from './claimed-row.ts';
import { requireToken, type Taker } from './require-member.ts';

const CLAIM: Sheet = {
	phase: 'claims',
	statement: statement(
		'deliveries_claim',
		`SELECT claimed.* FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) WITH ORDINALITY AS asked (token, now_ms, bytes_max, wants, place),
			LATERAL claim_due(asked.place, asked.token, asked.now_ms, asked.bytes_max, asked.wants) AS claimed`,
	),
	columns: ['int', 'int', 'int', 'text'],
};

/** Of what is left. */
const NEXT_DUE: Sheet = {
	phase: 'claims',
	statement: statement(
		'deliveries_next_due',
		'SELECT asked.webhook_id, next_due(asked.webhook_id) AS due_at FROM unnest($1::text[]) AS asked (webhook_id)',
	),
	columns: ['text'],
	fold: { key: ([webhookId]) => String(webhookId), merge: (earlier) => earlier },
};

/** Throws `lease_lost` where this process is no member. */
export function claimDue(batch: Batch, { now, wants, bytesMax }: ClaimRequest, taker: Taker): (results: BatchResults) => Claimed {
	const token = requireToken(batch, taker);
	const place = batch.add(CLAIM, [token, now, bytesMax, JSON.stringify([...wants])]) + 1;
	// Added after the claim, it runs after it.
	for (const webhookId of wants.keys()) batch.add(NEXT_DUE, [webhookId]);
	return (results) => {
		const claimed = results.of<ClaimedRow>(CLAIM).filter((row) => row.place === place);
		const due = results.of<{ webhook_id: string; due_at: number | null }>(NEXT_DUE).filter((row) => wants.has(row.webhook_id));
		return {
			deliveries: claimed.map(toClaimed),
			dueAt: new Map(due.flatMap(({ webhook_id, due_at }) => (due_at === null ? [] : [[webhook_id, due_at]]))),
		};
	};
}
