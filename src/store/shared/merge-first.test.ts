import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mergeFirst } from './merge-first.ts';

describe('the first of many lists', () => {
	const numbers = fc.uniqueArray(fc.nat(200), { maxLength: 60 });

	test('are those that would be the first of all together', () => {
		fc.assert(
			fc.property(numbers, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 }), (all, count, limit) => {
				const sorted = [...all].sort((a, b) => a - b);
				const lists = Array.from({ length: count }, (_, list) => sorted.filter((number) => (number * 7) % count === list));
				const merged = mergeFirst(
					lists.map((list) => ({ first: (wanted: number) => list.slice(0, wanted) })),
					limit,
					(a, b) => a - b,
				);
				assert.deepEqual(merged, sorted.slice(0, limit));
			}),
		);
	});

	test('are found without reading lists that begin later', () => {
		const read: number[] = [];
		const lists = Array.from({ length: 20 }, (_, n) => ({
			first: (limit: number) => {
				if (limit > 1) read.push(n);
				return [n * 10, n * 10 + 1, n * 10 + 2].slice(0, limit);
			},
		}));
		assert.deepEqual(
			mergeFirst(lists, 4, (a, b) => a - b),
			[0, 1, 2, 10],
		);
		assert.deepEqual(read, [0]);
		assert.deepEqual(
			mergeFirst<number>([], 4, (a, b) => a - b),
			[],
		);
	});
});
