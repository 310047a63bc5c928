/** Lanes that are held by a failing head: who waits for how long, and what a restart knows of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboundResult } from '../../src/ports/sender.ts';
import { answer, MINUTE, OPTIONS, type Rig, startRig } from './rig.ts';

test('who comes to a lane that was held too long already is not held as long as the head sleeps', async () => {
	await using rig = await startRig({ scheduleMs: [0, 5_000, 5 * MINUTE, 10 * 60 * MINUTE] });
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'a1' ? 500 : 200);
	await rig.happen('a', 'a1');
	await rig.clock.advance(6 * MINUTE); // three attempts; the next in ten hours
	await rig.happen('a', 'a2');
	await rig.clock.advance(4 * MINUTE);
	assert.ok(rig.sender.bodies().includes('a2'), JSON.stringify(rig.sender.bodies()));
	await rig.happen('a', 'a3');
	await rig.clock.advance(1);
	assert.ok(rig.sender.bodies().includes('a3'), 'and is not found by looking round only');
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

/** From here on each attempt waits for the test. */
function holdBack(rig: Rig): PromiseWithResolvers<OutboundResult>[] {
	const gates: PromiseWithResolvers<OutboundResult>[] = [];
	rig.sender.decide = () => {
		const gate = Promise.withResolvers<OutboundResult>();
		gates.push(gate);
		return gate.promise;
	};
	return gates;
}

test('who was to overtake while the webhook was disabled waits behind the head again', async () => {
	await using rig = await startRig({ scheduleMs: [0, 5_000, 30 * MINUTE, 30 * MINUTE] });
	const webhook = await rig.webhook();
	rig.sender.decide = () => answer(500);
	for (const name of ['a1', 'a2', 'a3']) await rig.happen('a', name);
	await rig.clock.advance(MINUTE);
	await rig.webhooks.update(webhook.id, { enabled: false });
	await rig.clock.advance(60 * MINUTE);
	const before = rig.sender.requests.length;
	const gates = holdBack(rig);
	await rig.webhooks.update(webhook.id, { enabled: true });
	await rig.clock.advance(1);
	assert.deepEqual(rig.sender.bodies().slice(before), ['a1']);
	rig.sender.decide = () => answer(200);
	for (const gate of gates) gate.resolve(answer(200));
	await rig.clock.advance(1);
	assert.deepEqual(rig.sender.bodies().slice(before), ['a1', 'a2', 'a3']);
});

test('a head that fails once more just after an outage is not overtaken for the time of the outage', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => answer(503);
	for (const n of [1, 2]) for (const chat of ['a', 'b', 'c', 'd', 'e', 'f']) await rig.happen(chat, `${chat}${n}`);
	await rig.clock.advance(60 * MINUTE);
	const before = rig.sender.requests.length;
	let hasFailed = false;
	rig.sender.decide = (body) => {
		const fails = body === 'b1' && !hasFailed;
		hasFailed ||= fails;
		return answer(fails ? 503 : 200);
	};
	await rig.clock.advance(OPTIONS.probeCeilingMs + OPTIONS.laneHoldMs);
	assert.deepEqual(
		rig.sender
			.bodies()
			.slice(before)
			.filter((body) => body.startsWith('b')),
		['b1', 'b1', 'b2'],
	);
	assert.deepEqual(await rig.states(), { delivered: 12 });
});
