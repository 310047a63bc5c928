import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paintFor } from './paint.ts';

test('paints on a terminal alone, and not where colours are unwanted', () => {
	assert.notEqual(paintFor({ isTTY: true }, {})('red', 'x'), 'x');
	assert.equal(paintFor({}, {})('red', 'x'), 'x');
	assert.equal(paintFor({ isTTY: true }, { NO_COLOR: '1' })('red', 'x'), 'x');
	assert.equal(paintFor({ isTTY: true }, { TERM: 'dumb' })('red', 'x'), 'x');
});
