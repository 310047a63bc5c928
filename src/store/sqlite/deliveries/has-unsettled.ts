/** Whether anything of a webhook is pending or sending. */
import type { Connection } from '../connection.ts';

export const HAS_PENDING: string = `
	SELECT 1 FROM deliveries INDEXED BY deliveries_webhook_state
	WHERE webhook_id = ? AND state = 'pending' AND state NOT IN ('sending', 'delivered') LIMIT 1`;
/** Of all webhooks: what is in hand is bounded. */
export const HAS_SENDING: string = `
	SELECT 1 FROM deliveries INDEXED BY deliveries_state WHERE state = 'sending' AND state <> 'delivered' AND webhook_id = ? LIMIT 1`;

export function hasUnsettled(db: Connection, webhookId: string): boolean {
	return db.get(HAS_PENDING, webhookId) !== undefined || db.get(HAS_SENDING, webhookId) !== undefined;
}
