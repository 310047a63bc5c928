/** The payloads of our own dialect: an event as `GET /events` shows it. Subscriptions are event types. */
import { EVENT_TYPES } from '../../domain/event.ts';
import type { Renderer } from '../../ports/renderer.ts';
import { eventView } from './views/event.ts';

export const recadoRenderer: Renderer = {
	dialect: 'recado',
	render(event, webhook) {
		return Object.hasOwn(webhook.subscriptions, event.type) ? [JSON.stringify(eventView(event))] : [];
	},
	subscriptionsFor(events) {
		return Object.fromEntries(events.map((type) => [type, {}]));
	},
	eventsOf(subscriptions) {
		return EVENT_TYPES.filter((type) => Object.hasOwn(subscriptions, type));
	},
};
