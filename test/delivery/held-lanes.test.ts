/** Lanes that are held by a failing head: who waits for how long, and what a restart knows of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, MINUTE, startRig } from './rig.ts';

test('who comes to a lane that was held too long already is not held as long as the head sleeps', async () => {
	await using rig = await startRig({ scheduleMs: [0, 5_000, 5 * MINUTE, 10 * 60 * MINUTE] });
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'a1' ? 500 : 200);
	await rig.happen('a', 'a1');
	await rig.clock.advance(6 * MINUTE); // three attempts; the next in ten hours
	await rig.happen('a', 'a2');
	await rig.clock.advance(20 * MINUTE);
	assert.ok(rig.sender.bodies().includes('a2'), JSON.stringify(rig.sender.bodies()));
});

test('the same for a replay into such a lane', async () => {
	await using rig = await startRig({ scheduleMs: [0, 5_000, 5 * MINUTE, 10 * 60 * MINUTE] });
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'a1' ? 500 : 200);
	await rig.happen('a', 'a0');
	await rig.clock.advance(1);
	const [delivery] = (await rig.store.deliveries.list({}, { limit: 1 })).items;
	await rig.happen('a', 'a1');
	await rig.clock.advance(6 * MINUTE);
	await rig.replays.replay(delivery?.id ?? '');
	await rig.clock.advance(20 * MINUTE);
	assert.equal(rig.sender.bodies().filter((body) => body === 'a0').length, 2);
});

test('after a restart nobody overtakes before it is known how the receiver does', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => answer(503);
	for (const chat of ['a', 'b', 'c', 'd', 'e', 'f']) {
		await rig.happen(chat, `${chat}1`);
		await rig.happen(chat, `${chat}2`);
	}
	await rig.clock.advance(20 * MINUTE);
	await rig.stop();
	await rig.start();
	await rig.clock.advance(5 * MINUTE);
	assert.deepEqual(
		rig.sender.bodies().filter((body) => body.endsWith('2')),
		[],
	);
});
