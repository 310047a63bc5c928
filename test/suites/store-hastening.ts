/** A receiver is back: what sleeps is due now, in order, and how long it was away is nobody's fault. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, claim, deliver, names, openWithWebhooks, release, retry, standing } from './store-dispatch.ts';
import { delivery, looseDelivery, type OpenStore } from './store-fixtures.ts';

export function hasteningCases(open: OpenStore): void {
	test('what sleeps is due now, and only of that webhook; what waits still does', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const [now, later] = [clock.now(), clock.now() + 90_000];
		await add(store, delivery('a', { start: 'take' }), delivery('b'), looseDelivery('c'), looseDelivery('d', { start: 'take' }));
		await add(store, looseDelivery('other', { webhookId: 'whk_b', start: 'take' }));
		for (const name of ['a', 'd', 'other']) await retry(store, name, { dueAt: later });
		assert.equal(await store.deliveries.hasten('whk_a', now + 10, 100), 2);
		assert.equal(await standing(store, 'a'), `pending ${now + 10}`);
		assert.equal(await standing(store, 'b'), 'pending');
		assert.equal(await standing(store, 'c'), `pending ${now}`, 'what is due earlier is not held up');
		assert.equal(await standing(store, 'other'), `pending ${later}`);
		assert.equal(await store.deliveries.hasten('whk_a', now + 10, 100), 0);
		assert.deepEqual(names(await claim(store, now + 10)), ['c', 'a', 'd']);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b');
	});

	test('earliest due first, no more than asked for', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		for (const [name, delay] of Object.entries({ a: 3_000, b: 1_000, c: 2_000 })) {
			await add(store, looseDelivery(name, { start: 'take' }));
			await retry(store, name, { dueAt: now + delay });
		}
		assert.equal(await store.deliveries.hasten('whk_a', now, 2), 2);
		assert.deepEqual(names(await claim(store, now)), ['b', 'c']);
		assert.equal(await store.deliveries.hasten('whk_a', now, 2), 1);
		assert.equal(await store.deliveries.hasten('whk_a', now, 2), 0);
	});

	test('how long a lane was held is forgotten: whoever comes waits for the head to be tried', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(store, delivery('a', { start: 'take' }));
		await retry(store, 'a', { at: now, dueAt: now + 50_000, laneFreeAt: now });
		await store.deliveries.hasten('whk_a', now, 100);
		await add(store, delivery('b'));
		assert.equal(await standing(store, 'b'), 'pending');
		const [head] = await claim(store, now);
		assert.deepEqual([head?.id, head?.heldSince], ['dlv_a', undefined]);
	});

	test('whoever was to overtake waits behind the head again, though both were due long ago', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await add(store, delivery('x', { start: 'take', lane: 'whk_a/x' }), delivery('y', { lane: 'whk_a/x' }));
		await retry(store, 'a', { at: now, dueAt: now + 1_000, laneFreeAt: now + 2_000 });
		await retry(store, 'x', { at: now, dueAt: now + 90_000, laneFreeAt: now + 80_000 });
		assert.equal(await store.deliveries.hasten('whk_a', now + 5_000, 1), 1);
		assert.equal(await store.deliveries.hasten('whk_a', now + 5_000, 1), 1);
		assert.equal(await store.deliveries.hasten('whk_a', now + 5_000, 1), 0);
		assert.equal(await standing(store, 'a'), `pending ${now + 1_000}`);
		assert.equal(await standing(store, 'x'), `pending ${now + 5_000}`);
		assert.deepEqual(names(await claim(store, now + 500_000)), ['a', 'x'], 'b and y are not due');
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b');
		assert.equal(await deliver(store, 'x', { takeNext: true }), 'y');
	});

	test('one that was about to overtake and was given back waits again too', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { at: now, dueAt: now + 90_000, laneFreeAt: now });
		assert.deepEqual(names(await claim(store, now)), ['b']);
		await release(store, 'b', now);
		await store.deliveries.hasten('whk_a', now + 1, 10);
		assert.equal(await standing(store, 'b'), 'pending');
		assert.deepEqual(names(await claim(store, now + 1)), ['a']);
	});

	test('one that was overtaken is woken, and stays out of its lane', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { at: now, dueAt: now + 90_000, laneFreeAt: now });
		await claim(store, now);
		await store.deliveries.overtake('dlv_a');
		assert.equal(await store.deliveries.hasten('whk_a', now + 1, 10), 1);
		const [woken] = await claim(store, now + 1);
		assert.deepEqual([woken?.id, woken?.isOvertaken], ['dlv_a', true]);
		assert.equal(await standing(store, 'b'), 'sending');
	});
}
