/** Deliveries that end without an attempt: discarded by a person, too old, or cancelled with their webhook. Their lanes go on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/ports/store.ts';
import { add, claim, deliver, giveUp, look, names, openWithWebhooks, retry, standing } from './store-dispatch.ts';
import { delivery, looseDelivery, type OpenStore } from './store-fixtures.ts';

const LATER = 9_000_000_000_000;

export function endingCases(open: OpenStore): void {
	discardCases(open);
	expiryCases(open);
	cancelCases(open);
}

function discardCases(open: OpenStore): void {
	test('discard: a pending or dead one is cancelled, whatever else it is it stays', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, looseDelivery('ready'), ...['dead', 'sent', 'sending'].map((name) => looseDelivery(name, { start: 'take' })));
		await giveUp(store, 'dead');
		await deliver(store, 'sent');
		for (const name of ['ready', 'dead']) {
			assert.equal(await store.deliveries.discard(`dlv_${name}`, 5_000), true);
			const { state, settledAt, dueAt } = await look(store, name);
			assert.deepEqual([state, settledAt, dueAt], ['cancelled', 5_000, undefined]);
			assert.equal(await store.deliveries.discard(`dlv_${name}`, 5_000), false, 'once');
		}
		for (const name of ['sent', 'sending', 'none']) assert.equal(await store.deliveries.discard(`dlv_${name}`, 5_000), false);
		assert.deepEqual([await standing(store, 'sent'), await standing(store, 'sending')], ['delivered', 'sending']);
	});

	test('discard: the lane of a head goes on; one that waits leaves a gap', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'), delivery('d'));
		await retry(store, 'a', { dueAt: clock.now() + 90_000 });
		await store.deliveries.discard('dlv_b', clock.now());
		await store.deliveries.discard('dlv_a', clock.now() + 5);
		assert.equal(await standing(store, 'c'), `pending ${clock.now() + 5}`);
		await claim(store, clock.now() + 5);
		assert.equal(await deliver(store, 'c', { takeNext: true }), 'd');
	});

	test('discard: where one goes that was to overtake, the next one is, and is held no longer', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'), delivery('d'));
		await retry(store, 'a', { dueAt: LATER, laneFreeAt: 5_000 });
		await store.deliveries.discard('dlv_b', 3_000);
		assert.deepEqual([await standing(store, 'c'), await standing(store, 'd')], ['pending 5000', 'pending']);
		assert.equal((await claim(store, 5_000))[0]?.blockedBy, 'dlv_a');
	});
}

function expiryCases(open: OpenStore): void {
	test('expire: what is older is dead, oldest first, as many as asked for', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const made = ['a', 'b', 'c', 'd', 'e'].map((name, index) => looseDelivery(name, { createdAt: 1_000 * (index + 1) }));
		await add(store, ...made, looseDelivery('other', { webhookId: 'whk_b', createdAt: 1 }));
		await claim(store, LATER, 0);
		assert.equal(await store.deliveries.expire('whk_a', 4_000, 9_000, 2), 2);
		assert.deepEqual(await states(store, 'abcde'), ['dead', 'dead', 'pending', 'pending', 'pending']);
		assert.equal(await store.deliveries.expire('whk_a', 4_000, 9_000, 2), 1);
		assert.equal(await store.deliveries.expire('whk_a', 4_000, 9_000, 2), 0);
		assert.deepEqual(await states(store, 'abcde'), ['dead', 'dead', 'dead', 'pending', 'pending']);
		const { settledAt, attempts } = await look(store, 'a');
		assert.deepEqual([settledAt, attempts], [9_000, 0]);
		assert.equal((await look(store, 'other')).state, 'pending');
	});

	test('expire: not what is being sent; the lanes go on', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c', { createdAt: 7_000 }));
		const lane = 'whk_a/x';
		await add(store, delivery('x', { lane }), delivery('y', { lane }), delivery('z', { lane, createdAt: 7_000 }));
		assert.equal(await store.deliveries.expire('whk_a', 5_000, 9_000, 100), 3);
		assert.deepEqual(await states(store, 'abcxyz'), ['sending', 'dead', 'pending', 'dead', 'dead', 'pending']);
		assert.equal(await standing(store, 'z'), 'pending 9000');
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'c');
	});

	test('expire: a replay is patient anew', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, looseDelivery('a', { start: 'take' }));
		await giveUp(store, 'a');
		await store.deliveries.replay('dlv_a', clock.now());
		assert.equal(await store.deliveries.expire('whk_a', clock.now(), clock.now(), 100), 0);
		assert.equal(await store.deliveries.expire('whk_a', clock.now() + 1, clock.now(), 100), 1);
	});

	test('expire: it finds the old ones among many, and can be replayed', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const hour = 3_600_000;
		await add(store, ...Array.from({ length: 300 }, (_, index) => looseDelivery(String(index), { createdAt: index * hour })));
		assert.equal(await store.deliveries.expire('whk_a', 40 * hour, clock.now(), 1_000), 40);
		assert.equal(await standing(store, '39'), 'dead');
		assert.equal(await store.deliveries.replay('dlv_39', clock.now()), true);
	});
}

function cancelCases(open: OpenStore): void {
	test('cancel: what is pending of the webhook, as many as asked for; what is in hand lands', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), looseDelivery('c'), delivery('d', { lane: 'whk_a/d' }));
		await add(store, looseDelivery('e', { webhookId: 'whk_b' }));
		assert.equal(await store.deliveries.cancel('whk_a', 4_000, 2), 2);
		assert.equal(await store.deliveries.hasUnsettled('whk_a'), true);
		assert.equal(await store.deliveries.cancel('whk_a', 4_000, 2), 1);
		assert.equal(await store.deliveries.cancel('whk_a', 4_000, 2), 0);
		assert.deepEqual(await states(store, 'abcde'), ['sending', 'cancelled', 'cancelled', 'cancelled', 'pending']);
		assert.equal((await look(store, 'b')).settledAt, 4_000);
		assert.equal(await store.deliveries.hasUnsettled('whk_a'), true, 'one is being sent');
		assert.equal(await deliver(store, 'a', { takeNext: true }), undefined);
		assert.equal(await store.deliveries.hasUnsettled('whk_a'), false);
		assert.deepEqual(names(await claim(store, clock.now())), ['e']);
	});

	test('cancel: a lane whose head was cancelled goes on, and the next one is cancelled too', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('old', { start: 'take' }));
		await giveUp(store, 'old');
		await add(store, delivery('a', { start: 'ready' }), delivery('b'));
		await store.deliveries.replay('dlv_old', clock.now());
		assert.equal(await store.deliveries.cancel('whk_a', 4_000, 2), 2);
		assert.equal(await standing(store, 'old'), 'pending 4000', 'the youngest went first, the head among them');
		assert.equal(await store.deliveries.cancel('whk_a', 4_000, 2), 1);
	});
}

async function states(store: Store, ids: string): Promise<string[]> {
	return Promise.all([...ids].map(async (name) => (await look(store, name)).state));
}
