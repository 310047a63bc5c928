/** Accounts and what belongs to them, and webhooks: what each change does, and when it is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	account,
	application,
	category,
	commit,
	department,
	instance,
	type OpenStore,
	operator,
	refused,
	unit,
	webhook,
} from './store-fixtures.ts';

export function directoryChangeCases(open: OpenStore): void {
	test('account.insert: ids and both token hashes are unique', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'account.insert', account: account('a') });
		await refused(store, 'exists', { kind: 'account.insert', account: account('b', { id: 'acc_a' }) });
		await refused(store, 'exists', { kind: 'account.insert', account: account('b', { tokenHash: 'token-a' }) });
		await refused(store, 'exists', { kind: 'account.insert', account: account('b', { clientTokenHash: 'client-token-a' }) });
		assert.deepEqual(await store.accounts.account('acc_a'), account('a'));
	});

	test('account.put: writes the whole over the old one', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'account.insert', account: account('a') }, { kind: 'account.insert', account: account('b') });
		const changed = account('a', { name: 'Nova', tokenHash: 'new', clientTokenHash: 'newer', clientTokenEnforced: true });
		await commit(store, { kind: 'account.put', account: changed });
		assert.deepEqual(await store.accounts.account('acc_a'), changed);
		assert.deepEqual(await store.accounts.accountByTokenHash('new'), changed);
		assert.equal(await store.accounts.accountByTokenHash('token-a'), undefined);
		await refused(store, 'missing', { kind: 'account.put', account: account('c') });
		await refused(store, 'exists', { kind: 'account.put', account: account('a', { tokenHash: 'token-b' }) });
	});

	test('instance.insert, and instance.update of what is given', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'instance.insert', instance: instance('a') }, { kind: 'instance.insert', instance: instance('b') });
		await refused(store, 'exists', { kind: 'instance.insert', instance: instance('a', { tokenHash: 'other' }) });
		await refused(store, 'exists', { kind: 'instance.insert', instance: instance('c', { tokenHash: 'instance-token-a' }) });
		const updates = [{ name: 'Nova' }, { state: 'disconnected' }, { pacing: { minMs: 0, maxMs: 5 } }, {}] as const;
		let expected = instance('a');
		for (const update of updates) {
			await commit(store, { kind: 'instance.update', id: 'ins_a', ...update });
			expected = { ...expected, ...update };
			assert.deepEqual(await store.accounts.instance('ins_a'), expected);
		}
		assert.deepEqual(await store.accounts.instance('ins_b'), instance('b'));
		await refused(store, 'missing', { kind: 'instance.update', id: 'ins_c', name: 'Nova' });
	});

	test('application.insert, application.put and application.delete', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'application.insert', application: application('a') });
		await refused(store, 'exists', { kind: 'application.insert', application: application('a', { tokenId: 'other' }) });
		const changed = application('a', { tokenId: 'rotated', name: 'Nova' });
		await commit(store, { kind: 'application.put', application: changed });
		assert.deepEqual(await store.accounts.application('app_a'), changed);
		await refused(store, 'missing', { kind: 'application.put', application: application('b') });
		await commit(store, { kind: 'application.insert', application: application('b') });
		await commit(store, { kind: 'application.delete', id: 'app_a' }, { kind: 'application.delete', id: 'app_none' });
		assert.equal(await store.accounts.application('app_a'), undefined);
		assert.deepEqual(await store.accounts.applicationsOf('acc_a'), [application('b')]);
	});

	test('department, operator and category: put makes or replaces and keeps the place, delete is never refused', async () => {
		await using rig = await open();
		const { store } = rig;
		const items = [{ id: 'itm_1', name: 'Um' }];
		await commit(
			store,
			{ kind: 'department.put', department: department('a') },
			{ kind: 'department.put', department: department('b') },
			{ kind: 'department.put', department: department('a', { name: 'Nova', active: false, isDefault: true }) },
			{ kind: 'operator.put', operator: operator('a') },
			{ kind: 'operator.put', operator: operator('b') },
			{ kind: 'operator.put', operator: operator('a', { name: 'Nova', active: false }) },
			{ kind: 'category.put', category: category('a') },
			{ kind: 'category.put', category: category('b') },
			{ kind: 'category.put', category: category('a', { name: 'Nova', color: '#000', items, isDefault: true }) },
		);
		assert.deepEqual(await store.accounts.departments('acc_a'), [
			department('a', { name: 'Nova', active: false, isDefault: true }),
			department('b'),
		]);
		assert.deepEqual(await store.accounts.operators('acc_a'), [operator('a', { name: 'Nova', active: false }), operator('b')]);
		assert.deepEqual(await store.accounts.categories('acc_a'), [
			category('a', { name: 'Nova', color: '#000', items, isDefault: true }),
			category('b'),
		]);
		await commit(
			store,
			{ kind: 'department.delete', id: 'dep_a' },
			{ kind: 'department.delete', id: 'dep_a' },
			{ kind: 'operator.delete', id: 'opr_a' },
			{ kind: 'operator.delete', id: 'opr_none' },
			{ kind: 'category.delete', id: 'cat_a' },
			{ kind: 'category.delete', id: 'cat_none' },
		);
		assert.deepEqual(await store.accounts.departments('acc_a'), [department('b')]);
		assert.deepEqual(await store.accounts.operators('acc_a'), [operator('b')]);
		assert.deepEqual(await store.accounts.categories('acc_a'), [category('b')]);
	});

	test('webhook.put makes or replaces, whatever is optional', async () => {
		await using rig = await open();
		const { store } = rig;
		const full = webhook('a', {
			instanceId: 'ins_a',
			applicationId: 'app_a',
			dialect: 'instant-message',
			origin: 'dialect',
			sealedHeaders: 'sealed-headers',
			order: 'none',
			enabled: false,
			disabledReason: 'gone',
			secrets: [{ sealed: 'new' }, { sealed: 'old', until: 2_000 }],
			keyPairs: [{ sealed: 'pair' }, { sealed: 'old-pair', until: 2_000 }],
			signatures: ['v1', 'v1a'],
			authorization: { scheme: 'basic', sealed: 'sealed-password' },
			scheduleMs: [0, 5_000],
			patienceMs: 60_000,
			concurrency: 4,
			ratePerSecond: 0.5,
			failing: { since: 1_500, errorClass: 'timeout' },
			ending: 'drain',
			updatedAt: 2_000,
		});
		await commit(store, { kind: 'webhook.put', webhook: full }, { kind: 'webhook.put', webhook: webhook('b') });
		assert.deepEqual(await store.webhooks.all(), [full, webhook('b')]);
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		assert.deepEqual(await store.webhooks.webhook('whk_a'), webhook('a'), 'what is left out is gone');
		assert.deepEqual(await store.webhooks.all(), [webhook('a'), webhook('b')], 'oldest first, replaced or not');
	});

	test('webhook.failing writes that alone', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		const failing = { since: 5_000, errorClass: 'connect' } as const;
		await commit(store, { kind: 'webhook.failing', id: 'whk_a', failing });
		assert.deepEqual(await store.webhooks.webhook('whk_a'), webhook('a', { failing }));
		await commit(store, { kind: 'webhook.failing', id: 'whk_a' });
		assert.deepEqual(await store.webhooks.webhook('whk_a'), webhook('a'));
		await refused(store, 'missing', { kind: 'webhook.failing', id: 'whk_none', failing });
	});

	test('webhook.delete, of one that is not there too', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'webhook.put', webhook: webhook('a') }, { kind: 'webhook.delete', id: 'whk_a' });
		assert.equal(await store.webhooks.webhook('whk_a'), undefined);
		await commit(store, { kind: 'webhook.delete', id: 'whk_a' });
	});

	test('what was read before a change is read anew after it, and as it was where the change was refused', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(
			store,
			{ kind: 'account.insert', account: account('a') },
			{ kind: 'instance.insert', instance: instance('a') },
			{ kind: 'application.insert', application: application('a') },
			{ kind: 'operator.put', operator: operator('a') },
		);
		const read = async (): Promise<readonly unknown[]> => [
			await store.accounts.account('acc_a'),
			await store.accounts.accountByTokenHash('token-a'),
			await store.accounts.instance('ins_a'),
			await store.accounts.application('app_a'),
			await store.accounts.operators('acc_a'),
		];
		const before = [account('a'), account('a'), instance('a'), application('a'), [operator('a')]];
		assert.deepEqual(await read(), before);
		const renamed = { kind: 'instance.update', id: 'ins_a', name: 'Nova' } as const;
		const [lone, inGroup] = await Promise.all([
			store.commit(unit({ changes: [renamed, { kind: 'account.insert', account: account('a') }] })),
			store.commit(unit({ changes: [{ kind: 'account.put', account: account('a', { tokenHash: 'new' }) }] })),
		]);
		assert.deepEqual([lone.kind, inGroup.kind], ['conflict', 'committed']);
		const after = account('a', { tokenHash: 'new' });
		assert.deepEqual(await read(), [after, undefined, ...before.slice(2)]);
		await commit(
			store,
			renamed,
			{ kind: 'application.put', application: application('a', { name: 'Nova' }) },
			{ kind: 'operator.delete', id: 'opr_a' },
		);
		assert.deepEqual(await read(), [after, undefined, instance('a', { name: 'Nova' }), application('a', { name: 'Nova' }), []]);
	});
}
