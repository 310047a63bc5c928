/** One of several processes on one store: its part of the limits, what it leaves to the others, what it hears of them, and who does the chores. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isFirst } from '../../src/delivery/shares-of-peers.ts';
import type { Webhook } from '../../src/domain/webhook.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { DeliveryWork } from '../../src/ports/delivery-work.ts';
import { delivery } from '../suites/store-fixtures.ts';
import { FakePeers } from './fake-peers.ts';
import { answer, MINUTE, type Rig, startRig, UPKEEP } from './rig.ts';

const CHATS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

async function happenIn(rig: Rig, chats: readonly string[]): Promise<void> {
	for (const chat of chats) await rig.happen(chat, `${chat}1`);
}

/** As another process writes. */
async function elsewhere(rig: Rig, ...changes: readonly Change[]): Promise<void> {
	await rig.store.commit({ changes, events: [], deliveries: [] });
}

/** Another member, such that of both it or this process ranks first for the webhook. */
function joinedBy(webhookId: string, isOursFirst: boolean): readonly string[] {
	const names = Array.from({ length: 100 }, (_, n) => `other-${n}`);
	const other = names.find((name) => isFirst(webhookId, { members: ['1', name], self: '1' }) === isOursFirst);
	assert.ok(other !== undefined);
	return ['1', other];
}

suite('limits over all processes', () => {
	test('of a concurrency each has its part, of a rate too', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const { id } = await rig.webhook('/busy', { concurrency: 4 });
		await rig.webhook('/slow', { concurrency: 4, ratePerSecond: 2 });
		peers.become(joinedBy(id, true), '1');
		rig.sender.decide = (_body, path) => (path === '/busy' ? new Promise(() => {}) : answer(200));
		await happenIn(rig, CHATS);
		await rig.clock.advance(3_000);
		assert.equal(rig.sender.bodies('/busy').length, 2);
		assert.equal(rig.sender.bodies('/slow').length, 4, 'one a second, from the first on');
	});

	test('who has no share of a webhook takes nothing for it and says at once that there is something; a share later, it does', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const { id } = await rig.webhook('/', { concurrency: 1 });
		peers.become(joinedBy(id, false), '1');
		peers.told.length = 0;
		await happenIn(rig, ['a', 'b']);
		assert.deepEqual(new Set(peers.toldOf('due')), new Set([id]));
		peers.hear({ kind: 'due', webhookId: id });
		await rig.clock.advance(MINUTE);
		assert.deepEqual([rig.sender.requests.length, await rig.states()], [0, { pending: 2 }]);
		peers.become(['1'], '1');
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { delivered: 2 });
	});

	test('what is in hand beyond its part goes back for the others when one comes', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({ concurrencyPerWebhook: 2 }, { peers });
		const { id } = await rig.webhook();
		rig.sender.decide = () => new Promise(() => {});
		await happenIn(rig, CHATS);
		assert.deepEqual(await rig.states(), { sending: 8 });
		peers.become(joinedBy(id, true), '1');
		await rig.clock.advance(200);
		assert.deepEqual(await rig.states(), { sending: 6, pending: 2 });
		assert.deepEqual(peers.toldOf('due').length, 1);
	});

	test('alone again, and from the start, the limits are the whole', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const { id } = await rig.webhook();
		peers.become(joinedBy(id, false), '1');
		peers.become(['1'], '1');
		rig.sender.decide = () => new Promise(() => {});
		await happenIn(rig, CHATS);
		await rig.clock.advance(10);
		assert.equal(rig.sender.requests.length, 4);
	});
});

