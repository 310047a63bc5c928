/** How a dialect writes events for its webhooks. Each dialect hands one in; the planner asks it. */
import type { DomainEvent, EventType } from '../domain/event.ts';
import type { DialectName, Subscriptions, Webhook } from '../domain/webhook.ts';

export interface Renderer {
	readonly dialect: DialectName;
	/**
	 * The JSON bodies that this event means for this webhook: none where it does not want it, usually one, two where one event fills two of its
	 * slots (a sent message that is also echoed). Pure: the same event gives the same bytes.
	 */
	render(event: DomainEvent, webhook: Webhook): readonly string[];
	/** The generations of its payloads, where they differ; the first one is the usual one. */
	readonly forms?: readonly string[];
	/** The subscriptions that a webhook made by the management API has for these event types, in that form (one of `forms`). */
	subscriptionsFor(events: readonly EventType[], form?: string): Subscriptions;
	/** The event types that these subscriptions want. */
	eventsOf(subscriptions: Subscriptions): readonly EventType[];
}
