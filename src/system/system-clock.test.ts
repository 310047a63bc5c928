import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SystemClock } from './system-clock.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A machine whose clocks a test moves. */
function machine() {
	let wall = START;
	let monotonic = 1_000;
	const steps: number[] = [];
	const clock = new SystemClock((byMs) => steps.push(byMs), { wall: () => Math.floor(wall), monotonic: () => monotonic });
	return {
		clock,
		steps,
		pass(ms: number): void {
			wall += ms;
			monotonic += ms;
		},
		step(ms: number): void {
			wall += ms;
		},
	};
}

test('it is the time of the machine while nobody touches that', () => {
	const { clock, pass, steps } = machine();
	assert.equal(clock.now(), START);
	pass(1_234.5);
	assert.deepEqual([clock.now(), clock.wall(), steps], [START + 1_234, START + 1_234, []]);
});

test('put back by an hour: now goes on a tenth slower until the machine has caught up', () => {
	const { clock, pass, step, steps } = machine();
	pass(10_000);
	const before = clock.now();
	step(-HOUR_MS);
	assert.equal(clock.now(), before);
	assert.equal(clock.wall(), before - HOUR_MS);
	pass(60_000);
	assert.equal(clock.now(), before + 54_000);
	pass(9 * HOUR_MS);
	assert.ok(clock.now() > clock.wall());
	pass(HOUR_MS);
	assert.equal(clock.now(), clock.wall());
	assert.deepEqual(steps, [HOUR_MS], 'told once, not at each reading');
});

test('put back and forth again: now is the time of the machine at once', () => {
	const { clock, pass, step } = machine();
	step(-HOUR_MS);
	pass(1_000);
	assert.equal(clock.now(), START + 900);
	step(HOUR_MS);
	assert.equal(clock.now(), START + 1_000);
});

test('put back while nobody looked: it is as late as it has become, but for a tenth', () => {
	const { clock, pass, step, steps } = machine();
	const before = clock.now();
	pass(100 * 60_000);
	step(-HOUR_MS);
	assert.equal(clock.now(), before + 90 * 60_000);
	assert.deepEqual(steps, [HOUR_MS]);
});

test('put forth by an hour: now follows at once, and goes on from there when it is put back again', () => {
	const { clock, pass, step, steps } = machine();
	step(HOUR_MS);
	assert.equal(clock.now(), START + HOUR_MS);
	step(-HOUR_MS);
	pass(10);
	assert.equal(clock.now(), START + HOUR_MS + 9);
	assert.deepEqual(steps, [HOUR_MS]);
});

test('two steps back are told as two', () => {
	const { clock, step, steps } = machine();
	step(-HOUR_MS);
	clock.now();
	step(-2 * HOUR_MS);
	clock.now();
	assert.deepEqual(steps, [HOUR_MS, 2 * HOUR_MS]);
	assert.equal(clock.now(), START);
});

test('after a restart it starts no earlier than what was written before', () => {
	const { clock, pass, steps } = machine();
	clock.raise(START + HOUR_MS);
	assert.deepEqual([clock.now(), steps], [START + HOUR_MS, [HOUR_MS]]);
	pass(1_000);
	assert.equal(clock.now(), START + HOUR_MS + 900);
	clock.raise(START);
	assert.deepEqual([clock.now(), steps.length], [START + HOUR_MS + 900, 1], 'a floor that was passed means nothing');
	pass(10 * HOUR_MS);
	assert.equal(clock.now(), clock.wall());
});

test('a restart within the same second is no step', () => {
	const { clock, steps } = machine();
	clock.raise(START + 300);
	assert.deepEqual([clock.now(), steps], [START + 300, []]);
});

test('clocks that run apart a little do not pull now away from the machine', () => {
	const { clock, pass, step, steps } = machine();
	for (let hour = 0; hour < 24 * 120; hour++) {
		pass(30_000);
		step(-15);
		clock.now();
	}
	assert.equal(clock.now(), clock.wall());
	assert.deepEqual(steps, []);
});

test('whatever happens to the machine, now never goes back, and what passes counts for nine tenths at least', () => {
	const move = fc.oneof(
		fc.record({ pass: fc.integer({ min: 0, max: HOUR_MS }) }),
		fc.record({ step: fc.integer({ min: -3 * HOUR_MS, max: 3 * HOUR_MS }) }),
	);
	fc.assert(
		fc.property(fc.array(move, { maxLength: 50 }), (moves) => {
			const { clock, pass, step } = machine();
			let last = clock.now();
			for (const one of moves) {
				const passed = 'pass' in one ? one.pass : 0;
				if ('pass' in one) pass(one.pass);
				else step(one.step);
				const now = clock.now();
				assert.ok(Number.isInteger(now));
				assert.ok(now >= last && now >= last + Math.floor(passed * 0.9) - 1, `${now} after ${last} and ${passed} ms`);
				assert.ok(now >= clock.wall());
				last = now;
			}
		}),
	);
});
