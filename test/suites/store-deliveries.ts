/** One delivery through its states, and what is claimed of many. Lanes and parking have their own files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, claim, deliver, giveUp, look, makeWebhooks, names, release, retry, standing } from './store-dispatch.ts';
import { attempt, commit, committed, delivery, looseDelivery, type OpenStore, unit } from './store-fixtures.ts';

export function deliveryCases(open: OpenStore): void {
	stateCases(open);
	claimCases(open);
	replayCases(open);
}

function stateCases(open: OpenStore): void {
	test('taken at commit: held at once, and told as it is to be attempted', async () => {
		await using rig = await open();
		const { lane, body } = delivery('a');
		const [taken] = committed(await rig.store.commit(unit({ deliveries: [delivery('a', { start: 'take' })] })));
		const told = { id: 'dlv_a', eventType: 'message.received', webhookId: 'whk_a', body, createdAt: 1_000 };
		assert.deepEqual(taken, { ...told, lane, attempts: 0, isOvertaken: false, isReplay: false });
		assert.equal(await standing(rig.store, 'a'), 'sending');
		assert.deepEqual(await claim(rig.store, rig.clock.now()), [], 'nobody else gets it');
	});

	test('ready at commit: due now, for whoever claims', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		assert.deepEqual(await add(store, looseDelivery('a')), []);
		assert.equal(await standing(store, 'a'), `pending ${clock.now()}`);
		const [claimed] = await claim(store, clock.now());
		const { body } = looseDelivery('a');
		const told = { id: 'dlv_a', eventType: 'message.received', webhookId: 'whk_a', body, createdAt: 1_000 };
		assert.deepEqual(claimed, { ...told, attempts: 0, isOvertaken: false, isReplay: false });
		assert.equal(await standing(store, 'a'), 'sending');
	});

	test('delivered: final, with its attempt', async () => {
		await using rig = await open();
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }));
		const made = attempt('dlv_a', { status: 200, responseHeaders: { server: 'x' }, responseBody: 'ok', timings: { dnsMs: 1, totalMs: 2 } });
		await store.deliveries.settle({ outcome: 'delivered', deliveryId: 'dlv_a', at: 2_000, takeNext: true, attempt: made });
		const { start: _start, ...kept } = looseDelivery('a');
		const settled = { state: 'delivered', attempts: 1, isOvertaken: false, isReplay: false, settledAt: 2_000 };
		const { seq, ...found } = await look(store, 'a');
		assert.deepEqual(found, { ...kept, ...settled });
		assert.equal(typeof seq, 'number');
		assert.deepEqual(await store.deliveries.attempts('dlv_a'), [made]);
	});

	test('retried: due again later, its attempts counted, held since the first failure', async () => {
		await using rig = await open();
		const { store } = rig;
		await add(store, delivery('a', { start: 'take' }));
		await retry(store, 'a', { at: 2_000, dueAt: 7_000 });
		assert.equal(await standing(store, 'a'), 'pending 7000');
		assert.equal((await look(store, 'a')).lastError, 'timeout');
		assert.equal(await store.deliveries.nextDueAt(new Set()), 7_000);
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
		await using rig = await open();
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }));
		await giveUp(store, 'a', { at: 3_000, error: 'tls' });
		const found = await look(store, 'a');
		assert.deepEqual([found.state, found.lastError, found.settledAt, found.dueAt], ['dead', 'tls', 3_000, undefined]);
		assert.equal((await store.deliveries.backlog()).dead, 1);
	});

	test('released: ready again, nothing counted', async () => {
		await using rig = await open();
		const { store } = rig;
		await makeWebhooks(store);
		await add(store, delivery('a', { start: 'take' }));
		await release(store, 'a', 5_000);
		assert.equal(await standing(store, 'a'), 'pending 5000');
		assert.deepEqual(await store.deliveries.attempts('dlv_a'), []);
		const [claimed] = await claim(store, 5_000);
		assert.deepEqual([claimed?.attempts, claimed?.heldSince], [0, undefined]);
	});

	test('a settlement of one that is not being sent changes nothing; its attempt is recorded', async () => {
		await using rig = await open();
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

	test('the backlog, and since when the oldest could go', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const start = clock.now();
		await add(store, looseDelivery('a', { start: 'take' }), looseDelivery('b', { start: 'take' }), delivery('c'), delivery('d'));
		await giveUp(store, 'a');
		assert.deepEqual(await store.deliveries.backlog(), { pending: 2, sending: 1, dead: 1, oldestDueAt: start });
		await claim(store, start);
		await retry(store, 'c', { dueAt: start + 1_000 });
		assert.deepEqual(await store.deliveries.backlog(), { pending: 2, sending: 1, dead: 1 }, 'a retry that sleeps is not late');
		await clock.advance(2_000);
		assert.equal((await store.deliveries.backlog()).oldestDueAt, start + 1_000);
	});

	test('after a crash what was being sent is ready again, and nothing is lost', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
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

	test('deleting a webhook cancels what waits; what is being sent lands, or is cancelled when released', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(
			store,
			delivery('sending', { start: 'take' }),
			delivery('waiting'),
			looseDelivery('sent', { start: 'take' }),
			looseDelivery('ready'),
			delivery('other', { webhookId: 'whk_b', lane: 'whk_b/a' }),
		);
		await commit(store, { kind: 'webhook.delete', id: 'whk_a', at: 4_000 });
		for (const name of ['waiting', 'ready']) {
			const found = await look(store, name);
			assert.deepEqual([found.state, found.settledAt, found.dueAt], ['cancelled', 4_000, undefined]);
		}
		assert.equal(await deliver(store, 'sent'), undefined);
		assert.equal(await standing(store, 'sent'), 'delivered');
		await release(store, 'sending', clock.now());
		assert.equal(await standing(store, 'sending'), 'cancelled');
		assert.deepEqual(names(await claim(store, clock.now())), ['other']);
	});
}

function claimCases(open: OpenStore): void {
	test('earliest due first, no more than the limit, each once', async () => {
		await using rig = await open();
		const { store } = rig;
		for (const [name, dueAt] of Object.entries({ a: 3_000, b: 1_000, c: 2_000, d: 9_000, e: 2_000 })) {
			await add(store, looseDelivery(name, { start: 'take' }));
			await retry(store, name, { dueAt });
		}
		assert.equal(await store.deliveries.nextDueAt(new Set()), 1_000);
		const claims = await Promise.all([claim(store, 5_000, 3), claim(store, 5_000, 3)]);
		assert.deepEqual(claims.map(names), [['b', 'c', 'e'], ['a']]);
		assert.equal(await store.deliveries.nextDueAt(new Set()), 9_000);
		assert.deepEqual(await claim(store, 9_000, 0), []);
	});

	test('no more of a webhook than it has room for', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await add(
			store,
			...['a1', 'a2', 'a3', 'a4'].map((name) => looseDelivery(name)),
			...['b1', 'b2', 'b3'].map((name) => looseDelivery(name, { webhookId: 'whk_b' })),
			looseDelivery('c1', { webhookId: 'whk_c' }),
		);
		const request = { now: clock.now(), limit: 10, roomPerWebhook: 2 };
		const roomLeft = new Map([
			['whk_b', 1],
			['whk_c', 0],
		]);
		assert.deepEqual(names(await store.deliveries.claimDue({ ...request, roomLeft })), ['a1', 'a2', 'b1']);
		assert.equal(await store.deliveries.nextDueAt(new Set(['whk_a', 'whk_b', 'whk_c'])), undefined);
		assert.equal(await store.deliveries.nextDueAt(new Set(['whk_a', 'whk_b'])), clock.now());
		assert.deepEqual(names(await store.deliveries.claimDue({ ...request, roomLeft: new Map(), limit: 4 })), ['a3', 'a4', 'b2', 'b3']);
	});

	test('a webhook without room hides nobody, however much it has', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const hog = Array.from({ length: 1_500 }, (_, index) => looseDelivery(`a${index}`));
		await add(store, ...hog);
		await clock.advance(10);
		await add(store, ...['b', 'c'].map((name) => looseDelivery(name, { webhookId: `whk_${name}` })));
		await clock.advance(10);
		await add(store, looseDelivery('b2', { webhookId: 'whk_b' }), looseDelivery('d', { webhookId: 'whk_d' }));
		const except = new Map([['whk_a', 0]]);
		const request = { now: clock.now(), roomPerWebhook: 2, roomLeft: except };
		assert.equal(await store.deliveries.nextDueAt(new Set(except.keys())), clock.now() - 10);
		assert.deepEqual(names(await store.deliveries.claimDue({ ...request, limit: 3 })), ['b', 'c', 'b2']);
		assert.deepEqual(names(await store.deliveries.claimDue({ ...request, limit: 3 })), ['d']);
		assert.deepEqual(names(await store.deliveries.claimDue({ ...request, limit: 3, roomLeft: new Map([['whk_a', 1]]) })), ['a0']);
		assert.equal(await store.deliveries.nextDueAt(new Set(['whk_a'])), undefined);
	});
}

function replayCases(open: OpenStore): void {
	test('a dead, delivered or cancelled one goes again from the start, with the same bytes', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
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
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(store, looseDelivery('a', { start: 'take' }), looseDelivery('b'), looseDelivery('c', { webhookId: 'whk_b' }));
		assert.equal(await store.deliveries.replay('dlv_a', clock.now()), false);
		assert.equal(await store.deliveries.replay('dlv_b', clock.now()), false);
		assert.equal(await store.deliveries.replay('dlv_none', clock.now()), false);
		await commit(store, { kind: 'webhook.delete', id: 'whk_b', at: 2_000 });
		assert.equal(await standing(store, 'c'), 'cancelled');
		assert.equal(await store.deliveries.replay('dlv_c', clock.now()), false);
		assert.equal(await standing(store, 'c'), 'cancelled');
	});

	test('in a busy lane it waits, and goes before those that are younger', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		await makeWebhooks(store);
		await add(store, delivery('old', { start: 'take' }));
		await giveUp(store, 'old');
		await add(store, delivery('a', { start: 'take' }), delivery('b'));
		assert.equal(await store.deliveries.replay('dlv_old', clock.now()), true);
		assert.equal(await standing(store, 'old'), 'pending');
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'old');
		assert.equal(await deliver(store, 'old', { takeNext: true }), 'b');
	});
}
