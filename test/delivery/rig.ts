/** Delivery over a real store, with time and the receivers under the test's control. */
import assert from 'node:assert/strict';
import { DeliveryOutbox } from '../../src/delivery/delivery-outbox.ts';
import { Dispatcher } from '../../src/delivery/dispatcher.ts';
import { Janitor, type JanitorOptions } from '../../src/delivery/janitor.ts';
import { JobService } from '../../src/delivery/job-service.ts';
import type { DeliveryOptions } from '../../src/delivery/options.ts';
import { PeerDesk, type PeerHooks } from '../../src/delivery/peer-desk.ts';
import { Planner } from '../../src/delivery/planner.ts';
import { ReplayService } from '../../src/delivery/replay-service.ts';
import { WebhookMirror } from '../../src/delivery/webhook-mirror.ts';
import { WebhookRegistry } from '../../src/delivery/webhook-registry.ts';
import { WebhookService } from '../../src/delivery/webhook-service.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Webhook } from '../../src/domain/webhook.ts';
import { type Observer, silentObserver } from '../../src/observe/observer.ts';
import { Traces } from '../../src/observe/traces.ts';
import type { DeliveryWork } from '../../src/ports/delivery-work.ts';
import type { Peers } from '../../src/ports/peers.ts';
import type { Renderer } from '../../src/ports/renderer.ts';
import type { OutboundRequest, OutboundResult, Sender } from '../../src/ports/sender.ts';
import type { Store } from '../../src/ports/store.ts';
import { AesSealer } from '../../src/system/aes-sealer.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeIds } from '../support/fake-ids.ts';
import { fixedRandom } from '../support/fake-random.ts';
import { openStorePlace, type StorePlace } from '../support/open-store.ts';

export const MINUTE = 60_000;
export const OPTIONS: DeliveryOptions = {
	attemptDeadlineMs: 15_000,
	responseBytesKept: 100,
	responseBytesMax: 1_000,
	concurrencyPerWebhook: 4,
	inFlightMax: 64,
	pendingBytesMax: 64 * 1_024 * 1_024,
	probeMs: 1_000,
	probeCeilingMs: 30_000,
	scheduleMs: [0, 5_000, 5 * MINUTE, 30 * MINUTE],
	patienceMs: 76 * 60 * MINUTE,
	laneHoldMs: 10 * MINUTE,
	secretOverlapMs: 24 * 60 * MINUTE,
	shutdownGraceMs: 1_000,
};

/** Small ones, so that tests meet their ends. */
export const UPKEEP: JanitorOptions = { intervalMs: MINUTE, batch: 3, breathMs: 50, retentionMs: 30 * 24 * 60 * MINUTE };

export const answer = (status: number, headers: Record<string, string> = {}): OutboundResult => ({
	kind: 'answered',
	status,
	headers,
	body: 'ok',
	timings: { totalMs: 1 },
});

/** A receiver whose answers are decided by the test, by webhook path and message. */
export class ScriptedSender implements Sender {
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

	/** Whether it accepts connections. */
	isThere = true;
	knocks = 0;

	async knock(): Promise<boolean> {
		this.knocks += 1;
		return this.isThere;
	}

	refuse(): undefined {
		return undefined;
	}

	async [Symbol.asyncDispose](): Promise<void> {}
}

/** Renders the id of the message alone: bodies are then the messages' names. */
export const plain: Renderer = {
	dialect: 'recado',
	render: (event) => (event.type === 'instance.disconnected' ? [event.data.reason] : []),
	subscriptionsFor: (events) => Object.fromEntries(events.map((type) => [type, {}])),
	eventsOf: () => ['instance.disconnected'],
};

export interface Faulty {
	readonly work?: (work: DeliveryWork) => DeliveryWork;
	readonly onGone?: (disable: (webhookId: string) => Promise<void>) => (webhookId: string) => Promise<void>;
	readonly renderer?: Renderer;
	readonly renderers?: readonly Renderer[];
	readonly observer?: Partial<Observer>;
	/** Default: none, as the store has it. */
	readonly peers?: Peers;
	readonly hooks?: Partial<PeerHooks>;
	/** Default: the scripted one. */
	readonly sender?: Sender;
}

