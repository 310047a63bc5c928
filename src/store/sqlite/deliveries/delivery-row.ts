/** A row of `deliveries`, and how it is told: as the delivery that a process holds, or as one that is looked at. */
import type { ClaimedDelivery, Delivery, DeliveryState } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { present } from '../row-values.ts';

export interface DeliveryRow {
	readonly seq: number;
	readonly id: string;
	readonly event_id: string;
	readonly event_type: Delivery['eventType'];
	readonly account_id: string;
	readonly webhook_id: string;
	readonly instance_id: string;
	readonly chat_id: string | null;
	readonly lane: string | null;
	readonly lane_place: number;
	readonly state: DeliveryState;
	readonly due_at: number | null;
	readonly held_since: number | null;
	readonly attempts: number;
	readonly last_error: NonNullable<Delivery['lastError']> | null;
	readonly is_overtaken: number;
	readonly is_replay: number;
	readonly created_at: number;
	readonly settled_at: number | null;
	readonly body: string;
}

/** All but the body, which lists leave out. */
export const DELIVERY_COLUMNS: string = `seq, id, event_id, event_type, account_id, webhook_id, instance_id, chat_id, lane, lane_place, state,
	due_at, held_since, attempts, last_error, is_overtaken, is_replay, created_at, settled_at`;

const SELECT_BY_ID = `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE id = ?`;
const SELECT_WITH_BODY = `SELECT ${DELIVERY_COLUMNS}, body FROM deliveries WHERE id = ?`;

/** Without its body. */
export function findDeliveryRow(db: Connection, id: string): Omit<DeliveryRow, 'body'> | undefined {
	return db.get<Omit<DeliveryRow, 'body'>>(SELECT_BY_ID, id);
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
		instanceId: row.instance_id,
		state: row.state,
		attempts: row.attempts,
		isOvertaken: row.is_overtaken === 1,
		isReplay: row.is_replay === 1,
		createdAt: row.created_at,
		body: row.body,
		...present({
			chatId: row.chat_id,
			lane: row.lane,
			dueAt: row.due_at,
			lastError: row.last_error,
			settledAt: row.settled_at,
		}),
	};
}

/** The columns that `toClaimed` reads. */
export const CLAIMED_COLUMNS: string =
	'seq, id, event_type, webhook_id, lane, lane_place, held_since, attempts, is_overtaken, is_replay, created_at, body';

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
	| 'is_replay'
	| 'created_at'
	| 'body'
>;

export function toClaimed(row: ClaimedRow, blockedBy?: string): ClaimedDelivery {
	return {
		id: row.id,
		eventType: row.event_type,
		webhookId: row.webhook_id,
		body: row.body,
		createdAt: row.created_at,
		attempts: row.attempts,
		isOvertaken: row.is_overtaken === 1,
		isReplay: row.is_replay === 1,
		...(row.lane === null ? {} : { lane: row.lane }),
		...(row.held_since === null ? {} : { heldSince: row.held_since }),
		...(blockedBy === undefined ? {} : { blockedBy }),
	};
}
