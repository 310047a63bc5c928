/**
 * Attempts deliveries. It holds a bounded number of them (those whose attempt is under way); everything else waits in the store.
 *
 * A delivery comes to be held in three ways: with the commit that made it (`reserve`, then `attemptReserved`), as the next of its webhook
 * with the settlement of the one before, or by a claim of what is due. It leaves by its settlement, which is written before anything else
 * happens to it; a settlement that cannot be written is tried again until it can, because a forgotten one would hold its lane.
 * Stopping waits for attempts under way, interrupts what takes longer than the grace, and spends no attempt of those.
 */
import type { ClaimedDelivery, Settlement } from '../domain/delivery.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids, Random, Timer } from '../ports/clock.ts';
import type { Sender } from '../ports/sender.ts';
import type { DeliveryWork } from '../ports/store.ts';
import { attemptHeaders, recordedHeaders } from './attempt-request.ts';
import { FAILING_DELIVERIES_MAX, WebhookHealth } from './health.ts';
import type { DeliveryOptions } from './options.ts';
import { settlementOf, toldOf } from './settlement.ts';
import { judge } from './verdict.ts';
import type { WebhookEntry, WebhookRegistry } from './webhook-registry.ts';

/** One claim takes no more than this, so that a claim stays short beside the commits in its group. */
const CLAIM_MAX = 256;

/** A due time that another process or a changed clock could have missed is found by looking this often. */
const IDLE_LOOK_MS = 30_000;

/** How soon an overtaking that had to wait (its webhook is failing altogether) is considered again. */
const OVERTAKE_AGAIN_MS = 30_000;

/** Pause before a settlement or claim that the store refused is tried again. */
const STORE_RETRY_MS = 250;

/** How soon a delivery is tried again whose attempt met an error of ours. */
const ATTEMPT_AGAIN_MS = 5_000;

export interface DispatcherParts {
	readonly work: DeliveryWork;
	readonly registry: WebhookRegistry;
	readonly sender: Sender;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly random: Random;
	readonly observer: Observer;
	readonly options: DeliveryOptions;
	/** Called when a receiver says that it is gone: disables the webhook. */
	readonly onGone: (webhookId: string) => Promise<void>;
}

export class Dispatcher {
	readonly #parts: DispatcherParts;
	readonly #health = new WebhookHealth();
	/** How many are held or reserved, by webhook and in all. */
	readonly #heldBy = new Map<string, number>();
	#held = 0;
	/** Attempts, settlements and claims under way. */
	readonly #running = new Set<Promise<void>>();
	readonly #interruption = new AbortController();
	/** Webhooks that had no room when they were last asked for: there may be ready work for them in the store. */
	#saturated = new Set<string>();
	/** The same for all webhooks together. */
	#isFull = false;
	#timer: Timer | undefined;
	#timerAt = Number.POSITIVE_INFINITY;
	#state: 'new' | 'running' | 'stopping' = 'new';
	#isClaiming = false;
	#claimAgain = false;

	constructor(parts: DispatcherParts) {
		this.#parts = parts;
	}

