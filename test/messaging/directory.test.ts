/** Changes of accounts and their staff that come at the same time: none undoes another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startRig } from './rig.ts';

test('new tokens stay the only ones, whatever else of the account is changed meanwhile', async () => {
	await using rig = await startRig();
	const [{ token }] = await Promise.all([rig.directory.rotateAccountTokens('acc_1'), rig.directory.setClientTokenEnforced('acc_1', true)]);
	const account = await rig.directory.accountByToken(token);
	assert.equal(account?.clientTokenEnforced, true);
});

test('a name given while the session ends does not open it again, nor the other way round', async () => {
	await using rig = await startRig();
	const instance = await rig.store.accounts.instance('ins_1');
	assert.ok(instance);
	await Promise.all([rig.instances.disconnect(instance), rig.directory.updateInstance('ins_1', { name: 'Nova' })]);
	const after = await rig.store.accounts.instance('ins_1');
	assert.deepEqual([after?.name, after?.state], ['Nova', 'disconnected']);
});

test('many made at once have one default among them', async () => {
	await using rig = await startRig();
	await Promise.all(['A', 'B', 'C'].map((name) => rig.staff.createDepartment('acc_1', { name })));
	await Promise.all(['A', 'B', 'C'].map((name) => rig.staff.createCategory('acc_1', { name, color: '#000', isDefault: true })));
	const departments = await rig.store.accounts.departments('acc_1');
	const categories = await rig.store.accounts.categories('acc_1');
	assert.deepEqual(
		[departments, categories].map((all) => all.filter(({ isDefault }) => isDefault).length),
		[1, 1],
	);
});

test('changes of one operator at the same time all hold', async () => {
	await using rig = await startRig();
	const { id } = await rig.staff.createOperator('acc_1', { name: 'Ana' });
	await Promise.all([rig.staff.updateOperator('acc_1', id, { name: 'Bia' }), rig.staff.updateOperator('acc_1', id, { active: false })]);
	const [operator] = await rig.store.accounts.operators('acc_1');
	assert.deepEqual([operator?.name, operator?.active], ['Bia', false]);
});
