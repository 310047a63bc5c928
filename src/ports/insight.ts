/**
 * What is asked of the store about the gateway as a whole: what was committed lately, whoever committed it, and where deliveries died. Nothing of it is
 * on the way of a delivery; each answer is bounded by what is asked for.
 *
 * Events and deliveries have numbers (`seq`). Where several processes write, a lower number may become visible after a higher one: whoever follows them
 * looks again at those that were missing.
 */
import type { Delivery } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';

export interface InsightReads {
	/** The highest numbers that are visible; 0 where there is nothing. */
	newestSeqs(): Promise<NewestSeqs>;
	/** The newest `limit` of these stretches, newest first. */
	eventsIn(stretches: readonly Stretch[], limit: number): Promise<Newest<EventHead>>;
	/** The same of deliveries, as they are now. Bodies are left out (`body: ''`). */
	deliveriesIn(stretches: readonly Stretch[], limit: number): Promise<Newest<Delivery>>;
	/**
	 * Webhooks that have dead deliveries, of the first `webhooksMax` (by id) that have anything dead or cancelled (the embedded store: or pending). Includes those of webhooks that
	 * are gone.
	 */
	deadByWebhook(webhooksMax: number): Promise<readonly DeadOfWebhook[]>;
	/**
	 * Since when the delivery waits that has waited for longest, whatever holds it up: it was made then, or replayed. Undefined where none waits. A replayed
	 * one keeps its place in the order, so as many as WAITING_LOOKED_AT_MAX of the first are looked at: near enough where more were replayed at once.
	 */
	waitingSince(): Promise<number | undefined>;
}

export interface NewestSeqs {
	readonly events: number;
	readonly deliveries: number;
}

/** Numbers from `first` to `last`, both included. */
export interface Stretch {
	readonly first: number;
	readonly last: number;
}

export interface Newest<T> {
	readonly items: readonly T[];
	/** How many more there are in the stretches, counted up to LEFT_OUT_MAX. */
	readonly leftOut: number;
}

/** An event without what it says. */
export interface EventHead {
	readonly seq: number;
	readonly id: string;
	readonly type: EventType;
	readonly accountId: string;
	readonly instanceId?: string;
	readonly chatId?: string;
	/** Which one an event `webhook.…` is about. */
	readonly webhookId?: string;
	readonly at: number;
}

export interface DeadOfWebhook {
	readonly webhookId: string;
	/** Counted up to DEAD_COUNTED_MAX. */
	readonly count: number;
	/** When the oldest of them died; undefined where that is not on record. */
	readonly since?: number;
}

/** So far it is counted what a tail leaves out: an index is walked for it. */
export const LEFT_OUT_MAX = 50_000;

/** So far the dead of one webhook are counted. */
export const DEAD_COUNTED_MAX = 1_000;

/** More than one would replay by hand, and read in no time. */
export const WAITING_LOOKED_AT_MAX = 256;
