/** Takes the oldest delivery of a webhook that waits for nobody, due or not: what its receiver is probed with. */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { Batch, BatchResults, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { type ClaimedRow, toClaimed } from './claimed-row.ts';
import { requireToken, type Taker } from './require-member.ts';

const TAKE_OLDEST: Sheet = {
	phase: 'claims',
	statement: statement(
		'deliveries_take_oldest',
		`SELECT taken.* FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS asked (token, webhook_id, place),
			LATERAL take_oldest(asked.place, asked.token, asked.webhook_id) AS taken`,
	),
	columns: ['int', 'text'],
};

/** Throws `lease_lost` where this process is no member. */
export function takeOldest(batch: Batch, webhookId: string, taker: Taker): (results: BatchResults) => ClaimedDelivery | undefined {
	const place = batch.add(TAKE_OLDEST, [requireToken(batch, taker), webhookId]) + 1;
	return (results) => {
		const taken = results.of<ClaimedRow>(TAKE_OLDEST).find((row) => row.place === place);
		return taken && toClaimed(taken);
	};
}
