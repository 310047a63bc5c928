/** Which deliveries an event means: every webhook that wants it gets the body in its own dialect, written now and never again. */
import type { NewDelivery } from '../domain/delivery.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { DialectName, Webhook } from '../domain/webhook.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Renderer } from '../ports/renderer.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

export class Planner {
	readonly #registry: WebhookRegistry;
	readonly #renderers: ReadonlyMap<DialectName, Renderer>;
	readonly #ids: Ids;
	readonly #clock: Clock;

	constructor(parts: { registry: WebhookRegistry; renderers: readonly Renderer[]; ids: Ids; clock: Clock }) {
		this.#registry = parts.registry;
		this.#renderers = new Map(parts.renderers.map((renderer) => [renderer.dialect, renderer]));
		this.#ids = parts.ids;
		this.#clock = parts.clock;
	}

	/** @param hasRoom whether the dispatcher would attempt one more of this webhook at once. */
	plan(event: DomainEvent, hasRoom: (webhookId: string) => boolean): NewDelivery[] {
		const deliveries: NewDelivery[] = [];
		for (const { webhook } of this.#registry.concerning(event.accountId, event.instance.id)) {
			deliveries.push(...this.planFor(event, webhook, hasRoom));
		}
		return deliveries;
	}

	/** The deliveries of one webhook alone. */
	planFor(event: DomainEvent, webhook: Webhook, hasRoom: (webhookId: string) => boolean): NewDelivery[] {
		const bodies = this.renderer(webhook.dialect).render(event, webhook);
		return bodies.map((body) => ({
			id: this.#ids.next('dlv'),
			eventId: event.id,
			eventType: event.type,
			accountId: event.accountId,
			webhookId: webhook.id,
			instanceId: event.instance.id,
			...(event.chatId === undefined ? {} : { chatId: event.chatId }),
			...laneOf(webhook, event),
			body,
			// Not when it happened: what a provider tells late must not be older than its webhook's patience when it comes.
			createdAt: this.#clock.now(),
			start: webhook.enabled && hasRoom(webhook.id) ? 'take' : 'ready',
		}));
	}

	renderer(dialect: DialectName): Renderer {
		const renderer = this.#renderers.get(dialect);
		if (!renderer) throw new Error(`no renderer was handed in for the dialect ${dialect}`);
		return renderer;
	}
}

/** What has no chat (an instance's connection) is ordered among itself. */
function laneOf(webhook: Webhook, event: DomainEvent): { lane?: string } {
	switch (webhook.order) {
		case 'chat':
			return { lane: `${webhook.id}/${event.chatId ?? event.instance.id}` };
		case 'webhook':
			return { lane: webhook.id };
		case 'none':
			return {};
	}
}
