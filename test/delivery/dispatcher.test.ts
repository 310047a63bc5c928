/** The dispatcher over a real SQLite file, with time and the receivers under the test's control. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DeliveryOutbox } from '../../src/delivery/delivery-outbox.ts';
import { Dispatcher } from '../../src/delivery/dispatcher.ts';
import type { DeliveryOptions } from '../../src/delivery/options.ts';
import { Planner } from '../../src/delivery/planner.ts';
import { ReplayService } from '../../src/delivery/replay-service.ts';
import { WebhookRegistry } from '../../src/delivery/webhook-registry.ts';
import { WebhookService } from '../../src/delivery/webhook-service.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Webhook } from '../../src/domain/webhook.ts';
import { silentObserver } from '../../src/observe/observer.ts';
import type { Renderer } from '../../src/ports/renderer.ts';
import type { OutboundRequest, OutboundResult, Sender } from '../../src/ports/sender.ts';
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { AesSealer } from '../../src/system/aes-sealer.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeIds } from '../support/fake-ids.ts';
import { fixedRandom } from '../support/fake-random.ts';

const MINUTE = 60_000;
const OPTIONS: DeliveryOptions = {
	attemptDeadlineMs: 15_000,
	responseBytesKept: 100,
	responseBytesMax: 1_000,
	concurrencyPerWebhook: 4,
	inFlightMax: 8,
	scheduleMs: [0, 5_000, 5 * MINUTE, 30 * MINUTE],
	patienceMs: 76 * 60 * MINUTE,
	laneHoldMs: 10 * MINUTE,
	secretOverlapMs: 24 * 60 * MINUTE,
	shutdownGraceMs: 1_000,
};

const answer = (status: number, headers: Record<string, string> = {}): OutboundResult => ({
	kind: 'answered',
	status,
	headers,
	body: 'ok',
	timings: { totalMs: 1 },
});

/** A receiver whose answers are decided by the test, by webhook path and message. */
class ScriptedSender implements Sender {
	readonly requests: {
		readonly path: string;
		readonly body: string;
		readonly headers: Readonly<Record<string, string>>;
		readonly at: number;
	}[] = [];
	decide: (body: string, path: string) => OutboundResult | Promise<OutboundResult> = () => answer(200);
	inFlight = 0;
	inFlightHighest = 0;
	readonly #clock: FakeClock;

	constructor(clock: FakeClock) {
		this.#clock = clock;
	}

