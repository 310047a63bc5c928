/** The comparer of answers: it finds what it is there to find, and takes what the documents leave open. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPERATIONS, successesOf } from './operations.ts';
import { shapeFaults } from './shapes.ts';

test('every documented body has the shape that is documented', () => {
	for (const operation of OPERATIONS) {
		for (const status of successesOf(operation)) {
			const documented = operation.responses[status] ?? {};
			for (const body of [documented.body, ...(documented.alternatives ?? [])]) {
				if (body !== undefined) assert.deepEqual(shapeFaults(body, documented), [], `${operation.system} ${operation.id}`);
			}
		}
	}
});

test('missing, undocumented and wrongly typed keys are named, at any depth', () => {
	const documented = { body: { id: 'a', items: [{ phone: '1', isAdmin: true }], size: 1 } };
	assert.deepEqual(shapeFaults({ id: 1, items: [{ phone: '1' }, { phone: '2', isAdmin: 'no', x: 1 }] }, documented), [
		'size is missing',
		'id is number, documented as string',
		'items[0].isAdmin is missing',
		'items[1].isAdmin is string, documented as boolean',
		'items[1].x is not documented',
	]);
	assert.deepEqual(shapeFaults([], documented), ['the answer is array, documented as object']);
	assert.deepEqual(shapeFaults(undefined, documented), ['the answer is undefined, documented as object']);
	assert.deepEqual(shapeFaults('anything', { body: null }), []);
});

test('a key that only some elements have may be missing; null where one of them is null', () => {
	const documented = {
		body: [
			{ name: 'a', photo: null },
			{ name: 'b', photo: 'https://x', muteEndTime: 1 },
		],
	};
	assert.deepEqual(shapeFaults([{ name: 'c', photo: 'https://y' }], documented), []);
	assert.deepEqual(
		shapeFaults(
			[
				{ name: 'c', photo: null, muteEndTime: 2 },
				{ name: null, photo: null },
			],
			documented,
		),
		['[1].name is null, documented as string'],
	);
});

test('the table adds keys that the example leaves out, and says what null may be', () => {
	const documented = {
		body: { retailerId: null, link: null },
		fields: { retailerId: 'boolean', quantity: 'number', link: 'string ou null' },
	};
	assert.deepEqual(shapeFaults({ retailerId: true, link: 'x', quantity: 1 }, documented), []);
	assert.deepEqual(shapeFaults({ retailerId: 5, link: 5, quantity: 'x' }, documented), [
		'retailerId is number, documented as null|boolean',
		'link is number, documented as null|string',
		'quantity is string, documented as number',
	]);
});

test('any of the documented shapes is right; keys that are ids are any; what is optional may be missing or null', () => {
	assert.deepEqual(shapeFaults({ status: 'progress' }, { body: true, alternatives: [{ status: 'progress' }] }), []);
	const map = { body: { data: { ID_A: { open: true } } } };
	assert.deepEqual(shapeFaults({ data: { 17: { open: true }, 18: { open: 1 } } }, map), ['data.18.open is number, documented as boolean']);
	const documented = { body: { id: 'a', notes: { text: 'b' } } };
	assert.deepEqual(shapeFaults({ id: 'a' }, documented, { optional: ['notes'] }), []);
	assert.deepEqual(shapeFaults({ id: 'a', notes: null }, documented, { optional: ['notes'] }), []);
	assert.deepEqual(shapeFaults({ id: 'a' }, documented), ['notes is missing']);
});
