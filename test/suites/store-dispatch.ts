/** A dispatcher's moves, in few words, for the cases about deliveries. */
import assert from 'node:assert/strict';
import type { AttemptErrorClass, ClaimedDelivery, Delivery, NewDelivery } from '../../src/domain/delivery.ts';
import type { Store } from '../../src/ports/store.ts';
import { attempt, committed, unit, webhook } from './store-fixtures.ts';

/** Makes the webhooks `whk_a` and `whk_b`. */
export async function makeWebhooks(store: Store): Promise<void> {
	const changes = ['a', 'b'].map((name) => ({ kind: 'webhook.put', webhook: webhook(name) }) as const);
	committed(await store.commit(unit({ changes })));
}

/** Commits deliveries in one unit; answers the names of those that are to be attempted at once. */
export async function add(store: Store, ...deliveries: NewDelivery[]): Promise<string[]> {
	return names(committed(await store.commit(unit({ deliveries }))));
}

/** Claims whatever is due, with room for all. */
export function claim(store: Store, now: number, limit = 100): Promise<readonly ClaimedDelivery[]> {
	return store.deliveries.claimDue({ now, limit, roomPerWebhook: 1_000, roomLeft: new Map() });
}

export interface End {
	readonly at?: number;
	readonly takeNext?: boolean;
	readonly error?: AttemptErrorClass;
}

/** Settles as delivered; answers the name of the next of the lane where it was taken. */
export async function deliver(store: Store, name: string, { at = 2_000, takeNext = false }: End = {}): Promise<string | undefined> {
	const deliveryId = `dlv_${name}`;
	const next = await store.deliveries.settle({ outcome: 'delivered', deliveryId, at, takeNext, attempt: attempt(deliveryId) });
	return next?.id.slice(4);
}

export async function giveUp(store: Store, name: string, { at = 2_000, takeNext = false, error = 'status' }: End = {}): Promise<void> {
	const deliveryId = `dlv_${name}`;
	await store.deliveries.settle({ outcome: 'dead', deliveryId, at, takeNext, attempt: attempt(deliveryId, { errorClass: error }) });
}

export interface RetryLater {
	readonly at?: number;
	readonly dueAt: number;
	readonly heldSince?: number;
	readonly laneFreeAt?: number;
}

export async function retry(store: Store, name: string, { at = 2_000, dueAt, heldSince = at, laneFreeAt }: RetryLater): Promise<void> {
	const deliveryId = `dlv_${name}`;
	await store.deliveries.settle({
		outcome: 'retry',
		deliveryId,
		at,
		dueAt,
		heldSince,
		attempt: attempt(deliveryId, { errorClass: 'timeout' }),
		...(laneFreeAt === undefined ? {} : { laneFreeAt }),
	});
}

export async function release(store: Store, name: string, dueAt: number): Promise<void> {
	await store.deliveries.settle({ outcome: 'released', deliveryId: `dlv_${name}`, dueAt });
}

/** A delivery that must be there. */
export async function look(store: Store, name: string): Promise<Delivery> {
	const found = await store.deliveries.delivery(`dlv_${name}`);
	assert.ok(found, name);
	return found;
}

/** How it stands: its state, and for a pending one when it is due. */
export async function standing(store: Store, name: string): Promise<string> {
	const { state, dueAt } = await look(store, name);
	return dueAt === undefined ? state : `${state} ${dueAt}`;
}

export function names(deliveries: readonly { readonly id: string }[]): string[] {
	return deliveries.map(({ id }) => id.slice(4));
}