	async send(request: OutboundRequest): Promise<OutboundResult> {
		const path = new URL(request.url).pathname;
		this.requests.push({ path, body: request.body, headers: request.headers, at: this.#clock.now() });
		this.inFlight += 1;
		this.inFlightHighest = Math.max(this.inFlightHighest, this.inFlight);
		const interrupted = new Promise<OutboundResult>((resolve) => {
			const stop = (): void => resolve({ kind: 'failed', errorClass: 'interrupted', message: '', timings: { totalMs: 1 } });
			if (request.signal.aborted) stop();
			else request.signal.addEventListener('abort', stop, { once: true });
		});
		try {
			return await Promise.race([this.decide(request.body, path), interrupted]);
		} finally {
			this.inFlight -= 1;
		}
	}

	bodies(path = '/'): string[] {
		return this.requests.filter((one) => one.path === path).map((one) => one.body);
	}

	refuse(): undefined {
		return undefined;
	}

	async [Symbol.asyncDispose](): Promise<void> {}
}

/** Renders the id of the message alone: bodies are then the messages' names. */
const plain: Renderer = {
	dialect: 'recado',
	render: (event) => (event.type === 'instance.disconnected' ? [event.data.reason] : []),
	subscriptionsFor: (events) => Object.fromEntries(events.map((type) => [type, {}])),
	eventsOf: () => ['instance.disconnected'],
};

class Rig {
	readonly clock = new FakeClock(undefined, 30);
	readonly ids = new FakeIds();
	readonly sender = new ScriptedSender(this.clock);
	readonly directory: string;
	store!: SqliteStore;
	dispatcher!: Dispatcher;
	outbox!: DeliveryOutbox;
	webhooks!: WebhookService;
	replays!: ReplayService;

	constructor(directory: string) {
		this.directory = directory;
	}

	async start(options: Partial<DeliveryOptions> = {}): Promise<void> {
		const { clock, ids, sender } = this;
		const sealer = new AesSealer(Buffer.alloc(32));
		this.store = new SqliteStore({ file: join(this.directory, 'recado.db'), clock });
		await this.store.open();
		const { store } = this;
		const registry = new WebhookRegistry(sealer);
		await registry.load(store.webhooks);
		const planner = new Planner({ registry, renderers: [plain], ids });
		const observer = silentObserver;
		const all = { ...OPTIONS, ...options };
		const onGone = (id: string): Promise<void> => this.webhooks.disableGone(id);
		this.dispatcher = new Dispatcher({
			work: store.deliveries,
			registry,
			sender,
			clock,
			ids,
			random: fixedRandom(0),
			observer,
			options: all,
			onGone,
		});
		const { dispatcher } = this;
		this.outbox = new DeliveryOutbox({ store, planner, dispatcher, observer });
		this.webhooks = new WebhookService({
			store,
			outbox: this.outbox,
			registry,
			planner,
			dispatcher,
			sender,
			sealer,
			clock,
			ids,
			observer,
			options: all,
		});
		this.replays = new ReplayService({ store, dispatcher, clock, observer });
		dispatcher.start();
	}

	async webhook(path = '/', wish: Partial<Pick<Webhook, 'order' | 'enabled'>> = {}): Promise<Webhook> {
		if (!(await this.store.accounts.account('acc_1'))) {
			const account = { id: 'acc_1', name: 'A', tokenHash: 'a', clientTokenHash: 'b', clientTokenEnforced: false, createdAt: 0 };
			await this.store.commit({ changes: [{ kind: 'account.insert', account }], events: [], deliveries: [] });
		}
		const url = `https://receiver.example${path}`;
		const { webhook } = await this.webhooks.create({
			accountId: 'acc_1',
			dialect: 'recado',
			events: ['instance.disconnected'],
			url,
			...wish,
		});
		return webhook;
	}

	/** An event of a chat whose body is `name`. */
	async happen(chatId: string, name: string): Promise<void> {
		const event: DomainEvent = {
			id: this.ids.next('evt'),
			type: 'instance.disconnected',
			accountId: 'acc_1',
			instance: { id: 'ins_1', phone: '5544900000000' },
			chatId,
			at: this.clock.now(),
			data: { reason: name },
		};
		assert.equal(await this.outbox.commit({ changes: [], events: [event] }), undefined);
	}

	async states(): Promise<Record<string, number>> {
		const { items } = await this.store.deliveries.list({}, { limit: 200 });
		const counts: Record<string, number> = {};
		for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
		return counts;
	}

	async stop(): Promise<void> {
		const stopped = this.dispatcher[Symbol.asyncDispose]();
		await this.clock.advance(OPTIONS.shutdownGraceMs);
		await stopped;
		await this.store[Symbol.asyncDispose]();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.stop();
		await rm(this.directory, { recursive: true, force: true });
	}
}

async function startRig(options: Partial<DeliveryOptions> = {}): Promise<Rig> {
	const rig = new Rig(await mkdtemp(join(tmpdir(), 'recado-dispatcher-')));
	await rig.start(options);
	return rig;
}

test('a chat is delivered in order, one at a time; other chats do not wait', async () => {
	await using rig = await startRig();
	await rig.webhook();
	const gate = Promise.withResolvers<OutboundResult>();
	rig.sender.decide = (body) => (body === 'a1' ? gate.promise : answer(200));
	for (const name of ['a1', 'a2', 'a3']) await rig.happen('a', name);
	for (const name of ['b1', 'b2']) await rig.happen('b', name);
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'b1', 'b2']);
	gate.resolve(answer(200));
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'b1', 'b2', 'a2', 'a3']);
	assert.deepEqual(await rig.states(), { delivered: 5 });
});