suite('what is left in the store', () => {
	test('is told a moment later where this process is at its limits, once for all of it, and not where things go well', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({ concurrencyPerWebhook: 2 }, { peers });
		const { id } = await rig.webhook();
		peers.become(joinedBy(id, true), '1');
		peers.told.length = 0;
		await happenIn(rig, CHATS);
		await rig.clock.advance(1_000);
		assert.deepEqual([await rig.states(), peers.told], [{ delivered: 8 }, []]);
		rig.sender.decide = () => new Promise(() => {});
		for (const n of [2, 3, 4, 5])
			await happenIn(
				rig,
				CHATS.map((chat) => `${chat}${n}`),
			);
		assert.deepEqual(peers.told, []);
		await rig.clock.advance(1_000);
		assert.deepEqual(peers.told, [{ kind: 'due', webhookId: id }]);
	});

	test('is not told while this process is about to take it', async () => {
		const peers = new FakePeers();
		const work = (of: DeliveryWork): DeliveryWork =>
			new Proxy(of, {
				get: (target, name: keyof DeliveryWork) => (name === 'claimDue' ? () => gate.promise : target[name].bind(target)),
			});
		const gate = Promise.withResolvers<never>();
		await using rig = await startRig({}, { peers, work });
		const { id } = await rig.webhook();
		peers.become(joinedBy(id, true), '1');
		peers.told.length = 0;
		for (let offers = 0; offers < 2; offers++) rig.dispatcher.offer(id);
		await rig.clock.advance(1_000);
		assert.deepEqual(peers.told, []);
		gate.reject(new Error('away'));
	});

	test('is taken by who hears of it, and what is heard is not told again', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const { id } = await rig.webhook('/', { concurrency: 1 });
		peers.become(joinedBy(id, false), '1');
		await happenIn(rig, ['a']);
		// Ranks are other ones now, and nobody said so: as it is in the process that has the share.
		peers.members = joinedBy(id, true);
		peers.told.length = 0;
		rig.sender.decide = () => new Promise(() => {});
		peers.hear({ kind: 'due', webhookId: id });
		await rig.clock.advance(1_000);
		assert.deepEqual([rig.sender.bodies(), peers.told], [['a1'], []]);
		peers.hear({ kind: 'look' });
		await rig.clock.advance(1_000);
		assert.deepEqual(peers.told, []);
	});
});

