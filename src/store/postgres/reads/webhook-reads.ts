/** Reads webhooks. */
import type { WebhookReads } from '../../../ports/store.ts';
import { toWebhook, type WebhookRow } from '../../shared/webhook-row.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const WEBHOOK: Statement = statement('webhook', 'SELECT * FROM webhooks WHERE id = $1');
const ALL_WEBHOOKS: Statement = statement('all_webhooks', 'SELECT * FROM webhooks ORDER BY seq');

export function webhookReads(db: Queries): WebhookReads {
	return {
		webhook: async (id) => {
			const [row] = await db.query<WebhookRow>(WEBHOOK, [id]);
			return row && toWebhook(row);
		},
		all: async () => (await db.query<WebhookRow>(ALL_WEBHOOKS)).map(toWebhook),
	};
}
