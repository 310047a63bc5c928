/** The live feed over a real store: who listens is told what was committed, by whomever, and what became of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeLive } from '../../src/dialects/recado/views/live.ts';
import { BacklogSampler } from '../../src/insight/backlog-sampler.ts';
import type { LiveKind, LiveWish } from '../../src/insight/live.ts';
import { LiveFeed } from '../../src/insight/live-feed.ts';
import type { LiveListener } from '../../src/insight/live-listener.ts';
import { Tally } from '../../src/insight/tally.ts';
import { AesSealer } from '../../src/system/aes-sealer.ts';
import { add, deliver, openWithWebhooks, retry } from '../suites/store-dispatch.ts';
import { commit, event, job, looseDelivery, type StoreRig, unit } from '../suites/store-fixtures.ts';
import { openSqlite } from '../suites/store-on-sqlite.ts';

const LIMITS = { listenersMax: 10, listenersOfOneMax: 10 };
const ANYBODY = { filter: {}, isOperator: false, isAdmitted: async () => true, credentialId: 'admin' } as const;
const SEALER = new AesSealer(Buffer.alloc(32, 7));

interface Told {
	readonly event: LiveKind;
	readonly id: string | undefined;
	// biome-ignore lint/suspicious/noExplicitAny: tests look into messages of every kind
	readonly data: any;
}

/** What a listener read so far, as a browser takes it apart. */
class Heard {
	readonly listener: LiveListener;
	#text = '';

	constructor(listener: LiveListener) {
		this.listener = listener;
		listener.setEncoding('utf8').on('data', (text: string) => {
			this.#text += text;
		});
	}

	get blocks(): readonly string[] {
		return this.#text.split('\n\n').slice(0, -1);
	}

	all(kind: LiveKind): readonly Told[] {
		return this.blocks.flatMap((block): readonly Told[] => {
			const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
			const data = fields.get('data');
			if (data === undefined || fields.get('event') !== kind) return [];
			return [{ event: kind, id: fields.get('id'), data: JSON.parse(data) }];
		});
	}

	/** `dlv_a pending` */
	get deliveries(): readonly string[] {
		return this.all('deliveries').flatMap(({ data }) => data.items.map((one: { id: string; state: string }) => `${one.id} ${one.state}`));
	}

	get events(): readonly string[] {
		return this.all('events').flatMap(({ data }) => data.items.map((one: { id: string }) => one.id));
	}

	/** The place that was told last. */
	get place(): string {
		const ids = this.blocks.flatMap((block) => /^id: (.*)$/m.exec(block)?.[1] ?? []);
		return ids.at(-1) ?? '';
	}
}

class LiveRig implements AsyncDisposable {
	readonly #rig: StoreRig;
	readonly tally: Tally;
	readonly feed: LiveFeed;
	readonly settings: { readonly id: string; readonly accountId?: string; readonly route: string; readonly ids: Record<string, string> }[] =
		[];
	readonly background: string[] = [];

	constructor(rig: StoreRig, limits: Partial<typeof LIMITS>) {
		this.#rig = rig;
		const { store, clock } = rig;
		this.tally = new Tally(clock.now());
		this.feed = new LiveFeed({
			...{ store, clock, tally: this.tally, encode: encodeLive, peers: store.peers, sealer: SEALER },
			...{ ...LIMITS, ...limits },
			settings: { list: async () => ({ items: [...this.settings] }) },
			backlog: new BacklogSampler({ store, clock }),
			inFlight: () => 3,
			observer: { background: (where) => void this.background.push(where) },
		});
	}

	get store(): StoreRig['store'] {
		return this.#rig.store;
	}

	get clock(): StoreRig['clock'] {
		return this.#rig.clock;
	}

	listen(kinds: readonly LiveKind[], given: Partial<LiveWish> = {}): Heard {
		return new Heard(this.feed.listen({ ...ANYBODY, kinds, ...given }));
	}

	async turn(turns = 1): Promise<void> {
		await this.clock.advance(turns * 250);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.feed.close();
		await this.#rig[Symbol.asyncDispose]();
	}
}

async function startLive(limits: Partial<typeof LIMITS> = {}): Promise<LiveRig> {
	return new LiveRig(await openWithWebhooks(openSqlite), limits);
}

