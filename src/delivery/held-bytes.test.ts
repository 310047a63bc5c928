import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeldBytes } from './held-bytes.ts';

test('where many webhooks take all they may one after the other, something stays free for the next', () => {
	const held = new HeldBytes(64 * 1_024 * 1_024);
	for (let webhooks = 0; webhooks < 30; webhooks += 1) {
		let own = 0;
		while (held.hasShare(own)) {
			own += 2_048;
			held.add(2_048);
		}
		assert.ok(own > 0, `webhook ${webhooks} has some`);
	}
	assert.ok(held.free > 0);
});
