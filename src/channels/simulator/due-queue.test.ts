/** The queues of the simulator against plain arrays. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DueQueue } from './due-queue.ts';
import { Fifo } from './fifo.ts';

test('a due queue always knows the first, however keys are put, moved and taken out', () => {
	const change = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), at: fc.option(fc.nat(20), { nil: undefined }) });
	fc.assert(
		fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
			const queue = new DueQueue();
			const expected = new Map<string, number>();
			for (const { key, at } of changes) {
				queue.set(key, at);
				if (at === undefined) expected.delete(key);
				else expected.set(key, at);
				const first = queue.peek();
				assert.equal(first?.at, expected.size === 0 ? undefined : Math.min(...expected.values()));
				if (first !== undefined) assert.equal(expected.get(first.key), first.at);
			}
			for (let first = queue.peek(); first !== undefined; first = queue.peek()) {
				assert.equal(first.at, Math.min(...expected.values()));
				queue.set(first.key, undefined);
				expected.delete(first.key);
			}
			assert.equal(expected.size, 0);
		}),
	);
});

test('a fifo gives back what it was given, in order', () => {
	fc.assert(
		fc.property(fc.array(fc.option(fc.nat(), { nil: undefined }), { maxLength: 60 }), (steps) => {
			const fifo = new Fifo<number>();
			const expected: number[] = [];
			for (const step of steps) {
				if (step === undefined) assert.equal(fifo.shift(), expected.shift());
				else {
					fifo.push(step);
					expected.push(step);
				}
				assert.equal(fifo.peek(), expected[0]);
				assert.equal(fifo.size, expected.length);
			}
		}),
	);
});
