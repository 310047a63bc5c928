/** The lines of all webhooks that have something to do, and what they have in common: the memory for what is in hand, and the attempts in flight. */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { HeldBytes, weightOf } from './held-bytes.ts';
import { Line } from './line.ts';
import type { DeliveryOptions } from './options.ts';
import type { PaceLimits } from './pace.ts';
import { hasShare } from './share.ts';
import { isOpenForDelivery, type WebhookRegistry } from './webhook-registry.ts';

export class Lines {
	readonly held: HeldBytes;
	readonly #registry: WebhookRegistry;
	readonly #options: DeliveryOptions;
	readonly #byWebhook = new Map<string, Line>();
	#inFlight = 0;

	constructor(registry: WebhookRegistry, options: DeliveryOptions) {
		this.held = new HeldBytes(options.pendingBytesMax);
		this.#registry = registry;
		this.#options = options;
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

	/** Its limits, whether it is open or not. */
	limitsOf(webhookId: string): PaceLimits {
		const webhook = this.#registry.get(webhookId)?.webhook;
		return { concurrency: webhook?.concurrency ?? this.#options.concurrencyPerWebhook, ratePerSecond: webhook?.ratePerSecond };
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
