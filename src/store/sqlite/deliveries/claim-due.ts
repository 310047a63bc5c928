/**
 * Takes ready deliveries whose time has come, earliest due first, no more of a webhook than it has room for. The due index is walked a little
 * further than the limit; where webhooks without room fill that stretch, the others are looked at one by one, so that nobody's backlog hides them.
 */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { ClaimRequest } from '../../../ports/store.ts';
import type { Connection } from '../connection.ts';
import { dueWebhooks } from './due-webhooks.ts';
import { SELECT_DUE_OF_WEBHOOK, takeDue } from './take-due.ts';

export function claimDue(db: Connection, request: ClaimRequest): readonly ClaimedDelivery[] {
	const claimed: ClaimedDelivery[] = [];
	for (const { seq } of chooseByTime(db, request) ?? chooseByWebhook(db, request)) {
		const delivery = takeDue(db, seq);
		if (delivery !== undefined) claimed.push(delivery);
	}
	return claimed;
}

interface Due {
	readonly seq: number;
	readonly due_at: number;
	readonly webhook_id: string;
}

/** How far beyond the limit the due index is walked, where the limit is not reached before. */
const WALK_BEYOND = 256;
export const SELECT_DUE: string = `
	SELECT seq, due_at, webhook_id FROM deliveries INDEXED BY deliveries_due
	WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, seq LIMIT ?`;

/** Undefined where the walk ended before the limit was reached, and there may be more behind. */
function chooseByTime(db: Connection, request: ClaimRequest): readonly Due[] | undefined {
	for (const walk of [request.limit, request.limit + WALK_BEYOND]) {
		const met = db.all<Due>(SELECT_DUE, request.now, walk);
		const chosen = withinRoom(met, request);
		if (chosen.length === request.limit || met.length < walk) return chosen;
	}
	return undefined;
}

function withinRoom(met: readonly Due[], request: ClaimRequest): readonly Due[] {
	const taken = new Map<string, number>();
	const chosen: Due[] = [];
	for (const due of met) {
		if (chosen.length === request.limit) break;
		const count = taken.get(due.webhook_id) ?? 0;
		if (count >= roomOf(request, due.webhook_id)) continue;
		taken.set(due.webhook_id, count + 1);
		chosen.push(due);
	}
	return chosen;
}

function chooseByWebhook(db: Connection, request: ClaimRequest): readonly Due[] {
	let chosen: Due[] = [];
	for (const webhook of dueWebhooks(db)) {
		const last = chosen[request.limit - 1];
		// They come by their earliest: from here on none has anything that is due before what is chosen.
		if (webhook.due_at > request.now || (last !== undefined && last.due_at <= webhook.due_at)) break;
		const room = Math.min(roomOf(request, webhook.webhook_id), request.limit);
		if (room <= 0) continue;
		const due = db.all<Due>(SELECT_DUE_OF_WEBHOOK, webhook.webhook_id, request.now, room);
		chosen = [...chosen, ...due].sort((a, b) => a.due_at - b.due_at || a.seq - b.seq).slice(0, request.limit);
	}
	return chosen;
}

function roomOf(request: ClaimRequest, webhookId: string): number {
	return request.roomLeft.get(webhookId) ?? request.roomPerWebhook;
}
