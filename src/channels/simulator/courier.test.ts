/** The order in which things are told where the gateway could not store them at first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import type { Observation } from '../../ports/channel.ts';
import { type Batch, Courier } from './courier.ts';

function presence(id: string): Observation {
	return { id, at: 0, raw: {}, kind: 'presence', from: { phone: '5544988887777', aliases: [] }, status: 'available' };
}

test('a letter does not overtake what is held since the gateway could not store it', async () => {
	const told: string[] = [];
	const failing = { is: true };
	const batches: Batch[] = [{ isKept: true, observations: async () => [presence('first')], settle: async () => undefined }];
	await using courier = new Courier(new FakeClock(), {
		nextAt: () => (batches.length > 0 ? 0 : undefined),
		next: () => batches.shift(),
		observe: async (observations) => {
			if (failing.is) throw new Error('no store');
			told.push(...observations.map(({ id }) => id));
		},
		failed: () => undefined,
	});
	await courier.pass();
	assert.deepEqual(told, []);
	failing.is = false;
	await courier.post(presence('second'));
	assert.deepEqual(told, ['first', 'second']);
	failing.is = true;
	await assert.rejects(courier.post(presence('third')), /no store/);
	assert.deepEqual(told, ['first', 'second']);
});
