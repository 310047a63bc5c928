/**
 * What this process knows and holds of one webhook: the deliveries in hand in the order in which they came, how many attempts are under way,
 * when the next delivery in the store is due, and how its receiver does.
 */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import type { WebhookFailing } from '../domain/webhook.ts';
import { Circuit, type CircuitOptions } from './circuit.ts';
import { Pace, type PaceLimits } from './pace.ts';
import type { Verdict } from './verdict.ts';

/** In hand are up to so many times what may be in flight: enough to go on with while the store is asked for more. */
const HAND_PER_WINDOW = 4;

export interface Learnt {
	/** The circuit was open when the attempt ended: it counts for nothing. */
	readonly isProbe: boolean;
	readonly change?: 'opened' | 'recovered';
}

export class Line {
	readonly webhookId: string;
	readonly circuit: Circuit;
	readonly pace: Pace = new Pace();
	/** Attempts under way. */
	inFlight = 0;
	/** A probe is under way. */
	isProbing = false;
	/** The delivery that it is probed with, once that is known. */
	probeId: string | undefined;
	/** Room that was reserved for commits under way: so many deliveries may come in hand by them. */
	reserved = 0;
	/** When the next delivery of it in the store is due, or earlier; infinite where none is known. */
	dueAt: number = Number.POSITIVE_INFINITY;
	/** Weight of what is reserved, in hand and not settled yet. */
	heldBytes = 0;
	readonly #inHand: { readonly delivery: ClaimedDelivery; readonly since: number }[] = [];

	constructor(webhookId: string, options: CircuitOptions, failing?: WebhookFailing) {
		this.webhookId = webhookId;
		this.circuit = new Circuit(options, failing);
	}

	get inHand(): number {
		return this.#inHand.length;
	}

	/** Since when the first in hand is; undefined where nothing is. */
	get inHandSince(): number | undefined {
		return this.#inHand[0]?.since;
	}

	/** Something of it in the store is due then; undefined: nothing is known. */
	expect(dueAt: number | undefined): void {
		if (dueAt !== undefined && dueAt < this.dueAt) this.dueAt = dueAt;
	}

	put(delivery: ClaimedDelivery, now: number): void {
		this.#inHand.push({ delivery, since: now });
	}

	takeFirst(): ClaimedDelivery | undefined {
		return this.#inHand.shift()?.delivery;
	}

	takeAll(): ClaimedDelivery[] {
		return this.#inHand.splice(0).map(({ delivery }) => delivery);
	}

	/** How many more to take in hand; 0 while what is there keeps the window busy. */
	wants(limits: PaceLimits): number {
		const window = this.pace.window(limits);
		if (this.inHand >= window) return 0;
		// With a rate: no more than is begun within a second.
		return Math.min(HAND_PER_WINDOW * window, Math.ceil(limits.ratePerSecond ?? Number.POSITIVE_INFINITY)) - this.inHand;
	}

	/** Whether what is in hand, or may be soon, is less than is good to have there: more of it is better left to other processes. */
	hasRoom(limits: PaceLimits): boolean {
		return this.inHand + this.reserved < HAND_PER_WINDOW * this.pace.window(limits);
	}

	/** What is in hand beyond that, latest first come. */
	takeBeyond(limits: PaceLimits): ClaimedDelivery[] {
		return this.#inHand.splice(HAND_PER_WINDOW * this.pace.window(limits)).map(({ delivery }) => delivery);
	}

	/** What is known of its receiver is forgotten: it is back, or another one. */
	startAnew(): void {
		this.circuit.succeeded();
		this.pace.rerate();
		this.pace.restart();
	}

	endProbe(): void {
		this.isProbing = false;
		this.probeId = undefined;
	}

	/** What the end of an attempt says of the receiver. */
	learn(
		delivery: ClaimedDelivery,
		verdict: Verdict,
		about: { readonly now: number; readonly random: number; readonly limits: PaceLimits },
	): Learnt {
		const { now, random, limits } = about;
		const isProbe = this.circuit.isOpen;
		switch (verdict.kind) {
			case 'delivered':
				this.pace.succeeded(limits);
				if (!this.circuit.succeeded()) return { isProbe };
				this.pace.restart();
				return { isProbe, change: 'recovered' };
			case 'retry': {
				const pausedUntil = verdict.isTooMany ? this.pace.tooMany(now, verdict.retryAfterMs, limits) : 0;
				if (verdict.errorClass === 'timeout') this.pace.timedOut(limits);
				// What was under way when it opened says nothing that is not known.
				if (delivery.id === this.probeId) this.circuit.probeFailed(now, random);
				this.circuit.notBefore(pausedUntil);
				// A 429 says that the receiver is well and wants less: the pause is the answer to it.
				if (verdict.isTooMany) return { isProbe };
				const { errorClass, status } = verdict;
				const hasOpened = this.circuit.failed({ deliveryId: delivery.id, errorClass, status, at: now }, random);
				return hasOpened ? { isProbe, change: 'opened' } : { isProbe };
			}
			case 'gone':
			case 'interrupted':
				return { isProbe };
		}
	}
}
