import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentBefore } from './moment.ts';

const NOW = Date.UTC(2026, 0, 31, 12);

test('a time is a date or so long ago', () => {
	const cases: readonly (readonly [string, string])[] = [
		['2026-01-31T08:00:00-03:00', '2026-01-31T11:00:00.000Z'],
		['2026-01-30', '2026-01-30T00:00:00.000Z'],
		['45s', '2026-01-31T11:59:15.000Z'],
		['90m', '2026-01-31T10:30:00.000Z'],
		['2h', '2026-01-31T10:00:00.000Z'],
		['3d', '2026-01-28T12:00:00.000Z'],
	];
	for (const [text, expected] of cases) assert.equal(momentBefore(text, '--since', NOW).toISOString(), expected);
});

test('anything else is refused by the name of its option', () => {
	for (const text of ['yesterday', '2', '2w', '', '-3d', '2026-13-01']) {
		assert.throws(() => momentBefore(text, '--since', NOW), /^UsageError: --since must be a time like/, text);
	}
});
