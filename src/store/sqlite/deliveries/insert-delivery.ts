/** A delivery enters: into a free lane it starts as it was planned, in a busy one it waits. */
import type { ClaimedDelivery, NewDelivery } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { LANE_PLACE } from './lane-place.ts';

/** The store's own word on parking decides, not the unit's: the webhook may have been enabled or disabled since the unit was planned. */
export const LOOK_BEFORE_INSERT: string = `
	SELECT EXISTS (SELECT 1 FROM deliveries WHERE lane = ? AND lane_place > 0) AS is_busy,
		EXISTS (SELECT 1 FROM parked_webhooks WHERE webhook_id = ?) AS is_parked`;

const INSERT = `
	INSERT INTO deliveries (id, event_id, event_type, account_id, webhook_id, instance_id, chat_id, lane, lane_place, state, due_at, created_at, body)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT DO NOTHING`;

export type Inserted = { readonly taken: ClaimedDelivery | undefined } | 'exists';

/** Answers the delivery where it is to be attempted at once. */
export function insertDelivery(db: Connection, delivery: NewDelivery, now: number): Inserted {
	const lane = delivery.lane ?? null;
	const look = db.get<{ is_busy: number; is_parked: number }>(LOOK_BEFORE_INSERT, lane, delivery.webhookId);
	const isFree = look?.is_busy === 0;
	const mayStart = isFree && look.is_parked === 0;
	const isTaken = mayStart && delivery.start === 'take';
	const inserted = db.run(
		INSERT,
		delivery.id,
		delivery.eventId,
		delivery.eventType,
		delivery.accountId,
		delivery.webhookId,
		delivery.instanceId,
		delivery.chatId ?? null,
		lane,
		lane === null ? LANE_PLACE.none : isFree ? LANE_PLACE.holder : LANE_PLACE.waits,
		isTaken ? 'sending' : 'pending',
		mayStart && !isTaken ? now : null,
		delivery.createdAt,
		delivery.body,
	);
	if (inserted === 0) return 'exists';
	return { taken: isTaken ? toTaken(delivery) : undefined };
}

function toTaken(delivery: NewDelivery): ClaimedDelivery {
	return {
		id: delivery.id,
		eventType: delivery.eventType,
		webhookId: delivery.webhookId,
		body: delivery.body,
		createdAt: delivery.createdAt,
		attempts: 0,
		isOvertaken: false,
		isReplay: false,
		...(delivery.lane === undefined ? {} : { lane: delivery.lane }),
	};
}
