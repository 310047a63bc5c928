/**
 * The webhooks that have deliveries with a due time, each with its earliest. One seek a webhook, however many deliveries each has: it is how
 * a claim looks past a webhook that has no room left and a hundred thousand ready deliveries in front of everybody else's.
 */
import type { Connection } from '../connection.ts';

export interface DueWebhook {
	readonly webhook_id: string;
	readonly due_at: number;
}

const FIRST_AFTER = 'SELECT min(webhook_id) FROM deliveries INDEXED BY deliveries_due_by_webhook WHERE due_at IS NOT NULL AND webhook_id >';
const EARLIEST =
	'SELECT min(due_at) FROM deliveries INDEXED BY deliveries_due_by_webhook WHERE due_at IS NOT NULL AND webhook_id = hook.webhook_id';
export const DUE_WEBHOOKS: string = `
	WITH RECURSIVE hook (webhook_id) AS (
		SELECT (${FIRST_AFTER} '')
		UNION ALL
		SELECT (${FIRST_AFTER} hook.webhook_id) FROM hook WHERE hook.webhook_id IS NOT NULL
	)
	SELECT webhook_id, (${EARLIEST}) AS due_at FROM hook WHERE webhook_id IS NOT NULL`;

/** Earliest first. */
export function dueWebhooks(db: Connection): DueWebhook[] {
	return db.all<DueWebhook>(DUE_WEBHOOKS).sort((a, b) => a.due_at - b.due_at);
}
