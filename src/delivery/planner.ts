/** Which deliveries an event means: every webhook that wants it gets the body in its own dialect, written now and never again. */
import type { NewDelivery } from '../domain/delivery.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { DialectName, Webhook } from '../domain/webhook.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Renderer } from '../ports/renderer.ts';
import type { Tracing } from '../ports/tracing.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

/** Whether the dispatcher would attempt one more of this webhook, with this body, at once. */
export type HasRoom = (webhookId: string, body: string) => boolean;

export class Planner {
	readonly #registry: WebhookRegistry;
	readonly #renderers: ReadonlyMap<DialectName, Renderer>;
	readonly #ids: Ids;
	readonly #clock: Clock;
	readonly #tracing: Pick<Tracing, 'traceparentOf'>;

	constructor(parts: {
		registry: WebhookRegistry;
		renderers: readonly Renderer[];
		ids: Ids;
		clock: Clock;
		tracing: Pick<Tracing, 'traceparentOf'>;
	}) {
		this.#registry = parts.registry;
		this.#renderers = new Map(parts.renderers.map((renderer) => [renderer.dialect, renderer]));
		this.#ids = parts.ids;
		this.#clock = parts.clock;
		this.#tracing = parts.tracing;
	}

	plan(event: DomainEvent, hasRoom: HasRoom): NewDelivery[] {
		const deliveries: NewDelivery[] = [];
		const aboutId = webhookAbout(event);
		for (const { webhook } of this.#registry.concerning(event.accountId, event.instance?.id)) {
			// A webhook that fails is not told so: it would not hear it.
			if (webhook.id !== aboutId) deliveries.push(...this.planFor(event, webhook, hasRoom));
		}
		return deliveries;
	}

	/** The deliveries of one webhook alone. */
	planFor(event: DomainEvent, webhook: Webhook, hasRoom: HasRoom): NewDelivery[] {
		const bodies = this.renderer(webhook.dialect).render(event, webhook);
		const traceparent = bodies.length === 0 ? undefined : this.#tracing.traceparentOf(event);
		return bodies.map((body) => ({
			id: this.#ids.next('dlv'),
			eventId: event.id,
			eventType: event.type,
			accountId: event.accountId,
			webhookId: webhook.id,
			...(event.instance === undefined ? {} : { instanceId: event.instance.id }),
			...(event.chatId === undefined ? {} : { chatId: event.chatId }),
			...laneOf(webhook, event),
			body,
			// Not when it happened: what a provider tells late must not be older than its webhook's patience when it comes.
			createdAt: this.#clock.now(),
			...(traceparent === undefined ? {} : { traceparent }),
			start: webhook.enabled && hasRoom(webhook.id, body) ? 'take' : 'ready',
		}));
	}

	renderer(dialect: DialectName): Renderer {
		const renderer = this.#renderers.get(dialect);
		if (!renderer) throw new Error(`no renderer was handed in for the dialect ${dialect}`);
		return renderer;
	}
}

/** The webhook that an event is about. */
function webhookAbout(event: DomainEvent): string | undefined {
	switch (event.type) {
		case 'webhook.failing':
		case 'webhook.recovered':
		case 'webhook.disabled':
			return event.data.webhook.id;
		default:
			return undefined;
	}
}

/** What has no chat is ordered among itself: what happens to an instance, to a webhook. */
function laneOf(webhook: Webhook, event: DomainEvent): { lane?: string } {
	switch (webhook.order) {
		case 'chat':
			return { lane: `${webhook.id}/${event.chatId ?? webhookAbout(event) ?? event.instance?.id ?? event.accountId}` };
		case 'webhook':
			return { lane: webhook.id };
		case 'none':
			return {};
	}
}
