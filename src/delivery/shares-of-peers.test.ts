import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFirst, isShared, type Members, shareOf } from './shares-of-peers.ts';

const webhookId = fc.string({ minLength: 1, maxLength: 30 }).map((text) => `whk_${text}`);
const members = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 9 });
const concurrency = fc.integer({ min: 1, max: 100 });

/** The same members as each of them sees them. */
function seenByEach(names: readonly string[]): Members[] {
	return names.map((self) => ({ members: names, self }));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, one) => total + one, 0);
}

test('the units of all members are the limit, dealt out evenly, and the first ranked has one', () => {
	fc.assert(
		fc.property(webhookId, members, concurrency, (id, names, limit) => {
			const shares = seenByEach(names).map((peers) => ({ units: shareOf(id, { concurrency: limit }, peers).concurrency, peers }));
			assert.equal(sum(shares.map(({ units }) => units)), limit);
			const even = Math.floor(limit / names.length);
			for (const { units } of shares) assert.ok(units === even || units === even + 1, `${units} of ${limit} for ${names.length}`);
			const firsts = shares.filter(({ peers }) => isFirst(id, peers));
			assert.equal(firsts.length, 1);
			assert.equal(firsts[0]?.units, Math.ceil(limit / names.length));
		}),
	);
});

test('the rates of the members that have a unit are the rate', () => {
	fc.assert(
		fc.property(webhookId, members, concurrency, fc.integer({ min: 1, max: 1_000 }), (id, names, limit, ratePerSecond) => {
			const shares = seenByEach(names).map((peers) => shareOf(id, { concurrency: limit, ratePerSecond }, peers));
			const rates = shares.filter((share) => share.concurrency > 0).map((share) => share.ratePerSecond ?? 0);
			assert.ok(Math.abs(sum(rates) - ratePerSecond) < 1e-6 * ratePerSecond);
		}),
	);
});

test('the order in which members are heard of does not matter', () => {
	fc.assert(
		fc.property(webhookId, members, concurrency, (id, names, limit) => {
			for (const self of names) {
				const share = (order: readonly string[]): unknown => shareOf(id, { concurrency: limit }, { members: order, self });
				assert.deepEqual(share(names.toReversed()), share(names));
			}
		}),
	);
});

test('where a member goes the others keep their order: who was first stays so, unless it went itself', () => {
	fc.assert(
		fc.property(webhookId, members, (id, names) => {
			const [gone, ...left] = names;
			const before = seenByEach(names).find((peers) => isFirst(id, peers))?.self;
			const after = seenByEach(left).find((peers) => isFirst(id, peers))?.self;
			if (before !== gone) assert.equal(after, before);
		}),
	);
});

test('every member is first of about as many webhooks', () => {
	const names = ['gateway-1', 'gateway-2', 'gateway-3', 'gateway-4'];
	for (const peers of seenByEach(names)) {
		const firsts = Array.from({ length: 4_000 }, (_, n) => `whk_${n}`).filter((id) => isFirst(id, peers)).length;
		assert.ok(firsts > 850 && firsts < 1_150, `${peers.self} is first of ${firsts}`);
	}
});

test('alone, the whole is the share; who is no member has none', () => {
	const whole = { concurrency: 7, ratePerSecond: 3 };
	assert.equal(shareOf('whk_1', whole, { members: ['a'], self: 'a' }), whole);
	assert.equal(isShared({ members: ['a'], self: 'a' }), false);
	for (const peers of [
		{ members: ['a', 'b'], self: undefined },
		{ members: ['a', 'b'], self: 'c' },
		{ members: ['b'], self: 'c' },
		{ members: [], self: undefined },
	]) {
		assert.equal(isShared(peers), true);
		assert.equal(shareOf('whk_1', whole, peers).concurrency, 0);
		assert.equal(isFirst('whk_1', peers), false);
	}
});
