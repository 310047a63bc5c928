/** Of the times in an address those are heeded that there are, as the gateway takes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMoment } from '../../console/src/parts/moment.ts';

test('what is a moment, and what is none', () => {
	for (const right of ['2026-02-28T03:00:00.000Z', '2026-03-01T00:00:00-03:00', '2028-02-29T23:59:59Z']) assert.ok(isMoment(right), right);
	for (const wrong of [
		'',
		'bad',
		'2026-13-45',
		'2026-13-45T00:00:00Z',
		'2026-02-31T00:00:00Z',
		'2026-05-01T25:00:00Z',
		'12',
		12,
		'2026-05-01',
		true,
	]) {
		assert.ok(!isMoment(wrong), String(wrong));
	}
});
