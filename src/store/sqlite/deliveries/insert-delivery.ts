/** A delivery enters: into a free lane it starts as it was planned, in a busy one it waits. */
import type { ClaimedDelivery, NewDelivery } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { enterLane } from './enter-lane.ts';

const INSERT = `
	INSERT INTO deliveries (id, event_id, event_type, account_id, webhook_id, instance_id, chat_id, lane, lane_place, state, due_at, created_at,
		traceparent, body)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT DO NOTHING`;

export type Inserted = { readonly taken: ClaimedDelivery | undefined; readonly dueAt: number | null } | 'exists';

/** Answers the delivery where it is to be attempted at once, and otherwise when it is due, if it is. */
export function insertDelivery(db: Connection, delivery: NewDelivery, now: number): Inserted {
	const lane = delivery.lane ?? null;
	const entry = enterLane(db, lane, now);
	const isTaken = entry.mayStart && delivery.start === 'take';
	const dueAt = entry.mayStart && !isTaken ? now : entry.dueAt;
	const seq = db.insert(
		INSERT,
		delivery.id,
		delivery.eventId,
		delivery.eventType,
		delivery.accountId,
		delivery.webhookId,
		delivery.instanceId ?? null,
		delivery.chatId ?? null,
		lane,
		entry.place,
		isTaken ? 'sending' : 'pending',
		dueAt,
		delivery.createdAt,
		delivery.traceparent ?? null,
		delivery.body,
	);
	if (seq === undefined) return 'exists';
	return { taken: isTaken ? toTaken(delivery, seq) : undefined, dueAt };
}

function toTaken(delivery: NewDelivery, seq: number): ClaimedDelivery {
	return {
		id: delivery.id,
		seq,
		eventType: delivery.eventType,
		webhookId: delivery.webhookId,
		body: delivery.body,
		createdAt: delivery.createdAt,
		attempts: 0,
		isOvertaken: false,
		isReplay: false,
		...(delivery.lane === undefined ? {} : { lane: delivery.lane }),
		...(delivery.traceparent === undefined ? {} : { traceparent: delivery.traceparent }),
	};
}
