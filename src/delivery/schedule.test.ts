import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextAttemptAt, parseRetryAfter } from './schedule.ts';

const HOUR = 3_600_000;
const question = { scheduleMs: [0, 5_000, 300_000], patienceMs: 76 * HOUR, attempts: 1, createdAt: 0, now: 1_000 };
const never = { next: () => 0 };

test('the delay before the second attempt is the second of the schedule', () => {
	assert.equal(nextAttemptAt(question, never), 6_000);
});

test('jitter only adds, and a tenth at most', () => {
	fc.assert(
		fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => {
			const at = nextAttemptAt(question, { next: () => chance }) ?? Number.NaN;
			assert.ok(at >= 6_000 && at <= 6_500, String(at));
		}),
	);
});

test('a spent schedule and spent patience end it', () => {
	assert.equal(nextAttemptAt({ ...question, attempts: 3 }, never), undefined);
	assert.equal(nextAttemptAt({ ...question, now: 76 * HOUR + 1 }, never), undefined);
	assert.notEqual(nextAttemptAt({ ...question, now: 76 * HOUR }, never), undefined);
});

test('Retry-After is a floor, and never longer than a day', () => {
	assert.equal(nextAttemptAt({ ...question, retryAfterMs: 60_000 }, never), 61_000);
	assert.equal(nextAttemptAt({ ...question, retryAfterMs: 1_000 }, never), 6_000);
	assert.equal(nextAttemptAt({ ...question, retryAfterMs: 999 * HOUR }, never), 1_000 + 24 * HOUR);
});

test('Retry-After is read as seconds and as a date, and nothing else', () => {
	const now = Date.UTC(2026, 0, 1);
	assert.equal(parseRetryAfter('120', now), 120_000);
	assert.equal(parseRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT', now), 60_000);
	assert.equal(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now), 0);
	for (const nonsense of ['soon', '', '-5x', undefined]) assert.equal(parseRetryAfter(nonsense, now), undefined, String(nonsense));
});
