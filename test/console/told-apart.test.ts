/** Accounts of one name are told apart wherever one is chosen or named. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesToldApart } from '../../console/src/parts/told-apart.ts';

const [ONE, OTHER, ALONE] = [
	{ id: 'acc_0000aaaa1111', name: 'Gêmea' },
	{ id: 'acc_0000bbbb2222', name: 'gêmea ' },
	{ id: 'acc_0000cccc3333', name: 'Padaria' },
];

test('the end of the id stands by a name that another has as well, and by no other', () => {
	const nameOf = namesToldApart([ONE, OTHER, ALONE]);
	assert.deepEqual([ONE, OTHER, ALONE].map(nameOf), ['Gêmea · …aaaa1111', 'gêmea  · …bbbb2222', 'Padaria']);
});

test('one that is known twice is one', () => {
	assert.equal(namesToldApart([ONE, { ...ONE }, ALONE])(ONE), 'Gêmea');
});
