/** From a verdict to what the store writes about it, and to what is told about it. */
import type { Attempt, AttemptErrorClass } from '../domain/attempt.ts';
import type { ClaimedDelivery, InHand, Settlement } from '../domain/delivery.ts';
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
	/** The circuit was open: a failure counts for nothing. */
	readonly isProbe: boolean;
	/** The next of the lane is wanted. */
	readonly takeNext: boolean;
}

export function settlementOf(
	made: AttemptMade,
	parts: { readonly options: DeliveryOptions; readonly random: Random },
): Exclude<Settlement, { outcome: 'released' }> {
	const { delivery, webhook, verdict, now, takeNext } = made;
	const { options } = parts;
	const attempt = attemptOf(made);
	const base = { delivery: inHand(delivery), at: now, attempt };
	switch (verdict.kind) {
		case 'delivered':
			return { outcome: 'delivered', ...base, takeNext };
		case 'gone':
			// The webhook is disabled: the next of the lane waits for a person.
			return { outcome: 'dead', ...base, takeNext: false };
		case 'retry': {
			if (made.isProbe) return { outcome: 'probed', delivery: base.delivery, attempt: { ...attempt, isProbe: true }, dueAt: now };
			const dueAt = nextAttemptAt(
				{
					scheduleMs: webhook.scheduleMs ?? options.scheduleMs,
					patienceMs: webhook.patienceMs ?? options.patienceMs,
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

/** Which one is settled, without its body: a settlement may have to wait for its turn to be written. */
export function inHand({ id, seq, lane }: ClaimedDelivery): InHand {
	return lane === undefined ? { id, seq } : { id, seq, lane };
}

function attemptOf(made: AttemptMade): Attempt {
	const { result, ...rest } = made.attempt;
	const attempt = { ...rest, deliveryId: made.delivery.id, number: made.delivery.attempts + 1, timings: result.timings };
	if (result.kind === 'failed') {
		const { errorClass, errorCause, message } = result;
		return { ...attempt, errorClass, ...(errorCause === undefined ? {} : { errorCause }), errorMessage: message };
	}
	const failed: { errorClass?: AttemptErrorClass } = made.verdict.kind === 'delivered' ? {} : { errorClass: 'status' };
	return { ...attempt, status: result.status, responseHeaders: result.headers, responseBody: result.body, ...failed };
}

/** The wide line of an attempt, and of the end of its delivery where it is the end. */
export function toldOf(
	delivery: ClaimedDelivery,
	settlement: Exclude<Settlement, { outcome: 'released' }>,
	about: { readonly accountId: string; readonly now: number; readonly isProbe: boolean; readonly traceId: string | undefined },
): { readonly attempt: AttemptTold; readonly settled?: DeliveryTold } {
	const { attempt, outcome } = settlement;
	const { accountId, now, isProbe, traceId } = about;
	const { id: deliveryId, webhookId, eventType } = delivery;
	const subject = { deliveryId, accountId, webhookId, eventType, errorClass: attempt.errorClass };
	const ageMs = now - delivery.createdAt;
	const told: AttemptTold = {
		...subject,
		attemptId: attempt.id,
		number: attempt.number,
		isProbe,
		isReplay: delivery.isReplay,
		status: attempt.status,
		errorCause: attempt.errorCause,
		errorMessage: attempt.errorMessage,
		timings: attempt.timings,
		requestBytes: Buffer.byteLength(delivery.body),
		responseBytesKept: attempt.responseBody === undefined ? undefined : Buffer.byteLength(attempt.responseBody),
		outcome,
		...(outcome === 'retry' ? { retryInMs: settlement.dueAt - now } : {}),
		ageMs,
		traceId,
	};
	if (outcome === 'retry' || outcome === 'probed') return { attempt: told };
	return { attempt: told, settled: { ...subject, outcome, attempts: attempt.number, isReplay: delivery.isReplay, ageMs } };
}
