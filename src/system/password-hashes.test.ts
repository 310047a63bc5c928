import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordHashes } from './password-hashes.ts';

test('a password fits its own hash and no other, however it was typed', async () => {
	const hash = await passwordHashes.hash('pão de açúcar');
	assert.equal(await passwordHashes.fits('pão de açúcar'.normalize('NFD'), hash), true);
	assert.equal(await passwordHashes.fits('pao de acucar', hash), false);
	assert.equal(await passwordHashes.fits('', hash), false);
	assert.equal(await passwordHashes.fits('pão de açúcar', 'md5$x'), false);
});

test('the same password has another hash each time', async () => {
	const [one, two] = await Promise.all([passwordHashes.hash('a'), passwordHashes.hash('a')]);
	assert.notEqual(one, two);
	assert.doesNotMatch(one, /\ba\b/);
});
