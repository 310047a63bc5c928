/** How many wait is told as it is, and beyond what is counted as that. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK_COUNTED_MAX, waitingCountView } from './chat.ts';

test('as many as are counted at most are not yet more than that', () => {
	const most = DESK_COUNTED_MAX;
	assert.deepEqual([0, most, most + 1].map(waitingCountView), [
		{ count: 0, isAtLeast: false },
		{ count: most, isAtLeast: false },
		{ count: most, isAtLeast: true },
	]);
});
