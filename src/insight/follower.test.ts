/** Numbers that become visible out of their order, and more than are told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Newest, Stretch } from '../ports/insight.ts';
import { Follower } from './follower.ts';

interface Row {
	readonly seq: number;
}

/** What is visible, as a store answers it. */
class Visible {
	readonly seqs = new Set<number>();

	readonly read = async (stretches: readonly Stretch[], limit: number): Promise<Newest<Row>> => {
		const fitting = [...this.seqs].filter((seq) => stretches.some(({ first, last }) => seq >= first && seq <= last));
		const newest = fitting.toSorted((a, b) => b - a).slice(0, limit);
		return { items: newest.map((seq) => ({ seq })), leftOut: fitting.length - newest.length };
	};

	add(...seqs: readonly number[]): void {
		for (const seq of seqs) this.seqs.add(seq);
	}
}

async function next(follower: Follower<Row>, { limit = 100, now = 0 } = {}): Promise<readonly number[]> {
	return (await follower.next({ all: limit, sample: limit }, now)).items.map(({ seq }) => seq);
}

test('what is committed after something newer was told is told as well, once', async () => {
	const visible = new Visible();
	visible.add(1, 2);
	const follower = new Follower(visible.read, 2);
	visible.add(3, 6, 7);
	assert.deepEqual(await next(follower), [3, 6, 7]);
	assert.equal(follower.settled, 3, 'whoever goes on from here misses neither 4 nor 5');
	visible.add(5, 8);
	assert.deepEqual(await next(follower), [5, 8]);
	assert.equal(follower.settled, 3);
	visible.add(4);
	assert.deepEqual(await next(follower), [4]);
	assert.equal(follower.settled, 8);
	assert.deepEqual(await next(follower), []);
});

test('a number that was rolled back is looked for until nobody can be writing it', async () => {
	const visible = new Visible();
	const follower = new Follower(visible.read, 0);
	visible.add(2);
	assert.deepEqual(await next(follower, { now: 1_000 }), [2]);
	visible.add(3);
	assert.deepEqual(await next(follower, { now: 31_000 }), [3]);
	assert.equal(follower.settled, 3);
	visible.add(1);
	assert.deepEqual(await next(follower, { now: 32_000 }), [], 'nobody waits for it any more');
});

test('of too many the newest are told, and the rest is counted and not told later', async () => {
	const visible = new Visible();
	const follower = new Follower(visible.read, 0);
	visible.add(1, 3, 4, 5, 6, 8);
	const { items, leftOut } = await follower.next({ all: 3, sample: 3 }, 0);
	assert.deepEqual([items.map(({ seq }) => seq), leftOut], [[5, 6, 8], 3]);
	visible.add(2, 7, 9);
	assert.deepEqual(await next(follower), [7, 9]);
});

test('where too much comes a few are told with each look, until less comes', async () => {
	const visible = new Visible();
	const follower = new Follower(visible.read, 0);
	let seq = 0;
	const told: (readonly [items: number, leftOut: number])[] = [];
	for (const count of [4, 5, 6, 5, 4, 4]) {
		for (let n = 0; n < count; n += 1) visible.add(++seq);
		const { items, leftOut } = await follower.next({ all: 4, sample: 2 }, 0);
		told.push([items.length, leftOut]);
	}
	assert.deepEqual(told, [
		[4, 0],
		[4, 1],
		[2, 4],
		[2, 3],
		[2, 2],
		[4, 0],
	]);
	assert.equal(follower.settled, seq);
});

test('where the newest are gone their numbers are used again', async () => {
	const visible = new Visible();
	visible.add(1, 2, 3, 4);
	const follower = new Follower(visible.read, 4);
	visible.seqs.delete(4);
	visible.seqs.delete(3);
	follower.fallBack(2);
	visible.add(3);
	assert.deepEqual(await next(follower), [3]);
	follower.fallBack(3);
	assert.equal(follower.position, 3);
});

test('what could not be told comes again', async () => {
	const visible = new Visible();
	const follower = new Follower(visible.read, 0);
	follower.rewind();
	visible.add(2);
	assert.deepEqual(await next(follower), [2]);
	visible.add(1, 3);
	assert.deepEqual(await next(follower), [1, 3]);
	follower.rewind();
	assert.deepEqual(await next(follower), [1, 3]);
	assert.deepEqual(await next(follower), []);
});

test('in whatever order numbers become visible, each is told exactly once', async () => {
	const orders = fc.shuffledSubarray(
		Array.from({ length: 40 }, (_, index) => index + 1),
		{ minLength: 1 },
	);
	await fc.assert(
		fc.asyncProperty(orders, fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 40, maxLength: 40 }), async (order, sizes) => {
			const visible = new Visible();
			const follower = new Follower(visible.read, 0);
			const told: number[] = [];
			let at = 0;
			for (const size of sizes) {
				visible.add(...order.slice(at, at + size));
				at += size;
				told.push(...(await next(follower)));
			}
			assert.deepEqual(
				told.toSorted((a, b) => a - b),
				order.toSorted((a, b) => a - b),
			);
		}),
	);
});
