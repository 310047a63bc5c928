/** A delivery as it is looked at: while it is unsettled its row in `work` tells how it goes, after that its own how it ended. */
import type { Delivery } from '../../../domain/delivery.ts';
import { present } from '../../shared/row-values.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

export interface LookedAtRow {
	readonly seq: number;
	readonly id: string;
	readonly event_id: string;
	readonly event_type: Delivery['eventType'];
	readonly account_id: string;
	readonly webhook_id: string;
	readonly instance_id: string | null;
	readonly chat_id: string | null;
	readonly lane: string | null;
	readonly created_at: number;
	readonly traceparent: string | null;
	readonly state: Delivery['state'];
	readonly due_at: number | null;
	readonly attempts: number;
	readonly last_error: NonNullable<Delivery['lastError']> | null;
	readonly is_overtaken: boolean;
	readonly replayed_at: number | null;
	readonly settled_at: number | null;
	readonly body: string;
}

/** All but the body, which lists leave out. */
export const LOOKED_AT_COLUMNS: string = `deliveries.seq, deliveries.id, deliveries.event_id, deliveries.event_type, deliveries.account_id,
	deliveries.webhook_id, deliveries.instance_id, deliveries.chat_id, deliveries.lane, deliveries.created_at, deliveries.traceparent,
	coalesce(work.state, deliveries.state) AS state, work.due_at,
	CASE WHEN work.seq IS NULL THEN deliveries.attempts ELSE work.attempts END AS attempts,
	CASE WHEN work.seq IS NULL THEN deliveries.last_error ELSE work.last_error END AS last_error,
	CASE WHEN work.seq IS NULL THEN deliveries.is_overtaken ELSE work.is_overtaken END AS is_overtaken,
	CASE WHEN work.seq IS NULL THEN deliveries.replayed_at ELSE work.replayed_at END AS replayed_at,
	CASE WHEN work.seq IS NULL THEN deliveries.settled_at END AS settled_at`;

export const FIND: Statement = statement(
	'delivery_find',
	`SELECT ${LOOKED_AT_COLUMNS}, deliveries.body FROM deliveries LEFT JOIN work ON work.seq = deliveries.seq WHERE deliveries.id = $1`,
);

export async function findDelivery(db: Queries, id: string): Promise<Delivery | undefined> {
	const [row] = await db.query<LookedAtRow>(FIND, [id]);
	return row && toDelivery(row);
}

export function toDelivery(row: LookedAtRow): Delivery {
	return {
		seq: row.seq,
		id: row.id,
		eventId: row.event_id,
		eventType: row.event_type,
		accountId: row.account_id,
		webhookId: row.webhook_id,
		state: row.state,
		attempts: row.attempts,
		isOvertaken: row.is_overtaken,
		isReplay: row.replayed_at !== null,
		createdAt: row.created_at,
		body: row.body,
		...present({
			instanceId: row.instance_id,
			chatId: row.chat_id,
			lane: row.lane,
			dueAt: row.due_at,
			lastError: row.last_error,
			settledAt: row.settled_at,
			traceparent: row.traceparent,
		}),
	};
}
