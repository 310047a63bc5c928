/** An event goes with its deliveries and their attempts. What is pending is cancelled before; what is being sent stays, and the event with it. */
import type { Connection } from '../connection.ts';
import { type BareRow, DELIVERY_COLUMNS } from '../deliveries/delivery-row.ts';
import { discardDelivery } from '../deliveries/discard-delivery.ts';
import { ATTEMPT_KEYS } from '../deliveries/record-attempt.ts';

export interface EventErased {
	readonly isGone: boolean;
	/** Behind what was cancelled something may be ready. */
	readonly webhookIds: readonly string[];
}

const DELIVERIES = `SELECT ${DELIVERY_COLUMNS} FROM deliveries INDEXED BY deliveries_event WHERE event_id = ?`;
const REMOVE_ATTEMPTS = 'DELETE FROM attempts WHERE seq >= ? AND seq < ?';
const REMOVE_DELIVERY = 'DELETE FROM deliveries WHERE seq = ? AND seq < (SELECT max(seq) FROM deliveries)';
/** The newest stays, so that its row id is not given again: of no webhook, and with nothing in it. */
const EMPTY_DELIVERY = "UPDATE deliveries SET webhook_id = '', event_id = '', chat_id = NULL, lane = NULL, body = '' WHERE seq = ?";

export function eraseEvent(db: Connection, event: { readonly seq: number; readonly id: string }, at: number): EventErased {
	const deliveries = db.all<BareRow>(DELIVERIES, event.id);
	const webhookIds: string[] = [];
	let isGone = true;
	for (const delivery of deliveries) {
		if (delivery.state === 'sending') {
			isGone = false;
			continue;
		}
		if (delivery.state === 'pending' && discardDelivery(db, delivery, at)) webhookIds.push(delivery.webhook_id);
		db.run(REMOVE_ATTEMPTS, delivery.seq * ATTEMPT_KEYS, (delivery.seq + 1) * ATTEMPT_KEYS);
		if (db.run(REMOVE_DELIVERY, delivery.seq) === 0) db.run(EMPTY_DELIVERY, delivery.seq);
	}
	if (isGone) db.run('DELETE FROM events WHERE seq = ?', event.seq);
	return { isGone, webhookIds };
}
