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
	/** The subscriptions that a webhook made by the management API has for these event types. */
	subscriptionsFor(events: readonly EventType[]): Subscriptions;
	/** The event types that these subscriptions want. */
	eventsOf(subscriptions: Subscriptions): readonly EventType[];
}
