import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecadoError } from '../errors.ts';
import { RateLimits } from './rate-limits.ts';

function limits(options: { requestsPerSecond: number; burst: number }, members = 1) {
	const clock = { at: 1_000, now: () => clock.at };
	const rates = new RateLimits({ clock, members: () => members, options });
	/** How many of so many requests get through, at once. */
	const passed = (key: string, asked: number, own?: number): number => {
		for (let count = 0; count < asked; count += 1) {
			try {
				rates.take(key, own);
			} catch (error) {
				assert.ok(error instanceof RecadoError && error.code === 'rate_limited');
				return count;
			}
		}
		return asked;
	};
	return { clock, rates, passed };
}

test('a burst, then the rate, and no more than a burst after a silence', () => {
	const { clock, passed } = limits({ requestsPerSecond: 10, burst: 20 });
	assert.equal(passed('a', 100), 20);
	assert.equal(passed('b', 100), 20, 'others have their own');
	clock.at += 500;
	assert.equal(passed('a', 100), 5);
	clock.at += 3_600_000;
	assert.equal(passed('a', 100), 20);
});

test('it says after how many seconds there is room again', () => {
	const { rates, passed } = limits({ requestsPerSecond: 1, burst: 1 }, 4);
	assert.equal(passed('a', 5), 1);
	assert.throws(() => rates.take('a'), { retryAfterSeconds: 4 });
});

test('processes share the rate; a limit of its own bursts in proportion; 0 is none', () => {
	const shared = limits({ requestsPerSecond: 10, burst: 10 }, 2);
	assert.equal(shared.passed('a', 100), 10);
	shared.clock.at += 1_000;
	assert.equal(shared.passed('a', 100), 5);
	assert.equal(limits({ requestsPerSecond: 10, burst: 20 }).passed('a', 100, 3), 6);
	assert.equal(limits({ requestsPerSecond: 0, burst: 1 }).passed('a', 1_000), 1_000);
	assert.equal(limits({ requestsPerSecond: 0, burst: 1 }).passed('a', 1_000, 7), 7);
});
