import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Category } from './account.ts';
import { type Attendance, categorise, finishAttendance, transferAttendance } from './attendance.ts';

const open: Attendance = {
	id: 'atd_1',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	number: 1,
	status: 'progress',
	customer: { name: 'Maria', phone: '5544999999999' },
	operators: [],
	requestedAt: 1,
	startedAt: 2,
	version: 1,
};
const by = { id: 'opr_1', name: 'Ana' };

function category(id: string, options: Partial<Category> = {}): Category {
	return { id, accountId: 'acc_1', name: `Name ${id}`, color: '#123456', items: [], isDefault: false, createdAt: 0, ...options };
}

test('an attendance is finished once and never reopened', () => {
	const finished = finishAttendance(open, { by, at: 9, report: 'ok' });
	assert.deepEqual([finished?.status, finished?.finishedAt, finished?.report, finished?.version], ['finished', 9, 'ok', 2]);
	assert.ok(finished);
	assert.equal(finishAttendance(finished, { by, at: 10 }), undefined);
	assert.equal(transferAttendance(finished, { department: by }), undefined);
});

test('a transfer changes what it names and nothing else', () => {
	const moved = transferAttendance(open, { department: { id: 'dep_2', name: 'Vendas' } });
	assert.deepEqual(moved, { ...open, department: { id: 'dep_2', name: 'Vendas' }, version: 2 });
	assert.deepEqual(transferAttendance(open, { operators: [by] })?.operators, [by]);
});

test('categories without items categorise with a single one, the default where none was chosen', () => {
	const categories = [category('c1'), category('c2', { isDefault: true })];
	assert.deepEqual(categorise(categories, { categoryId: 'c1' }), {
		form: 'single',
		category: { id: 'c1', name: 'Name c1', color: '#123456' },
	});
	assert.deepEqual(categorise(categories, undefined), { form: 'single', category: { id: 'c2', name: 'Name c2', color: '#123456' } });
});

test('as soon as one category has items, attendances have lists', () => {
	const categories = [category('c1', { isDefault: true }), category('c2', { items: [{ id: 'i1', name: 'Item 1' }] })];
	const listed = categorise(categories, { items: [{ categoryId: 'c2', itemId: 'i1' }] });
	assert.deepEqual(listed, {
		form: 'list',
		choices: [{ categoryId: 'c2', categoryName: 'Name c2', color: '#123456', itemId: 'i1', itemName: 'Item 1' }],
	});
	assert.equal(categorise(categories, undefined)?.constructor, Object);
});

test('unknown categories and items are named; an account without categories has none', () => {
	const categories = [category('c1', { items: [{ id: 'i1', name: 'Item 1' }] })];
	assert.deepEqual(categorise(categories, { categoryId: 'c9' }), { unknownId: 'c9' });
	assert.deepEqual(categorise(categories, { items: [{ categoryId: 'c1', itemId: 'i9' }] }), { unknownId: 'i9' });
	assert.equal(categorise([], { categoryId: 'c1' }), undefined);
});
