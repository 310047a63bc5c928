/** The limits of delivery; defaults and units are told in the configuration's table. */

export interface DeliveryOptions {
	/** For one attempt as a whole. */
	readonly attemptDeadlineMs: number;
	readonly responseBytesKept: number;
	readonly responseBytesMax: number;
	/** Attempts in flight for one webhook that has no number of its own. */
	readonly concurrencyPerWebhook: number;
	/** Attempts in flight for all webhooks. */
	readonly inFlightMax: number;
	/** Bodies held in memory, those in flight included; more wait in the store. */
	readonly pendingBytesMax: number;
	/** Delays before each attempt, the first one before the first. A delivery whose last attempt failed is dead. */
	readonly scheduleMs: readonly number[];
	/** A delivery that fails when it is older than this is dead, whatever is left of its schedule. */
	readonly patienceMs: number;
	/** How long a failing head may hold its lane while its webhook is otherwise healthy. */
	readonly laneHoldMs: number;
	/** The pause before the first probe of a failing webhook. */
	readonly probeMs: number;
	/** The longest pause between two probes. */
	readonly probeCeilingMs: number;
	/** How long an old secret signs beside the new one. */
	readonly secretOverlapMs: number;
	/** How long a shutdown waits for attempts in flight before it interrupts them. */
	readonly shutdownGraceMs: number;
}
