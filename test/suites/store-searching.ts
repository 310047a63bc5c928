/** Deliveries by what no index knows: looked for newest first, a bounded number at a time, in lists and by jobs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELIVERIES_LOOKED_AT_MAX, type DeliveryFilter } from '../../src/ports/deliveries.ts';
import type { Store } from '../../src/ports/store.ts';
import { commit, event, job, looseDelivery, type OpenStore, unit, webhook } from './store-fixtures.ts';

export function searchingCases(open: OpenStore): void {
	test('by instance, event type and text, with whatever else is asked for', async () => {
		await using rig = await open();
		const { store } = rig;
		await makeSearched(store);
		const ids = (filter: DeliveryFilter): Promise<string> => everyId(store, filter);
		assert.equal(await ids({ instanceId: 'ins_b' }), '62');
		assert.equal(await ids({ eventType: 'message.sent' }), '43');
		assert.equal(await ids({ text: 'ação' }), '51', 'in whatever case');
		assert.equal(await ids({ text: 'diz "OI"\nE VAI' }), '3', 'as it is written, not as JSON escapes it');
		assert.equal(await ids({ text: '%' }), '6', 'no sign means anything else');
		assert.equal(await ids({ text: 'nobody wrote that' }), '');
		assert.equal(await ids({ text: 'ação', webhookId: 'whk_b' }), '5');
		assert.equal(await ids({ text: 'ação', accountId: 'acc_a', eventType: 'message.received' }), '51');
		assert.equal(await ids({ text: 'ação', chatId: 'cht_b' }), '5');
		assert.equal(await ids({ text: 'text', state: 'pending', since: 2_000, until: 6_000 }), '5432');
		assert.equal(await ids({ eventId: 'evt_1', instanceId: 'ins_b' }), '');
	});

	test('of several chats together', async () => {
		await using rig = await open();
		const { store } = rig;
		await makeSearched(store);
		assert.equal(await everyId(store, { chatIds: ['cht_b', 'cht_c', 'cht_none'] }), '652');
		assert.equal(await everyId(store, { chatIds: ['cht_a', 'cht_b', 'cht_c'] }), '654321');
		assert.equal(await everyId(store, { chatIds: ['cht_a', 'cht_b'], accountId: 'acc_a', webhookId: 'whk_a' }), '431');
		assert.equal(await everyId(store, { chatIds: ['cht_a', 'cht_b'], text: 'ação' }), '51');
		assert.equal(await everyId(store, { chatIds: [] }), '');
	});

	test('a page says how many were looked at; bodies are left out', async () => {
		await using rig = await open();
		const { store } = rig;
		await makeSearched(store);
		const first = await store.deliveries.list({ text: 'ação' }, { limit: 1 });
		assert.deepEqual([first.items.map(({ id, body }) => [id, body]), first.scanned], [[['dlv_5', '']], 6]);
		const second = await store.deliveries.list({ text: 'ação' }, { limit: 1, cursor: first.next ?? '' });
		assert.deepEqual([second.items.map(({ id }) => id), second.scanned, second.next], [['dlv_1'], 4, undefined]);
		assert.equal((await store.deliveries.list({}, { limit: 1 })).scanned, undefined);
	});

	test('no page looks at more than its bound, and the next goes on there', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		await store.commit(unit({ deliveries: [looseDelivery('first', { body: '{"text":"needle"}' })] }));
		const batch = 2_000;
		for (let made = 0; made < DELIVERIES_LOOKED_AT_MAX; made += batch) {
			await store.commit(unit({ deliveries: Array.from({ length: batch }, (_, n) => looseDelivery(`${made + n}`)) }));
		}
		const vain = await store.deliveries.list({ text: 'needle' }, { limit: 5 });
		assert.deepEqual([vain.items, vain.scanned], [[], DELIVERIES_LOOKED_AT_MAX]);
		const rest = await store.deliveries.list({ text: 'needle' }, { limit: 5, cursor: vain.next ?? '' });
		assert.deepEqual([rest.items.map(({ id }) => id), rest.scanned, rest.next], [['dlv_first'], 1, undefined]);
	});

	test('a job means the same by them', async () => {
		await using rig = await open();
		const { store } = rig;
		await makeSearched(store);
		const seqMax = await store.jobs.newestSeq();
		const filters: readonly DeliveryFilter[] = [
			{ text: 'AÇÃO' },
			{ text: 'ação', webhookId: 'whk_b' },
			{ text: 'ação', chatId: 'cht_a' },
			{ instanceId: 'ins_b', eventType: 'message.received' },
			{ chatIds: ['cht_b', 'cht_c'] },
			{ chatIds: ['cht_a', 'cht_b', 'cht_c'], text: 'ação' },
			{ accountId: 'acc_a', chatIds: ['cht_a', 'cht_c'], eventType: 'message.sent' },
		];
		for (const [index, filter] of filters.entries()) {
			const [name, id] = [String(index), `job_${index}`];
			await commit(store, { kind: 'job.insert', job: job(name, { kind: 'discard', filter: { ...filter, states: ['pending'], seqMax } }) });
			let counted = await store.jobs.step(id, 1, 9_000);
			while (counted?.job.state === 'counting') counted = await store.jobs.step(id, 1, 9_000);
			await commit(store, { kind: 'job.state', id, from: ['running'], state: 'cancelled', at: 9_000 });
			assert.equal(counted?.job.total, (await everyId(store, filter)).length, JSON.stringify(filter));
			assert.ok((counted?.job.total ?? 0) > 0);
		}
	});
}

async function makeSearched(store: Store): Promise<void> {
	await commit(store, { kind: 'webhook.put', webhook: webhook('a') }, { kind: 'webhook.put', webhook: webhook('b') });
	const sent = { eventType: 'message.sent' } as const;
	const made = [
		looseDelivery('1', { createdAt: 1_000, body: JSON.stringify({ text: 'Promoção e AÇÃO' }) }),
		looseDelivery('2', { createdAt: 2_000, chatId: 'cht_c', instanceId: 'ins_b', body: '{"text":"Oi"}' }),
		looseDelivery('3', { createdAt: 3_000, ...sent, body: JSON.stringify({ text: 'Ele diz "oi"\ne vai' }) }),
		looseDelivery('4', { createdAt: 4_000, ...sent, body: '{"text":""}' }),
		looseDelivery('5', { createdAt: 5_000, webhookId: 'whk_b', chatId: 'cht_b', body: JSON.stringify({ text: 'Ação!' }) }),
		looseDelivery('6', { createdAt: 6_000, webhookId: 'whk_b', chatId: 'cht_c', instanceId: 'ins_b', body: '{"text":"100 %"}' }),
	];
	const events = made.map(({ eventId, chatId = '' }) => event(eventId.slice(4), { chatId }));
	await store.commit(unit({ events, deliveries: made }));
}

/** All pages of it, the last letter of each id. */
async function everyId(store: Store, filter: DeliveryFilter): Promise<string> {
	let found = '';
	for (let cursor: string | undefined; ; ) {
		const page = await store.deliveries.list(filter, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
		found += page.items.map(({ id }) => id.slice(4)).join('');
		cursor = page.next;
		if (cursor === undefined) return found;
	}
}
