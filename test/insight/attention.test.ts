/** What needs a person, found in a real store. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Webhook } from '../../src/domain/webhook.ts';
import { AttentionList } from '../../src/insight/attention.ts';
import { add, giveUp, openWithWebhooks } from '../suites/store-dispatch.ts';
import { account, commit, event, instance, journalEntry, looseDelivery, type StoreRig, unit, webhook } from '../suites/store-fixtures.ts';
import { openSqlite } from '../suites/store-on-sqlite.ts';

const MINUTE_MS = 60_000;

interface Rig extends AsyncDisposable {
	readonly store: StoreRig['store'];
	readonly clock: StoreRig['clock'];
	readonly list: AttentionList;
	webhooks: readonly Webhook[];
}

async function startAttention(): Promise<Rig> {
	const opened = await openWithWebhooks(openSqlite);
	const { store, clock } = opened;
	await commit(store, { kind: 'account.insert', account: account('a') });
	const rig: Rig = {
		...{ store, clock },
		webhooks: [],
		list: new AttentionList({ store, clock, webhooks: () => rig.webhooks }),
		[Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
	};
	return rig;
}

describe('what needs a person', () => {
	test('a delivery that nobody takes, but not what waits for a webhook that is closed', async () => {
		await using rig = await startAttention();
		const { store, clock } = rig;
		rig.webhooks = [
			webhook('a'),
			webhook('b', { enabled: false, disabledReason: 'férias', updatedAt: 5 }),
			webhook('c', { failing: { since: 9, errorClass: 'timeout' } }),
			webhook('d', { ending: 'drain', enabled: false }),
		];
		const dueAt = clock.now();
		await add(store, ...['a', 'b', 'c'].map((name) => looseDelivery(name, { webhookId: `whk_${name}` })));
		await clock.advance(MINUTE_MS / 2);
		assert.deepEqual(
			(await rig.list.attention({ limit: 9 })).items.map(({ kind }) => kind),
			['webhook-failing', 'webhook-disabled'],
		);
		await clock.advance(MINUTE_MS / 2);
		assert.deepEqual((await rig.list.attention({ limit: 9 })).items, [
			{ kind: 'webhook-failing', severity: 'critical', since: 9, accountId: 'acc_a', webhookId: 'whk_c', detail: 'timeout' },
			{ kind: 'overdue-deliveries', severity: 'warning', since: dueAt, accountId: 'acc_a', webhookId: 'whk_a' },
			{ kind: 'webhook-disabled', severity: 'notice', since: 5, accountId: 'acc_a', webhookId: 'whk_b', detail: 'férias' },
		]);
	});

	test('dead deliveries of webhooks that are there, the oldest first', async () => {
		await using rig = await startAttention();
		const { store } = rig;
		rig.webhooks = [webhook('a'), webhook('b', { instanceId: 'ins_b' })];
		const names = ['a', 'b', 'c', 'd'];
		await add(store, ...names.map((name, n) => looseDelivery(name, { webhookId: `whk_${'abbc'[n]}`, start: 'take' })));
		for (const [n, name] of names.entries()) await giveUp(store, name, { at: 9_000 - n });
		const about = { kind: 'dead-deliveries', severity: 'critical', accountId: 'acc_a' };
		const { items, next } = await rig.list.attention({ limit: 1 });
		assert.deepEqual(items, [{ ...about, since: 8_999, webhookId: 'whk_b', instanceId: 'ins_b', count: 2 }]);
		const { items: rest } = await rig.list.attention({ limit: 9, ...(next === undefined ? {} : { cursor: next }) });
		assert.deepEqual(rest, [{ ...about, since: 9_000, webhookId: 'whk_a', count: 1 }]);
		assert.deepEqual((await rig.list.attention({ limit: 9, accountId: 'acc_b' })).items, []);
		await assert.rejects(rig.list.attention({ limit: 9, cursor: 'x' }), { code: 'invalid_request' });
	});

	test('phones that are gone, since when if that was an event, and what they told that could not be worked out', async () => {
		await using rig = await startAttention();
		const { store } = rig;
		await commit(
			store,
			{ kind: 'instance.insert', instance: instance('a') },
			{ kind: 'instance.insert', instance: instance('b', { phone: '1', tokenHash: 'b', state: 'disconnected' }) },
			{ kind: 'instance.insert', instance: instance('c', { phone: '2', tokenHash: 'c', state: 'disconnected' }) },
			{ kind: 'instance.insert', instance: instance('d', { phone: '3', tokenHash: 'd', state: 'disconnected' }) },
			...['x', 'y'].map((name, n) => ({
				kind: 'journal.insert' as const,
				entry: journalEntry(name, { state: 'failed', at: 70 + n, error: 'why' }),
			})),
		);
		const lost = { id: 'evt_l', type: 'instance.disconnected', accountId: 'acc_a', at: 50, data: { reason: 'phone off' } } as const;
		const back = { id: 'evt_k', type: 'instance.connected', accountId: 'acc_a', at: 55, data: {} } as const;
		const [c, d] = [
			{ id: 'ins_c', phone: '2' },
			{ id: 'ins_d', phone: '3' },
		];
		// The last one was lost, came back, and was disconnected by somebody.
		const events = [{ ...lost, instance: c }, { ...lost, id: 'evt_n', instance: d }, { ...back, instance: d }, event('m', { at: 60 })];
		await store.commit(unit({ events }));
		const about = { kind: 'instance-disconnected', severity: 'critical', accountId: 'acc_a' };
		assert.deepEqual((await rig.list.attention({ limit: 9 })).items, [
			{ ...about, since: 50, instanceId: 'ins_c', detail: 'c' },
			{ ...about, instanceId: 'ins_b', detail: 'b' },
			{ ...about, instanceId: 'ins_d', detail: 'd' },
			{ kind: 'observations-failed', severity: 'critical', since: 70, accountId: 'acc_a', instanceId: 'ins_a', count: 2 },
		]);
	});

	test('ten who ask at once are answered by one look', async (t) => {
		await using rig = await startAttention();
		const looked = t.mock.method(rig.store.insight, 'deadByWebhook');
		await Promise.all(Array.from({ length: 10 }, () => rig.list.attention({ limit: 9 })));
		assert.equal(looked.mock.callCount(), 1);
		await rig.clock.advance(2_000);
		await rig.list.attention({ limit: 9 });
		assert.equal(looked.mock.callCount(), 2);
	});
});
