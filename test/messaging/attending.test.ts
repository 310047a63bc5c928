import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSTANCE, startRig } from './rig.ts';

const MARIA = '5544988887777';

test('numbers count up from 1 without gaps, also when many start at once', async () => {
	await using rig = await startRig();
	const phones = Array.from({ length: 12 }, (_, n) => `55449888800${String(n).padStart(2, '0')}`);
	const started = await Promise.all(phones.map((phone) => rig.attending.start({ instance: INSTANCE, phone, operatorIds: [] })));
	assert.deepEqual(
		started.map((one) => one.attendance.number).sort((a, b) => a - b),
		phones.map((_, n) => n + 1),
	);
});

test('a chat has one open attendance; starting again answers it', async () => {
	await using rig = await startRig();
	const start = () => rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: [] });
	const [one, two] = await Promise.all([start(), start()]);
	assert.deepEqual([one.isNew, two.isNew].sort(), [false, true], 'which of them comes first is nobody’s promise');
	assert.equal(one.attendance.id, two.attendance.id);
	assert.deepEqual(rig.heard(), ['attendance.started']);
});

test('the transcript is what was said between the request and the end', async () => {
	await using rig = await startRig();
	const operator = await rig.staff.createOperator('acc_1', { name: 'Ana' });
	const finish = () => rig.attending.finish({ instance: INSTANCE, phone: MARIA, operatorId: operator.id, autoTransfer: false });
	const transcriptOf = (at: number): string[] => {
		const event = rig.events.at(at);
		if (event?.type !== 'attendance.started' && event?.type !== 'attendance.finished') return [];
		return event.data.transcript.map(({ message }) => (message.content.kind === 'text' ? message.content.text : message.content.kind));
	};
	await rig.write(MARIA, 'first');
	const requestedAt = rig.clock.now();
	await rig.clock.advance(1_000);
	const { attendance } = await rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: [operator.id] });
	assert.deepEqual([attendance.requestedAt, attendance.startedAt], [requestedAt, requestedAt + 1_000]);
	assert.deepEqual(transcriptOf(-1), ['first']);
	await rig.clock.advance(1_000);
	await rig.send(MARIA, 'answer');
	await rig.clock.advance(1_000);
	assert.equal((await finish()).found, true);
	assert.deepEqual(transcriptOf(-1), ['first', 'answer']);
	assert.equal((await finish()).found, false);
	await rig.clock.advance(1_000);
	await rig.write(MARIA, 'again');
	await rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: [] });
	assert.deepEqual(transcriptOf(-1), ['again'], 'a late message belongs to a new attendance');
});

test('departments: the named one, the chat’s, or the default; a transfer moves chat and attendance', async () => {
	await using rig = await startRig();
	const general = await rig.staff.createDepartment('acc_1', { name: 'Geral' });
	const sales = await rig.staff.createDepartment('acc_1', { name: 'Vendas' });
	const operator = await rig.staff.createOperator('acc_1', { name: 'Ana' });
	const start = () => rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: [] });
	const finish = (autoTransfer: boolean) =>
		rig.attending.finish({ instance: INSTANCE, phone: MARIA, operatorId: operator.id, autoTransfer });
	assert.equal((await start()).attendance.department?.name, 'Geral');
	await rig.attending.changeDepartment(INSTANCE, MARIA, sales.id);
	assert.equal((await finish(false)).attendance?.department?.name, 'Vendas');
	assert.equal((await start()).attendance.department?.name, 'Vendas');
	await finish(true);
	assert.equal((await start()).attendance.department?.id, general.id);
	await assert.rejects(rig.attending.changeDepartment(INSTANCE, MARIA, 'dep_x'), { code: 'department_missing' });
	await assert.rejects(rig.attending.changeDepartment(INSTANCE, '5511999998888', sales.id), { code: 'not_there' });
});

test('unknown staff and categories are named; the default category fills in', async () => {
	await using rig = await startRig();
	const operator = await rig.staff.createOperator('acc_1', { name: 'Ana' });
	const category = await rig.staff.createCategory('acc_1', { name: 'Dúvida', color: '#DDDD' });
	const base = { instance: INSTANCE, phone: MARIA, operatorId: operator.id, autoTransfer: false };
	await assert.rejects(rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: ['opr_x'] }), { code: 'operator_missing' });
	await rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: [operator.id] });
	await assert.rejects(rig.attending.finish({ ...base, operatorId: 'opr_x' }), { code: 'operator_missing' });
	await assert.rejects(rig.attending.finish({ ...base, category: { categoryId: 'cat_x' } }), { code: 'category_missing' });
	const { attendance } = await rig.attending.finish({ ...base, report: 'Tudo certo', ratingObservation: 'Ótimo' });
	assert.deepEqual(attendance?.categorisation, { form: 'single', category: { id: category.id, name: 'Dúvida', color: '#DDDD' } });
	assert.deepEqual([attendance?.report, attendance?.ratingObservation, attendance?.finishedBy?.name], ['Tudo certo', 'Ótimo', 'Ana']);
});

test('who is not active starts no attendance; where a default is deleted the oldest other takes its place', async () => {
	await using rig = await startRig();
	const operator = await rig.staff.createOperator('acc_1', { name: 'Ana' });
	await rig.staff.updateOperator('acc_1', operator.id, { active: false });
	const start = rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: [operator.id] });
	await assert.rejects(start, { code: 'operator_inactive' });
	const first = await rig.staff.createDepartment('acc_1', { name: 'Geral' });
	await rig.staff.createDepartment('acc_1', { name: 'Vendas' });
	await rig.staff.deleteDepartment('acc_1', first.id);
	assert.deepEqual(
		(await rig.store.accounts.departments('acc_1')).map((one) => [one.name, one.isDefault]),
		[['Vendas', true]],
	);
});

test('there is one default at a time, and staff can be changed and removed', async () => {
	await using rig = await startRig();
	const one = await rig.staff.createCategory('acc_1', { name: 'A', color: '#1' });
	const two = await rig.staff.createCategory('acc_1', { name: 'B', color: '#2', isDefault: true, items: [{ name: 'Item' }] });
	const defaults = (await rig.store.accounts.categories('acc_1')).filter((category) => category.isDefault);
	assert.deepEqual(
		defaults.map((category) => category.id),
		[two.id],
	);
	await rig.staff.updateCategory('acc_1', one.id, { name: 'C', isDefault: true });
	await rig.staff.deleteCategory('acc_1', two.id);
	assert.deepEqual(
		(await rig.store.accounts.categories('acc_1')).map((category) => [category.name, category.isDefault]),
		[['C', true]],
	);
	const operator = await rig.staff.createOperator('acc_1', { name: 'Ana' });
	assert.equal((await rig.staff.updateOperator('acc_1', operator.id, { active: false })).active, false);
	await rig.staff.deleteOperator('acc_1', operator.id);
	await assert.rejects(rig.staff.updateOperator('acc_1', operator.id, { name: 'x' }), { code: 'not_there' });
	const department = await rig.staff.createDepartment('acc_1', { name: 'Geral' });
	assert.equal((await rig.staff.updateDepartment('acc_1', department.id, { name: 'Novo' })).name, 'Novo');
	await rig.staff.deleteDepartment('acc_1', department.id);
	await assert.rejects(rig.staff.createDepartment('acc_x', { name: 'x' }), { code: 'not_there' });
});
