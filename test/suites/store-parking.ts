/** A disabled webhook: nothing of it is due, whatever happens meanwhile; enabled again, everything flows at once, in order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/ports/store.ts';
import { add, claim, deliver, giveUp, makeWebhooks, names, release, retry, standing } from './store-dispatch.ts';
import { commit, delivery, looseDelivery, type OpenStore, webhook } from './store-fixtures.ts';

const LATER = 9_000_000_000_000;

export function parkingCases(open: OpenStore): void {
	test('parking takes the due times away, and only of that webhook', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(store, delivery('head'), delivery('next'), looseDelivery('loose'), looseDelivery('other', { webhookId: 'whk_b' }));
		await park(store);
		for (const name of ['head', 'next', 'loose']) assert.equal(await standing(store, name), 'pending');
		assert.deepEqual(names(await claim(store, LATER)), ['other']);
		assert.equal(await store.deliveries.nextDueAt(new Set()), undefined);
		await unpark(store, clock.now() + 5);
		assert.equal(await standing(store, 'head'), `pending ${clock.now() + 5}`);
		assert.equal(await standing(store, 'loose'), `pending ${clock.now() + 5}`);
		assert.equal(await standing(store, 'next'), 'pending', 'still behind the head');
		assert.deepEqual(names(await claim(store, LATER)), ['head', 'loose']);
		assert.equal(await deliver(store, 'head', { takeNext: true }), 'next');
	});

	test('what comes while it is parked is parked, however it was to start', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await park(store);
		const taken = await add(
			store,
			delivery('a', { start: 'take' }),
			delivery('b', { start: 'ready' }),
			looseDelivery('c', { start: 'ready' }),
			looseDelivery('d', { start: 'take' }),
		);
		assert.deepEqual(taken, []);
		assert.deepEqual(await claim(store, LATER), []);
		await unpark(store, clock.now());
		assert.deepEqual(names(await claim(store, clock.now())), ['a', 'c', 'd']);
		assert.equal(await standing(store, 'b'), 'pending');
	});

	test('unparked, a head is held against by nobody for how long it failed before', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const now = clock.now();
		await makeWebhooks(store);
		await add(store, delivery('a', { start: 'take' }));
		await retry(store, 'a', { at: now, dueAt: now + 50_000, laneFreeAt: now });
		await park(store);
		await unpark(store, now);
		await add(store, delivery('b'));
		assert.equal(await standing(store, 'b'), 'pending', 'it waits for the head to be tried');
		const [head] = await claim(store, now);
		assert.deepEqual([head?.id, head?.heldSince], ['dlv_a', undefined]);
	});

	test('a webhook that is made disabled is parked from the start', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('a', { enabled: false }) });
		await add(store, delivery('a', { start: 'ready' }));
		assert.deepEqual(await claim(store, LATER), []);
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') }, { kind: 'webhook.unpark', id: 'whk_a', at: clock.now() });
		assert.deepEqual(names(await claim(store, clock.now())), ['a']);
	});

	test('what is being sent lands, and the next of its lane stays parked', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await park(store);
		assert.equal(await standing(store, 'a'), 'sending');
		assert.equal(await deliver(store, 'a', { takeNext: true }), undefined);
		assert.equal(await standing(store, 'b'), 'pending');
		await unpark(store, clock.now());
		assert.deepEqual(names(await claim(store, clock.now())), ['b']);
		assert.equal(await deliver(store, 'b', { takeNext: true }), 'c');
	});

	test('a retry or a release while parked stays parked; enabled, it does not sleep on', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(
			store,
			delivery('a', { start: 'take' }),
			delivery('b'),
			looseDelivery('c', { start: 'take' }),
			looseDelivery('d', { start: 'take' }),
			looseDelivery('slept', { start: 'take' }),
		);
		await retry(store, 'slept', { dueAt: clock.now() + 500_000 });
		await park(store);
		await retry(store, 'a', { dueAt: clock.now(), laneFreeAt: clock.now() });
		await retry(store, 'c', { dueAt: clock.now() });
		await release(store, 'd', clock.now());
		assert.deepEqual(await claim(store, LATER), []);
		await unpark(store, clock.now());
		assert.deepEqual(names(await claim(store, clock.now())), ['a', 'c', 'd', 'slept']);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b');
	});

	test('an overtaken head and the one that overtook are parked and flow again', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await retry(store, 'a', { dueAt: clock.now() + 90_000, laneFreeAt: 5_000 });
		await claim(store, 5_000);
		await park(store);
		await store.deliveries.overtake('dlv_a');
		assert.equal(await deliver(store, 'b', { takeNext: true }), undefined);
		assert.deepEqual(await claim(store, LATER), []);
		await unpark(store, clock.now());
		assert.deepEqual(names(await claim(store, clock.now())), ['a', 'c']);
	});

	test('a next that was due waits behind its head again', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(
			store,
			delivery('a', { start: 'take' }),
			delivery('b'),
			delivery('x', { start: 'take', lane: 'whk_a/x' }),
			delivery('y', { lane: 'whk_a/x' }),
		);
		await retry(store, 'a', { dueAt: clock.now() + 90_000, laneFreeAt: 5_000 });
		await retry(store, 'x', { dueAt: clock.now() + 90_000, laneFreeAt: 5_000 });
		await claim(store, 5_000, 1);
		await park(store);
		await release(store, 'b', 5_000);
		await unpark(store, clock.now());
		assert.deepEqual(names(await claim(store, LATER)), ['a', 'x']);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b');
		assert.equal(await deliver(store, 'x', { takeNext: true }), 'y');
	});

	test('a replay while parked is parked', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(store, delivery('a', { start: 'take' }), looseDelivery('b', { start: 'take' }));
		await giveUp(store, 'a');
		await giveUp(store, 'b');
		await park(store);
		assert.equal(await store.deliveries.replay('dlv_a', clock.now()), true);
		assert.equal(await store.deliveries.replay('dlv_b', clock.now()), true);
		assert.deepEqual(await claim(store, LATER), []);
		await unpark(store, clock.now());
		assert.deepEqual(names(await claim(store, clock.now())), ['a', 'b']);
	});

	test('it outlives a crash, for what was being sent too', async () => {
		await using rig = await open();
		const { clock } = rig;
		await makeWebhooks(rig.store);
		await add(rig.store, delivery('a', { start: 'take' }), delivery('b'), looseDelivery('c', { start: 'take' }));
		await park(rig.store);
		const store = await rig.reopen();
		assert.equal(await standing(store, 'a'), 'pending');
		assert.deepEqual(await claim(store, LATER), []);
		await unpark(store, clock.now());
		assert.deepEqual(names(await claim(store, clock.now())), ['a', 'c']);
	});

	test('deleting a parked webhook cancels its deliveries', async () => {
		await using rig = await open();
		const { store } = rig;
		await makeWebhooks(store);
		await park(store);
		await add(store, delivery('a'), delivery('b'));
		await commit(store, { kind: 'webhook.delete', id: 'whk_a', at: 2_000 });
		assert.deepEqual([await standing(store, 'a'), await standing(store, 'b')], ['cancelled', 'cancelled']);
		assert.deepEqual(await add(store, delivery('c', { start: 'take' })), ['c'], 'it is as unknown as any other');
	});

	test('unparking one that is not parked hastens what sleeps', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(store, delivery('a', { start: 'take' }), delivery('b'), looseDelivery('c'));
		await retry(store, 'a', { dueAt: clock.now() + 90_000 });
		await unpark(store, clock.now() + 10);
		assert.equal(await standing(store, 'a'), `pending ${clock.now() + 10}`);
		assert.equal(await standing(store, 'b'), 'pending');
		assert.equal(await standing(store, 'c'), `pending ${clock.now()}`, 'what is due earlier is not held up');
	});
}

async function park(store: Store): Promise<void> {
	await commit(store, { kind: 'webhook.park', id: 'whk_a' });
}

async function unpark(store: Store, at: number): Promise<void> {
	await commit(store, { kind: 'webhook.unpark', id: 'whk_a', at });
}
