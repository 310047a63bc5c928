/** A dispatcher's moves, in few words, for the cases about deliveries. */
import assert from 'node:assert/strict';
import type { AttemptErrorClass } from '../../src/domain/attempt.ts';
import type { ClaimedDelivery, Delivery, InHand, NewDelivery } from '../../src/domain/delivery.ts';
import type { Claimed } from '../../src/ports/delivery-work.ts';
import type { Store } from '../../src/ports/store.ts';
import { attempt, committed, type OpenStore, type StoreRig, unit, webhook } from './store-fixtures.ts';

/** The webhooks that tests have, `whk_a` and so on. */
const WEBHOOKS = ['a', 'b', 'c', 'd'];

/** Opens an empty store and makes the webhooks. */
export async function openWithWebhooks(open: OpenStore): Promise<StoreRig> {
	const rig = await open();
	const changes = WEBHOOKS.map((name) => ({ kind: 'webhook.put', webhook: webhook(name) }) as const);
	committed(await rig.store.commit(unit({ changes })));
	return rig;
}

/** Commits deliveries in one unit; answers the names of those that are to be attempted at once. */
export async function add(store: Store, ...deliveries: NewDelivery[]): Promise<string[]> {
	return names(committed(await store.commit(unit({ deliveries }))));
}

/** Claims whatever is due of any webhook, so many of each at most. */
export async function claim(store: Store, now: number, each = 100): Promise<readonly ClaimedDelivery[]> {
	return (await claimOf(store, now, Object.fromEntries(WEBHOOKS.map((name) => [`whk_${name}`, each])))).deliveries;
}

export function claimOf(store: Store, now: number, wants: Readonly<Record<string, number>>, bytesMax = 1_000_000): Promise<Claimed> {
	return store.deliveries.claimDue({ now, wants: new Map(Object.entries(wants)), bytesMax });
}

/** When the next delivery of a webhook is due, whether that has come or not. */
export async function dueAt(store: Store, webhookId = 'whk_a'): Promise<number | undefined> {
	return (await store.deliveries.dueWebhooks()).get(webhookId);
}

/** What a settlement calls a delivery; one that is not there has a number all the same. */
export async function inHand(store: Store, name: string): Promise<InHand> {
	const id = `dlv_${name}`;
	return { id, seq: (await store.deliveries.delivery(id))?.seq ?? 999_999 };
}

export interface End {
	readonly at?: number;
	readonly takeNext?: boolean;
	readonly error?: AttemptErrorClass;
}

/** Settles as delivered; answers the name of the next of the lane where it was taken. */
export async function deliver(store: Store, name: string, { at = 2_000, takeNext = false }: End = {}): Promise<string | undefined> {
	const delivery = await inHand(store, name);
	const next = await store.deliveries.settle({ outcome: 'delivered', delivery, at, takeNext, attempt: attempt(delivery.id) });
	return next?.id.slice(4);
}

export async function giveUp(store: Store, name: string, { at = 2_000, takeNext = false, error = 'status' }: End = {}): Promise<void> {
	const delivery = await inHand(store, name);
	await store.deliveries.settle({ outcome: 'dead', delivery, at, takeNext, attempt: attempt(delivery.id, { errorClass: error }) });
}

export interface RetryLater {
	readonly at?: number;
	readonly dueAt: number;
	readonly heldSince?: number;
	readonly laneFreeAt?: number;
}

export async function retry(store: Store, name: string, { at = 2_000, dueAt, heldSince = at, laneFreeAt }: RetryLater): Promise<void> {
	const delivery = await inHand(store, name);
	await store.deliveries.settle({
		outcome: 'retry',
		delivery,
		at,
		dueAt,
		heldSince,
		attempt: attempt(delivery.id, { errorClass: 'timeout' }),
		...(laneFreeAt === undefined ? {} : { laneFreeAt }),
	});
}

export async function release(store: Store, name: string, dueAt: number): Promise<void> {
	await store.deliveries.settle({ outcome: 'released', delivery: await inHand(store, name), dueAt });
}

export async function probed(store: Store, name: string, dueAt: number, error: AttemptErrorClass = 'connect'): Promise<void> {
	const delivery = await inHand(store, name);
	const made = attempt(delivery.id, { errorClass: error, isProbe: true, startedAt: dueAt });
	await store.deliveries.settle({ outcome: 'probed', delivery, dueAt, attempt: made });
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
