/**
 * A delivery is one event for one webhook: the unit that is never lost. Its words and states:
 *
 * - *ready*: `pending` with a due time. Found by the due index when that time has come.
 * - *waiting*: `pending` without a due time: an earlier delivery of its lane is not settled. The settlement of that one makes it ready.
 * - *parked*: `pending` without a due time because its webhook is disabled. Enabling the webhook makes the head of each lane ready.
 * - `sending`: a process holds it; an attempt is under way or about to start. Entered from ready (claim), at commit where the lane was
 *   free and the dispatcher had room, or by the settlement of its predecessor. A crash leaves it so; the next start makes it ready again.
 * - `delivered`: a 2xx answer was recorded. Final.
 * - `dead`: its schedule is spent, its webhook is gone, or it grew older than its patience. Visible; `pending` again by replay.
 * - `cancelled`: a person discarded it or deleted its webhook. Final.
 *
 * A *lane* is the deliveries of one webhook and one chat (or of the webhook, by its order): at most one of a lane is ready or sending,
 * but for a head that was *overtaken*: it failed for longer than a lane may be held, left its lane, and keeps its own schedule.
 */
import type { EventType } from './event.ts';

export type DeliveryState = 'pending' | 'sending' | 'delivered' | 'dead' | 'cancelled';

/** A delivery as it is made, in the write unit of its event. */
export interface NewDelivery {
	/** `dlv_…`; the `webhook-id` on the wire. */
	readonly id: string;
	readonly eventId: string;
	readonly eventType: EventType;
	readonly accountId: string;
	readonly webhookId: string;
	readonly instanceId: string;
	readonly chatId?: string;
	/** Names the lane among those of all webhooks. Undefined: ordered with nothing. */
	readonly lane?: string;
	/** The bytes of every attempt: JSON, UTF-8. */
	readonly body: string;
	readonly createdAt: number;
	/** What becomes of it where its lane is free; where the lane is busy it waits in any case. */
	readonly start: DeliveryStart;
}

/**
 * `take`: the committing process attempts it at once; `ready`: due now, for whoever claims. Of a webhook that is parked everything is parked:
 * that is the store's to say, in the order of commits.
 */
export type DeliveryStart = 'take' | 'ready';

/** A delivery that this process holds (`sending`) and has to attempt. */
export interface ClaimedDelivery {
	readonly id: string;
	readonly eventType: EventType;
	readonly webhookId: string;
	readonly lane?: string;
	readonly body: string;
	readonly createdAt: number;
	/** Attempts made before. */
	readonly attempts: number;
	/** When the first attempt since the lane was entered failed; undefined before. The lane is held for a bounded time from here. */
	readonly heldSince?: number;
	readonly isOvertaken: boolean;
	readonly isReplay: boolean;
	/**
	 * An earlier delivery of the lane is unsettled: this one was made ready because the lane was held too long.
	 * The dispatcher decides, by the health of the webhook, whether it overtakes or goes back to wait.
	 */
	readonly blockedBy?: string;
}

/** A delivery as it is looked at. */
export interface Delivery extends Omit<NewDelivery, 'start'> {
	/** The order of commit; it orders lists among those of one moment. */
	readonly seq: number;
	readonly state: DeliveryState;
	/** When it is ready; undefined while waiting, sending or settled. */
	readonly dueAt?: number;
	readonly attempts: number;
	readonly lastError?: AttemptErrorClass;
	readonly isOvertaken: boolean;
	readonly isReplay: boolean;
	readonly settledAt?: number;
}

export type AttemptErrorClass =
	| 'dns'
	| 'connect'
	| 'tls'
	| 'timeout'
	| 'reset'
	| 'status'
	| 'too-large'
	| 'refused-by-guard'
	| 'interrupted';

/** How long each phase took, milliseconds; a reused connection has no dns, connect or tls. */
export interface AttemptTimings {
	readonly dnsMs?: number;
	readonly connectMs?: number;
	readonly tlsMs?: number;
	readonly firstByteMs?: number;
	readonly totalMs: number;
}

/** One HTTP request made for a delivery. */
export interface Attempt {
	/** `att_…` */
	readonly id: string;
	readonly deliveryId: string;
	/** Counts from 1. */
	readonly number: number;
	readonly startedAt: number;
	readonly url: string;
	/** As sent, but for the values of the webhook's own headers, which are secrets. */
	readonly requestHeaders: Readonly<Record<string, string>>;
	readonly status?: number;
	readonly responseHeaders?: Readonly<Record<string, string>>;
	/** Bounded; undefined where nothing came. */
	readonly responseBody?: string;
	readonly errorClass?: AttemptErrorClass;
	readonly errorMessage?: string;
	readonly timings: AttemptTimings;
}

/** What an attempt means for its delivery; written by the store together with the attempt, in one write. */
export type Settlement =
	| {
			readonly outcome: 'delivered';
			readonly deliveryId: string;
			readonly at: number;
			readonly attempt: Attempt;
			readonly takeNext: boolean;
	  }
	| {
			readonly outcome: 'retry';
			readonly deliveryId: string;
			readonly at: number;
			readonly attempt: Attempt;
			readonly dueAt: number;
			readonly heldSince: number;
			/** The lane may be overtaken at this time; undefined: the lane is held until the delivery is settled. */
			readonly laneFreeAt?: number;
	  }
	| { readonly outcome: 'dead'; readonly deliveryId: string; readonly at: number; readonly attempt: Attempt; readonly takeNext: boolean }
	/** Not attempted, or interrupted by a shutdown: ready again at `dueAt`, nothing counted; cancelled where its webhook is gone. */
	| { readonly outcome: 'released'; readonly deliveryId: string; readonly dueAt: number };