test('order webhook waits across chats, order none for nothing', async () => {
	await using rig = await startRig();
	await rig.webhook('/all', { order: 'webhook' });
	await rig.webhook('/none', { order: 'none' });
	rig.sender.decide = (body) => (body === 'a1' ? new Promise(() => {}) : answer(200));
	await rig.happen('a', 'a1');
	await rig.happen('b', 'b1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies('/all'), ['a1']);
	assert.deepEqual(rig.sender.bodies('/none'), ['a1', 'b1', 'a2']);
});

test('a failed one is tried again on its schedule with the same id and bytes, then it is dead and its lane goes on', async () => {
	await using rig = await startRig({ laneHoldMs: 24 * 60 * MINUTE });
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'bad' ? 500 : 200);
	const startedAt = rig.clock.now();
	await rig.happen('a', 'bad');
	await rig.happen('a', 'good');
	await rig.clock.advance(60 * MINUTE);
	const tries = rig.sender.requests.filter((one) => one.body === 'bad');
	assert.deepEqual(
		tries.map((one) => one.at - startedAt),
		[0, 5_000, 5_000 + 5 * MINUTE, 5_000 + 35 * MINUTE],
	);
	assert.equal(new Set(tries.map((one) => one.headers['webhook-id'])).size, 1);
	assert.deepEqual(
		tries.map((one) => one.headers['recado-attempt']),
		['1', '2', '3', '4'],
	);
	assert.equal(rig.sender.bodies().at(-1), 'good');
	assert.deepEqual(await rig.states(), { dead: 1, delivered: 1 });
});

test('a poisoned head holds its lane for the bounded time, then steps aside and keeps its own schedule', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'bad' ? 500 : 200);
	const startedAt = rig.clock.now();
	for (const name of ['bad', 'good1', 'good2']) await rig.happen('a', name);
	await rig.clock.advance(10 * MINUTE - 1);
	assert.ok(!rig.sender.bodies().includes('good1'), 'the lane is held');
	await rig.clock.advance(1_000);
	assert.deepEqual(rig.sender.bodies().slice(-2), ['good1', 'good2']);
	const { items } = await rig.store.deliveries.list({ state: 'pending' }, { limit: 5 });
	assert.deepEqual(
		items.map((one) => one.isOvertaken),
		[true],
	);
	await rig.clock.advance(30 * MINUTE);
	assert.deepEqual(
		rig.sender.requests
			.filter((one) => one.body === 'bad')
			.map((one) => one.at - startedAt)
			.at(-1),
		5_000 + 35 * MINUTE,
	);
});

test('while a webhook fails altogether nobody overtakes', async () => {
	await using rig = await startRig({ scheduleMs: Array.from({ length: 40 }, (_, n) => (n === 0 ? 0 : 5 * MINUTE)) });
	await rig.webhook();
	let isDown = true;
	rig.sender.decide = () => answer(isDown ? 503 : 200);
	for (const chat of ['a', 'b', 'c', 'd', 'e', 'f']) for (const n of [1, 2]) await rig.happen(chat, `${chat}${n}`);
	await rig.clock.advance(60 * MINUTE);
	assert.deepEqual(
		rig.sender.bodies().filter((body) => body.endsWith('2')),
		[],
	);
	isDown = false;
	await rig.clock.advance(10 * MINUTE);
	assert.deepEqual(await rig.states(), { delivered: 12 });
	for (const chat of ['a', 'b', 'c', 'd', 'e', 'f']) {
		const bodies = rig.sender.bodies().filter((body) => body.startsWith(chat));
		assert.ok(bodies.lastIndexOf(`${chat}1`) < bodies.indexOf(`${chat}2`), chat);
	}
});

test('Retry-After is waited for', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => answer(rig.sender.requests.length === 1 ? 429 : 200, { 'retry-after': '60' });
	const startedAt = rig.clock.now();
	await rig.happen('a', 'a1');
	await rig.clock.advance(2 * MINUTE);
	assert.deepEqual(
		rig.sender.requests.map((one) => one.at - startedAt),
		[0, MINUTE],
	);
});

test('410 disables the webhook; what waits is parked, and flows in order when a person enables it', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	let isGone = true;
	rig.sender.decide = () => answer(isGone ? 410 : 200);
	for (const name of ['a1', 'a2', 'a3']) await rig.happen('a', name);
	await rig.clock.advance(24 * 60 * MINUTE);
	assert.deepEqual(rig.sender.bodies(), ['a1']);
	assert.deepEqual([rig.webhooks.get(webhook.id)?.enabled, rig.webhooks.get(webhook.id)?.disabledReason], [false, 'gone']);
	await rig.happen('a', 'a4');
	isGone = false;
	await rig.webhooks.update(webhook.id, { enabled: true });
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'a2', 'a3', 'a4']);
	assert.deepEqual(await rig.states(), { dead: 1, delivered: 3 });
});

