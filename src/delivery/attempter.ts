/** Makes one attempt for a delivery: signs, sends, judges the answer, and tells what that means. What it does not do is decide when. */
import type { ClaimedDelivery, Settlement } from '../domain/delivery.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids, Random } from '../ports/clock.ts';
import type { Sender } from '../ports/sender.ts';
import type { Tracing } from '../ports/tracing.ts';
import { attemptHeaders, recordedHeaders } from './attempt-request.ts';
import type { Learnt } from './line.ts';
import type { DeliveryOptions } from './options.ts';
import { settlementOf, toldOf } from './settlement.ts';
import type { Tenure } from './tenure.ts';
import { judge, type Verdict } from './verdict.ts';
import type { WebhookEntry } from './webhook-registry.ts';

export interface AttempterParts {
	readonly sender: Sender;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly random: Random;
	readonly observer: Observer;
	readonly tracing: Tracing;
	readonly options: DeliveryOptions;
}

export interface AttemptOrder {
	readonly delivery: ClaimedDelivery;
	readonly entry: WebhookEntry;
	/** In which the delivery came in hand. */
	readonly tenure: Tenure;
	/** The answer is judged: what follows from it for the webhook, before it is known what follows for the delivery. */
	readonly onVerdict: (verdict: Verdict) => Learnt | Promise<Learnt>;
	/** Asked when the delivery is settled: whether the next of its lane is wanted. */
	readonly takesNext: () => boolean;
}

export class Attempter {
	readonly #parts: AttempterParts;

	constructor(parts: AttempterParts) {
		this.#parts = parts;
	}

	/** Undefined where it was interrupted: nothing is to be counted. */
	async attempt(order: AttemptOrder): Promise<Settlement | undefined> {
		const { delivery, entry, tenure } = order;
		const { webhook } = entry;
		const { sender, clock, ids, observer, tracing, options } = this.#parts;
		const startedAt = clock.now();
		const span = tracing.beginAttempt({ delivery, number: delivery.attempts + 1, url: webhook.url });
		const headers = attemptHeaders(entry, delivery, { now: startedAt, wall: clock.wall(), traceparent: span.traceparent });
		const result = await sender.send({
			url: webhook.url,
			headers,
			body: delivery.body,
			deadlineMs: options.attemptDeadlineMs,
			responseBytesKept: options.responseBytesKept,
			responseBytesMax: options.responseBytesMax,
			signal: tenure.signal,
			mayBegin: () => tenure.holds(),
		});
		span.end(result);
		const now = clock.now();
		const verdict = judge(result, clock.wall());
		const { isProbe } = await order.onVerdict(verdict);
		if (verdict.kind === 'interrupted') return undefined;
		const attempt = { id: ids.next('att'), startedAt, url: webhook.url, requestHeaders: recordedHeaders(entry, headers), result };
		const settlement = settlementOf({ delivery, webhook, verdict, attempt, now, isProbe, takeNext: order.takesNext() }, this.#parts);
		const told = toldOf(delivery, settlement, { accountId: webhook.accountId, now, isProbe, traceId: span.traceId });
		observer.attemptMade(told.attempt);
		// Whoever took it over settles it.
		if (told.settled && !tenure.isOver) observer.deliverySettled(told.settled);
		return settlement;
	}
}
