/**
 * A unit whose deliveries were planned with other webhooks than there are is refused, where others write webhooks too. Whoever is alone knows them all:
 * there the version is always 0, and nobody looks at it. Which of both a store is, it says itself.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../src/ports/changes.ts';
import type { Store } from '../../src/ports/store.ts';
import type { CommitResult } from '../../src/ports/write-unit.ts';
import {
	commit,
	committed,
	delivery,
	event,
	idempotency,
	looseDelivery,
	message,
	type OpenStore,
	unit,
	webhook,
} from './store-fixtures.ts';

const REFUSED: CommitResult = { kind: 'conflict', what: 'webhooks' };

async function versionOf(store: Store, accountId = 'acc_a'): Promise<number> {
	return (await store.webhooks.ofAccount(accountId)).version;
}

function plannedWith(version: number, name: string, changes: readonly Change[] = []): Parameters<Store['commit']>[0] {
	return unit({ changes, events: [event(name)], deliveries: [looseDelivery(name)], plannedWith: [{ accountId: 'acc_a', version }] });
}

export function planCases(open: OpenStore): void {
	test('the webhooks of an account: its own, oldest first', async () => {
		await using rig = await open();
		const { store } = rig;
		const others = webhook('other', { accountId: 'acc_b' });
		const all = [webhook('b'), others, webhook('a')];
		assert.deepEqual(await store.webhooks.ofAccount('acc_a'), { webhooks: [], version: 0 });
		await commit(store, ...all.map((one) => ({ kind: 'webhook.put', webhook: one }) as const));
		assert.deepEqual((await store.webhooks.ofAccount('acc_a')).webhooks, [webhook('b'), webhook('a')]);
		assert.deepEqual((await store.webhooks.ofAccount('acc_b')).webhooks, [others]);
	});

	test('their version is another one after each change of what is planned with, and of no other account', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('other', { accountId: 'acc_b' }) });
		const ofOther = await versionOf(store, 'acc_b');
		const disabled = webhook('a', { enabled: false });
		const steps: readonly Change[] = [
			{ kind: 'webhook.put', webhook: webhook('a') },
			{ kind: 'webhook.put', webhook: disabled },
			{ kind: 'webhook.delete', id: 'whk_a' },
			{ kind: 'webhook.put', webhook: disabled },
		];
		const versions = [await versionOf(store)];
		for (const step of steps) {
			await commit(store, step);
			versions.push(await versionOf(store));
		}
		assert.equal(new Set(versions).size, store.peers.isAlone ? 1 : versions.length);
		assert.equal(await versionOf(store, 'acc_b'), ofOther);
	});

	test('is the same after a change of what nobody plans with', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		const version = await versionOf(store);
		await commit(store, { kind: 'webhook.failing', id: 'whk_a', failing: { since: 1, errorClass: 'connect' } });
		await commit(store, { kind: 'webhook.put', webhook: webhook('a', { secrets: [{ sealed: 'new' }], updatedAt: 9_000 }) });
		await commit(store, { kind: 'webhook.delete', id: 'whk_none' });
		assert.equal(await versionOf(store), version);
	});

	test('a unit that was planned with others is refused, whole and alone; one that was planned with these is not', async () => {
		await using rig = await open();
		const { store } = rig;
		const before = await versionOf(store);
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		const version = await versionOf(store);
		const [stale, good, unplanned] = await Promise.all([
			store.commit(plannedWith(before, 'stale', [{ kind: 'message.insert', message: message('stale') }])),
			store.commit(plannedWith(version, 'good')),
			store.commit(unit({ deliveries: [delivery('unplanned')] })),
		]);
		committed(good);
		committed(unplanned);
		const { isAlone } = store.peers;
		if (isAlone) committed(stale);
		else assert.deepEqual(stale, REFUSED);
		const written = [
			await store.messages.message('msg_stale'),
			await store.events.event('evt_stale'),
			await store.deliveries.delivery('dlv_stale'),
		];
		assert.deepEqual(
			written.map((one) => one !== undefined),
			Array.from(written, () => isAlone),
		);
	});

	test('of several accounts each counts', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('other', { accountId: 'acc_b' }) });
		const ofOther = await versionOf(store, 'acc_b');
		const both = (version: number): Parameters<Store['commit']>[0] =>
			unit({
				plannedWith: [
					{ accountId: 'acc_a', version: 0 },
					{ accountId: 'acc_b', version },
				],
			});
		committed(await store.commit(both(ofOther)));
		await commit(store, { kind: 'webhook.delete', id: 'whk_other' });
		assert.equal((await store.commit(both(ofOther))).kind, store.peers.isAlone ? 'committed' : 'conflict');
	});

	test('a unit may change the webhooks that it was planned with', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		const version = await versionOf(store);
		const changes: readonly Change[] = [{ kind: 'webhook.put', webhook: webhook('a', { enabled: false }) }];
		committed(await store.commit(plannedWith(version, 'own', changes)));
		assert.equal((await store.webhooks.webhook('whk_a'))?.enabled, false);
	});

	test('a key that is used is told first', async () => {
		await using rig = await open();
		const { store } = rig;
		await store.commit(unit({ idempotency: idempotency('k') }));
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		const again = { ...plannedWith(0, 'again'), idempotency: idempotency('k') };
		assert.deepEqual(await store.commit(again), { kind: 'conflict', what: 'idempotency' });
	});

	test('of a burst that was planned with others each is told so, and what comes among it is committed', async () => {
		await using rig = await open();
		const { store } = rig;
		const before = await versionOf(store);
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		const names = Array.from({ length: 255 }, (_, index) => String(index));
		const burst = names.map((name) => store.commit(plannedWith(before, name)));
		const among = store.commit(unit({ events: [event('among')] }));
		const kinds = new Set((await Promise.all(burst)).map((result) => (result.kind === 'conflict' ? result.what : result.kind)));
		assert.deepEqual(kinds, new Set([store.peers.isAlone ? 'committed' : 'webhooks']));
		committed(await among);
		assert.equal((await store.events.event('evt_among'))?.id, 'evt_among');
	});
}
