/** Order within a lane: who waits, who is next, who may be overtaken. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, claim, deliver, giveUp, inHand, look, names, openWithWebhooks, release, retry, standing } from './store-dispatch.ts';
import { attempt, delivery, looseDelivery, type OpenStore } from './store-fixtures.ts';

export function laneCases(open: OpenStore): void {
	orderCases(open);
	overtakingCases(open);
}

function orderCases(open: OpenStore): void {
	test('one of a lane is taken, the others wait, in one unit and across units', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		assert.deepEqual(await add(store, delivery('a', { start: 'take' }), delivery('b', { start: 'take' })), ['a']);
		assert.deepEqual(await add(store, delivery('c', { start: 'take' }), delivery('x', { start: 'take', lane: 'whk_a/x' })), ['x']);
		assert.equal(await standing(store, 'b'), 'pending');
		assert.equal(await standing(store, 'c'), 'pending');
		assert.deepEqual(await claim(store, clock.now()), []);
	});

	test('what has no lane waits for nothing', async () => {
		await using rig = await openWithWebhooks(open);
		const taken = await add(rig.store, looseDelivery('a', { start: 'take' }), looseDelivery('b', { start: 'take' }));
		assert.deepEqual(taken, ['a', 'b']);
		assert.equal(await deliver(rig.store, 'a', { takeNext: true }), undefined);
	});

	test('the settlement of one takes the next, with its body, or makes it ready', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'), delivery('d'));
		const next = await store.deliveries.settle({
			outcome: 'delivered',
			delivery: await inHand(store, 'a'),
			at: 2_000,
			takeNext: true,
			attempt: attempt('dlv_a'),
		});
		const { id, body, lane } = delivery('b');
		const told = { eventType: 'message.received', webhookId: 'whk_a', createdAt: 1_000, attempts: 0, isOvertaken: false, isReplay: false };
		assert.deepEqual(next, { id, seq: (await look(store, 'b')).seq, body, lane, ...told });
		assert.equal(await standing(store, 'b'), 'sending');
		assert.equal(await standing(store, 'c'), 'pending');
		assert.equal(await deliver(store, 'b', { at: 3_000 }), undefined);
		assert.equal(await standing(store, 'c'), 'pending 3000');
		await claim(store, 3_000);
		await giveUp(store, 'c', { at: 4_000 });
		assert.equal(await standing(store, 'd'), 'pending 4000', 'a dead one holds nobody up');
	});

	test('nothing but the next of the lane is taken, whatever else is due', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const end = { at: clock.now() + 1, takeNext: true };
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await add(store, delivery('x', { lane: 'whk_a/x' }), looseDelivery('y'));
		assert.equal(await deliver(store, 'a', end), 'b');
		assert.equal(await deliver(store, 'b', end), undefined);
		assert.deepEqual(names(await claim(store, clock.now())), ['x', 'y']);
	});

	test('one that was to overtake is not taken when its lane sends it back to wait', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(store, delivery('old', { start: 'take' }));
		await deliver(store, 'old', { at: now });
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { at: now, dueAt: now + 1_000, laneFreeAt: now + 2_000 });
		assert.equal(await store.deliveries.replay('dlv_old', now), true);
		assert.deepEqual(names(await claim(store, now + 1_500)), ['a']);
		assert.equal(await deliver(store, 'a', { at: now + 3_000, takeNext: true }), 'old');
		assert.equal(await standing(store, 'b'), 'pending');
	});

	test('who comes to a lane that is held by a failing one is held no longer than those who waited', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(store, delivery('a', { start: 'take' }));
		await retry(store, 'a', { at: now, dueAt: now + 50_000, laneFreeAt: now + 2_000 });
		await add(store, delivery('b', { start: 'take' }), delivery('c'));
		assert.deepEqual([await standing(store, 'b'), await standing(store, 'c')], [`pending ${now + 2_000}`, 'pending']);
	});

	test('a replay holds its lane anew, whatever became of it before', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(store, delivery('a', { start: 'take' }));
		await retry(store, 'a', { at: now, dueAt: now, laneFreeAt: now });
		await claim(store, now);
		await giveUp(store, 'a', { at: now });
		assert.equal(await store.deliveries.replay('dlv_a', now), true);
		await add(store, delivery('b'));
		assert.equal(await standing(store, 'b'), 'pending');
	});

	test('a lane that became empty is free', async () => {
		await using rig = await openWithWebhooks(open);
		await add(rig.store, delivery('a', { start: 'take' }));
		assert.equal(await deliver(rig.store, 'a', { takeNext: true }), undefined);
		assert.deepEqual(await add(rig.store, delivery('b', { start: 'take' })), ['b']);
	});

	test('a retry or a release of the head holds the lane', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { dueAt: 9_000 });
		assert.equal(await standing(store, 'b'), 'pending');
		assert.deepEqual(await add(store, delivery('c', { start: 'take' })), []);
		assert.deepEqual(names(await claim(store, 9_000)), ['a']);
		await release(store, 'a', 9_500);
		assert.equal(await standing(store, 'b'), 'pending');
		assert.deepEqual(names(await claim(store, 9_500)), ['a']);
	});
}

function overtakingCases(open: OpenStore): void {
	test('the next may be claimed when the lane becomes free, and is told who blocks it', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await retry(store, 'a', { dueAt: 90_000, laneFreeAt: 5_000 });
		assert.deepEqual([await standing(store, 'b'), await standing(store, 'c')], ['pending 5000', 'pending']);
		const claimed = await claim(store, 5_000);
		assert.deepEqual(names(claimed), ['b']);
		assert.equal(claimed[0]?.blockedBy, 'dlv_a');
	});

	test('overtaken: it keeps its schedule and its lane goes on without it', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await retry(store, 'a', { at: 2_000, dueAt: 90_000, laneFreeAt: 5_000 });
		await claim(store, 5_000);
		await store.deliveries.overtake('dlv_a');
		const head = await look(store, 'a');
		assert.deepEqual([head.state, head.dueAt, head.isOvertaken], ['pending', 90_000, true]);
		assert.equal(await standing(store, 'b'), 'sending');
		assert.equal(await deliver(store, 'b', { takeNext: true }), 'c');
		const [again] = await claim(store, 90_000);
		assert.deepEqual(again && [again.id, again.isOvertaken, again.attempts, again.heldSince], ['dlv_a', true, 1, 2_000]);
		assert.equal(await deliver(store, 'a', { takeNext: true }), undefined, 'the lane is not its business any more');
		assert.equal(await standing(store, 'c'), 'sending');
	});

	test('going back to wait: it is due when it was said, and when the head is settled', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await retry(store, 'a', { dueAt: 90_000, laneFreeAt: 5_000 });
		await claim(store, 5_000);
		await release(store, 'b', 6_000);
		assert.equal(await standing(store, 'b'), 'pending 6000');
		assert.equal((await claim(store, 6_000))[0]?.blockedBy, 'dlv_a');
		await release(store, 'b', 99_000);
		await claim(store, 90_000);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b');
	});

	test('the head settles before the lane becomes free: the next is due at once', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { dueAt: 3_000, laneFreeAt: 90_000 });
		await claim(store, 3_000);
		await deliver(store, 'a', { at: 3_100 });
		assert.equal(await standing(store, 'b'), 'pending 3100');
		assert.equal((await claim(store, 3_100))[0]?.blockedBy, undefined);
	});

	test('a further retry moves the time, or takes it away', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await retry(store, 'a', { dueAt: 3_000, laneFreeAt: 50_000 });
		await claim(store, 3_000);
		await retry(store, 'a', { dueAt: 4_000, laneFreeAt: 60_000 });
		assert.deepEqual([await standing(store, 'b'), await standing(store, 'c')], ['pending 60000', 'pending']);
		await claim(store, 4_000);
		await retry(store, 'a', { dueAt: 5_000 });
		assert.deepEqual([await standing(store, 'b'), await standing(store, 'c')], ['pending', 'pending']);
		await claim(store, 5_000);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b');
	});

	test('the head settles while the next is being sent: the lane is held by that one', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await retry(store, 'a', { dueAt: 5_000, laneFreeAt: 5_000 });
		assert.deepEqual(names(await claim(store, 5_000)), ['a', 'b']);
		assert.equal(await deliver(store, 'a', { takeNext: true }), undefined);
		assert.equal(await standing(store, 'c'), 'pending');
		assert.equal(await deliver(store, 'b', { takeNext: true }), 'c');
	});

	test('a retry of the head leaves the next alone while that one is being sent', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await retry(store, 'a', { dueAt: 5_000, laneFreeAt: 5_000 });
		await claim(store, 5_000);
		await retry(store, 'a', { dueAt: 90_000, laneFreeAt: 6_000 });
		assert.deepEqual([await standing(store, 'b'), await standing(store, 'c')], ['sending', 'pending']);
		assert.deepEqual(await claim(store, 6_000), []);
		await release(store, 'b', 7_000);
		assert.deepEqual(names(await claim(store, 7_000)), ['b']);
	});

	test('overtaking without a next that was claimed makes it ready', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { dueAt: clock.now() + 90_000 });
		await store.deliveries.overtake('dlv_a');
		assert.equal(await standing(store, 'b'), `pending ${clock.now()}`);
		await store.deliveries.overtake('dlv_a');
		assert.deepEqual(names(await claim(store, clock.now())), ['b']);
	});

	test('overtaking what is settled, unknown or in no lane changes nothing', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), looseDelivery('c', { start: 'take' }));
		await deliver(store, 'a', { takeNext: true });
		for (const id of ['dlv_a', 'dlv_c', 'dlv_none']) await store.deliveries.overtake(id);
		assert.equal((await look(store, 'a')).isOvertaken, false);
		assert.equal((await look(store, 'c')).isOvertaken, false);
		assert.equal(await standing(store, 'b'), 'sending');
	});

	test('overtaking one that only waits makes it ready by itself', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c'));
		await store.deliveries.overtake('dlv_b');
		assert.equal(await standing(store, 'b'), `pending ${clock.now()}`);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'c');
	});

	test('an overtaken one that died is replayed in its lane again', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { dueAt: 3_000 });
		await store.deliveries.overtake('dlv_a');
		assert.deepEqual(names(await claim(store, clock.now())), ['a', 'b']);
		await giveUp(store, 'a');
		await store.deliveries.replay('dlv_a', clock.now());
		const waiting = await look(store, 'a');
		assert.deepEqual([waiting.state, waiting.dueAt, waiting.isOvertaken], ['pending', undefined, false]);
		assert.equal(await deliver(store, 'b', { takeNext: true }), 'a');
	});

	test('a replay that came while the next was due goes first when the head settles', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('old', { start: 'take' }));
		await giveUp(store, 'old');
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { dueAt: 3_000, laneFreeAt: 90_000 });
		await store.deliveries.replay('dlv_old', clock.now());
		await claim(store, 3_000);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'old');
		assert.equal(await standing(store, 'b'), 'pending');
		assert.equal(await deliver(store, 'old', { takeNext: true }), 'b');
	});

	test('after a crash the next still knows who blocks it', async () => {
		await using rig = await openWithWebhooks(open);
		const { clock } = rig;
		await add(rig.store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(rig.store, 'a', { dueAt: clock.now() + 90_000, laneFreeAt: 5_000 });
		await claim(rig.store, 5_000);
		const store = await rig.reopen();
		const [claimed] = await claim(store, clock.now());
		assert.deepEqual(claimed && [claimed.id, claimed.blockedBy], ['dlv_b', 'dlv_a']);
	});
}
