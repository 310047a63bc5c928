/** Jobs over a real store: exact counts, order, pause, cancel, and what a stop in the middle leaves. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { JobService } from '../../src/delivery/job-service.ts';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import { RecadoError } from '../../src/errors.ts';
import type { Job } from '../../src/ports/jobs.ts';
import { AesSealer } from '../../src/system/aes-sealer.ts';
import { answer, MINUTE, type Rig, startRig } from './rig.ts';

const CHATS = ['a', 'b'];
const NAMES = ['1', '2', '3', '4', '5'];

/** Ten dead deliveries of two chats, for each path. */
async function withDead(rig: Rig, paths: readonly string[] = ['/']): Promise<readonly string[]> {
	const ids: string[] = [];
	for (const path of paths) ids.push((await rig.webhook(path, { scheduleMs: [0] })).id);
	rig.sender.decide = () => answer(400);
	for (const name of NAMES) {
		for (const chat of CHATS) await rig.happen(chat, `${chat}${name}`);
		await rig.clock.advance(10);
		// A person's word that the receiver is there: no circuit opens.
		for (const id of ids) for (const enabled of [false, true]) await rig.webhooks.update(id, { enabled });
	}
	assert.deepEqual(await rig.states(), { dead: 10 * paths.length });
	rig.sender.requests.length = 0;
	rig.sender.decide = () => answer(200);
	return ids;
}

/** Until a job is as wished; turns of the event loop pass, time does not. */
async function until(rig: Rig, id: string, isSo: (job: Job) => boolean): Promise<Job> {
	for (let turns = 0; turns < 200; turns++) {
		const job = await rig.jobs.job(id);
		if (job && isSo(job)) return job;
		await rig.clock.advance(0);
	}
	throw new Error(`in vain: ${JSON.stringify(await rig.jobs.job(id))}`);
}

const isDone = ({ state }: Job): boolean => state === 'done';

/** Goes on one step each time it is let. */
function stepwise(rig: Rig): { letOne(): void; letAll(): void } {
	const step = rig.store.jobs.step.bind(rig.store.jobs);
	let gate = Promise.withResolvers<void>();
	let isOpen = false;
	Object.assign(rig.store.jobs, {
		step: async (...of: Parameters<typeof step>) => {
			if (!isOpen) await gate.promise;
			gate = Promise.withResolvers<void>();
			return await step(...of);
		},
	});
	return {
		letOne: () => gate.resolve(),
		letAll: () => {
			isOpen = true;
			gate.resolve();
		},
	};
}

