/** What a link to the console may lead to, and what an id in its address may not make of a request. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlainPath, ownPath } from '../../console/src/api/own-path.ts';

test('a link to here leads to no other site, however it is written', () => {
	assert.equal(ownPath('/console/deliveries?state=dead#top'), '/console/deliveries?state=dead#top');
	assert.equal(ownPath('/'), '/');
	const away = ['//evil.example', '/\\evil.example', '/\t/evil.example', '/\n\\evil.example', '/.//evil.example', '/x/..//evil.example'];
	for (const to of [...away, 'https://evil.example', 'javascript:alert(1)', 'console', '']) {
		assert.equal(ownPath(to), undefined, JSON.stringify(to));
	}
});

test('an id is an id: it leads to nothing else of the gateway', () => {
	for (const path of [
		'/session',
		'/deliveries/dlv_1/replay',
		'/accounts/acc_1/chats/cht_1/card/fields/a%20b..',
		'/simulator/ins_1/phones/1-2@g.us/chats',
	]) {
		assert.equal(isPlainPath(path), true, path);
	}
	for (const path of [
		'/deliveries/../jobs/job_1',
		'/deliveries/%2E%2e/jobs',
		'/x/.%2e',
		'/x/./y',
		'/x/..\\y',
		'/x?y=z',
		'/x#y',
		'/x/.\t./y',
	]) {
		assert.equal(isPlainPath(path), false, path);
	}
});
