/** How deliveries go from state to state: what the dispatcher, a replay and the janitor ask of the store. */
import type { ClaimedDelivery, Settlement } from '../domain/delivery.ts';

/** What is done with deliveries; the states are told in `domain/delivery.ts`. Atomic each, and grouped with concurrent commits. */
export interface DeliveryWork {
	/** Takes ready deliveries of these webhooks, longest due first: they are `sending` now. */
	claimDue(request: ClaimRequest): Promise<Claimed>;
	/** The webhooks that have deliveries with a due time, each with its earliest: what a start has to know. */
	dueWebhooks(): Promise<ReadonlyMap<string, number>>;
	/** Takes the head of the oldest lane of a webhook, whether it is due yet or not; undefined where nothing of it is pending. */
	takeOldest(webhookId: string): Promise<ClaimedDelivery | undefined>;
	/**
	 * What sleeps (due after `at`) is due at `at`; how long lanes were held is forgotten, and whoever was to overtake waits again. Up to `limit` of them;
	 * answers how many.
	 */
	hasten(webhookId: string, at: number, limit: number): Promise<number>;
	/**
	 * Writes an outcome with its attempt. Settling as delivered or dead makes the next of the lane ready; with `takeNext` that one is taken
	 * instead, and answered. A settlement of a delivery that is not `sending` changes nothing (the attempt is still recorded).
	 */
	settle(settlement: Settlement): Promise<ClaimedDelivery | undefined>;
	/** A head that held its lane too long leaves it: it keeps its due time, the lane goes on without it. */
	overtake(deliveryId: string): Promise<void>;
	/** A dead (or delivered or cancelled) delivery is ready again, in its lane's order, its schedule from the start. False where it is unsettled. */
	replay(deliveryId: string, at: number): Promise<boolean>;
	/** A pending or dead delivery is cancelled; its lane goes on. False where it is in no such state (being sent, or settled). */
	discard(deliveryId: string, at: number): Promise<boolean>;
	/** Pending deliveries of a webhook that were made before `createdBefore` are dead, oldest first, up to `limit` of them. Answers how many. */
	expire(webhookId: string, createdBefore: number, at: number, limit: number): Promise<number>;
	/** Pending deliveries of a webhook that is being deleted are cancelled, up to `limit` of them. Answers how many. */
	cancel(webhookId: string, at: number, limit: number): Promise<number>;
	/** Whether anything of the webhook is pending or sending. */
	hasUnsettled(webhookId: string): Promise<boolean>;
}

export interface ClaimRequest {
	readonly now: number;
	/** How many of which webhook, in the order in which they have their turns. */
	readonly wants: ReadonlyMap<string, number>;
	/** No more are taken once the bodies of those that were have so many bytes. */
	readonly bytesMax: number;
}

export interface Claimed {
	readonly deliveries: readonly ClaimedDelivery[];
	/** For each webhook that was asked for: when the next of those that are left is due; not in it where nothing is. */
	readonly dueAt: ReadonlyMap<string, number>;
}
