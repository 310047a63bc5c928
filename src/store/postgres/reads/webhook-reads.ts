/** Reads webhooks. */
import type { WebhookReads } from '../../../ports/webhooks.ts';
import { toWebhook, type WebhookRow } from '../../shared/webhook-row.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const WEBHOOK: Statement = statement('webhook', 'SELECT * FROM webhooks WHERE id = $1');
const ALL_WEBHOOKS: Statement = statement('all_webhooks', 'SELECT * FROM webhooks ORDER BY seq');
/** The version on each row, and on one without a webhook where there is none: one statement sees one moment. */
const WEBHOOKS_OF_ACCOUNT: Statement = statement(
	'webhooks_of_account',
	`SELECT webhooks.*, coalesce(versions.version, 0) AS version
	FROM (VALUES ($1::text)) AS asked (account_id)
	LEFT JOIN account_webhook_versions AS versions USING (account_id)
	LEFT JOIN webhooks USING (account_id)
	ORDER BY webhooks.seq`,
);

type VersionedRow = (WebhookRow | { readonly id: null }) & { readonly version: number };

export function webhookReads(db: Queries): WebhookReads {
	return {
		webhook: async (id) => {
			const [row] = await db.query<WebhookRow>(WEBHOOK, [id]);
			return row && toWebhook(row);
		},
		all: async () => (await db.query<WebhookRow>(ALL_WEBHOOKS)).map(toWebhook),
		ofAccount: async (accountId) => {
			const rows = await db.query<VersionedRow>(WEBHOOKS_OF_ACCOUNT, [accountId]);
			return { webhooks: rows.flatMap((row) => (row.id === null ? [] : [toWebhook(row)])), version: rows[0]?.version ?? 0 };
		},
	};
}
