/** A unit is all or nothing, and nobody else's business: concurrent ones share a transaction and fail alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../src/ports/changes.ts';
import type { CommitResult } from '../../src/ports/write-unit.ts';
import {
	account,
	commit,
	committed,
	delivery,
	event,
	idempotency,
	instance,
	looseDelivery,
	message,
	type OpenStore,
	refused,
	unit,
	webhook,
} from './store-fixtures.ts';

export function unitCases(open: OpenStore): void {
	test('writes changes, events, deliveries and the answer together', async () => {
		await using rig = await open();
		const { store } = rig;
		const parts = unit({
			changes: [{ kind: 'account.insert', account: account('a') }],
			events: [event('a')],
			deliveries: [delivery('a', { start: 'take' })],
			idempotency: idempotency('k'),
		});
		const taken = committed(await store.commit(parts));
		assert.deepEqual(
			taken.map(({ id }) => id),
			['dlv_a'],
		);
		assert.deepEqual(await store.accounts.account('acc_a'), account('a'));
		assert.deepEqual(await store.events.event('evt_a'), event('a'));
		assert.equal((await store.deliveries.delivery('dlv_a'))?.state, 'sending');
		assert.deepEqual(await store.idempotency.find('z-api:ins_a:send', 'k'), idempotency('k'));
	});

	test('an empty one is committed', async () => {
		await using rig = await open();
		assert.deepEqual(await rig.store.commit(unit({})), { kind: 'committed', taken: [], due: [] });
	});

	test('writes nothing where a later part is refused', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'account.insert', account: account('a') });
		const parts = unit({
			changes: [
				{ kind: 'message.insert', message: message('m') },
				{ kind: 'account.insert', account: account('a') },
			],
			events: [event('e')],
			deliveries: [looseDelivery('d')],
			idempotency: idempotency('k'),
		});
		assert.deepEqual(await store.commit(parts), { kind: 'conflict', what: 'exists' });
		assert.equal(await store.messages.message('msg_m'), undefined);
		assert.equal(await store.events.event('evt_e'), undefined);
		assert.equal(await store.deliveries.delivery('dlv_d'), undefined);
		assert.equal(await store.idempotency.find('z-api:ins_a:send', 'k'), undefined);
	});

	test('refuses an event or a delivery that exists', async () => {
		await using rig = await open();
		const { store } = rig;
		await store.commit(unit({ events: [event('e')], deliveries: [looseDelivery('d')] }));
		assert.deepEqual(await store.commit(unit({ events: [event('e')] })), { kind: 'conflict', what: 'exists' });
		assert.deepEqual(await store.commit(unit({ deliveries: [looseDelivery('d')] })), { kind: 'conflict', what: 'exists' });
	});

	test('a later change of it sees an earlier one', async () => {
		await using rig = await open();
		await commit(
			rig.store,
			{ kind: 'instance.insert', instance: instance('a') },
			{ kind: 'instance.update', id: 'ins_a', name: 'renamed' },
			{ kind: 'message.insert', message: message('m') },
			{ kind: 'message.delete', id: 'msg_m' },
		);
		assert.equal((await rig.store.accounts.instance('ins_a'))?.name, 'renamed');
		assert.equal(await rig.store.messages.message('msg_m'), undefined);
	});

	test('one that is refused among many concurrent ones fails alone', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'account.insert', account: account('5') });
		const names = Array.from({ length: 40 }, (_, index) => String(index));
		const results = await Promise.all(
			names.map((name) => {
				const changes: Change[] = [
					{ kind: 'message.insert', message: message(name) },
					{ kind: 'account.insert', account: account(name) },
				];
				return store.commit(unit({ changes, deliveries: [looseDelivery(name, { start: 'take' })] }));
			}),
		);
		for (const [index, result] of results.entries()) {
			const isRefused = index === 5;
			assert.equal(result.kind, isRefused ? 'conflict' : 'committed');
			assert.equal((await store.messages.message(`msg_${index}`)) === undefined, isRefused);
			assert.equal((await store.deliveries.delivery(`dlv_${index}`)) === undefined, isRefused);
			if (result.kind === 'committed') assert.equal(result.taken[0]?.id, `dlv_${index}`);
		}
	});

	test('of units that exclude each other the first one wins', async () => {
		await using rig = await open();
		const results = await Promise.all(
			['x', 'y'].map((name) => rig.store.commit(unit({ changes: [{ kind: 'account.insert', account: account('a', { name }) }] }))),
		);
		assert.deepEqual(
			results.map(({ kind }) => kind),
			['committed', 'conflict'],
		);
		assert.equal((await rig.store.accounts.account('acc_a'))?.name, 'x');
	});

	test('of fifty concurrent ones with one key a single one happens', async () => {
		await using rig = await open();
		const { store } = rig;
		const racing = Array.from({ length: 50 }, (_, index) =>
			store.commit(
				unit({
					// What each makes is there already for all but the first: the key is what they must be told of.
					changes: [
						{ kind: 'message.insert', message: message(String(index)) },
						{ kind: 'account.insert', account: account('a') },
					],
					deliveries: [looseDelivery(String(index), { start: 'take' })],
					idempotency: idempotency('k', { sealedBody: String(index) }),
				}),
			),
		);
		const results = await Promise.all(racing);
		const winners = results.flatMap((result, index) => (result.kind === 'committed' ? [index] : []));
		assert.equal(winners.length, 1);
		const conflicts = results.filter((result): result is Extract<CommitResult, { kind: 'conflict' }> => result.kind === 'conflict');
		assert.deepEqual(new Set(conflicts.map(({ what }) => what)), new Set(['idempotency']));
		assert.equal((await store.idempotency.find('z-api:ins_a:send', 'k'))?.sealedBody, String(winners[0]));
		assert.equal(await store.messages.queueCount('ins_a'), 1);
		assert.equal((await store.deliveries.backlog()).sending, 1);
	});

	test('the same key of another owner is another key', async () => {
		await using rig = await open();
		for (const scope of ['one', 'two']) {
			assert.equal((await rig.store.commit(unit({ idempotency: idempotency('k', { scope }) }))).kind, 'committed');
		}
	});

	test('more than fit into one transaction are all written, in their order', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		const names = Array.from({ length: 600 }, (_, index) => String(index).padStart(3, '0'));
		await Promise.all(names.map((name) => store.commit(unit({ deliveries: [delivery(name)] }))));
		const listed = await store.deliveries.list({ webhookId: 'whk_a' }, { limit: 1_000 });
		assert.deepEqual(
			listed.items.map(({ id }) => id).reverse(),
			names.map((name) => `dlv_${name}`),
		);
		assert.equal(listed.items.filter(({ dueAt }) => dueAt !== undefined).length, 1, 'one holds the lane');
	});

	test('what was committed is there after the process ended', async () => {
		await using rig = await open();
		await commit(rig.store, { kind: 'account.insert', account: account('a') });
		const store = await rig.reopen();
		assert.deepEqual(await store.accounts.account('acc_a'), account('a'));
		await refused(store, 'exists', { kind: 'account.insert', account: account('a') });
	});

	test('the store says that it can write', async () => {
		await using rig = await open();
		await rig.store.probe();
		await rig.store.probe();
	});
}
