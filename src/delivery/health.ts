/**
 * Whether a webhook is otherwise healthy: the question that decides if a failing head may be overtaken. A receiver that rejects one
 * message is healthy; one that rejects whatever comes is not, and its lanes keep their order until it is back.
 */

/** So many different deliveries failing with no success between them is no longer the fault of a message. */
const FAILING_DELIVERIES_MAX = 5;

export class WebhookHealth {
	readonly #failing = new Map<string, Set<string>>();

	succeeded(webhookId: string): void {
		this.#failing.delete(webhookId);
	}

	failed(webhookId: string, deliveryId: string): void {
		const failing = this.#failing.get(webhookId) ?? new Set();
		if (failing.size < FAILING_DELIVERIES_MAX) failing.add(deliveryId);
		this.#failing.set(webhookId, failing);
	}

	isHealthy(webhookId: string): boolean {
		return (this.#failing.get(webhookId)?.size ?? 0) < FAILING_DELIVERIES_MAX;
	}

	forget(webhookId: string): void {
		this.#failing.delete(webhookId);
	}
}
