import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Pace } from './pace.ts';

const limits = { concurrency: 32 };

describe('the pace of a webhook', () => {
	test('begins small and grows with each success up to its concurrency', () => {
		const pace = new Pace();
		assert.equal(pace.window(limits), 8);
		for (let n = 0; n < 100; n += 1) pace.succeeded(limits);
		assert.equal(pace.window(limits), 32);
	});

	test('follows a concurrency that is changed while it runs', () => {
		const pace = new Pace();
		for (let n = 0; n < 100; n += 1) pace.succeeded(limits);
		assert.equal(pace.window({ concurrency: 3 }), 3);
		assert.equal(pace.window({ concurrency: 64 }), 32, 'the rest has to be earned');
	});

	test('halves with each timeout, down to one', () => {
		const pace = new Pace();
		for (let n = 0; n < 100; n += 1) pace.succeeded(limits);
		const windows = Array.from({ length: 6 }, () => {
			pace.timedOut(limits);
			return pace.window(limits);
		});
		assert.deepEqual(windows, [16, 8, 4, 2, 1, 1]);
	});

	test('after a recovery begins with two and doubles with each round', () => {
		const pace = new Pace();
		pace.restart();
		assert.equal(pace.isRecovering(limits), true);
		const windows = Array.from({ length: 5 }, () => {
			const window = pace.window(limits);
			for (let n = 0; n < window; n += 1) pace.succeeded(limits);
			return window;
		});
		assert.deepEqual(windows, [2, 4, 8, 16, 32]);
		assert.equal(pace.isRecovering(limits), false);
	});

	test('pauses after a 429 for as long as it says, within bounds, and for longer each time where it does not say', () => {
		const pace = new Pace();
		assert.equal(pace.tooMany(0, 20_000, limits), 20_000);
		assert.equal(pace.readyAt(), 20_000);
		assert.equal(pace.tooMany(20_000, undefined, limits), 22_000);
		assert.equal(pace.tooMany(22_000, undefined, limits), 26_000);
		assert.equal(pace.tooMany(26_000, 24 * 60 * 60 * 1_000, limits), 26_000 + 5 * 60 * 1_000);
		pace.succeeded(limits);
		assert.equal(pace.tooMany(1_000_000, undefined, limits), 1_001_000, 'a success begins anew');
	});

	test('begins no more in a second than its rate', () => {
		const pace = new Pace();
		const rated = { concurrency: 1_000, ratePerSecond: 20 };
		const begun: number[] = [];
		for (let now = 0; now < 5_000; now += 1) {
			while (pace.readyAt() <= now) {
				pace.begun(now, rated);
				begun.push(now);
			}
		}
		for (const from of begun) assert.ok(begun.filter((at) => at >= from && at < from + 1_000).length <= 22, `from ${from}`);
		assert.ok(begun.length >= 100 && begun.length <= 102, String(begun.length));
	});

	test('without a rate is ready at any time', () => {
		const pace = new Pace();
		for (let n = 0; n < 10; n += 1) pace.begun(7, limits);
		assert.ok(pace.readyAt() <= 7);
	});
});
