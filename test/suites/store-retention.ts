/** What is old goes, in small writes; what is still on its way stays, however old, and with it whatever it is found through. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/ports/store.ts';
import { add, claim, deliver, giveUp, look, openWithWebhooks, retry } from './store-dispatch.ts';
import { commit, delivery, event, idempotency, job, journalEntry, looseDelivery, type OpenStore, unit } from './store-fixtures.ts';

const BEFORE = 5_000;

export function retentionCases(open: OpenStore): void {
	test('deliveries that were settled before, with their attempts', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const names = ['sent', 'dead', 'discarded', 'recent', 'sending'];
		await add(store, ...names.map((name) => looseDelivery(name, { start: 'take' })), delivery('a', { start: 'take' }), delivery('b'));
		await retry(store, 'sent', { dueAt: 2_000 });
		await claim(store, 2_000);
		await deliver(store, 'sent', { at: 4_999 });
		await giveUp(store, 'dead', { at: 3_000 });
		await giveUp(store, 'discarded', { at: 3_000 });
		await store.deliveries.discard('dlv_discarded', 4_000);
		await deliver(store, 'recent', { at: BEFORE });
		assert.equal(await store.retention.prune(BEFORE, 100), 3);
		assert.deepEqual((await idsOf(store)).sort(), ['a', 'b', 'recent', 'sending']);
		assert.deepEqual(await store.deliveries.attempts('dlv_sent'), []);
		assert.equal((await store.deliveries.attempts('dlv_recent')).length, 1);
		assert.equal(await store.retention.prune(BEFORE, 100), 0);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'b', 'lanes are as they were');
	});

	test('events, unless one of their deliveries is there', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const events = ['silent', 'told', 'waiting', 'young'].map((name) => event(name, { at: name === 'young' ? BEFORE : 1_000 }));
		const deliveries = ['told', 'waiting'].map((name) => looseDelivery(name, { start: 'take' }));
		await store.commit(unit({ events, deliveries }));
		await deliver(store, 'told', { at: 2_000 });
		assert.equal(await store.retention.prune(BEFORE, 100), 3);
		const left = (await store.events.list({}, { limit: 10 })).items.map(({ id }) => id);
		assert.deepEqual(left, ['evt_young', 'evt_waiting']);
		assert.deepEqual(await idsOf(store), ['waiting']);
	});

	test('journal entries but failed ones, answers to keys, and what a cancelled job had still to do', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const entries = [
			journalEntry('done'),
			journalEntry('waiting', { state: 'waiting', waitsFor: 'WA' }),
			journalEntry('failed', { state: 'failed' }),
			journalEntry('young', { at: BEFORE }),
		];
		await commit(store, ...entries.map((entry) => ({ kind: 'journal.insert', entry }) as const));
		await store.commit(unit({ idempotency: idempotency('old') }));
		await store.commit(unit({ idempotency: idempotency('young', { createdAt: BEFORE }) }));
		await add(store, looseDelivery('a', { start: 'take', createdAt: BEFORE }));
		await giveUp(store, 'a', { at: BEFORE });
		await commit(store, { kind: 'job.insert', job: job('a') });
		await store.jobs.step('job_a', 10, clock.now());
		await commit(store, { kind: 'job.state', id: 'job_a', from: ['running'], state: 'cancelled', at: clock.now() });
		assert.equal(await store.retention.prune(BEFORE, 100), 4);
		const has = await Promise.all(['done', 'waiting', 'failed', 'young'].map((name) => store.journal.has('ins_a', `obs-${name}`)));
		assert.deepEqual(has, [false, false, true, true]);
		const found = await Promise.all(['old', 'young'].map((key) => store.idempotency.find('z-api:ins_a:send', key)));
		assert.deepEqual(
			found.map((one) => one?.key),
			[undefined, 'young'],
		);
		assert.equal((await store.jobs.job('job_a'))?.total, 1, 'the job itself stays');
	});

	test('no more than asked for at once; fewer means that nothing is left', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await store.commit(unit({ events: Array.from({ length: 25 }, (_, index) => event(String(index))) }));
		const counts = [];
		for (let pruned = 10; pruned === 10; counts.push(pruned)) pruned = await store.retention.prune(BEFORE, 10);
		assert.deepEqual(counts, [10, 10, 5]);
	});

	test('what waits for long is passed over, and goes when it is settled', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const day = 86_400_000;
		await add(store, looseDelivery('first'), ...Array.from({ length: 2_500 }, (_, index) => delivery(`waits${index}`)));
		await add(
			store,
			...['x', 'y', 'young'].map((name) => looseDelivery(name, { start: 'take', createdAt: name === 'young' ? 9e12 : 1_000 })),
		);
		await deliver(store, 'x', { at: 2_000 });
		await deliver(store, 'y', { at: 6_000 });
		assert.equal(await store.retention.prune(BEFORE, 100), 1);
		await store.deliveries.discard('dlv_first', 3_000);
		await store.deliveries.discard('dlv_waits7', 3_000);
		assert.equal(await store.retention.prune(BEFORE + 2_000, 100), 0, 'what was passed over is not looked at each time');
		assert.equal(await store.retention.prune(BEFORE + day, 100), 3, 'a day later it is');
		assert.equal((await store.deliveries.backlog()).pending, 2_499);
	});

	test('the order of commit goes on where it was, though everything is gone', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, ...['a', 'b'].map((name) => looseDelivery(name, { start: 'take' })));
		for (const name of ['a', 'b']) await deliver(store, name, { at: 2_000 });
		const { seq } = await look(store, 'b');
		while ((await store.retention.prune(BEFORE, 1)) > 0);
		await add(store, looseDelivery('c'));
		assert.ok((await look(store, 'c')).seq > seq);
	});

	test('when the newest thing was written', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		const start = clock.now();
		assert.equal(await store.newestAt(), 1_000, 'the webhooks');
		await add(store, looseDelivery('a', { createdAt: start, start: 'take' }), looseDelivery('b', { createdAt: start }));
		assert.equal(await store.newestAt(), start);
		await deliver(store, 'a', { at: start + 500 });
		assert.equal(await store.newestAt(), start + 500);
		await clock.advance(900);
		await store.probe();
		assert.equal(await store.newestAt(), start + 900);
		assert.equal(await (await rig.reopen()).newestAt(), start + 900);
	});

	test('in a new store nothing was ever written', async () => {
		await using rig = await open();
		assert.equal(await rig.store.newestAt(), 0);
		assert.equal(await rig.store.retention.prune(BEFORE, 10), 0);
	});
}

async function idsOf(store: Store): Promise<string[]> {
	return (await store.deliveries.list({}, { limit: 10_000 })).items.map(({ id }) => id.slice(4));
}
