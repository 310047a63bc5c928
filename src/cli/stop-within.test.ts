import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stopWithin } from './stop-within.ts';

test('waits for an end in time, and passes on what goes wrong in it', async (t) => {
	t.mock.timers.enable({ apis: ['setTimeout'] });
	assert.equal(await stopWithin({ [Symbol.asyncDispose]: async () => undefined }, 1_000), true);
	await assert.rejects(stopWithin({ [Symbol.asyncDispose]: () => Promise.reject(new Error('disk full')) }, 1_000), /disk full/);
});

test('does not wait for ever', async (t) => {
	t.mock.timers.enable({ apis: ['setTimeout'] });
	const stopped = stopWithin({ [Symbol.asyncDispose]: () => new Promise(() => undefined) }, 1_000);
	t.mock.timers.tick(10_000);
	assert.equal(await stopped, false);
});
