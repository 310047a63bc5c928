/** The webhooks that have deliveries with a due time, each with its earliest. Two seeks a webhook, however many deliveries each has. */
import type { Connection } from '../connection.ts';

const FIRST_AFTER = 'SELECT min(webhook_id) FROM deliveries INDEXED BY deliveries_due WHERE due_at IS NOT NULL AND webhook_id >';
const EARLIEST = 'SELECT min(due_at) FROM deliveries INDEXED BY deliveries_due WHERE due_at IS NOT NULL AND webhook_id = hook.webhook_id';
export const DUE_WEBHOOKS: string = `
	WITH RECURSIVE hook (webhook_id) AS (
		SELECT (${FIRST_AFTER} '')
		UNION ALL
		SELECT (${FIRST_AFTER} hook.webhook_id) FROM hook WHERE hook.webhook_id IS NOT NULL
	)
	SELECT webhook_id, (${EARLIEST}) AS due_at FROM hook WHERE webhook_id IS NOT NULL`;

export function dueWebhooks(db: Connection): ReadonlyMap<string, number> {
	const rows = db.all<{ webhook_id: string; due_at: number }>(DUE_WEBHOOKS);
	return new Map(rows.map(({ webhook_id, due_at }) => [webhook_id, due_at]));
}
