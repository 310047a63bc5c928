/** What of a webhook failed and waits for its next attempt: what is known of its receiver after a restart. */
import type { FailingDelivery } from '../../../ports/store.ts';
import type { Connection } from '../connection.ts';

export const SELECT_FAILING: string = `
	SELECT id, last_error FROM deliveries INDEXED BY deliveries_heads
	WHERE webhook_id = ? AND state = 'pending' AND lane_place < 3 AND last_error IS NOT NULL LIMIT ?`;

interface FailingRow {
	readonly id: string;
	readonly last_error: FailingDelivery['errorClass'];
}

export function listFailing(db: Connection, webhookId: string, limit: number): readonly FailingDelivery[] {
	return db.all<FailingRow>(SELECT_FAILING, webhookId, limit).map((row) => ({ id: row.id, errorClass: row.last_error }));
}