describe('the live feed', () => {
	test('a delivery is told when it is there, and again when it is another one', async () => {
		await using rig = await startLive();
		const { store } = rig;
		await add(store, looseDelivery('before'));
		const heard = rig.listen(['deliveries']);
		await rig.turn(2);
		assert.deepEqual(heard.deliveries, [], 'what was there is in the lists');
		await add(store, looseDelivery('a', { start: 'take' }), looseDelivery('b', { start: 'take' }));
		await rig.turn();
		assert.deepEqual(heard.deliveries, ['dlv_a sending', 'dlv_b sending']);
		await deliver(store, 'b');
		await retry(store, 'a', { dueAt: 9_000 });
		await rig.turn();
		assert.deepEqual(heard.deliveries.slice(2), ['dlv_a pending', 'dlv_b delivered']);
		await rig.turn(20);
		assert.equal(heard.deliveries.length, 4, 'nothing is told that did not change');
		await store.deliveries.discard('dlv_a', 9_000);
		await rig.turn(8);
		assert.deepEqual(heard.deliveries.slice(4), ['dlv_a cancelled']);
	});

	test('what becomes of those that were there before anybody listened is told', async () => {
		await using rig = await startLive();
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }));
		const heard = rig.listen(['deliveries']);
		await rig.turn(2);
		assert.deepEqual(heard.deliveries, []);
		await deliver(store, 'a');
		await rig.turn(2);
		assert.deepEqual(heard.deliveries, ['dlv_a delivered']);
	});

	test('each hears what fits, those of the same wish the same bytes', async () => {
		await using rig = await startLive();
		const { store } = rig;
		const [all, same, ofB, dead, ofChat] = [
			rig.listen(['deliveries', 'events']),
			rig.listen(['deliveries', 'events']),
			rig.listen(['deliveries'], { filter: { webhookId: 'whk_b' } }),
			rig.listen(['deliveries'], { filter: { state: 'dead' } }),
			rig.listen(['events'], { filter: { chatId: 'cht_z', accountId: 'acc_a', eventType: 'message.received' } }),
		];
		await rig.turn();
		await store.commit(
			unit({
				events: [event('a'), event('z', { chatId: 'cht_z' }), event('y', { chatId: 'cht_z', accountId: 'acc_y' })],
				deliveries: [looseDelivery('a'), looseDelivery('b', { webhookId: 'whk_b' })],
			}),
		);
		await rig.turn();
		assert.deepEqual(all?.events, ['evt_a', 'evt_z', 'evt_y']);
		assert.deepEqual(all?.deliveries, ['dlv_a pending', 'dlv_b pending']);
		assert.deepEqual(same?.blocks.slice(2), all?.blocks.slice(2));
		assert.deepEqual([ofB?.deliveries, dead?.deliveries, ofChat?.events], [['dlv_b pending'], [], ['evt_z']]);
		const [told] = all?.all('events')[0]?.data.items ?? [];
		const { at, accountId, chatId, type } = event('a');
		assert.deepEqual(told, { id: 'evt_a', type, timestamp: new Date(at).toISOString(), accountId, instanceId: 'ins_a', chatId });
	});

	test('who comes back goes on from the place that was told', async () => {
		await using rig = await startLive();
		const { store } = rig;
		const first = rig.listen(['deliveries', 'events']);
		await rig.turn();
		const atFirst = first.place;
		await store.commit(unit({ events: [event('a')], deliveries: [looseDelivery('a')] }));
		await rig.turn();
		const { place } = first;
		first.listener.destroy();
		await rig.turn();
		assert.equal(rig.clock.pending, 0, 'nobody listens: nothing is read');
		await store.commit(unit({ events: [event('b')], deliveries: [looseDelivery('b')] }));
		const [again, fromStart, lost] = [place, atFirst, 'no place'].map((after) => rig.listen(['deliveries', 'events'], { after }));
		await rig.turn(2);
		assert.deepEqual([again?.events, again?.deliveries], [['evt_b'], ['dlv_b pending']]);
		assert.deepEqual(
			[fromStart?.events, fromStart?.deliveries],
			[
				['evt_a', 'evt_b'],
				['dlv_a pending', 'dlv_b pending'],
			],
		);
		assert.deepEqual([lost?.events, lost?.deliveries], [[], []]);
		assert.equal(SEALER.unseal(again?.place ?? ''), SEALER.unseal(lost?.place ?? ''));
	});

	test('of too many the newest are told, and how many were not', async () => {
		await using rig = await startLive();
		const heard = rig.listen(['events']);
		await rig.turn();
		await rig.store.commit(unit({ events: Array.from({ length: 400 }, (_, n) => event(`${n}`)) }));
		await rig.turn();
		const [told] = heard.all('events');
		assert.deepEqual([told?.data.items.length, told?.data.skipped, heard.events.at(-1)], [250, 150, 'evt_399']);
		await rig.turn(4);
		assert.equal(heard.all('events').length, 1);
	});

	test('as long as more comes than can be told it looks half as often, and tells everything again when less comes', async () => {
		await using rig = await startLive();
		const heard = rig.listen(['events']);
		let made = 0;
		const happen = (count: number): Promise<unknown> =>
			rig.store.commit(unit({ events: Array.from({ length: count }, () => event(`${made++}`)) }));
		/** What was told in the turn after so many happened. */
		const toldOf = async (count: number): Promise<readonly unknown[]> => {
			const before = heard.all('events').length;
			await happen(count);
			await rig.turn();
			return heard
				.all('events')
				.slice(before)
				.map(({ data }) => [data.items.length, data.skipped]);
		};
		await rig.turn();
		assert.deepEqual(await toldOf(400), [[250, 150]]);
		assert.deepEqual(await toldOf(300), []);
		assert.deepEqual(await toldOf(300), [[50, 550]]);
		assert.deepEqual(await toldOf(200), []);
		assert.deepEqual(await toldOf(200), [[50, 350]], 'that would have been few enough');
		assert.deepEqual(await toldOf(200), [[200, 0]]);
		assert.deepEqual(await toldOf(3), [[3, 0]]);
	});

	test('who is narrowed to one account hears that there were more, and not how many others had', async () => {
		await using rig = await startLive();
		const own = rig.listen(['events', 'deliveries'], { filter: { accountId: 'acc_a' } });
		await rig.turn();
		const place = own.place;
		const many = Array.from({ length: 400 }, (_, n) => event(`${n}`, n === 399 ? {} : { accountId: 'acc_y' }));
		await rig.store.commit(unit({ events: many }));
		await rig.turn();
		const again = rig.listen(['events'], { filter: { accountId: 'acc_a' }, after: place });
		await rig.turn();
		for (const heard of [own, again]) {
			const told = heard.all('events').map(({ data }) => [data.items.length, data.skipped]);
			assert.deepEqual(told, [[1, 1]]);
		}
	});

	test('a place tells nobody how much happened, and one of another gateway counts for nothing', async () => {
		await using rig = await startLive();
		const heard = rig.listen(['events']);
		await rig.turn();
		const before = heard.place;
		for (let n = 0; n < 200; n += 1) await rig.store.commit(unit({ events: [event(`${n}`)] }));
		await rig.turn();
		const places = [before, heard.place];
		const lengths = new Set(places.map((place) => place.length));
		assert.equal(lengths.size, 1);
		assert.equal(new Set(places).size, 2);
		for (const place of places) assert.doesNotMatch(place, /^\d+\.\d+$|200/);
		const forged = [new AesSealer(Buffer.alloc(32, 8)).seal('0.0'), '0.0'].map((after) => rig.listen(['events'], { after }));
		await rig.turn();
		assert.deepEqual(
			forged.map(({ events }) => events),
			[[], []],
		);
	});

	test('who does not read misses what does not fit, is told how much, and is let go', async () => {
		await using rig = await startLive();
		const listener = rig.feed.listen({ ...ANYBODY, kinds: ['events'] });
		await rig.turn();
		let made = 0;
		const happen = async (): Promise<void> => {
			const names = Array.from({ length: 250 }, () => `${made++}`);
			await rig.store.commit(unit({ events: names.map((name) => event(name, { chatId: `cht_${'x'.repeat(2_000)}` })) }));
			await rig.turn();
		};
		for (let turn = 0; turn < 4; turn += 1) await happen();
		assert.ok(listener.readableLength < 600_000, `${listener.readableLength} bytes wait`);
		const heard = new Heard(listener);
		await rig.turn();
		await rig.store.commit(unit({ events: [event('late')] }));
		await rig.turn();
		const skipped = heard.all('events').reduce((sum, { data }) => sum + data.skipped, 0);
		assert.ok(skipped > 0);
		assert.equal(heard.events.length + skipped, made + 1);
		assert.equal(heard.events.at(-1), 'evt_late');
		listener.pause();
		for (let turn = 0; turn < 4; turn += 1) await happen();
		await rig.turn(130);
		assert.ok(listener.destroyed);
	});

	test('once a second how much is done, of the gateway or of one account', async () => {
		await using rig = await startLive();
		const [all, own] = [rig.listen(['figures']), rig.listen(['figures'], { filter: { accountId: 'acc_a' } })];
		await rig.turn(4);
		for (let n = 0; n < 5; n += 1) rig.tally.count('acc_a', 'delivered');
		rig.tally.count('acc_b', 'accepted', 2);
		await rig.turn(4);
		const [gateway, account] = [all, own].map((heard) => heard.all('figures').at(-1)?.data);
		assert.deepEqual([gateway.perSecond.delivered, gateway.perSecond.accepted, gateway.inFlight, gateway.processes], [5, 2, 3, 1]);
		assert.deepEqual(gateway.backlog, { pending: 0, sending: 0, dead: 0, oldestWaitingMs: 0 });
		assert.deepEqual([account.perSecond.delivered, account.perSecond.accepted], [5, 0]);
		assert.deepEqual([account.inFlight, account.backlog], [undefined, undefined]);
		await rig.turn(4);
		assert.equal(all.all('figures').at(-1)?.data.perSecond.delivered, 0);
	});

	test('hints say where to look again; to operators only that something is new at the desk', async () => {
		await using rig = await startLive();
		const { store } = rig;
		const [all, own, operator] = [
			rig.listen(['changed']),
			rig.listen(['changed'], { filter: { accountId: 'acc_b' } }),
			rig.listen(['changed'], { filter: { accountId: 'acc_a' }, isOperator: true }),
		];
		await rig.turn(8);
		const webhook = { id: 'whk_a', dialect: 'recado', url: 'https://a.example' } as const;
		const disabled = { id: 'evt_d', type: 'webhook.disabled', instance: undefined, at: 1, data: { webhook, reason: 'gone' } } as const;
		await store.commit(unit({ events: [event('a'), event('b', { chatId: 'cht_b' }), { ...disabled, accountId: 'acc_b' }] }));
		await commit(store, { kind: 'job.insert', job: job('a', { filter: { states: ['dead'], seqMax: 1, accountId: 'acc_a' } }) });
		rig.settings.push({ id: 'aud_1', accountId: 'acc_a', route: '/recado/v1/instances/:id', ids: { id: 'ins_a' } });
		// Of no account: of the whole gateway.
		await commit(store, { kind: 'job.insert', job: job('g', { filter: { states: ['dead'], seqMax: 1 } }) });
		await rig.turn(8);
		const hintsOf = (heard: Heard | undefined): unknown =>
			heard
				?.all('changed')
				.map(({ data }) => [data.what, data.ids])
				.sort();
		const hints = [
			['desk', ['cht_a', 'cht_b']],
			['instances', ['ins_a']],
			['jobs', ['job_g', 'job_a']],
			['webhooks', ['whk_a']],
		];
		assert.deepEqual(hintsOf(all), hints);
		assert.deepEqual(hintsOf(own), [
			['jobs', []],
			['webhooks', ['whk_a']],
		]);
		assert.deepEqual(hintsOf(operator), [['desk', []]]);
	});

	test('who may not listen any more is let go within a minute', async () => {
		await using rig = await startLive();
		let isAdmitted = true;
		const [heard, other] = [rig.listen(['events'], { isAdmitted: async () => isAdmitted }), rig.listen(['events'])];
		await rig.turn(140);
		assert.equal(heard.listener.readableEnded, false);
		isAdmitted = false;
		await rig.turn(140);
		assert.deepEqual([heard.listener.readableEnded, other.listener.readableEnded], [true, false]);
	});

	test('no more than so many listen; a stop ends them at once', async () => {
		await using rig = await startLive({ listenersMax: 2 });
		const [one] = [rig.listen(['events']), rig.listen(['events'])];
		assert.throws(() => rig.listen(['events']), { code: 'streams_full' });
		one.listener.destroy();
		await rig.turn();
		const last = rig.listen(['events']);
		await rig.feed.close();
		await rig.turn();
		assert.ok(last.listener.readableEnded);
		assert.throws(() => rig.listen(['events']), { code: 'shutting_down' });
		assert.equal(rig.clock.pending, 0);
	});

	test('one credential has no more than its part', async () => {
		await using rig = await startLive({ listenersMax: 3, listenersOfOneMax: 2 });
		const mine = { credentialId: 'tok_a' };
		const [one] = [rig.listen(['events'], mine), rig.listen(['events'], mine)];
		assert.throws(() => rig.listen(['events'], mine), { code: 'streams_too_many', status: 429, retryAfterSeconds: 30 });
		rig.listen(['events'], { credentialId: 'tok_b' });
		assert.throws(() => rig.listen(['events'], { credentialId: 'tok_c' }), { code: 'streams_full' });
		one.listener.destroy();
		await rig.turn();
		rig.listen(['events'], mine);
	});

	test('a silent stream says now and then that it is alive', async () => {
		await using rig = await startLive();
		const heard = rig.listen(['events']);
		await rig.turn(125);
		assert.deepEqual(heard.blocks, ['retry: 2000', `id: ${heard.place}`, ':', ':']);
	});

	test('while the store refuses it is told once, and goes on afterwards', async (t) => {
		await using rig = await startLive();
		const heard = rig.listen(['events', 'deliveries']);
		await rig.turn();
		// In the midst of a turn, when the events were read.
		const broken = t.mock.method(rig.store.insight, 'deliveriesIn', () => Promise.reject(new Error('gone')));
		await rig.store.commit(unit({ events: [event('a')], deliveries: [looseDelivery('a')] }));
		await rig.turn(20);
		assert.deepEqual([rig.background, heard.events], [['live.turn'], []]);
		broken.mock.restore();
		await rig.turn(5);
		assert.deepEqual([heard.events, heard.deliveries], [['evt_a'], ['dlv_a pending']]);
	});
});
