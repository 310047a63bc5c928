/**
 * Whether a webhook is otherwise healthy: the question that decides if a failing head may be overtaken. A receiver that rejects one
 * message is healthy; one that rejects whatever comes, or that is not reached at all, is not, and its lanes keep their order until it is back.
 */
import type { AttemptErrorClass } from '../domain/delivery.ts';

/** So many different deliveries failing with no success between them is no longer the fault of a message. */
export const FAILING_DELIVERIES_MAX = 5;

/** What fails before a message is sent is never the fault of one. */
const NOT_REACHED: ReadonlySet<AttemptErrorClass> = new Set(['dns', 'connect', 'tls', 'refused-by-guard']);

interface Failing {
	readonly deliveries: Set<string>;
	isReached: boolean;
}

export class WebhookHealth {
	readonly #failing = new Map<string, Failing>();
	/** Of which something was seen since the start. */
	readonly #known = new Set<string>();

	/** Nothing is known of the others: what the store remembers of them is to be told first. */
	isKnown(webhookId: string): boolean {
		return this.#known.has(webhookId);
	}

	succeeded(webhookId: string): void {
		this.#known.add(webhookId);
		this.#failing.delete(webhookId);
	}

	failed(webhookId: string, deliveryId: string, errorClass: AttemptErrorClass): void {
		this.#known.add(webhookId);
		const failing = this.#failing.get(webhookId) ?? { deliveries: new Set(), isReached: true };
		failing.isReached = !NOT_REACHED.has(errorClass);
		if (failing.deliveries.size < FAILING_DELIVERIES_MAX) failing.deliveries.add(deliveryId);
		this.#failing.set(webhookId, failing);
	}

	isHealthy(webhookId: string): boolean {
		const failing = this.#failing.get(webhookId);
		return failing === undefined || (failing.isReached && failing.deliveries.size < FAILING_DELIVERIES_MAX);
	}

	forget(webhookId: string): void {
		this.#known.delete(webhookId);
		this.#failing.delete(webhookId);
	}
}
