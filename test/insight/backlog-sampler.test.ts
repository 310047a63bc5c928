/** For how long the oldest has waited, over a real store. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BacklogSampler } from '../../src/insight/backlog-sampler.ts';
import { add, openWithWebhooks, retry } from '../suites/store-dispatch.ts';
import { delivery } from '../suites/store-fixtures.ts';
import { openSqlite } from '../suites/store-on-sqlite.ts';

const MINUTE_MS = 60_000;

test('what waits for a receiver that fails is as old as it is, whenever it is tried next', async () => {
	await using rig = await openWithWebhooks(openSqlite);
	const { store, clock } = rig;
	const sampler = new BacklogSampler({ store, clock });
	assert.deepEqual(await sampler.sample(), { pending: 0, sending: 0, dead: 0, oldestWaitingMs: 0 });
	await add(store, delivery('a', { start: 'take', createdAt: clock.now() }), delivery('b', { createdAt: clock.now() }));
	await retry(store, 'a', { dueAt: clock.now() + 30 * MINUTE_MS });
	await clock.advance(8 * MINUTE_MS);
	assert.deepEqual(await sampler.sample(), { pending: 2, sending: 0, dead: 0, oldestWaitingMs: 8 * MINUTE_MS });
});
