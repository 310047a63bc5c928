/** When there is something to claim next. */
import type { Connection } from '../connection.ts';
import { type DueWebhook, dueWebhooks } from './due-webhooks.ts';

export const SELECT_NEXT_DUE: string = `
	SELECT webhook_id, due_at FROM deliveries INDEXED BY deliveries_due WHERE due_at IS NOT NULL ORDER BY due_at, seq LIMIT ?`;

/** How far the due index is walked before webhooks are looked at one by one. */
const WALK = 64;

/** Of the webhooks that are not excepted; undefined where none has anything due, ever. */
export function nextDueAt(db: Connection, except: ReadonlySet<string>): number | undefined {
	const isWanted = (due: DueWebhook): boolean => !except.has(due.webhook_id);
	const walk = except.size === 0 ? 1 : WALK;
	const first = db.all<DueWebhook>(SELECT_NEXT_DUE, walk);
	const found = first.find(isWanted);
	if (found !== undefined || first.length < walk) return found?.due_at;
	return dueWebhooks(db).find(isWanted)?.due_at;
}
