/** The webhooks that have deliveries with a due time, each with its earliest. One seek a webhook, however many deliveries each has. */
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const DUE_WEBHOOKS: Statement = statement('deliveries_due_webhooks', 'SELECT webhook_id, due_at FROM due_webhooks()');

export async function dueWebhooks(db: Queries): Promise<ReadonlyMap<string, number>> {
	const rows = await db.query<{ webhook_id: string; due_at: number }>(DUE_WEBHOOKS);
	return new Map(rows.map(({ webhook_id, due_at }) => [webhook_id, due_at]));
}
