/**
 * Takes ready deliveries of the webhooks that were asked for, each one's longest due first. They take turns, one each, so that where the bytes
 * end nobody has taken them all. A webhook costs one seek, however much it has; the others cost nothing.
 */
import type { ClaimedDelivery } from '../../../domain/delivery.ts';
import type { Claimed, ClaimRequest } from '../../../ports/delivery-work.ts';
import type { Connection } from '../connection.ts';
import { takeDelivery } from './take-delivery.ts';

export const SELECT_DUE: string = `
	SELECT seq, due_at FROM deliveries INDEXED BY deliveries_due
	WHERE webhook_id = ? AND due_at IS NOT NULL ORDER BY due_at, seq LIMIT ?`;

interface Asked {
	readonly webhookId: string;
	/** As many as are wanted, and one more: the first that is left says when there is more. */
	readonly due: readonly { readonly seq: number; readonly due_at: number }[];
	readonly wanted: number;
	taken: number;
}

export function claimDue(db: Connection, { now, wants, bytesMax }: ClaimRequest): Claimed {
	const asked: Asked[] = [];
	for (const [webhookId, wanted] of wants) asked.push({ webhookId, wanted, taken: 0, due: db.all(SELECT_DUE, webhookId, wanted + 1) });
	const deliveries = takeInTurns(db, asked, now, bytesMax);
	const dueAt = new Map<string, number>();
	for (const { webhookId, due, taken } of asked) {
		const left = due[taken];
		if (left !== undefined) dueAt.set(webhookId, left.due_at);
	}
	return { deliveries, dueAt };
}

function takeInTurns(db: Connection, asked: readonly Asked[], now: number, bytesMax: number): ClaimedDelivery[] {
	const deliveries: ClaimedDelivery[] = [];
	let bytes = 0;
	let turns = asked;
	while (turns.length > 0) {
		turns = turns.filter((one) => {
			const next = one.taken < one.wanted ? one.due[one.taken] : undefined;
			if (next === undefined || next.due_at > now || bytes >= bytesMax) return false;
			const delivery = takeDelivery(db, next.seq);
			one.taken += 1;
			if (delivery === undefined) return true;
			bytes += Buffer.byteLength(delivery.body);
			deliveries.push(delivery);
			return true;
		});
	}
	return deliveries;
}