suite('jobs', () => {
	test('replay what the filter meets, in the order of the chats, with the same ids and bytes, and count it exactly', async () => {
		await using rig = await startRig();
		const [, other] = await withDead(rig, ['/one', '/two']);
		const ids = async (path: string): Promise<readonly string[]> =>
			rig.sender.requests.filter((one) => one.path === path).map((one) => one.headers['webhook-id'] ?? '');
		rig.jobs.resumeAll();
		const job = await rig.jobs.start({ kind: 'replay', accountId: 'acc_1', webhookId: other ?? '' });
		assert.deepEqual([job.state, job.total, job.done], ['counting', 0, 0]);
		const done = await until(rig, job.id, isDone);
		assert.deepEqual([done.total, done.done, done.skipped], [10, 10, 0]);
		await rig.clock.advance(1_000);
		assert.deepEqual(await rig.states(), { dead: 10, delivered: 10 });
		assert.deepEqual(rig.sender.bodies('/one'), []);
		for (const chat of CHATS) {
			const names = rig.sender.bodies('/two').filter((body) => body.startsWith(chat));
			assert.deepEqual(
				names,
				NAMES.map((name) => `${chat}${name}`),
			);
		}
		const { items } = await rig.store.deliveries.list({ webhookId: other ?? '' }, { limit: 20 });
		assert.deepEqual(new Set(await ids('/two')), new Set(items.map(({ id }) => id)));
		assert.ok(rig.sender.requests.every(({ headers }) => headers['recado-replay'] === 'true'));
	});

	test('by chat, by event, by states and by time; and nothing that came after the job was made', async () => {
		await using rig = await startRig();
		const from = rig.clock.now();
		await withDead(rig);
		const since = rig.clock.now();
		await rig.happen('a', 'later');
		await rig.clock.advance(10);
		rig.jobs.resumeAll();
		const met = async (filter: object, kind: 'replay' | 'discard' = 'replay'): Promise<number> => {
			const { id } = await rig.jobs.start({ kind, ...filter });
			await rig.happen('a', 'latest');
			return (await until(rig, id, isDone)).total;
		};
		const every: readonly DeliveryState[] = ['delivered', 'dead', 'cancelled'];
		assert.equal(await met({ eventType: 'message.sent' }), 0);
		assert.equal(await met({ until: from }), 0);
		assert.equal(await met({ since, states: every, chatId: 'b' }), 0);
		assert.equal(await met({ since, until: since + 1, states: every }), 1);
		assert.equal(await met({ chatId: 'b' }, 'discard'), 5);
		assert.equal(await met({ states: ['cancelled'] }), 5);
	});

	test('discard what waits: it is cancelled, and the chat goes on', async () => {
		await using rig = await startRig();
		const { id: webhookId } = await rig.webhook();
		rig.sender.decide = (body) => answer(body === 'a1' ? 500 : 200);
		for (const name of ['a1', 'a2', 'a3']) await rig.happen('a', name);
		await rig.clock.advance(10);
		rig.jobs.resumeAll();
		const until2 = rig.clock.now() + 1;
		const { items } = await rig.store.deliveries.list({}, { limit: 10 });
		await rig.replays.discard(items[1]?.id ?? '');
		const { id } = await rig.jobs.start({ kind: 'discard', webhookId, states: ['pending'], until: until2 });
		const done = await until(rig, id, isDone);
		assert.deepEqual([done.total, done.done], [2, 2]);
		await rig.happen('a', 'a4');
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { cancelled: 3, delivered: 1 });
	});

	test('paused it stands still, and goes on where it was; cancelled it stops for good; what it has done stays done', async () => {
		await using rig = await startRig();
		await withDead(rig);
		const steps = stepwise(rig);
		rig.jobs.resumeAll();
		const { id } = await rig.jobs.start({ kind: 'replay' });
		steps.letOne();
		await until(rig, id, ({ total }) => total === 10);
		for (let asked = 0; asked < 2; asked++) assert.equal((await rig.jobs.pause(id)).state, 'paused');
		steps.letOne();
		await rig.clock.advance(MINUTE);
		assert.deepEqual([(await rig.jobs.job(id))?.done, rig.sender.requests.length], [0, 0]);

		assert.equal((await rig.jobs.resume(id)).state, 'running');
		steps.letOne();
		await until(rig, id, ({ done }) => done === 3);
		const cancelled = await rig.jobs.cancel(id);
		assert.deepEqual([cancelled.state, cancelled.total, cancelled.done, cancelled.finishedAt], ['cancelled', 10, 3, rig.clock.now()]);
		steps.letAll();
		await rig.clock.advance(MINUTE);
		assert.deepEqual(await rig.jobs.job(id), cancelled);
		for (const change of ['pause', 'resume', 'cancel'] as const) await assert.rejects(rig.jobs[change](id), { code: 'job_finished' });
		assert.deepEqual(await rig.states(), { dead: 7, delivered: 3 });
	});

	test('paused while it counts, it counts on', async () => {
		await using rig = await startRig();
		await withDead(rig);
		const { id } = await rig.jobs.start({ kind: 'replay' });
		await rig.jobs.pause(id);
		rig.jobs.resumeAll();
		await rig.clock.advance(10);
		assert.equal((await rig.jobs.resume(id)).state, 'counting');
		const done = await until(rig, id, isDone);
		assert.deepEqual([done.total, done.done], [10, 10]);
	});

	test('one at a time, the oldest first', async () => {
		await using rig = await startRig();
		await withDead(rig);
		const stepped: string[] = [];
		const step = rig.store.jobs.step.bind(rig.store.jobs);
		Object.assign(rig.store.jobs, {
			step: (id: string, limit: number, at: number) => {
				stepped.push(id);
				return step(id, limit, at);
			},
		});
		rig.jobs.resumeAll();
		const first = await rig.jobs.start({ kind: 'replay', chatId: 'a' });
		const second = await rig.jobs.start({ kind: 'discard', chatId: 'b' });
		const done = await until(rig, second.id, isDone);
		assert.equal(done.done, 5);
		assert.ok(stepped.lastIndexOf(first.id) < stepped.indexOf(second.id));
		const { items, next } = await rig.jobs.list({}, { limit: 1 });
		assert.deepEqual([items.map(({ id }) => id), next === undefined], [[second.id], false]);
	});

	test('what a stop interrupts goes on at the next start, each delivery once', async () => {
		await using rig = await startRig();
		await withDead(rig);
		const steps = stepwise(rig);
		rig.jobs.resumeAll();
		const { id } = await rig.jobs.start({ kind: 'replay' });
		steps.letOne();
		await until(rig, id, ({ state }) => state === 'running');
		steps.letOne();
		await until(rig, id, ({ done }) => done === 3);
		const stopping = rig.stop();
		steps.letAll();
		await stopping;
		await rig.start();
		const before = await rig.jobs.job(id);
		assert.ok(before && before.state === 'running' && before.done < 10, JSON.stringify(before));
		rig.jobs.resumeAll();
		const done = await until(rig, id, isDone);
		assert.deepEqual([done.total, done.done, done.skipped], [10, 10, 0]);
		await rig.clock.advance(1_000);
		assert.deepEqual(await rig.states(), { delivered: 10 });
		assert.equal(rig.sender.requests.length, 10);
	});

	test('what somebody else settled meanwhile is skipped', async () => {
		await using rig = await startRig();
		await withDead(rig);
		const steps = stepwise(rig);
		rig.jobs.resumeAll();
		const { id } = await rig.jobs.start({ kind: 'replay' });
		steps.letOne();
		await until(rig, id, ({ total }) => total === 10);
		const { items } = await rig.store.deliveries.list({}, { limit: 2 });
		for (const one of items) await rig.replays.discard(one.id);
		steps.letAll();
		const done = await until(rig, id, isDone);
		assert.deepEqual([done.total, done.done, done.skipped], [10, 8, 2]);
	});

	test('while the store refuses it is tried again, and the pause between batches is kept', async () => {
		const background: string[] = [];
		await using rig = await startRig({}, { observer: { background: (where) => void background.push(where) } });
		await withDead(rig);
		const { store, outbox, registry, dispatcher, clock, ids } = rig;
		const { peers } = store;
		const observer = { background: (where: string) => void background.push(where), jobChanged: () => {}, jobProgressed: () => {} };
		const step = store.jobs.step.bind(store.jobs);
		const times: number[] = [];
		Object.assign(store.jobs, {
			step: (...of: Parameters<typeof step>) => {
				times.push(clock.now());
				return times.length <= 2 ? Promise.reject(new RecadoError('store_unavailable')) : step(...of);
			},
		});
		const startedAt = clock.now();
		await using jobs = new JobService({
			...{ store, outbox, registry, dispatcher, peers, clock, ids },
			observer: observer as unknown as ConstructorParameters<typeof JobService>[0]['observer'],
			sealer: new AesSealer(Buffer.alloc(32)),
			options: { batch: 100, pauseMs: 500 },
			erase: async () => undefined,
		});
		jobs.resumeAll();
		const { id } = await jobs.start({ kind: 'replay' });
		await clock.advance(10_000);
		assert.equal((await jobs.job(id))?.state, 'done');
		assert.deepEqual(background, ['jobs.step', 'jobs.step']);
		assert.deepEqual(
			times.map((at) => at - startedAt),
			[0, 1_000, 2_000, 2_500],
		);
	});

	test('a wish that makes no sense is refused', async () => {
		await using rig = await startRig();
		const [webhookId = ''] = await withDead(rig);
		const cases = [
			[{ kind: 'replay', accountId: 'acc_7' }, 'not_there'],
			[{ kind: 'replay', webhookId: 'whk_7' }, 'not_there'],
			[{ kind: 'replay', states: ['pending'] }, 'invalid_request'],
			[{ kind: 'replay', states: [] }, 'invalid_request'],
			[{ kind: 'discard', states: ['dead', 'delivered'] }, 'invalid_request'],
			[{ kind: 'replay', since: 5, until: 5 }, 'invalid_request'],
		] as const;
		for (const [wish, code] of cases) await assert.rejects(rig.jobs.start(wish), { code }, JSON.stringify(wish));
		for (const change of ['pause', 'resume', 'cancel'] as const) await assert.rejects(rig.jobs[change]('job_7'), { code: 'not_there' });
		await rig.webhooks.delete(webhookId);
		await assert.rejects(rig.jobs.start({ kind: 'replay', webhookId }), { code: 'not_there' });
	});

	test('made twice under one key it is one job, and the first answer is kept', async () => {
		await using rig = await startRig();
		await withDead(rig);
		const request = { scope: 'recado:admin:POST /recado/v1/jobs', key: 'k', fingerprint: 'f' };
		const answerOf = (job: Job): { status: number; body: unknown } => ({ status: 202, body: { id: job.id } });
		const job = await rig.jobs.start({ kind: 'replay' }, { request, answer: answerOf });
		await assert.rejects(rig.jobs.start({ kind: 'replay' }, { request, answer: answerOf }), { code: 'idempotency_raced' });
		assert.equal((await rig.jobs.list({}, { limit: 10 })).items.length, 1);
		const record = await rig.store.idempotency.find(request.scope, request.key);
		assert.equal(new AesSealer(Buffer.alloc(32)).unseal(record?.sealedBody ?? ''), JSON.stringify({ id: job.id }));
	});
});

suite('one delivery', () => {
	test('is replayed where its webhook is there; what is on its way or was settled is neither replayed nor discarded', async () => {
		await using rig = await startRig();
		const [webhookId = ''] = await withDead(rig);
		const { items } = await rig.store.deliveries.list({}, { limit: 3 });
		const [first = '', second = '', third = ''] = items.map(({ id }) => id);
		await rig.replays.replay(first);
		await rig.clock.advance(10);
		assert.equal((await rig.replays.discard(second)).state, 'cancelled');
		await assert.rejects(rig.replays.discard(first), { code: 'delivery_settled' });
		await assert.rejects(rig.replays.discard(second), { code: 'delivery_settled' });
		rig.sender.decide = () => new Promise(() => {});
		await rig.replays.replay(third);
		await rig.clock.advance(10);
		for (const work of ['replay', 'discard'] as const) await assert.rejects(rig.replays[work](third), { code: 'delivery_unsettled' });
		await assert.rejects(rig.replays.discard('dlv_unknown'), { code: 'not_there' });
		await rig.webhooks.delete(webhookId, 'cancel');
		await assert.rejects(rig.replays.replay(first), { code: 'not_there' });
	});
});
