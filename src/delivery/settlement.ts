/** From a verdict to what the store writes about it, and to what is told about it. */
import type { Attempt, AttemptErrorClass, ClaimedDelivery, Settlement } from '../domain/delivery.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { AttemptTold, DeliveryTold } from '../observe/observer.ts';
import type { Random } from '../ports/clock.ts';
import type { OutboundResult } from '../ports/sender.ts';
import type { DeliveryOptions } from './options.ts';
import { nextAttemptAt } from './schedule.ts';
import type { Verdict } from './verdict.ts';

export interface AttemptMade {
	readonly delivery: ClaimedDelivery;
	readonly webhook: Webhook;
	readonly verdict: Exclude<Verdict, { kind: 'interrupted' }>;
	readonly attempt: Pick<Attempt, 'id' | 'startedAt' | 'url' | 'requestHeaders'> & { readonly result: OutboundResult };
	readonly now: number;
	/** The dispatcher has room for the next of the lane. */
	readonly takeNext: boolean;
}

export function settlementOf(
	made: AttemptMade,
	parts: { readonly options: DeliveryOptions; readonly random: Random },
): Exclude<Settlement, { outcome: 'released' }> {
	const { delivery, webhook, verdict, now, takeNext } = made;
	const { options } = parts;
	const base = { deliveryId: delivery.id, at: now, attempt: attemptOf(made) };
	switch (verdict.kind) {
		case 'delivered':
			return { outcome: 'delivered', ...base, takeNext };
		case 'gone':
			// The webhook was disabled before: the next of the lane parks.
			return { outcome: 'dead', ...base, takeNext: false };
		case 'retry': {
			const dueAt = nextAttemptAt(
				{
					scheduleMs: webhook.scheduleMs ?? options.scheduleMs,
					patienceMs: options.patienceMs,
					attempts: delivery.attempts + 1,
					// A replay is patient anew, from its first failure.
					createdAt: delivery.isReplay ? (delivery.heldSince ?? now) : delivery.createdAt,
					now,
					retryAfterMs: verdict.retryAfterMs,
				},
				parts.random,
			);
			if (dueAt === undefined) return { outcome: 'dead', ...base, takeNext };
			const heldSince = delivery.heldSince ?? now;
			const holdsLane = delivery.lane !== undefined && !delivery.isOvertaken;
			return { outcome: 'retry', ...base, dueAt, heldSince, ...(holdsLane ? { laneFreeAt: heldSince + options.laneHoldMs } : {}) };
		}
	}
}

function attemptOf(made: AttemptMade): Attempt {
	const { result, ...rest } = made.attempt;
	const attempt = { ...rest, deliveryId: made.delivery.id, number: made.delivery.attempts + 1, timings: result.timings };
	if (result.kind === 'failed') return { ...attempt, errorClass: result.errorClass, errorMessage: result.message };
	const failed: { errorClass?: AttemptErrorClass } = made.verdict.kind === 'delivered' ? {} : { errorClass: 'status' };
	return { ...attempt, status: result.status, responseHeaders: result.headers, responseBody: result.body, ...failed };
}

/** The wide line of an attempt, and of the end of its delivery where it is the end. */
export function toldOf(
	delivery: ClaimedDelivery,
	settlement: Exclude<Settlement, { outcome: 'released' }>,
	now: number,
): { readonly attempt: AttemptTold; readonly settled?: DeliveryTold } {
	const { attempt, outcome } = settlement;
	const about = { deliveryId: delivery.id, webhookId: delivery.webhookId, eventType: delivery.eventType, errorClass: attempt.errorClass };
	const told: AttemptTold = {
		...about,
		attemptId: attempt.id,
		number: attempt.number,
		status: attempt.status,
		errorMessage: attempt.errorMessage,
		timings: attempt.timings,
		outcome,
		...(outcome === 'retry' ? { retryInMs: settlement.dueAt - now } : {}),
	};
	if (outcome === 'retry') return { attempt: told };
	return { attempt: told, settled: { ...about, outcome, attempts: attempt.number, ageMs: now - delivery.createdAt } };
}