suite('the webhooks of other processes', () => {
	const failing = { since: 1, errorClass: 'connect' } as const;

	test('are known as soon as they are told: made, changed, deleted', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const webhook = await rig.webhook();
		assert.deepEqual(peers.toldOf('webhook'), [webhook.id]);
		const made: Webhook = { ...webhook, id: 'whk_elsewhere', url: 'https://receiver.example/elsewhere' };
		await elsewhere(rig, { kind: 'webhook.put', webhook: made }, { kind: 'webhook.delete', id: webhook.id });
		for (const id of [webhook.id, made.id]) peers.hear({ kind: 'webhook', webhookId: id });
		await rig.clock.advance(10);
		assert.deepEqual(
			[...rig.registry.all()].map((entry) => entry.webhook),
			[made],
		);
		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		assert.deepEqual(rig.sender.bodies('/elsewhere'), ['a1']);
		await elsewhere(rig, { kind: 'webhook.put', webhook: { ...made, enabled: false } });
		peers.hear({ kind: 'webhook', webhookId: made.id });
		await rig.clock.advance(10);
		await rig.happen('a', 'a2');
		await elsewhere(rig, { kind: 'webhook.put', webhook: { ...made, url: 'https://receiver.example/moved' } });
		peers.hear({ kind: 'webhook', webhookId: made.id });
		await rig.clock.advance(10);
		assert.deepEqual(rig.sender.bodies('/moved'), ['a2']);
	});

	test('are served at once, where it was told before that something of them is due', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const made: Webhook = { ...(await rig.webhook()), id: 'whk_elsewhere' };
		const deliveries = [delivery('a', { webhookId: made.id })];
		await rig.store.commit({ changes: [{ kind: 'webhook.put', webhook: made }], events: [], deliveries });
		peers.hear({ kind: 'due', webhookId: made.id });
		peers.hear({ kind: 'webhook', webhookId: made.id });
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { delivered: 1 });
	});

	test('that could not be read when they were told are found with the next look', async () => {
		const peers = new FakePeers();
		const background: string[] = [];
		await using rig = await startRig({}, { peers, observer: { background: (where) => void background.push(where) } });
		const webhook = await rig.webhook();
		const read = rig.store.webhooks.webhook.bind(rig.store.webhooks);
		Object.assign(rig.store.webhooks, { webhook: () => Promise.reject(new Error('away')) });
		await elsewhere(rig, { kind: 'webhook.put', webhook: { ...webhook, concurrency: 9 } });
		peers.hear({ kind: 'webhook', webhookId: webhook.id });
		await rig.clock.advance(10);
		assert.deepEqual(background, ['peers.follow']);
		Object.assign(rig.store.webhooks, { webhook: read });
		peers.hear({ kind: 'look' });
		await rig.clock.advance(10);
		assert.equal(rig.webhooks.get(webhook.id)?.concurrency, 9);
	});

	test('a circuit that opened elsewhere is open here; closed there, what is due is looked for', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const webhook = await rig.webhook();
		peers.become(joinedBy(webhook.id, false), '1');
		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		await elsewhere(rig, { kind: 'webhook.failing', id: webhook.id, failing });
		peers.hear({ kind: 'webhook', webhookId: webhook.id });
		await rig.clock.advance(10);
		assert.equal(rig.dispatcher.circuitOf(webhook.id).state, 'open');
		await rig.happen('a', 'a2');
		await rig.clock.advance(10 * MINUTE);
		assert.deepEqual(rig.sender.bodies(), ['a1'], 'only the first ranked probes');
		assert.ok(peers.toldOf('due').includes(webhook.id), 'and is told that there is something to probe with');
		await elsewhere(rig, { kind: 'webhook.failing', id: webhook.id });
		peers.hear({ kind: 'webhook', webhookId: webhook.id });
		await rig.clock.advance(10);
		assert.deepEqual(rig.sender.bodies(), ['a1', 'a2']);
	});

	test('who becomes the first ranked goes on probing', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const webhook = await rig.webhook();
		peers.become(joinedBy(webhook.id, false), '1');
		await elsewhere(rig, { kind: 'webhook.failing', id: webhook.id, failing });
		peers.hear({ kind: 'webhook', webhookId: webhook.id });
		await rig.clock.advance(10);
		await rig.happen('a', 'a1');
		peers.become(['1'], '1');
		await rig.clock.advance(MINUTE);
		assert.deepEqual(await rig.states(), { delivered: 1 });
		assert.equal((await rig.store.webhooks.webhook(webhook.id))?.failing, undefined);
	});

	test('a circuit that is closed for the one that probes it is closed here, though nobody said so', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const webhook = await rig.webhook();
		peers.become(joinedBy(webhook.id, false), '1');
		rig.dispatcher.offer(webhook.id);
		rig.dispatcher.openedElsewhere(webhook.id, failing);
		assert.equal(rig.dispatcher.circuitOf(webhook.id).state, 'open');
		peers.hear({ kind: 'look' });
		await rig.clock.advance(10);
		assert.notEqual(rig.dispatcher.circuitOf(webhook.id).state, 'open');
	});

	test('are changed on what the store has, not on what was known here', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const webhook = await rig.webhook();
		await elsewhere(rig, { kind: 'webhook.put', webhook: { ...webhook, concurrency: 9 } });
		await rig.webhooks.update(webhook.id, { ratePerSecond: 5 });
		const stored = await rig.store.webhooks.webhook(webhook.id);
		assert.deepEqual([stored?.concurrency, stored?.ratePerSecond], [9, 5]);

		const owner = { accountId: 'acc_1', dialect: 'recado' } as const;
		const slot: Webhook = { ...webhook, id: 'whk_slot', origin: 'dialect', subscriptions: { 'instance.disconnected': {} } };
		await elsewhere(rig, { kind: 'webhook.put', webhook: slot });
		await rig.webhooks.assignSlots(owner, { 'instance.disconnected': { url: 'https://receiver.example/moved' } });
		assert.equal((await rig.store.webhooks.webhook('whk_slot'))?.url, 'https://receiver.example/moved', 'moved, not made anew');

		await elsewhere(rig, { kind: 'webhook.delete', id: webhook.id });
		await assert.rejects(rig.webhooks.update(webhook.id, { ratePerSecond: 6 }), { code: 'not_there' });
		assert.equal(await rig.store.webhooks.webhook(webhook.id), undefined);
		await elsewhere(rig, { kind: 'webhook.put', webhook });
		assert.equal((await rig.webhooks.update(webhook.id, { ratePerSecond: 7 })).ratePerSecond, 7, 'one that was not heard of');
	});
});

