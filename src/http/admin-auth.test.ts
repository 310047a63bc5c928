import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdminAuth } from './admin-auth.ts';

test('only the whole token as Bearer is the administrator', () => {
	const isAdmin = createAdminAuth('the-token');
	for (const header of ['Bearer the-token', 'bearer the-token', 'Bearer   the-token ']) assert.equal(isAdmin(header), true, header);
	for (const header of [
		undefined,
		'',
		'the-token',
		'Bearer',
		'Bearer the-toke',
		'Bearer the-token2',
		'Basic the-token',
		'Bearer the-token x',
	]) {
		assert.equal(isAdmin(header), false, header);
	}
});
