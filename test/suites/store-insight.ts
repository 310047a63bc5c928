/** What was committed lately, by its number, and where deliveries died. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/ports/store.ts';
import { add, deliver, giveUp, openWithWebhooks, retry } from './store-dispatch.ts';
import { event, looseDelivery, type OpenStore, unit } from './store-fixtures.ts';

const ALL = { first: 1, last: Number.MAX_SAFE_INTEGER };

async function happened(store: Store, ...names: string[]): Promise<void> {
	await store.commit(unit({ events: names.map((name) => event(name)) }));
}

export function insightCases(open: OpenStore): void {
	tailCases(open);
	deadCases(open);
	waitingCases(open);
}

function tailCases(open: OpenStore): void {
	test('there is nothing', async () => {
		await using rig = await open();
		const { insight } = rig.store;
		assert.deepEqual(await insight.newestSeqs(), { events: 0, deliveries: 0 });
		assert.deepEqual(await insight.eventsIn([ALL], 10), { items: [], leftOut: 0 });
		assert.deepEqual(await insight.deliveriesIn([ALL], 10), { items: [], leftOut: 0 });
		assert.deepEqual(await insight.eventsIn([], 10), { items: [], leftOut: 0 });
		assert.deepEqual(await insight.deadByWebhook(10), []);
	});

	test('events without what they say, newest first, and how many were left out', async () => {
		await using rig = await open();
		const { store } = rig;
		await happened(store, 'a', 'b');
		await happened(store, 'c', 'd', 'e');
		const all = await store.insight.eventsIn([ALL], 10);
		assert.deepEqual([all.items.map(({ id }) => id), all.leftOut], [['evt_e', 'evt_d', 'evt_c', 'evt_b', 'evt_a'], 0]);
		const { id, type, accountId, chatId, at } = event('a');
		const { seq, ...told } = all.items[4] ?? { seq: 0 };
		assert.deepEqual(told, { id, type, accountId, instanceId: 'ins_a', chatId, at });
		assert.equal((await store.insight.newestSeqs()).events, all.items[0]?.seq);
		const two = await store.insight.eventsIn([ALL], 2);
		assert.deepEqual([two.items.map((one) => one.id), two.leftOut], [['evt_e', 'evt_d'], 3]);
		const none = await store.insight.eventsIn([{ first: seq + 5, last: ALL.last }], 2);
		assert.deepEqual(none, { items: [], leftOut: 0 });
	});

	test('an event about a webhook says which one', async () => {
		await using rig = await open();
		const { store } = rig;
		const webhook = { id: 'whk_z', dialect: 'recado', url: 'https://z.example' } as const;
		const data = { webhook, reason: 'gone' } as const;
		await store.commit(unit({ events: [{ id: 'evt_w', type: 'webhook.disabled', accountId: 'acc_a', instance: undefined, at: 5, data }] }));
		const [told] = (await store.insight.eventsIn([ALL], 2)).items;
		const { seq: _seq, ...rest } = told ?? { seq: 0 };
		assert.deepEqual(rest, { id: 'evt_w', type: 'webhook.disabled', accountId: 'acc_a', webhookId: 'whk_z', at: 5 });
	});

	test('several stretches: the newest of all', async () => {
		await using rig = await open();
		const { store } = rig;
		await happened(store, 'a', 'b', 'c', 'd', 'e');
		const [e = 0, d = 0, c = 0, b = 0, a = 0] = (await store.insight.eventsIn([ALL], 9)).items.map(({ seq }) => seq);
		const stretches = [
			{ first: a, last: b },
			{ first: d, last: e },
		];
		const idsOf = async (limit: number): Promise<unknown> => {
			const { items, leftOut } = await store.insight.eventsIn(stretches, limit);
			return [items.map(({ id }) => id), leftOut];
		};
		assert.deepEqual(await idsOf(9), [['evt_e', 'evt_d', 'evt_b', 'evt_a'], 0]);
		assert.deepEqual(await idsOf(4), [['evt_e', 'evt_d', 'evt_b', 'evt_a'], 0]);
		assert.deepEqual(await idsOf(3), [['evt_e', 'evt_d', 'evt_b'], 1]);
		assert.deepEqual(await idsOf(1), [['evt_e'], 3]);
		assert.ok(c > b);
	});

	test('deliveries as they are now, without their bodies', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await add(store, looseDelivery('a', { start: 'take' }), looseDelivery('b'));
		await deliver(store, 'a');
		const { items } = await store.insight.deliveriesIn([ALL], 10);
		assert.deepEqual(
			items.map(({ id, state, attempts, body }) => [id, state, attempts, body]),
			[
				['dlv_b', 'pending', 0, ''],
				['dlv_a', 'delivered', 1, ''],
			],
		);
		const listed = await store.deliveries.list({}, { limit: 10 });
		assert.deepEqual(items, listed.items);
		assert.equal((await store.insight.newestSeqs()).deliveries, items[0]?.seq);
	});
}

function deadCases(open: OpenStore): void {
	test('dead deliveries are counted by webhook, with the first that died', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const of = (name: string, webhookId: string): ReturnType<typeof looseDelivery> => looseDelivery(name, { webhookId, start: 'take' });
		await add(store, of('a', 'whk_a'), of('b', 'whk_a'), of('c', 'whk_b'), of('d', 'whk_c'), of('e', 'whk_d'));
		await giveUp(store, 'a', { at: 4_000 });
		await giveUp(store, 'b', { at: 3_000 });
		await deliver(store, 'c');
		await giveUp(store, 'e', { at: 5_000 });
		const byId = async (max: number): Promise<unknown> =>
			(await store.insight.deadByWebhook(max)).toSorted((x, y) => (x.webhookId < y.webhookId ? -1 : 1));
		assert.deepEqual(await byId(10), [
			{ webhookId: 'whk_a', count: 2, since: 4_000 },
			{ webhookId: 'whk_d', count: 1, since: 5_000 },
		]);
		assert.deepEqual(await byId(1), [{ webhookId: 'whk_a', count: 2, since: 4_000 }]);
		await store.deliveries.replay('dlv_a', 6_000);
		assert.deepEqual(await byId(10), [
			{ webhookId: 'whk_a', count: 1, since: 3_000 },
			{ webhookId: 'whk_d', count: 1, since: 5_000 },
		]);
	});
}

function waitingCases(open: OpenStore): void {
	test('what has waited for longest: due or not, made then or replayed', async () => {
		await using rig = await openWithWebhooks(open);
		const { store, clock } = rig;
		assert.equal(await store.insight.waitingSince(), undefined);
		const made = clock.now();
		await add(store, looseDelivery('old', { start: 'take', createdAt: made }), looseDelivery('taken', { start: 'take', createdAt: made }));
		assert.equal(await store.insight.waitingSince(), undefined, 'what is being sent does not wait');
		await giveUp(store, 'old');
		await clock.advance(5_000);
		await add(store, looseDelivery('new', { start: 'take', createdAt: made + 5_000 }));
		await retry(store, 'new', { dueAt: made + 900_000 });
		assert.equal(await store.insight.waitingSince(), made + 5_000);
		await store.deliveries.replay('dlv_old', made + 9_000);
		assert.equal(await store.insight.waitingSince(), made + 5_000, 'the older one waits since it was replayed');
		await store.deliveries.discard('dlv_new', made + 9_500);
		assert.equal(await store.insight.waitingSince(), made + 9_000);
	});
}
