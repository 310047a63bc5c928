import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from './fake-clock.ts';

test('timers fire in the order of their times, each at its own, with promise jobs in between', async () => {
	const clock = new FakeClock(1_000);
	const seen: string[] = [];
	const note = (what: string): void => void seen.push(`${what}@${clock.now()}`);
	clock.schedule(30, () => note('c'));
	clock.schedule(10, () => {
		note('a');
		void Promise.resolve().then(() => clock.schedule(10, () => note('b')));
	});
	clock.schedule(10, () => note('a2'));
	const cancelled = clock.schedule(5, () => note('never'));
	cancelled.cancel();
	cancelled.cancel();
	await clock.advance(29);
	assert.deepEqual(seen, ['a@1010', 'a2@1010', 'b@1020']);
	assert.equal(clock.now(), 1_029);
	assert.equal(clock.nextAt, 1_030);
	assert.equal(await clock.advanceToNext(), true);
	assert.equal(seen.at(-1), 'c@1030');
	assert.equal(await clock.advanceToNext(), false);
	assert.equal(clock.pending, 0);
});

test('what was scheduled in the past after a jump fires without moving time back', async () => {
	const clock = new FakeClock(1_000);
	let firedAt = 0;
	clock.schedule(10, () => {
		firedAt = clock.now();
	});
	clock.jumpTo(5_000);
	await clock.advance(0);
	assert.equal(firedAt, 5_000);
});
