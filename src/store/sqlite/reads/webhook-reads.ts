/** Reads webhooks. */
import type { WebhookReads } from '../../../ports/webhooks.ts';
import { toWebhook, type WebhookRow } from '../../shared/webhook-row.ts';
import type { Connection } from '../connection.ts';

export function webhookReads(db: Connection): WebhookReads {
	return {
		webhook: async (id) => {
			const row = db.get<WebhookRow>('SELECT * FROM webhooks WHERE id = ?', id);
			return row && toWebhook(row);
		},
		all: async () => db.all<WebhookRow>('SELECT * FROM webhooks ORDER BY seq').map(toWebhook),
		ofAccount: async (accountId) => ({
			webhooks: db.all<WebhookRow>('SELECT * FROM webhooks WHERE account_id = ? ORDER BY seq', accountId).map(toWebhook),
			version: 0,
		}),
	};
}
