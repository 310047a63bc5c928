/** Jobs: what they meet, that their counts are exact whatever happens meanwhile, and that they go on where they were. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import type { Job, JobFilter } from '../../src/ports/jobs.ts';
import type { Store } from '../../src/ports/store.ts';
import { add, claim, deliver, giveUp, look, openWithWebhooks, standing } from './store-dispatch.ts';
import { commit, delivery, event, job, looseDelivery, type OpenStore, refused, unit, webhook } from './store-fixtures.ts';

export function jobCases(open: OpenStore): void {
	recordCases(open);
	runCases(open);
	filterCases(open);
}

function recordCases(open: OpenStore): void {
	test('job.insert and job.state, and the lists', async () => {
		await using rig = await open();
		const { store } = rig;
		assert.equal(await store.jobs.job('job_a'), undefined);
		const filter: JobFilter = {
			accountId: 'acc_a',
			chatId: 'c',
			eventType: 'message.sent',
			states: ['dead'],
			since: 1,
			until: 2,
			seqMax: 7,
		};
		const jobs = [job('a', { filter }), job('b', { kind: 'discard' }), job('c'), job('d')];
		await commit(store, ...jobs.map((one) => ({ kind: 'job.insert', job: one }) as const));
		assert.deepEqual(await store.jobs.job('job_a'), jobs[0]);
		await refused(store, 'exists', { kind: 'job.insert', job: job('a') });
		await refused(store, 'missing', { kind: 'job.state', id: 'job_a', from: ['paused'], state: 'running', at: 2_000 });
		await refused(store, 'missing', { kind: 'job.state', id: 'job_none', from: ['running'], state: 'paused', at: 2_000 });
		await commit(
			store,
			{ kind: 'job.state', id: 'job_b', from: ['counting', 'running'], state: 'paused', at: 2_000 },
			{ kind: 'job.state', id: 'job_c', from: ['counting', 'running'], state: 'cancelled', at: 3_000 },
		);
		assert.deepEqual(await store.jobs.job('job_b'), { ...jobs[1], state: 'paused', updatedAt: 2_000 });
		assert.deepEqual(await store.jobs.job('job_c'), { ...jobs[2], state: 'cancelled', updatedAt: 3_000, finishedAt: 3_000 });
		const ids = (some: readonly Job[]): string[] => some.map(({ id }) => id);
		assert.deepEqual(ids(await store.jobs.unfinished()), ['job_a', 'job_d']);
		const first = await store.jobs.list({}, { limit: 3 });
		assert.deepEqual(ids(first.items), ['job_d', 'job_c', 'job_b']);
		const second = await store.jobs.list({}, { limit: 3, cursor: first.next ?? '' });
		assert.deepEqual([ids(second.items), second.next], [['job_a'], undefined]);
	});

	test('the list of an account: its own and no others, from page to page', async () => {
		await using rig = await open();
		const { store } = rig;
		const of = (accountId: string): Partial<Job> => ({ filter: { accountId, states: ['dead'], seqMax: 7 } });
		const jobs = [job('a', of('acc_a')), job('b', of('acc_b')), job('c'), job('d', of('acc_a')), job('e', of('acc_a'))];
		await commit(store, ...jobs.map((one) => ({ kind: 'job.insert', job: one }) as const));
		const first = await store.jobs.list({ accountId: 'acc_a' }, { limit: 2 });
		assert.deepEqual(first.items, [jobs[4], jobs[3]]);
		const second = await store.jobs.list({ accountId: 'acc_a' }, { limit: 2, cursor: first.next ?? '' });
		assert.deepEqual([second.items, second.next], [[jobs[0]], undefined]);
		assert.deepEqual((await store.jobs.list({ accountId: 'acc_c' }, { limit: 2 })).items, []);
		assert.equal((await store.jobs.list({}, { limit: 9 })).items.length, jobs.length);
	});

	test('newestSeq', async () => {
		await using rig = await openWithWebhooks(open);
		assert.equal(await rig.store.jobs.newestSeq(), 0);
		await add(rig.store, looseDelivery('a'), looseDelivery('b'));
		assert.equal(await rig.store.jobs.newestSeq(), (await look(rig.store, 'b')).seq);
	});
}

function runCases(open: OpenStore): void {
	test('replays what is dead, a batch at a time, oldest first, and says which webhooks have something', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await makeDead(store, 25);
		await begin(store, 'a');
		const steps: string[] = [];
		let seen: Job | undefined;
		for (let step = await store.jobs.step('job_a', 4, clock.now()); step && step.job.state !== 'done'; ) {
			const { state, total, done, skipped } = step.job;
			if (state === 'running') steps.push(`${done + skipped}/${total} ${step.webhookIds.join()}`);
			step = await store.jobs.step('job_a', 4, clock.now());
			seen = step?.job;
		}
		assert.deepEqual(steps, ['0/25 ', '4/25 whk_a', '8/25 whk_a', '12/25 whk_a', '16/25 whk_a', '20/25 whk_a', '24/25 whk_a']);
		assert.deepEqual([seen?.total, seen?.done, seen?.skipped, seen?.finishedAt], [25, 25, 0, clock.now()]);
		const { items } = await store.deliveries.list({ state: 'pending' }, { limit: 100 });
		assert.ok(items.length === 25 && items.every(({ isReplay }) => isReplay));
		const again = await store.jobs.step('job_a', 4, clock.now());
		assert.deepEqual(again, { job: seen, webhookIds: [] }, 'it is over');
		assert.equal(await store.jobs.step('job_none', 4, clock.now()), undefined);
	});

	test('over nothing it is done at once', async () => {
		await using rig = await openWithWebhooks(open);
		await begin(rig.store, 'a');
		const { state, total, done } = await run(rig.store, 'a');
		assert.deepEqual([state, total, done], ['done', 0, 0]);
	});

	test('what is otherwise settled when its turn comes is skipped, and counted', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await makeDead(store, 6);
		await add(
			store,
			looseDelivery('gone', { webhookId: 'whk_b', start: 'take' }),
			looseDelivery('ends', { webhookId: 'whk_c', start: 'take' }),
		);
		await giveUp(store, 'gone');
		await giveUp(store, 'ends');
		await begin(store, 'a');
		await store.jobs.step('job_a', 2, clock.now());
		await store.deliveries.discard('dlv_0', clock.now());
		await store.deliveries.replay('dlv_1', clock.now());
		await claim(store, clock.now());
		await deliver(store, '1');
		await add(store, looseDelivery('late', { start: 'take' }));
		await giveUp(store, 'late');
		await commit(store, { kind: 'webhook.delete', id: 'whk_b' });
		await commit(store, { kind: 'webhook.put', webhook: webhook('c', { ending: 'cancel' }) });
		const { total, done, skipped } = await run(store, 'a');
		assert.deepEqual([total, done, skipped], [8, 4, 4]);
		assert.equal(await standing(store, '1'), 'delivered', 'it is not sent twice');
		assert.equal(await standing(store, 'late'), 'dead', 'it was not there when the job was made');
		assert.equal(await standing(store, 'ends'), 'dead');
	});

	test('discards what is pending or dead, and lanes go on', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await makeDead(store, 3);
		await add(store, delivery('a', { start: 'take' }), delivery('b'), delivery('c', { eventType: 'message.sent' }), delivery('d'));
		await begin(store, 'a', { kind: 'discard' }, { states: ['pending', 'dead'], eventType: 'message.received' });
		const { total, done, skipped } = await run(store, 'a');
		assert.deepEqual([total, done, skipped], [5, 5, 0]);
		assert.equal(await deliver(store, 'a', { takeNext: true }), 'c');
		assert.equal(await standing(store, '0'), 'cancelled');
		assert.equal(await standing(store, 'd'), 'cancelled');
		assert.ok(clock.now() > 0);
	});

	test('paused it rests, in either phase; resumed it goes on; cancelled it is over; nothing is done twice', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		await makeDead(store, 20);
		await begin(store, 'a');
		const step = async (limit: number): Promise<string> => {
			const { job: now } = (await store.jobs.step('job_a', limit, clock.now())) ?? {};
			return `${now?.state} ${now?.total} ${now?.done}`;
		};
		const set = (from: Job['state'], state: Job['state']): Promise<unknown> =>
			commit(store, { kind: 'job.state', id: 'job_a', from: [from], state, at: clock.now() });
		assert.equal(await step(2), 'counting 8 0');
		await set('counting', 'paused');
		assert.equal(await step(2), 'paused 8 0');
		await set('paused', 'running');
		assert.equal(await step(2), 'counting 16 0', 'in the phase in which it was');
		assert.equal(await step(2), 'running 20 0');
		assert.equal(await step(3), 'running 20 3');
		await set('running', 'paused');
		assert.equal(await step(3), 'paused 20 3');
		await set('paused', 'counting');
		assert.equal(await step(3), 'running 20 6');
		await set('running', 'cancelled');
		assert.equal(await step(3), 'cancelled 20 6');
		assert.equal((await store.deliveries.backlog()).pending, 6);
	});

	test('after a crash it goes on exactly where it was', async () => {
		await using rig = await openWithWebhooks(open);
		const { clock } = rig;
		await makeDead(rig.store, 20);
		await begin(rig.store, 'a');
		for (let count = 0; count < 6; count += 1) await rig.store.jobs.step('job_a', 3, clock.now());
		const before = await rig.store.jobs.job('job_a');
		const store = await rig.reopen();
		assert.deepEqual(await store.jobs.job('job_a'), before);
		assert.deepEqual(
			(await store.jobs.unfinished()).map(({ id }) => id),
			['job_a'],
		);
		const { total, done, skipped } = await run(store, 'a');
		assert.deepEqual([total, done, skipped], [20, 20, 0]);
	});
}

function filterCases(open: OpenStore): void {
	test('by webhook, account, chat, type, state and time, all that is given', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('d', { accountId: 'acc_b' }) });
		const made = [
			looseDelivery('1', { createdAt: 1_000 }),
			looseDelivery('2', { createdAt: 2_000, webhookId: 'whk_b', chatId: 'cht_b' }),
			looseDelivery('3', { createdAt: 3_000, webhookId: 'whk_d', accountId: 'acc_b' }),
			looseDelivery('4', { createdAt: 4_000, eventType: 'message.sent' }),
			looseDelivery('5', { createdAt: 5_000, webhookId: 'whk_b' }),
			looseDelivery('6', { createdAt: 6_000 }),
		].map((one) => ({ ...one, start: 'take' }) as const);
		const events = made.map(({ eventId, chatId = '' }) => event(eventId.slice(4), { chatId }));
		await store.commit(unit({ events, deliveries: made }));
		for (const name of ['1', '2', '3', '4']) await giveUp(store, name);
		await deliver(store, '5');
		const seqMax = await store.jobs.newestSeq();
		let jobs = 0;
		const met = async (filter: Partial<JobFilter>): Promise<number> => {
			jobs += 1;
			await begin(store, String(jobs), { kind: 'discard' }, { seqMax, ...filter });
			for (;;) {
				const { job: now } = (await store.jobs.step(`job_${jobs}`, 1, 9_000)) ?? {};
				if (now?.state !== 'counting') {
					await store.commit(unit({ changes: [{ kind: 'job.state', id: `job_${jobs}`, from: ['running'], state: 'paused', at: 1 }] }));
					return now?.total ?? -1;
				}
			}
		};
		const all: readonly DeliveryState[] = ['delivered', 'dead', 'cancelled'];
		assert.equal(await met({}), 4);
		assert.equal(await met({ states: all }), 5);
		assert.equal(await met({ webhookId: 'whk_b' }), 1);
		assert.equal(await met({ webhookId: 'whk_b', states: all }), 2);
		assert.equal(await met({ accountId: 'acc_a' }), 3);
		assert.equal(await met({ accountId: 'acc_a', states: all }), 4);
		assert.equal(await met({ accountId: 'acc_b', states: ['dead', 'cancelled'] }), 1);
		assert.equal(await met({ chatId: 'cht_a', states: all }), 4);
		assert.equal(await met({ chatId: 'cht_a', accountId: 'acc_a', webhookId: 'whk_a' }), 2);
		assert.equal(await met({ chatId: 'cht_a', webhookId: 'whk_a', states: all }), 2);
		assert.equal(await met({ chatId: 'cht_a', accountId: 'acc_a', states: all }), 3);
		assert.equal(await met({ eventType: 'message.sent', states: all }), 1);
		assert.equal(await met({ since: 2_000, until: 4_000 }), 2);
		assert.equal(await met({ since: 2_000, until: 5_001, states: all, chatId: 'cht_a' }), 3);
		assert.equal(await met({ seqMax: (await look(store, '2')).seq }), 2);
		assert.equal(await met({ chatId: 'cht_a', seqMax: (await look(store, '2')).seq }), 1);
	});
}

async function makeDead(store: Store, count: number): Promise<void> {
	const names = Array.from({ length: count }, (_, index) => String(index));
	await add(store, ...names.map((name) => looseDelivery(name, { start: 'take' })));
	for (const name of names) await giveUp(store, name);
}

/** A job over what is there now. */
async function begin(store: Store, name: string, given: Partial<Job> = {}, filter: Partial<JobFilter> = {}): Promise<void> {
	const seqMax = await store.jobs.newestSeq();
	await commit(store, { kind: 'job.insert', job: job(name, { filter: { states: ['dead'], seqMax, ...filter }, ...given }) });
}

async function run(store: Store, name: string): Promise<Job> {
	for (;;) {
		const step = await store.jobs.step(`job_${name}`, 2, 9_000);
		assert.ok(step);
		if (step.job.state === 'done') return step.job;
	}
}