export class Rig {
	readonly clock: FakeClock = new FakeClock(undefined, 30);
	readonly ids: FakeIds = new FakeIds();
	readonly sender: ScriptedSender = new ScriptedSender(this.clock);
	readonly #place: StorePlace;
	store!: Store;
	dispatcher!: Dispatcher;
	outbox!: DeliveryOutbox;
	registry!: WebhookRegistry;
	webhooks!: WebhookService;
	/** Not started, as the jobs. */
	janitor!: Janitor;
	jobs!: JobService;
	replays!: ReplayService;
	desk!: PeerDesk;

	constructor(place: StorePlace) {
		this.#place = place;
	}

	/** Work that fails, or a renderer that does, where a test is about that. */
	async start(options: Partial<DeliveryOptions> = {}, faulty: Faulty = {}): Promise<void> {
		const { clock, ids } = this;
		const sender = faulty.sender ?? this.sender;
		const sealer = new AesSealer(Buffer.alloc(32));
		this.store = this.#place.store(clock);
		await this.store.open();
		const { store } = this;
		const registry = new WebhookRegistry(sealer);
		this.registry = registry;
		await registry.load(store.webhooks);
		const tracing = new Traces(undefined);
		const planner = new Planner({ registry, renderers: faulty.renderers ?? [faulty.renderer ?? plain], ids, clock, tracing });
		const observer: Observer = { ...silentObserver, ...faulty.observer };
		const peers = faulty.peers ?? store.peers;
		const all = { ...OPTIONS, ...options };
		const disable = (id: string): Promise<void> => this.webhooks.disableGone(id);
		const onGone = faulty.onGone?.(disable) ?? disable;
		this.dispatcher = new Dispatcher({
			work: faulty.work?.(store.deliveries) ?? store.deliveries,
			registry,
			peers,
			sender,
			clock,
			ids,
			random: fixedRandom(0),
			observer,
			tracing,
			options: all,
			onGone,
			onCircuit: (webhookId, change) => this.webhooks.noteCircuit(webhookId, change),
		});
		const { dispatcher } = this;
		const mirror = new WebhookMirror({ store, registry, dispatcher });
		this.outbox = new DeliveryOutbox({ store, peers, registry, mirror, planner, dispatcher, observer });
		const parts = { store, outbox: this.outbox, registry, mirror, peers, planner, dispatcher, sender, sealer, clock, ids, observer };
		this.webhooks = new WebhookService({ ...parts, options: all, onEnding: () => this.janitor.wake() });
		this.janitor = new Janitor({ ...parts, webhooks: this.webhooks, options: { ...UPKEEP, patienceMs: all.patienceMs } });
		this.replays = new ReplayService(parts);
		this.jobs = new JobService({ ...parts, options: { batch: UPKEEP.batch, pauseMs: 0 }, erase: async () => undefined });
		const hooks = { onQueue: () => {}, onInstances: () => {}, onLost: () => {}, ...faulty.hooks };
		const { webhooks, janitor, jobs } = this;
		this.desk = new PeerDesk({ peers, dispatcher, webhooks, janitor, jobs, observer, hooks });
		await dispatcher.start();
		this.desk.open();
	}

	async webhook(
		path = '/',
		wish: Partial<Pick<Webhook, 'order' | 'enabled' | 'scheduleMs' | 'ratePerSecond' | 'concurrency'>> = {},
	): Promise<Webhook> {
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
	async happen(chatId: string, name: string, at: number = this.clock.now()): Promise<void> {
		const event: DomainEvent = {
			id: this.ids.next('evt'),
			type: 'instance.disconnected',
			accountId: 'acc_1',
			instance: { id: 'ins_1', phone: '5544900000000' },
			chatId,
			at,
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
		await this.desk[Symbol.asyncDispose]();
		await this.jobs[Symbol.asyncDispose]();
		const stopped = Promise.all([
			this.janitor[Symbol.asyncDispose](),
			this.webhooks[Symbol.asyncDispose](),
			this.dispatcher[Symbol.asyncDispose](),
		]);
		await this.clock.advance(OPTIONS.shutdownGraceMs);
		await stopped;
		await this.store[Symbol.asyncDispose]();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.stop();
		await this.#place[Symbol.asyncDispose]();
	}
}

export async function startRig(options: Partial<DeliveryOptions> = {}, faulty: Faulty = {}): Promise<Rig> {
	const rig = new Rig(await openStorePlace());
	await rig.start(options, faulty);
	return rig;
}
