import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './nearest.ts';

test('finds what a typo meant, and nothing for what is no typo', () => {
	const names = ['serve', 'dev', 'listen', 'send', 'doctor'];
	assert.equal(nearest('serv', names), 'serve');
	assert.equal(nearest('lisetn', names), 'listen');
	assert.equal(nearest('docter', names), 'doctor');
	assert.equal(nearest('completely-else', names), undefined);
	assert.equal(nearest('x', []), undefined);
});
