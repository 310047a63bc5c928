/**
 * The slots of a dialect, as data: which events fill a slot and how each is written. The renderer, the subscriptions of a webhook and
 * the events it wants all follow from this one table.
 */
import type { DomainEvent, EventOf, EventType } from '../../domain/event.ts';
import type { DialectName, Subscription, Subscriptions, Webhook } from '../../domain/webhook.ts';
import type { Renderer } from '../../ports/renderer.ts';

/** Writes the body of one event, or undefined where this subscription does not want it. */
export type Writer<T extends EventType> = (event: EventOf<T>, subscription: Subscription) => object | undefined;
export type Writers = { readonly [T in EventType]?: Writer<T> };

export interface Slot {
	readonly on: Writers;
	/** Further events that fill it where own messages are echoed. */
	readonly echo?: Writers;
}

export interface SlotTable {
	readonly dialect: DialectName;
	/** In the order in which bodies of one event follow each other. */
	readonly slots: Readonly<Record<string, Slot>>;
	/** The generations of its payloads, the usual one first; none where there is but one. */
	readonly forms: readonly string[];
}

export function slotRenderer(table: SlotTable): Renderer {
	const slots = Object.entries(table.slots);
	return {
		dialect: table.dialect,
		forms: table.forms,
		render: (event: DomainEvent, webhook: Webhook) =>
			slots.flatMap(([name, slot]) => {
				const subscription = webhook.subscriptions[name];
				const body = subscription && write(slot, event, subscription);
				return body === undefined ? [] : [JSON.stringify(body)];
			}),
		subscriptionsFor: (events: readonly EventType[], form: string | undefined = table.forms[0]): Subscriptions =>
			Object.fromEntries(
				slots
					.filter(([, slot]) => eventsOn(slot.on).some((type) => events.includes(type)))
					.map(([name]) => [name, form === undefined ? {} : { form }]),
			),
		eventsOf: (subscriptions: Subscriptions) => [
			...new Set(
				slots.flatMap(([name, slot]) => {
					const subscription = subscriptions[name];
					if (subscription === undefined) return [];
					return [...eventsOn(slot.on), ...(subscription.sentByMe ? eventsOn(slot.echo ?? {}) : [])];
				}),
			),
		],
	};
}

function write<T extends EventType>(slot: Slot, event: EventOf<T>, subscription: Subscription): object | undefined {
	const writer: Writer<T> | undefined = slot.on[event.type] ?? (subscription.sentByMe ? slot.echo?.[event.type] : undefined);
	return writer?.(event, subscription);
}

function eventsOn(writers: Writers): readonly EventType[] {
	return Object.keys(writers) as EventType[];
}