	/** Begins to claim what is due. */
	start(): void {
		if (this.#state !== 'new') return;
		this.#state = 'running';
		this.wake();
	}

	/** Takes room for one delivery of this webhook. False: there is none, let it wait in the store (and tell `offer` when it does). */
	reserve(webhookId: string): boolean {
		if (this.#state !== 'running') return false;
		if (this.#held >= this.#parts.options.inFlightMax) this.#isFull = true;
		else if (!this.#hasRoom(webhookId)) this.#saturated.add(webhookId);
		else {
			this.#hold(webhookId, 1);
			return true;
		}
		return false;
	}

	/** There is a ready delivery of this webhook in the store. Where there is no room for it still, the next room that is given back finds it. */
	offer(webhookId: string): void {
		if (this.#held < this.#parts.options.inFlightMax && this.#hasRoom(webhookId)) this.wake();
	}

	/** Gives back a reservation that was not used. */
	giveBack(webhookId: string): void {
		this.#hold(webhookId, -1);
		if (this.#isFull || this.#saturated.has(webhookId)) this.wake();
	}

	/** Attempts what this process was given, on room that was reserved. */
	attemptReserved(delivery: ClaimedDelivery): void {
		const running = this.#process(delivery)
			.catch((error: unknown) => this.#parts.observer.background('dispatcher.process', error))
			.finally(() => {
				this.#running.delete(running);
				this.giveBack(delivery.webhookId);
			});
		this.#running.add(running);
	}

	/** There may be ready work in the store. */
	wake(): void {
		if (this.#state !== 'running') return;
		this.#claimAgain = true;
		if (this.#isClaiming) return;
		this.#isClaiming = true;
		const claiming = this.#claim().finally(() => {
			this.#running.delete(claiming);
			this.#isClaiming = false;
			if (this.#claimAgain) this.wake();
		});
		this.#running.add(claiming);
	}

	/** The webhook is deleted: nothing is remembered of it. */
	forget(webhookId: string): void {
		this.#health.forget(webhookId);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#state === 'stopping') return;
		this.#state = 'stopping';
		this.#timer?.cancel();
		const grace = this.#parts.clock.schedule(this.#parts.options.shutdownGraceMs, () => this.#interruption.abort());
		while (this.#running.size > 0) await Promise.all(this.#running);
		grace.cancel();
	}

	/** Claims until nothing is due that there is room for, then sleeps until the next due time. */
	async #claim(): Promise<void> {
		const { work, clock, observer } = this.#parts;
		try {
			while (this.#claimAgain && this.#state === 'running') {
				this.#claimAgain = false;
				await this.#claimOnce();
			}
			// With no room at all there is nothing to wait for but room: `giveBack` wakes us.
			const dueAt = this.#isFull ? undefined : await work.nextDueAt(this.#saturated);
			this.#lookBy(Math.min(dueAt ?? Number.POSITIVE_INFINITY, clock.now() + IDLE_LOOK_MS));
		} catch (error) {
			observer.background('dispatcher.claim', error);
			this.#lookBy(clock.now() + STORE_RETRY_MS);
		}
	}

	async #claimOnce(): Promise<void> {
		const { work, clock, options } = this.#parts;
		const limit = Math.min(CLAIM_MAX, options.inFlightMax - this.#held);
		this.#isFull = limit <= 0;
		this.#saturated = new Set([...this.#heldBy.keys()].filter((webhookId) => !this.#hasRoom(webhookId)));
		if (this.#isFull) return;
		const roomLeft = new Map([...this.#heldBy].map(([webhookId, held]) => [webhookId, Math.max(0, options.concurrencyPerWebhook - held)]));
		const claimed = await work.claimDue({ now: clock.now(), limit, roomPerWebhook: options.concurrencyPerWebhook, roomLeft });
		for (const delivery of claimed) {
			this.#hold(delivery.webhookId, 1);
			this.attemptReserved(delivery);
		}
		if (claimed.length > 0) this.#claimAgain = true;
	}

	/** Wakes at this time, unless it wakes earlier anyway. */
	#lookBy(at: number): void {
		if (this.#state !== 'running' || at >= this.#timerAt) return;
		this.#timer?.cancel();
		this.#timerAt = at;
		this.#timer = this.#parts.clock.schedule(Math.max(0, at - this.#parts.clock.now()), () => {
			this.#timerAt = Number.POSITIVE_INFINITY;
			this.wake();
		});
	}

	#hasRoom(webhookId: string): boolean {
		return (this.#heldBy.get(webhookId) ?? 0) < this.#parts.options.concurrencyPerWebhook;
	}

	#hold(webhookId: string, change: 1 | -1): void {
		this.#held += change;
		const held = (this.#heldBy.get(webhookId) ?? 0) + change;
		if (held === 0) this.#heldBy.delete(webhookId);
		else this.#heldBy.set(webhookId, held);
	}

	/** Works a delivery, and whatever of its webhook is given with its settlement, while the room is ours. */
	async #process(first: ClaimedDelivery): Promise<void> {
		let delivery: ClaimedDelivery | undefined = first;
		while (delivery) {
			const settlement: Settlement = await this.#attemptSafely(delivery);
			delivery = await this.#settle(settlement);
		}
	}

	/** An error of ours says nothing about the receiver: the delivery is ready again, nothing counted. Held on to, it would hold its lane for ever. */
	async #attemptSafely(delivery: ClaimedDelivery): Promise<Settlement> {
		try {
			return await this.#attempt(delivery);
		} catch (error) {
			this.#parts.observer.background('dispatcher.attempt', error);
			return this.#release(delivery, ATTEMPT_AGAIN_MS);
		}
	}

	async #attempt(delivery: ClaimedDelivery): Promise<Settlement> {
		const { registry, clock, options, sender, ids, observer } = this.#parts;
		const entry = registry.get(delivery.webhookId);
		if (!entry?.webhook.enabled || this.#state === 'stopping') return this.#release(delivery, 0);
		if (delivery.blockedBy !== undefined && !(await this.#overtake(entry, delivery.blockedBy)))
			return this.#release(delivery, OVERTAKE_AGAIN_MS);

		const startedAt = clock.now();
		const headers = attemptHeaders(entry, delivery, startedAt);
		const result = await sender.send({
			url: entry.webhook.url,
			headers,
			body: delivery.body,
			deadlineMs: options.attemptDeadlineMs,
			responseBytesKept: options.responseBytesKept,
			responseBytesMax: options.responseBytesMax,
			signal: this.#interruption.signal,
		});
		const now = clock.now();
		const verdict = judge(result, now);
		if (verdict.kind === 'interrupted') return this.#release(delivery, 0);
		if (verdict.kind === 'gone') await this.#parts.onGone(delivery.webhookId);
		if (verdict.kind === 'delivered') this.#health.succeeded(delivery.webhookId);
		else if (registry.get(delivery.webhookId))
			this.#health.failed(delivery.webhookId, delivery.id, verdict.kind === 'gone' ? 'status' : verdict.errorClass);

		const attempt = {
			id: ids.next('att'),
			startedAt,
			url: entry.webhook.url,
			requestHeaders: recordedHeaders(entry, headers),
			result,
		};
		const settlement = settlementOf({ delivery, webhook: entry.webhook, verdict, attempt, now, takeNext: this.#mayGoOn() }, this.#parts);
		const told = toldOf(delivery, settlement, now);
		observer.attemptMade(told.attempt);
		if (told.settled) observer.deliverySettled(told.settled);
		return settlement;
	}

	/** The head before it held the lane too long. It leaves, unless its webhook fails altogether: then order is kept. */
	async #overtake(entry: WebhookEntry, headId: string): Promise<boolean> {
		const { id: webhookId } = entry.webhook;
		const { work } = this.#parts;
		if (!this.#health.isKnown(webhookId)) {
			const failing = await work.failing(webhookId, FAILING_DELIVERIES_MAX);
			for (const { id, errorClass } of failing) this.#health.failed(webhookId, id, errorClass);
		}
		if (!this.#health.isHealthy(webhookId)) return false;
		await work.overtake(headId);
		this.#parts.observer.deliveryOvertaken({ deliveryId: headId, webhookId });
		return true;
	}

	#release(delivery: ClaimedDelivery, laterMs: number): Settlement {
		return { outcome: 'released', deliveryId: delivery.id, dueAt: this.#parts.clock.now() + laterMs };
	}

	/** A webhook keeps its room for the next of its deliveries, unless others wait for room altogether. */
	#mayGoOn(): boolean {
		return this.#state === 'running' && !this.#isFull;
	}

	async #settle(settlement: Settlement): Promise<ClaimedDelivery | undefined> {
		for (;;) {
			try {
				const next = await this.#parts.work.settle(settlement);
				this.#lookAfter(settlement);
				return next;
			} catch (error) {
				this.#parts.observer.background('dispatcher.settle', error);
				// After the grace the store may be closing for good: what stays `sending` is ready again at the next start.
				if (this.#interruption.signal.aborted) return undefined;
				await new Promise<void>((resolve) => this.#parts.clock.schedule(STORE_RETRY_MS, resolve));
			}
		}
	}

	/** A settlement makes something due: itself later, or the next of its lane at once. */
	#lookAfter(settlement: Settlement): void {
		switch (settlement.outcome) {
			case 'retry':
				this.#lookBy(Math.min(settlement.dueAt, settlement.laneFreeAt ?? settlement.dueAt));
				break;
			case 'released':
				this.#lookBy(settlement.dueAt);
				break;
			case 'delivered':
			case 'dead':
				if (!settlement.takeNext) this.wake();
				break;
		}
	}
}
