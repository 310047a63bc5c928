/**
 * A delivery is one event for one webhook: the unit that is never lost. Its words and states:
 *
 * - *ready*: `pending` with a due time that has come. Found by the due index of its webhook, unless the webhook is closed.
 * - *waiting*: `pending` without a due time: an earlier delivery of its lane is not settled. The settlement of that one makes it ready.
 * - `sending`: *in hand* of a process: an attempt is under way, or will be as soon as there is room for it. Entered from ready (claim), at
 *   commit where the lane was free and the dispatcher had room, or by the settlement of its predecessor. A crash leaves it so; the next
 *   start makes it ready again.
 * - `delivered`: a 2xx answer was recorded. Final.
 * - `dead`: its schedule is spent, its webhook is gone, or it grew older than its patience. Visible; `pending` again by replay.
 * - `cancelled`: a person discarded it or deleted its webhook. Final.
 *
 * A *lane* is the deliveries of one webhook and one chat (or of the webhook, by its order): at most one of a lane is ready or sending,
 * but for a head that was *overtaken*: it failed for longer than a lane may be held, left its lane, and keeps its own schedule.
 *
 * A webhook is *closed* while it is disabled or its circuit is open. What is for it keeps its states and due times; nobody claims it.
 */
import type { Attempt, AttemptErrorClass } from './attempt.ts';
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
	/** Undefined where the event concerns no instance. */
	readonly instanceId?: string;
	readonly chatId?: string;
	/** Names the lane among those of all webhooks. Undefined: ordered with nothing. */
	readonly lane?: string;
	/** The bytes of every attempt: JSON, UTF-8. */
	readonly body: string;
	readonly createdAt: number;
	/** The trace that its event belongs to, as `traceparent` of W3C Trace Context; undefined where nobody traces. */
	readonly traceparent?: string;
	/** What becomes of it where its lane is free; where the lane is busy it waits in any case. */
	readonly start: DeliveryStart;
}

/** `take`: the committing process attempts it as soon as it can; `ready`: due now, for whoever claims. */
export type DeliveryStart = 'take' | 'ready';

/** A delivery that this process has in hand (`sending`) and has to attempt. */
export interface ClaimedDelivery {
	readonly id: string;
	/** The order of commit: how the store finds it again. */
	readonly seq: number;
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
	readonly traceparent?: string;
	/**
	 * An earlier delivery of the lane is unsettled: this one was made ready because the lane was held too long.
	 * The dispatcher decides, by the health of the webhook, whether it overtakes or goes back to wait.
	 */
	readonly blockedBy?: string;
}

/** A delivery as it is looked at. */
export interface Delivery extends Omit<NewDelivery, 'start'> {
	/** The order of commit; it orders lists. */
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

/** Which delivery is settled: what `ClaimedDelivery` says of itself. */
export type InHand = Pick<ClaimedDelivery, 'id' | 'seq' | 'lane'>;

/** What an attempt means for its delivery; written by the store together with the attempt, in one write. */
export type Settlement =
	| {
			readonly outcome: 'delivered' | 'dead';
			readonly delivery: InHand;
			readonly at: number;
			readonly attempt: Attempt;
			/** The next of the lane is wanted at once: it is taken as it waits, and never written as ready. */
			readonly takeNext: boolean;
	  }
	| {
			readonly outcome: 'retry';
			readonly delivery: InHand;
			readonly at: number;
			readonly attempt: Attempt;
			readonly dueAt: number;
			readonly heldSince: number;
			/** The lane may be overtaken at this time; undefined: the lane is held until the delivery is settled. */
			readonly laneFreeAt?: number;
	  }
	/** Failed while the circuit was open: the attempt is on record and counts for nothing; ready again at `dueAt`. */
	| { readonly outcome: 'probed'; readonly delivery: InHand; readonly attempt: Attempt; readonly dueAt: number }
	/** Not attempted, or interrupted by a shutdown: ready again at `dueAt`, nothing counted; cancelled where its webhook is gone. */
	| { readonly outcome: 'released'; readonly delivery: InHand; readonly dueAt: number };
