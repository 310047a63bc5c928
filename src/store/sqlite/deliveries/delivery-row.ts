/** A row of `deliveries`, and how it is told: as the delivery that a process holds, or as one that is looked at. */
import type { ClaimedDelivery, Delivery, DeliveryState } from '../../../domain/delivery.ts';
import { present } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';

export interface DeliveryRow {
	readonly seq: number;
	readonly id: string;
	readonly event_id: string;
	readonly event_type: Delivery['eventType'];
	readonly account_id: string;
	readonly webhook_id: string;
	readonly instance_id: string | null;
	readonly chat_id: string | null;
	readonly lane: string | null;
	readonly lane_place: number;
	readonly state: DeliveryState;
	readonly due_at: number | null;
	readonly held_since: number | null;
	readonly lane_free_at: number | null;
	readonly attempts: number;
	readonly last_error: NonNullable<Delivery['lastError']> | null;
	readonly is_overtaken: number;
	readonly created_at: number;
	readonly replayed_at: number | null;
	readonly settled_at: number | null;
	readonly traceparent: string | null;
	readonly body: string;
}

/** All but the body, which lists leave out. */
export const DELIVERY_COLUMNS: string = `deliveries.seq, deliveries.id, event_id, event_type, deliveries.account_id, webhook_id,
	deliveries.instance_id, deliveries.chat_id, lane, lane_place, state, due_at, held_since, lane_free_at, attempts, last_error, is_overtaken,
	created_at, replayed_at, settled_at, traceparent`;

/** Without its body. */
export type BareRow = Omit<DeliveryRow, 'body'>;

const SELECT_BY_ID = `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE id = ?`;
const SELECT_BY_SEQ = `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE seq = ?`;
const SELECT_WITH_BODY = `SELECT ${DELIVERY_COLUMNS}, body FROM deliveries WHERE id = ?`;

export function findDeliveryRow(db: Connection, id: string): BareRow | undefined {
	return db.get<BareRow>(SELECT_BY_ID, id);
}

export function findDeliveryRowAt(db: Connection, seq: number): BareRow | undefined {
	return db.get<BareRow>(SELECT_BY_SEQ, seq);
}

export function findDelivery(db: Connection, id: string): Delivery | undefined {
	const row = db.get<DeliveryRow>(SELECT_WITH_BODY, id);
	return row && toDelivery(row);
}

export function toDelivery(row: DeliveryRow): Delivery {
	return {
		seq: row.seq,
		id: row.id,
		eventId: row.event_id,
		eventType: row.event_type,
		accountId: row.account_id,
		webhookId: row.webhook_id,
		state: row.state,
		attempts: row.attempts,
		isOvertaken: row.is_overtaken === 1,
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

/** The columns that `toClaimed` reads. */
export const CLAIMED_COLUMNS: string =
	'seq, id, event_type, webhook_id, lane, lane_place, held_since, attempts, is_overtaken, created_at, replayed_at, traceparent, body';

export type ClaimedRow = Pick<
	DeliveryRow,
	| 'seq'
	| 'id'
	| 'event_type'
	| 'webhook_id'
	| 'lane'
	| 'lane_place'
	| 'held_since'
	| 'attempts'
	| 'is_overtaken'
	| 'created_at'
	| 'replayed_at'
	| 'traceparent'
	| 'body'
>;

export function toClaimed(row: ClaimedRow, blockedBy?: string): ClaimedDelivery {
	const claimed: { -readonly [K in keyof ClaimedDelivery]: ClaimedDelivery[K] } = {
		id: row.id,
		seq: row.seq,
		eventType: row.event_type,
		webhookId: row.webhook_id,
		body: row.body,
		createdAt: row.created_at,
		attempts: row.attempts,
		isOvertaken: row.is_overtaken === 1,
		isReplay: row.replayed_at !== null,
	};
	if (row.lane !== null) claimed.lane = row.lane;
	if (row.held_since !== null) claimed.heldSince = row.held_since;
	if (row.traceparent !== null) claimed.traceparent = row.traceparent;
	if (blockedBy !== undefined) claimed.blockedBy = blockedBy;
	return claimed;
}