suite('chores', () => {
	/** A webhook that fails, with seven deliveries. */
	async function failing(rig: Rig): Promise<string> {
		const { id } = await rig.webhook();
		rig.sender.decide = () => answer(500);
		for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']) await rig.happen('a', name);
		await rig.clock.advance(10);
		return id;
	}

	test('are done by the first member alone; the others tell it, and take over when it goes', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const id = await failing(rig);
		peers.become(['0', '1'], '1');
		rig.janitor.start();
		rig.jobs.resumeAll();
		peers.told.length = 0;
		const { id: jobId } = await rig.jobs.start({ kind: 'discard', chatId: 'a', states: ['pending'] });
		assert.deepEqual(peers.told, [{ kind: 'chores' }]);
		await rig.webhooks.delete(id, 'cancel');
		assert.deepEqual(peers.told.at(-1), { kind: 'chores' });
		peers.hear({ kind: 'chores' });
		await rig.clock.advance(UPKEEP.intervalMs * 3);
		assert.equal((await rig.jobs.job(jobId))?.state, 'counting');
		assert.deepEqual(await rig.states(), { pending: 7 });
		peers.become(['1'], '1');
		await rig.clock.advance(1_000);
		assert.equal((await rig.jobs.job(jobId))?.state, 'done');
		assert.deepEqual(await rig.states(), { cancelled: 7 });
		assert.equal(await rig.store.webhooks.webhook(id), undefined);
	});

	test('what was committed for a webhook by one who had not heard that it is gone is cancelled, lanes and all', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const deliveries = ['a', 'b', 'c'].map((name) => delivery(name, { webhookId: 'whk_gone' }));
		await rig.store.commit({ changes: [], events: [], deliveries });
		rig.janitor.start();
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { cancelled: 3 });
	});

	test('a webhook that is being deleted elsewhere is ended here, and a job that was made there goes on', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({}, { peers });
		const id = await failing(rig);
		rig.janitor.start();
		rig.jobs.resumeAll();
		await rig.clock.advance(10);
		const webhook = await rig.store.webhooks.webhook(id);
		assert.ok(webhook);
		await elsewhere(rig, { kind: 'webhook.put', webhook: { ...webhook, subscriptions: {}, ending: 'cancel' } });
		peers.hear({ kind: 'webhook', webhookId: id });
		await rig.clock.advance(1_000);
		assert.deepEqual(await rig.states(), { cancelled: 7 });
		const filter = { states: ['cancelled'], seqMax: 100 } as const;
		const counts = { total: 0, done: 0, skipped: 0, cursor: 0, createdAt: 1, updatedAt: 1 };
		await elsewhere(rig, { kind: 'job.insert', job: { id: 'job_elsewhere', kind: 'replay', filter, state: 'counting', ...counts } });
		peers.hear({ kind: 'chores' });
		await rig.clock.advance(1_000);
		assert.equal((await rig.jobs.job('job_elsewhere'))?.state, 'done');
	});
});

test('what concerns others is handed on', async () => {
	const peers = new FakePeers();
	const handed: string[] = [];
	const hooks = {
		onQueue: (instanceId: string) => void handed.push(instanceId),
		onInstances: () => void handed.push('instances'),
		onLost: () => void handed.push('lost'),
	};
	await using rig = await startRig({}, { peers, hooks });
	peers.hear({ kind: 'queue', instanceId: 'ins_1' });
	peers.hear({ kind: 'instances' });
	peers.lose();
	peers.become(['2'], '2');
	await rig.desk[Symbol.asyncDispose]();
	peers.hear({ kind: 'queue', instanceId: 'ins_2' });
	assert.deepEqual(handed, ['ins_1', 'instances', 'lost', 'instances']);
});
