/** What the functions tell of a delivery that was taken (the type `claimed`). */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import { present } from '../../shared/row-values.ts';

export interface ClaimedRow {
	/** Which row of the statement asked for it, from 1. */
	readonly place: number;
	readonly seq: number;
	readonly id: string;
	readonly event_type: ClaimedDelivery['eventType'];
	readonly webhook_id: string;
	readonly lane: string | null;
	readonly held_since: number | null;
	readonly attempts: number;
	readonly is_overtaken: boolean;
	readonly created_at: number;
	readonly replayed_at: number | null;
	readonly traceparent: string | null;
	readonly blocked_by: string | null;
	readonly body: string;
}

export function toClaimed(row: ClaimedRow): ClaimedDelivery {
	return {
		id: row.id,
		seq: row.seq,
		eventType: row.event_type,
		webhookId: row.webhook_id,
		body: row.body,
		createdAt: row.created_at,
		attempts: row.attempts,
		isOvertaken: row.is_overtaken,
		isReplay: row.replayed_at !== null,
		...present({ lane: row.lane, heldSince: row.held_since, traceparent: row.traceparent, blockedBy: row.blocked_by }),
	};
}
