/** One delivery at a person's wish: sent again (the same bytes under the same `webhook-id`, in its lane's order), or given up. */
import type { Delivery } from '../domain/delivery.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Replays } from './services.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

export interface ReplayParts {
	readonly store: { readonly deliveries: Pick<Store['deliveries'], 'delivery' | 'replay' | 'discard'> };
	readonly registry: Pick<WebhookRegistry, 'get'>;
	readonly dispatcher: Pick<Dispatcher, 'offer'>;
	readonly clock: Clock;
	readonly observer: Observer;
}

export class ReplayService implements Replays {
	readonly #parts: ReplayParts;

	constructor(parts: ReplayParts) {
		this.#parts = parts;
	}

	async replay(deliveryId: string): Promise<Delivery> {
		const { store, registry, dispatcher, clock, observer } = this.#parts;
		const { webhookId } = await this.#existing(deliveryId);
		const webhook = registry.get(webhookId)?.webhook;
		if (!webhook || webhook.ending === 'cancel') throw new RecadoError('not_there', { details: { what: 'webhook' } });
		if (!(await store.deliveries.replay(deliveryId, clock.now()))) throw new RecadoError('delivery_unsettled');
		observer.deliveryReplayed({ deliveryId, webhookId });
		dispatcher.offer(webhookId);
		return this.#existing(deliveryId);
	}

	async discard(deliveryId: string): Promise<Delivery> {
		const { store, dispatcher, clock, observer } = this.#parts;
		const { webhookId } = await this.#existing(deliveryId);
		if (!(await store.deliveries.discard(deliveryId, clock.now()))) {
			const { state } = await this.#existing(deliveryId);
			throw new RecadoError(state === 'pending' || state === 'sending' ? 'delivery_unsettled' : 'delivery_settled');
		}
		observer.deliveryDiscarded({ deliveryId, webhookId });
		// The next of its lane is ready.
		dispatcher.offer(webhookId);
		return this.#existing(deliveryId);
	}

	async #existing(deliveryId: string): Promise<Delivery> {
		const delivery = await this.#parts.store.deliveries.delivery(deliveryId);
		if (!delivery) throw new RecadoError('not_there', { details: { what: 'delivery' } });
		return delivery;
	}
}
