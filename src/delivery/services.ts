/** What delivery offers to the dialects: webhooks and their deliveries. All throw `RecadoError` with the codes named. */
import type { Delivery } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import type { DialectName, Subscription, Webhook, WebhookOrder } from '../domain/webhook.ts';
import type { IdempotentRequest } from '../ports/dialect.ts';

export interface Webhooks {
	/** Creates one through the management API. Throws webhook_not_https, webhook_address_refused, webhook_header_reserved, not_there (account, instance). */
	create(wish: WebhookWish, idempotency?: WebhookIdempotency): Promise<WebhookSecretShown>;
	update(id: string, change: WebhookChange): Promise<Webhook>;
	/** Its unsettled deliveries are cancelled. */
	delete(id: string): Promise<void>;
	/** A new secret; the old one signs too for the overlap (default 24 h). Shown once. */
	rotateSecret(id: string): Promise<WebhookSecretShown>;
	/** The current secret (`whsec_…`). */
	secretOf(webhook: Webhook): string;
	/** Names of its own headers (values stay secret). */
	headerNamesOf(webhook: Webhook): readonly string[];
	/** Makes an event of that type with example data, planned for this webhook alone; answers the delivery to look at. */
	test(id: string, type: EventType): Promise<Delivery>;
	list(filter: { readonly accountId?: string; readonly instanceId?: string; readonly dialect?: DialectName }): readonly Webhook[];
	get(id: string): Webhook | undefined;
	eventsOf(webhook: Webhook): readonly EventType[];
	/**
	 * Points slots of an owner to URLs; '' or null removes a slot. All or nothing: where one URL is refused, every old one stays.
	 * Slots that share a URL share a webhook; where every slot of a webhook moves to one new URL, the webhook moves: id, secret and waiting deliveries stay.
	 */
	assignSlots(owner: SlotOwner, slots: Readonly<Record<string, SlotWish>>): Promise<void>;
	/** Switches the echo of own messages on a slot. Throws received_webhook_missing where the slot has no URL. */
	setSentByMe(owner: SlotOwner, slot: string, sentByMe: boolean): Promise<void>;
}

export interface WebhookIdempotency {
	readonly request: IdempotentRequest;
	readonly answer: (result: WebhookSecretShown) => { readonly status: number; readonly body: unknown };
}

export interface SlotOwner {
	readonly accountId: string;
	/** Undefined: the account's (Plugchat). */
	readonly instanceId?: string;
	readonly applicationId?: string;
	readonly dialect: DialectName;
}

export interface SlotWish extends Subscription {
	readonly url: string | null;
}

export interface WebhookWish {
	readonly accountId: string;
	readonly instanceId?: string;
	readonly dialect: DialectName;
	readonly events: readonly EventType[];
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly order?: WebhookOrder;
	readonly enabled?: boolean;
	/** Milliseconds. */
	readonly scheduleMs?: readonly number[];
}

export interface WebhookChange {
	readonly events?: readonly EventType[];
	readonly url?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly order?: WebhookOrder;
	readonly enabled?: boolean;
	readonly scheduleMs?: readonly number[] | null;
}

export interface WebhookSecretShown {
	readonly webhook: Webhook;
	/** `whsec_` and base64. */
	readonly secret: string;
}

export interface Replays {
	/** Sends a settled delivery again: same bytes, same `webhook-id`. Throws not_there, delivery_unsettled. */
	replay(deliveryId: string): Promise<Delivery>;
}
