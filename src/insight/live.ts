/** What a live stream tells, and to whom. */
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import type { EventHead } from '../ports/insight.ts';
import type { BacklogSample, Counts } from './series.ts';

export const LIVE_KINDS: readonly ['deliveries', 'events', 'figures', 'changed'] = ['deliveries', 'events', 'figures', 'changed'];
export type LiveKind = (typeof LIVE_KINDS)[number];

/** What something may have changed in, for whoever shows it to look again. */
export const CHANGED: readonly ['webhooks', 'instances', 'desk', 'jobs'] = ['webhooks', 'instances', 'desk', 'jobs'];
export type Changed = (typeof CHANGED)[number];

export interface Hint {
	readonly what: Changed;
	/** Undefined: of any account. */
	readonly accountId: string | undefined;
	/** Of the webhook, the instance, the chat or attendance, the job; undefined: of any. */
	readonly id: string | undefined;
}

/** Everything that is given has to fit; what has no such thing is not asked for it (an event has no webhook and no state, a figure only an account). */
export interface LiveFilter {
	readonly accountId?: string;
	readonly instanceId?: string;
	readonly webhookId?: string;
	readonly chatId?: string;
	readonly eventType?: EventType;
	readonly state?: DeliveryState;
}

export type LiveMessage =
	/** New ones and such as changed since they were told, by the order of commit. `skipped`: about so many, fitting or not, were not told; 1, for some, to whoever is narrowed to one account. */
	| { readonly kind: 'deliveries'; readonly items: readonly Delivery[]; readonly skipped: number }
	| { readonly kind: 'events'; readonly items: readonly EventHead[]; readonly skipped: number }
	| { readonly kind: 'figures'; readonly figures: LiveFigures }
	/** Without ids: look at all. */
	| { readonly kind: 'changed'; readonly what: Changed; readonly ids: readonly string[] };

export interface LiveFigures {
	readonly at: number;
	/** What this process did in the second before, or in so many as have passed. */
	readonly perSecond: Counts;
	/** So many processes share the store: each tells its own part. */
	readonly processes: number;
	/** Of this process; undefined for one account. */
	readonly inFlight?: number;
	/** Of all processes, some seconds old; undefined for one account and before the first sample. */
	readonly backlog?: BacklogSample;
}

/** As a stream carries it; with a place, whoever reads it can go on from there. */
export type EncodeLive = (message: LiveMessage, place?: string) => string;

/** Who asks for a stream, and for what. */
export interface LiveWish {
	readonly kinds: readonly LiveKind[];
	readonly filter: LiveFilter;
	/** An operator hears that something changed at the desk, and not where. */
	readonly isOperator: boolean;
	/** Whose stream it is: each may have so many. */
	readonly credentialId: string;
	/** The place that was told last, of a stream that broke off. One that is none counts for nothing. */
	readonly after?: string;
	/** Whether whoever asked may still do so. */
	readonly isAdmitted: () => Promise<boolean>;
}

export function fitsDelivery(filter: LiveFilter, delivery: Delivery): boolean {
	const { accountId, instanceId, webhookId, chatId, eventType, state } = filter;
	return (
		(accountId === undefined || delivery.accountId === accountId) &&
		(instanceId === undefined || delivery.instanceId === instanceId) &&
		(webhookId === undefined || delivery.webhookId === webhookId) &&
		(chatId === undefined || delivery.chatId === chatId) &&
		(eventType === undefined || delivery.eventType === eventType) &&
		(state === undefined || delivery.state === state)
	);
}

export function fitsEvent({ accountId, instanceId, chatId, eventType }: LiveFilter, event: EventHead): boolean {
	return (
		(accountId === undefined || event.accountId === accountId) &&
		(instanceId === undefined || event.instanceId === instanceId) &&
		(chatId === undefined || event.chatId === chatId) &&
		(eventType === undefined || event.type === eventType)
	);
}
