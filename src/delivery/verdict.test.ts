import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboundResult } from '../ports/sender.ts';
import { judge } from './verdict.ts';

const answered = (status: number, headers: Record<string, string> = {}): OutboundResult => ({
	kind: 'answered',
	status,
	headers,
	body: '',
	timings: { totalMs: 1 },
});

test('only 2xx is success', () => {
	for (const status of [200, 201, 202, 204, 299]) assert.equal(judge(answered(status), 0).kind, 'delivered');
	for (const status of [301, 302, 307, 400, 401, 403, 404, 429, 500, 503]) {
		assert.deepEqual(judge(answered(status), 0), { kind: 'retry', errorClass: 'status', status, isTooMany: status === 429 });
	}
});

test('only 410 is final', () => {
	assert.deepEqual(judge(answered(410), 0), { kind: 'gone' });
});

test('Retry-After is heard', () => {
	const verdict = judge(answered(503, { 'retry-after': '7' }), 0);
	assert.deepEqual(verdict, { kind: 'retry', errorClass: 'status', status: 503, isTooMany: false, retryAfterMs: 7_000 });
});

test('what failed on the way is tried again by its class; what we interrupted says nothing', () => {
	const failed = (errorClass: 'timeout' | 'interrupted'): OutboundResult => ({
		kind: 'failed',
		errorClass,
		message: '',
		timings: { totalMs: 1 },
	});
	assert.deepEqual(judge(failed('timeout'), 0), { kind: 'retry', errorClass: 'timeout', isTooMany: false });
	assert.deepEqual(judge(failed('interrupted'), 0), { kind: 'interrupted' });
});
