/** Deliveries to look at, with their attempts. What is done with them is told in `delivery-work.ts`. */
import type { Attempt } from '../domain/attempt.ts';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import type { Page, PageRequest } from './pages.ts';

/**
 * So many deliveries are looked at for one page, newest first, for what no index knows: an instance, an event type, a text. They are looked at a stretch at
 * a time; between two of them the embedded store does what else there is to do.
 */
export const DELIVERIES_LOOKED_AT_MAX = 20_000;

/** Found by an index, but for the last three: for those each delivery that the rest leaves is looked at. */
export interface DeliveryFilter {
	readonly webhookId?: string;
	readonly accountId?: string;
	readonly chatId?: string;
	/** Of any of these; each has a walk of its own. */
	readonly chatIds?: readonly string[];
	readonly eventId?: string;
	readonly state?: DeliveryState;
	readonly since?: number;
	readonly until?: number;
	readonly instanceId?: string;
	readonly eventType?: EventType;
	/** Part of the payload, case-insensitive. */
	readonly text?: string;
}

export interface DeliveryPage extends Page<Delivery> {
	/**
	 * How many were looked at, where the filter asks for what no index knows. A page may then be short, or empty, and have a `next`: that many were looked
	 * at in vain, and what is older is still to come.
	 */
	readonly scanned?: number;
}

export interface DeliveryReads {
	delivery(id: string): Promise<Delivery | undefined>;
	/**
	 * Newest first, by the order of commit; those of a chat by the order of commit of their events. Bodies are left out of lists (`body: ''`).
	 */
	list(filter: DeliveryFilter, page: PageRequest): Promise<DeliveryPage>;
	attempts(deliveryId: string): Promise<readonly Attempt[]>;
	/** How many there are in each state that needs something yet; near enough where there is much of it and it is moving. */
	backlog(): Promise<{ readonly pending: number; readonly sending: number; readonly dead: number }>;
}
