import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PARTITION_SIZE } from '../partition-functions.ts';
import { SeqFold } from './seq-fold.ts';

describe('folding numbers', () => {
	const third = 3 * PARTITION_SIZE;
	const fifth = 5 * PARTITION_SIZE;

	test('leaves the first partition as it is, and puts the others behind each other', () => {
		const fold = new SeqFold([
			{ ordinal: 5, top: fifth + 9 },
			{ ordinal: 0, top: 10 },
			{ ordinal: 3, top: third + 1 },
		]);
		const there = [1, 10, third, third + 1, fifth, fifth + 9];
		const folded = there.map((seq) => fold.fold(seq));
		assert.deepEqual(folded, [1, 10, 11, 12, 13, 22]);
		assert.deepEqual(
			folded.map((seq) => fold.unfold(seq)),
			there,
		);
	});

	test('keeps what nothing has between its neighbours', () => {
		const fold = new SeqFold([
			{ ordinal: 3, top: third + 4 },
			{ ordinal: 5, top: fifth },
		]);
		assert.deepEqual(
			[0, 7, third, third + 99, PARTITION_SIZE * 4, fifth, fifth + 3].map((seq) => fold.fold(seq)),
			[0, 0, 1, 5, 5, 6, 9],
		);
		assert.equal(new SeqFold([]).fold(7), 7);
		assert.equal(new SeqFold([{ ordinal: 0, top: 3 }]).fold(7), 7, 'nothing comes after it');
	});
});
