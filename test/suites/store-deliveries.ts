/** One delivery through its states, and what is claimed of many. Lanes have a file of their own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	add,
	claim,
	claimOf,
	deliver,
	dueAt,
	giveUp,
	inHand,
	look,
	names,
	openWithWebhooks,
	probed,
	release,
	retry,
	standing,
} from './store-dispatch.ts';
import { attempt, commit, committed, delivery, looseDelivery, type OpenStore, unit, webhook } from './store-fixtures.ts';

export function deliveryCases(open: OpenStore): void {
	stateCases(open);
	claimCases(open);
	replayCases(open);
}

function stateCases(open: OpenStore): void {
	test('taken at commit: held at once, and told as it is to be attempted', async () => {
		await using rig = await openWithWebhooks(open);
		const { lane, body } = delivery('a');
		const [taken] = committed(await rig.store.commit(unit({ deliveries: [delivery('a', { start: 'take' })] })));
		const { seq } = await look(rig.store, 'a');
		const told = { id: 'dlv_a', seq, eventType: 'message.received', webhookId: 'whk_a', body, createdAt: 1_000 };
		assert.deepEqual(taken, { ...told, lane, attempts: 0, isOvertaken: false, isReplay: false });
		assert.equal(await standing(rig.store, 'a'), 'sending');
		assert.deepEqual(await claim(rig.store, rig.clock.now()), [], 'nobody else gets it');
	});

	test('ready at commit: due now, for whoever claims', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		assert.deepEqual(await add(store, looseDelivery('a')), []);
		assert.equal(await standing(store, 'a'), `pending ${clock.now()}`);
		const [claimed] = await claim(store, clock.now());
		const { body } = looseDelivery('a');
		const { seq } = await look(store, 'a');
		const told = { id: 'dlv_a', seq, eventType: 'message.received', webhookId: 'whk_a', body, createdAt: 1_000 };
		assert.deepEqual(claimed, { ...told, attempts: 0, isOvertaken: false, isReplay: false });
		assert.equal(await standing(store, 'a'), 'sending');
	});

	test('delivered: final, with its attempt', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }));
		const made = attempt('dlv_a', { status: 200, responseHeaders: { server: 'x' }, responseBody: 'ok', timings: { dnsMs: 1, totalMs: 2 } });
		await store.deliveries.settle({ outcome: 'delivered', delivery: await inHand(store, 'a'), at: 2_000, takeNext: true, attempt: made });
		const { start: _start, ...kept } = looseDelivery('a');
		const settled = { state: 'delivered', attempts: 1, isOvertaken: false, isReplay: false, settledAt: 2_000 };
		const { seq, ...found } = await look(store, 'a');
		assert.deepEqual(found, { ...kept, ...settled });
		assert.equal(typeof seq, 'number');
		assert.deepEqual(await store.deliveries.attempts('dlv_a'), [made]);
	});

	test('retried: due again later, its attempts counted, held since the first failure', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }));
		await retry(store, 'a', { at: 2_000, dueAt: 7_000 });
		assert.equal(await standing(store, 'a'), 'pending 7000');
		assert.equal((await look(store, 'a')).lastError, 'timeout');
		assert.equal(await dueAt(store), 7_000);
		assert.deepEqual(await claim(store, 6_999), []);
		const [claimed] = await claim(store, 7_000);
		assert.equal(claimed?.attempts, 1);
		assert.equal(claimed?.heldSince, 2_000);
		await retry(store, 'a', { at: 8_000, dueAt: 9_000.4, heldSince: 2_000 });
		assert.equal(await standing(store, 'a'), 'pending 9001', 'never early');
		const [again] = await claim(store, 9_001);
		assert.equal(again?.attempts, 2);
		await deliver(store, 'a');
		const settled = await look(store, 'a');
		assert.equal(settled.attempts, 3);
		assert.equal(settled.lastError, undefined);
		assert.equal((await store.deliveries.attempts('dlv_a')).length, 3);
	});

	test('dead: visible, with what was wrong last', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }));
		await giveUp(store, 'a', { at: 3_000, error: 'tls' });
		const found = await look(store, 'a');
		assert.deepEqual([found.state, found.lastError, found.settledAt, found.dueAt], ['dead', 'tls', 3_000, undefined]);
		assert.equal((await store.deliveries.backlog()).dead, 1);
	});

	test('released: ready again, nothing counted', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }));
		await release(store, 'a', 5_000);
		assert.equal(await standing(store, 'a'), 'pending 5000');
		assert.deepEqual(await store.deliveries.attempts('dlv_a'), []);
		const [claimed] = await claim(store, 5_000);
		assert.deepEqual([claimed?.attempts, claimed?.heldSince], [0, undefined]);
	});

	test('a settlement of one that is not being sent changes nothing; its attempt is recorded', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await deliver(store, 'a', { at: 2_000 });
		await giveUp(store, 'a', { at: 3_000 });
		await retry(store, 'a', { dueAt: 4_000 });
		await release(store, 'a', 5_000);
		assert.equal(await deliver(store, 'b', { takeNext: true }), undefined, 'b is ready, nobody holds it');
		assert.equal(await standing(store, 'a'), 'delivered');
		assert.equal((await look(store, 'a')).settledAt, 2_000);
		assert.equal(await standing(store, 'b'), 'pending 2000');
		assert.equal((await store.deliveries.attempts('dlv_a')).length, 3);
		assert.equal((await store.deliveries.attempts('dlv_b')).length, 1);
		assert.equal(await deliver(store, 'unknown'), undefined);
	});

	test('probed: the attempt is on record and counts for nothing; of a week of probes one is left', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'a', { at: 2_000, dueAt: 3_000 });
		for (const at of [4_000, 5_000, 6_000]) {
			const taken = await store.deliveries.takeOldest('whk_a');
			assert.deepEqual([taken?.id, taken?.attempts, taken?.heldSince], ['dlv_a', 1, 2_000]);
			await probed(store, 'a', at);
			assert.equal(await standing(store, 'a'), `pending ${at}`);
		}
		const { attempts, lastError } = await look(store, 'a');
		assert.deepEqual([attempts, lastError], [1, 'connect']);
		assert.deepEqual(
			(await store.deliveries.attempts('dlv_a')).map(({ isProbe, startedAt }) => [isProbe, startedAt]),
			[
				[undefined, 1_000],
				[true, 6_000],
			],
		);
		await claim(store, 6_000);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b');
		assert.equal((await store.deliveries.attempts('dlv_a')).length, 3, 'the last probe stays');
	});

	test("a settlement means the delivery that it names: at another one's place in the order of commit it changes nothing", async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }));
		const wrong = { id: 'dlv_b', seq: (await look(store, 'a')).seq };
		await store.deliveries.settle({ outcome: 'dead', delivery: wrong, at: 1, takeNext: false, attempt: attempt('dlv_b') });
		await store.deliveries.settle({ outcome: 'released', delivery: wrong, dueAt: 1 });
		assert.equal(await standing(store, 'a'), 'sending');
		assert.deepEqual(await store.deliveries.attempts('dlv_a'), []);
	});

	test('a trace goes with it, from the commit to every attempt', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
		const [taken] = committed(await store.commit(unit({ deliveries: [looseDelivery('a', { start: 'take', traceparent })] })));
		assert.equal(taken?.traceparent, traceparent);
		await retry(store, 'a', { dueAt: 3_000 });
		assert.equal((await claim(store, 3_000))[0]?.traceparent, traceparent);
		assert.equal((await look(store, 'a')).traceparent, traceparent);
	});

	test('one of an event that concerns no instance', async () => {
		await using rig = await openWithWebhooks(open);
		const { instanceId: _instance, chatId: _chat, ...bare } = looseDelivery('a', { eventType: 'webhook.failing', start: 'take' });
		await add(rig.store, bare);
		const { instanceId, chatId, eventType } = await look(rig.store, 'a');
		assert.deepEqual([instanceId, chatId, eventType], [undefined, undefined, 'webhook.failing']);
	});

	test('the backlog', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }), looseDelivery('b', { start: 'take' }), delivery('c'), delivery('d'));
		await giveUp(store, 'a');
		const both = await Promise.all([store.deliveries.backlog(), store.deliveries.backlog()]);
		assert.deepEqual(both, [
			{ pending: 2, sending: 1, dead: 1 },
			{ pending: 2, sending: 1, dead: 1 },
		]);
	});

	test('a backlog of more than is counted at once', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const many = Array.from({ length: 45_000 }, (_, index) => delivery(String(index), { body: '' }));
		await add(store, ...many);
		assert.deepEqual(await store.deliveries.backlog(), { pending: 45_000, sending: 0, dead: 0 });
	});

	test('after a crash what was being sent is ready again, and nothing is lost', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('a', { start: 'take' }), delivery('b'), looseDelivery('c', { start: 'take' }), looseDelivery('d'));
		await retry(store, 'c', { dueAt: clock.now() + 60_000 });
		await clock.advance(1_000);
		const next = await rig.reopen();
		assert.equal(await standing(next, 'a'), `pending ${clock.now()}`);
		assert.equal(await standing(next, 'b'), 'pending');
		assert.equal(await standing(next, 'c'), `pending ${clock.now() + 59_000}`);
		assert.deepEqual(names(await claim(next, clock.now())).sort(), ['a', 'd']);
		assert.equal(await deliver(next, 'a', { takeNext: true }), 'b');
	});

	test('of a webhook that is deleted, what is in hand lands, or is cancelled when it is given back', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const taken = ['sent', 'released', 'retried', 'probed'].map((name) => looseDelivery(name, { start: 'take' }));
		await add(store, ...taken, delivery('other', { webhookId: 'whk_b', lane: 'whk_b/a' }));
		await add(store, delivery('head', { start: 'take' }), delivery('behind'));
		await commit(store, { kind: 'webhook.delete', id: 'whk_a' });
		assert.equal(await standing(store, 'sent'), 'sending');
		assert.equal(await deliver(store, 'sent'), undefined);
		await release(store, 'released', clock.now());
		await retry(store, 'retried', { dueAt: clock.now() });
		await probed(store, 'probed', clock.now());
		assert.equal(await standing(store, 'sent'), 'delivered');
		for (const name of ['released', 'retried', 'probed']) {
			const { state, settledAt } = await look(store, name);
			assert.deepEqual([state, settledAt], ['cancelled', clock.now()], name);
		}
		assert.equal((await store.deliveries.attempts('dlv_retried')).length, 1);
		await release(store, 'head', clock.now());
		assert.deepEqual([await standing(store, 'head'), await standing(store, 'behind')], ['cancelled', `pending ${clock.now()}`]);
		await store.deliveries.discard('dlv_behind', clock.now());
		assert.deepEqual(names(await claim(store, clock.now())), ['other']);
	});
}

function claimCases(open: OpenStore): void {
	test('longest due first, no more than was asked for, each once', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		for (const [name, at] of Object.entries({ a: 3_000, b: 1_000, c: 2_000, d: 9_000, e: 2_000 })) {
			await add(store, looseDelivery(name, { start: 'take' }));
			await retry(store, name, { dueAt: at });
		}
		assert.equal(await dueAt(store), 1_000);
		const claims = await Promise.all([claim(store, 5_000, 3), claim(store, 5_000, 3)]);
		assert.deepEqual(claims.map(names), [['b', 'c', 'e'], ['a']]);
		assert.equal(await dueAt(store), 9_000);
		assert.deepEqual(await claim(store, 9_000, 0), []);
	});

	test('of the webhooks that were asked for, and when more of each is due', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		await add(
			store,
			...['a1', 'a2', 'a3'].map((name) => looseDelivery(name)),
			...['b1', 'b2'].map((name) => looseDelivery(name, { webhookId: 'whk_b' })),
			looseDelivery('c1', { webhookId: 'whk_c', start: 'take' }),
			looseDelivery('d1', { webhookId: 'whk_d' }),
		);
		await retry(store, 'c1', { dueAt: now + 700 });
		const first = await claimOf(store, now, { whk_b: 2, whk_a: 2, whk_c: 1, whk_none: 4 });
		assert.deepEqual(names(first.deliveries), ['b1', 'a1', 'b2', 'a2'], 'they take turns');
		assert.deepEqual(
			first.dueAt,
			new Map([
				['whk_a', now],
				['whk_c', now + 700],
			]),
		);
		const second = await claimOf(store, now, { whk_a: 0, whk_d: 1 });
		assert.deepEqual(names(second.deliveries), ['d1']);
		assert.deepEqual(second.dueAt, new Map([['whk_a', now]]), 'asked for none, it is told all the same');
		assert.deepEqual(await claimOf(store, now, {}), { deliveries: [], dueAt: new Map() });
	});

	test('no more once their bodies have so many bytes', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const now = clock.now();
		const body = 'é'.repeat(50);
		await add(store, ...['a', 'b', 'c'].map((name) => looseDelivery(name, { body })));
		await add(store, ...['x', 'y'].map((name) => looseDelivery(name, { body, webhookId: 'whk_b' })));
		assert.deepEqual(names((await claimOf(store, now, { whk_a: 5 }, 0)).deliveries), []);
		const some = await claimOf(store, now, { whk_a: 5, whk_b: 5 }, 201);
		assert.deepEqual(names(some.deliveries), ['a', 'x', 'b']);
		assert.deepEqual(
			some.dueAt,
			new Map([
				['whk_a', now],
				['whk_b', now],
			]),
		);
		assert.deepEqual(names((await claimOf(store, now, { whk_a: 5, whk_b: 5 }, 200)).deliveries), ['c', 'y']);
	});

	test('a webhook is told when it is due, not when it is asked', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		assert.deepEqual(await store.deliveries.dueWebhooks(), new Map());
		await add(store, delivery('a'), delivery('waits'), looseDelivery('b', { webhookId: 'whk_b', start: 'take' }));
		await retry(store, 'b', { dueAt: clock.now() + 9_000 });
		assert.deepEqual(
			await store.deliveries.dueWebhooks(),
			new Map([
				['whk_a', clock.now()],
				['whk_b', clock.now() + 9_000],
			]),
		);
	});

	test('the oldest: what waits for nobody, due or not', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const later = clock.now() + 90_000;
		assert.equal(await store.deliveries.takeOldest('whk_a'), undefined);
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('x', { lane: 'whk_a/x' }), looseDelivery('y'));
		await add(store, looseDelivery('other', { webhookId: 'whk_b' }));
		assert.equal((await store.deliveries.takeOldest('whk_a'))?.id, 'dlv_x', 'b waits for a, which is being sent');
		await retry(store, 'a', { dueAt: later, laneFreeAt: clock.now() });
		assert.match(await standing(store, 'b'), /^pending \d+$/);
		const oldest = await store.deliveries.takeOldest('whk_a');
		assert.deepEqual([oldest?.id, oldest?.blockedBy], ['dlv_a', undefined], 'b is to overtake, and is passed over');
		assert.equal(await standing(store, 'a'), 'sending');
		assert.equal((await store.deliveries.takeOldest('whk_a'))?.id, 'dlv_y');
		assert.equal(await store.deliveries.takeOldest('whk_a'), undefined);
	});

	test('the oldest is found behind any number of those that wait', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }), ...Array.from({ length: 1_000 }, (_, index) => delivery(`waits${index}`)));
		await add(store, delivery('x', { lane: 'whk_a/x' }));
		assert.equal((await store.deliveries.takeOldest('whk_a'))?.id, 'dlv_x');
		assert.equal(await store.deliveries.takeOldest('whk_a'), undefined);
	});
}

function replayCases(open: OpenStore): void {
	test('a dead, delivered or cancelled one goes again from the start, with the same bytes', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('a', { start: 'take' }));
		await retry(store, 'a', { dueAt: 3_000 });
		await claim(store, 3_000);
		await giveUp(store, 'a');
		assert.equal(await store.deliveries.replay('dlv_a', clock.now()), true);
		const ready = await look(store, 'a');
		assert.deepEqual([ready.state, ready.dueAt, ready.attempts, ready.isReplay], ['pending', clock.now(), 0, true]);
		assert.deepEqual([ready.settledAt, ready.lastError], [undefined, undefined]);
		const [claimed] = await claim(store, clock.now());
		assert.deepEqual(claimed && [claimed.body, claimed.attempts, claimed.heldSince, claimed.isReplay], [
			delivery('a').body,
			0,
			undefined,
			true,
		]);
		await deliver(store, 'a');
		assert.equal((await store.deliveries.attempts('dlv_a')).length, 3, 'the attempts before it are kept');
		assert.equal(await store.deliveries.replay('dlv_a', clock.now()), true, 'a delivered one too');
	});

	test('not one that is unsettled, unknown, or whose webhook is deleted', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, looseDelivery('a', { start: 'take' }), looseDelivery('b'), looseDelivery('c', { webhookId: 'whk_b', start: 'take' }));
		assert.equal(await store.deliveries.replay('dlv_a', clock.now()), false);
		assert.equal(await store.deliveries.replay('dlv_b', clock.now()), false);
		assert.equal(await store.deliveries.replay('dlv_none', clock.now()), false);
		await giveUp(store, 'c');
		await commit(store, { kind: 'webhook.put', webhook: webhook('b', { ending: 'drain' }) });
		assert.equal(await store.deliveries.replay('dlv_c', clock.now()), false);
		await commit(store, { kind: 'webhook.delete', id: 'whk_b' });
		assert.equal(await store.deliveries.replay('dlv_c', clock.now()), false);
		assert.equal(await standing(store, 'c'), 'dead');
	});

	test('in a busy lane it waits, and goes before those that are younger', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await add(store, delivery('old', { start: 'take' }));
		await giveUp(store, 'old');
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		assert.equal(await store.deliveries.replay('dlv_old', clock.now()), true);
		assert.equal(await standing(store, 'old'), 'pending');
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'old');
		assert.equal(await deliver(store, 'old', { takeNext: true }), 'b');
	});
}