test('a webhook has its concurrency, and one that hangs does not keep others waiting', async () => {
	await using rig = await startRig();
	await rig.webhook('/hangs');
	await rig.webhook('/well');
	rig.sender.decide = (_body, path) => (path === '/hangs' ? new Promise(() => {}) : answer(200));
	for (let n = 0; n < 20; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(10);
	assert.equal(rig.sender.bodies('/hangs').length, OPTIONS.concurrencyPerWebhook);
	assert.equal(rig.sender.bodies('/well').length, 20);
});

test('what there was no room for is attempted when there is', async () => {
	await using rig = await startRig();
	await rig.webhook();
	await Promise.all(Array.from({ length: 50 }, (_, n) => rig.happen(`chat${n}`, `m${n}`)));
	await rig.clock.advance(10);
	await rig.clock.advance(10);
	assert.deepEqual(await rig.states(), { delivered: 50 });
	assert.ok(rig.sender.inFlightHighest <= OPTIONS.concurrencyPerWebhook);
});

test('a shutdown spends no attempt and leaves nothing in sending', async () => {
	const rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => new Promise(() => {});
	await rig.happen('a', 'a1');
	await rig.happen('b', 'b1');
	await rig.clock.advance(10);
	const stopped = rig.dispatcher[Symbol.asyncDispose]();
	await rig.clock.advance(OPTIONS.shutdownGraceMs);
	await stopped;
	const { items } = await rig.store.deliveries.list({}, { limit: 5 });
	assert.deepEqual(
		items.map((one) => [one.state, one.attempts]),
		[
			['pending', 0],
			['pending', 0],
		],
	);
	await rig.store[Symbol.asyncDispose]();

	rig.sender.decide = () => answer(200);
	await rig.start();
	await rig.clock.advance(10);
	assert.deepEqual(await rig.states(), { delivered: 2 });
	await rig[Symbol.asyncDispose]();
});

test('a replay has the same id and bytes, and is marked', async () => {
	await using rig = await startRig();
	await rig.webhook();
	await rig.happen('a', 'a1');
	await rig.clock.advance(10);
	const { items } = await rig.store.deliveries.list({}, { limit: 1 });
	await rig.replays.replay(items[0]?.id ?? '');
	await rig.clock.advance(10);
	const [first, second] = rig.sender.requests;
	assert.equal(first?.headers['webhook-id'], second?.headers['webhook-id']);
	assert.equal(first?.body, second?.body);
	assert.deepEqual([first?.headers['recado-replay'], second?.headers['recado-replay']], [undefined, 'true']);
	await assert.rejects(rig.replays.replay('dlv_unknown'), { code: 'not_there' });
});

test('deleting a webhook cancels what waits for it', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	rig.sender.decide = () => answer(500);
	await rig.happen('a', 'a1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(10);
	await rig.webhooks.delete(webhook.id);
	await rig.clock.advance(60 * MINUTE);
	assert.deepEqual(await rig.states(), { cancelled: 2 });
	assert.equal(rig.sender.requests.length, 1);
});

test('each attempt is on record, without the values of the webhook’s own headers', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	await rig.webhooks.update(webhook.id, { headers: { 'x-key': 'secret value' } });
	rig.sender.decide = () => answer(rig.sender.requests.length === 1 ? 500 : 200);
	await rig.happen('a', 'a1');
	await rig.clock.advance(10_000);
	const { items } = await rig.store.deliveries.list({}, { limit: 1 });
	const attempts = await rig.store.deliveries.attempts(items[0]?.id ?? '');
	assert.deepEqual(
		attempts.map((one) => [one.number, one.status, one.errorClass, one.responseBody]),
		[
			[1, 500, 'status', 'ok'],
			[2, 200, undefined, 'ok'],
		],
	);
	assert.equal(rig.sender.requests[0]?.headers['x-key'], 'secret value');
	assert.ok(!JSON.stringify(attempts).includes('secret value'));
});

test('a secret is rotated with an overlap in which both sign', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	const signatures = async (name: string): Promise<number> => {
		await rig.happen('a', name);
		await rig.clock.advance(10);
		return rig.sender.requests.at(-1)?.headers['webhook-signature']?.split(' ').length ?? 0;
	};
	assert.equal(await signatures('before'), 1);
	const { secret } = await rig.webhooks.rotateSecret(webhook.id);
	assert.equal(rig.webhooks.secretOf(rig.webhooks.get(webhook.id) ?? webhook), secret);
	assert.equal(await signatures('during'), 2);
	await rig.clock.advance(OPTIONS.secretOverlapMs);
	assert.equal(await signatures('after'), 1);
});
