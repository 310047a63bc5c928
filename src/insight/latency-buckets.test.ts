import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BUCKETS, bucketOf, quantileOf } from './latency-buckets.ts';

function counted(...values: readonly number[]): Uint32Array {
	const counts = new Uint32Array(BUCKETS);
	for (const value of values) counts[bucketOf(value)] = (counts[bucketOf(value)] ?? 0) + 1;
	return counts;
}

test('whatever is observed has a bucket, greater values no smaller one', () => {
	assert.deepEqual([0, 0.4, -3, Number.NaN].map(bucketOf), [0, 0, 0, 0]);
	assert.equal(bucketOf(1), 1);
	assert.equal(bucketOf(Number.MAX_SAFE_INTEGER), BUCKETS - 1);
	fc.assert(
		fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.double({ min: 0, max: 1e12, noNaN: true }), (a, b) => {
			assert.ok(bucketOf(Math.min(a, b)) <= bucketOf(Math.max(a, b)));
		}),
	);
});

test('a quantile is right within a fifth of a doubling, whatever was observed', () => {
	assert.equal(quantileOf(counted(), 0.5), undefined);
	const values = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 200 });
	fc.assert(
		fc.property(values, fc.constantFrom(0.5, 0.95, 0.99), (observed, part) => {
			const sorted = observed.toSorted((a, b) => a - b);
			const exact = sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
			const told = quantileOf(counted(...observed), part) ?? 0;
			assert.ok(told >= exact / 1.19 - 1e-6 && told <= exact * 1.19 + 1e-6, `${told} for ${exact}`);
		}),
	);
});

test('those of several processes are added up', () => {
	const [one, other] = [counted(10, 10, 10), counted(1_000)];
	const both = one.map((count, bucket) => count + (other[bucket] ?? 0));
	assert.ok((quantileOf(both, 0.5) ?? 0) < 12);
	assert.ok((quantileOf(both, 0.99) ?? 0) > 900);
});
