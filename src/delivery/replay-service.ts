/** Sends settled deliveries again: the same bytes under the same `webhook-id`, in their lane's order. */
import type { Delivery } from '../domain/delivery.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Replays } from './services.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

export interface ReplayParts {
	readonly store: Pick<Store, 'deliveries'>;
	readonly registry: Pick<WebhookRegistry, 'get'>;
	readonly dispatcher: Pick<Dispatcher, 'wake'>;
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
		const before = await store.deliveries.delivery(deliveryId);
		if (!before) throw new RecadoError('not_there', { details: { what: 'delivery' } });
		if (!registry.get(before.webhookId)) throw new RecadoError('not_there', { details: { what: 'webhook' } });
		if (!(await store.deliveries.replay(deliveryId, clock.now()))) throw new RecadoError('delivery_unsettled');
		observer.deliveryReplayed({ deliveryId, webhookId: before.webhookId });
		dispatcher.wake();
		return (await store.deliveries.delivery(deliveryId)) ?? before;
	}
}
