import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { inHand } from './settlement.ts';

const CLAIMED: ClaimedDelivery = {
	id: 'dlv_a',
	seq: 7,
	eventType: 'message.received',
	webhookId: 'whk_a',
	body: '{}',
	createdAt: 1_000,
	attempts: 0,
	isOvertaken: false,
	isReplay: false,
};

test('a settlement names the lane, which a shared store locks before it looks, and leaves the body behind', () => {
	assert.deepEqual(inHand({ ...CLAIMED, lane: 'whk_a/cht_a' }), { id: 'dlv_a', seq: 7, lane: 'whk_a/cht_a' });
	assert.deepEqual(inHand(CLAIMED), { id: 'dlv_a', seq: 7 });
});
