/** The lines of all webhooks that have something to do, and what they have in common: the memory for what is in hand, and the attempts in flight. */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import type { Peers } from '../ports/peers.ts';
import { HeldBytes, weightOf } from './held-bytes.ts';
import { Line } from './line.ts';
import type { DeliveryOptions } from './options.ts';
import type { PaceLimits } from './pace.ts';
import { hasShare } from './share.ts';
import { isFirst, isShared, shareOf } from './shares-of-peers.ts';
import { isOpenForDelivery, type WebhookRegistry } from './webhook-registry.ts';

/** Where the lease has run out and nobody has said yet whether it is lost: how soon that is looked at again. */
const LEASE_AGAIN_MS = 250;

export interface LinesParts {
	readonly registry: WebhookRegistry;
	readonly options: DeliveryOptions;
	readonly peers: Pick<Peers, 'members' | 'self' | 'holds'>;
}

export class Lines {
	readonly held: HeldBytes;
	readonly #registry: WebhookRegistry;
	readonly #options: DeliveryOptions;
	readonly #peers: LinesParts['peers'];
	readonly #byWebhook = new Map<string, Line>();
	#inFlight = 0;

	constructor(parts: LinesParts) {
		this.held = new HeldBytes(parts.options.pendingBytesMax);
		this.#registry = parts.registry;
		this.#options = parts.options;
		this.#peers = parts.peers;
	}

	get inFlight(): number {
		return this.#inFlight;
	}

	all(): Iterable<Line> {
		return this.#byWebhook.values();
	}

	/** Made where there is none. */
	of(webhookId: string): Line {
		const known = this.#byWebhook.get(webhookId);
		if (known) return known;
		const line = this.#fresh(webhookId);
		this.#byWebhook.set(webhookId, line);
		return line;
	}

	/** Only to be looked at: where there is none, one like it. */
	look(webhookId: string): Line {
		return this.#byWebhook.get(webhookId) ?? this.#fresh(webhookId);
	}

	find(webhookId: string): Line | undefined {
		return this.#byWebhook.get(webhookId);
	}

	/** Of a webhook that is deleted nothing is remembered, once nothing of it is in hand. Answers whether it was dropped. */
	dropIfDone(line: Line): boolean {
		if (this.#registry.get(line.webhookId) || line.heldBytes > 0) return false;
		return this.#byWebhook.delete(line.webhookId);
	}

	/** Its limits, whether it is open or not: the part that is this process's. */
	limitsOf(webhookId: string): PaceLimits {
		const webhook = this.#registry.get(webhookId)?.webhook;
		const concurrency = webhook?.concurrency ?? this.#options.concurrencyPerWebhook;
		return shareOf(webhookId, { concurrency, ratePerSecond: webhook?.ratePerSecond }, this.#peers);
	}

	/** Whether there are others whom what is left in the store may be told. */
	get areShared(): boolean {
		return isShared(this.#peers);
	}

	/** Whether a part of its limits is this process's. */
	isOurs({ webhookId }: Line): boolean {
		return this.limitsOf(webhookId).concurrency > 0;
	}

	/** Whether it is this process that tries its receiver while its circuit is open. */
	isOursToProbe({ webhookId }: Line): boolean {
		return isFirst(webhookId, this.#peers);
	}

	/** A person closed it, or it is gone: nothing of it may be attempted. */
	isClosedByPerson(webhookId: string): boolean {
		const entry = this.#registry.get(webhookId);
		return !entry || !isOpenForDelivery(entry);
	}

	/** Closed by a person or by its circuit. */
	isClosed(line: Line): boolean {
		return line.circuit.isOpen || this.isClosedByPerson(line.webhookId);
	}

	/** When the next attempt of it may begin; not later than now: at once. */
	readyAt({ pace }: Line, now: number): number {
		return this.#peers.holds() ? pace.readyAt() : Math.max(pace.readyAt(), now + LEASE_AGAIN_MS);
	}

	/** Whether it may hold more of the memory that all have in common. */
	hasShareOfMemory(line: Line): boolean {
		return this.held.hasShare(line.heldBytes);
	}

	/** Whether it may have one more of the attempts in flight that all have in common. */
	hasShareOfAttempts(line: Line): boolean {
		return hasShare(line.inFlight, this.#options.inFlightMax - this.#inFlight);
	}

	reserve(line: Line, body: string): void {
		this.#weigh(line, weightOf(body));
	}

	giveBack(line: Line, body: string): void {
		this.#weigh(line, -weightOf(body));
	}

	/** In hand from now on, on room of its own. */
	take(line: Line, delivery: ClaimedDelivery, now: number): void {
		this.reserve(line, delivery.body);
		line.put(delivery, now);
	}

	/** Forgets what is in hand and not begun, of all lines. Answers how many. */
	dropWaiting(): number {
		let count = 0;
		for (const line of this.#byWebhook.values()) {
			for (const { body } of line.takeAll()) {
				this.giveBack(line, body);
				count += 1;
			}
		}
		return count;
	}

	begun(line: Line): void {
		line.inFlight += 1;
		this.#inFlight += 1;
	}

	ended(line: Line): void {
		line.inFlight -= 1;
		this.#inFlight -= 1;
	}

	/** Its circuit is as it was kept. */
	#fresh(webhookId: string): Line {
		return new Line(webhookId, this.#options, this.#registry.get(webhookId)?.webhook.failing);
	}

	#weigh(line: Line, bytes: number): void {
		line.heldBytes += bytes;
		this.held.add(bytes);
	}
}
