/** What delivery offers to the dialects: webhooks and their deliveries. All throw `RecadoError` with the codes named. */
import type { AttemptErrorClass } from '../domain/attempt.ts';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import type { DialectName, SignatureScheme, Subscription, Webhook, WebhookEnding, WebhookOrder } from '../domain/webhook.ts';
import type { IdempotentRequest } from '../ports/dialect.ts';
import type { Job, JobFilter, JobKind, JobListFilter } from '../ports/jobs.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { WebhookPast } from './webhook-history.ts';

export interface Webhooks {
	/** Creates one through the management API. Throws webhook_not_https, webhook_address_refused, webhook_header_reserved, webhook_authorized_twice, invalid_request (settings out of bounds), not_there (account, instance). */
	create(wish: WebhookWish, idempotency?: WebhookIdempotency): Promise<WebhookSecretShown>;
	/** Throws as `create`, and webhook_ending where new events are wanted of one that is being deleted. */
	update(id: string, change: WebhookChange): Promise<Webhook>;
	/**
	 * Deletes it. What is unsettled of it is cancelled, or still delivered before it goes; a person has to say which: throws
	 * webhook_has_deliveries where there is something and `deliveries` is undefined. Answers whether it is gone already.
	 */
	delete(id: string, deliveries?: WebhookEnding): Promise<{ readonly isGone: boolean }>;
	/** A new secret, and a new key pair where it has one; the old ones sign too for the overlap (default 24 h). Throws webhook_rotated_too_often. */
	rotateSecret(id: string): Promise<WebhookSecretShown>;
	/** The public key that checks its `v1a` signatures (`whpk_…`); undefined where it does not sign so. */
	publicKeyOf(webhook: Webhook): string | undefined;
	/** Open, closed, or on its way from the one to the other. */
	circuitOf(webhook: Webhook): CircuitView;
	/** Names of its own headers (values stay secret). */
	headerNamesOf(webhook: Webhook): readonly string[];
	/** Until when older secrets sign beside the current one, latest first; none where the overlap of the last rotation is over. */
	olderSecretsUntil(webhook: Webhook): readonly number[];
	/** What became of it, newest first: the newest 200. None of one that is gone. */
	history(id: string): Promise<readonly WebhookPast[]>;
	/** Makes an event of that type with example data, planned for this webhook alone; answers the delivery to look at. Throws webhook_ending. */
	test(id: string, type: EventType): Promise<Delivery>;
	list(filter: { readonly accountId?: string; readonly instanceId?: string; readonly dialect?: DialectName }): readonly Webhook[];
	get(id: string): Webhook | undefined;
	eventsOf(webhook: Webhook): readonly EventType[];
	/** For whoever makes something before its webhooks. Throws webhook_not_https, webhook_address_refused, webhook_has_credentials. */
	assertUrl(url: string): void;
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

/** Values by name. null: the one that the webhook has by that name. */
export type WishedHeaders = Readonly<Record<string, string | null>>;

/** What a person may choose of how a webhook is served; null: the default again. */
export interface WebhookSettings {
	/** In place of those it had. */
	readonly headers?: WishedHeaders;
	/** Sent as the `authorization` header. */
	readonly authentication?: WebhookAuthentication | null;
	readonly signatures?: readonly SignatureScheme[];
	readonly order?: WebhookOrder;
	readonly enabled?: boolean;
	/** Why it is disabled, for people: kept while it is. */
	readonly disabledReason?: string;
	/** Milliseconds. */
	readonly scheduleMs?: readonly number[] | null;
	readonly patienceMs?: number | null;
	readonly concurrency?: number | null;
	readonly ratePerSecond?: number | null;
}

export type WebhookAuthentication =
	| { readonly scheme: 'basic'; readonly username: string; readonly password: string }
	| { readonly scheme: 'bearer'; readonly token: string };

export interface WebhookWish extends WebhookSettings {
	readonly accountId: string;
	readonly instanceId?: string;
	readonly dialect: DialectName;
	readonly events: readonly EventType[];
	/** The generation of the dialect, where its payloads differ by it; the usual one if missing. */
	readonly form?: string;
	readonly url: string;
}

export interface WebhookChange extends WebhookSettings {
	readonly events?: readonly EventType[];
	readonly url?: string;
}

/** How a webhook's receiver does, as far as this process knows. */
export interface CircuitView {
	/** `recovering`: a probe got through, and the backlog flows at a growing rate. */
	readonly state: 'closed' | 'open' | 'recovering';
	/** When it opened. */
	readonly failingSince?: number;
	readonly nextProbeAt?: number;
	/** Attempts that failed in a row. */
	readonly failuresInARow: number;
	readonly errorClass?: AttemptErrorClass;
	/** Attempts that may be in flight now: it grows with success up to the webhook's concurrency. */
	readonly concurrencyNow: number;
	/** A 429 said to wait until then. */
	readonly pausedUntil?: number;
}

export interface WebhookSecretShown {
	readonly webhook: Webhook;
	/** `whsec_` and base64. */
	readonly secret: string;
}

export interface Replays {
	/** Sends a settled delivery again: same bytes, same `webhook-id`. Throws not_there, delivery_unsettled. */
	replay(deliveryId: string): Promise<Delivery>;
	/** Cancels a pending or dead delivery. Throws not_there, delivery_unsettled (it is being sent), delivery_settled. */
	discard(deliveryId: string): Promise<Delivery>;
}

/** Replaying or discarding many deliveries, in batches that leave room for everything else. */
export interface DeliveryJobs {
	/** Begins one over the deliveries that are there now. Throws not_there (account, webhook), invalid_request. */
	start(wish: JobWish, idempotency?: JobIdempotency): Promise<Job>;
	job(id: string): Promise<Job | undefined>;
	list(filter: JobListFilter, page: PageRequest): Promise<Page<Job>>;
	/** The batch under way is finished first. All throw not_there, and job_finished where it is too late. */
	pause(id: string): Promise<Job>;
	resume(id: string): Promise<Job>;
	cancel(id: string): Promise<Job>;
}

export interface JobWish extends Omit<JobFilter, 'seqMax' | 'states' | 'contactId'> {
	readonly kind: Exclude<JobKind, 'erase'>;
	/** Default: the dead ones. To replay: of `delivered`, `dead`, `cancelled`; to discard: of `pending`, `dead`. */
	readonly states?: readonly DeliveryState[];
}

export interface JobIdempotency {
	readonly request: IdempotentRequest;
	readonly answer: (job: Job) => { readonly status: number; readonly body: unknown };
}
