/** Turns and limits: no webhook takes what others need, and each has the limits that it was given. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, MINUTE, startRig } from './rig.ts';

const never = (): Promise<never> => new Promise(() => {});

test('chats of a webhook have turns: a long lane does not keep the others waiting', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 1 });
	const webhook = await rig.webhook('/', { enabled: false });
	for (let n = 0; n < 30; n += 1) await rig.happen('long', `long${n}`);
	for (let n = 0; n < 30; n += 1) await rig.happen(`chat${n}`, `short${n}`);
	await rig.clock.advance(1_000);
	await rig.webhooks.update(webhook.id, { enabled: true });
	for (let turn = 0; turn < 10; turn += 1) await rig.clock.advance(10);
	const bodies = rig.sender.bodies();
	assert.equal(bodies.length, 60);
	const longBefore = bodies.slice(0, bodies.indexOf('short29')).filter((body) => body.startsWith('long')).length;
	assert.ok(longBefore <= 2, `${longBefore} of the long lane went before the last chat had its turn`);
});

test('hanging webhooks leave attempts for the others, however many they are', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 32, inFlightMax: 64 });
	for (let n = 0; n < 10; n += 1) await rig.webhook(`/hangs${n}`);
	await rig.webhook('/well');
	rig.sender.decide = (_body, path) => (path === '/well' ? answer(200) : never());
	for (let n = 0; n < 60; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(10);
	assert.equal(rig.sender.bodies('/well').length, 60);
});

test('a webhook begins no more attempts in a second than its rate, and changing it takes effect at once', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook('/', { ratePerSecond: 10 });
	for (let n = 0; n < 100; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(3_000);
	const inThreeSeconds = rig.sender.requests.length;
	assert.ok(inThreeSeconds >= 28 && inThreeSeconds <= 33, String(inThreeSeconds));
	await rig.webhooks.update(webhook.id, { ratePerSecond: 0.001 });
	await rig.clock.advance(1);
	await rig.webhooks.update(webhook.id, { ratePerSecond: null });
	await rig.clock.advance(100);
	assert.deepEqual(await rig.states(), { delivered: 100 });
});

test('a concurrency that is changed takes effect at once', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 2 });
	const webhook = await rig.webhook();
	rig.sender.decide = never;
	for (let n = 0; n < 20; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(1);
	assert.equal(rig.sender.inFlight, 2);
	await rig.webhooks.update(webhook.id, { concurrency: 6 });
	await rig.clock.advance(1);
	assert.equal(rig.sender.inFlight, 6);
});

test('a 429 slows the webhook, not the delivery alone', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => (rig.sender.requests.length === 1 ? answer(429, { 'retry-after': '60' }) : answer(200));
	await rig.happen('a', 'a1');
	await rig.clock.advance(1);
	for (const chat of ['b', 'c', 'd']) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(MINUTE - 1_000);
	assert.deepEqual(rig.sender.bodies(), ['a1']);
	await rig.clock.advance(2_000);
	assert.deepEqual(await rig.states(), { delivered: 4 });
});

test('memory is bounded: what does not fit waits in the store and streams in', async () => {
	const body = 'x'.repeat(100_000);
	await using rig = await startRig({ pendingBytesMax: 2_000_000, concurrencyPerWebhook: 64, inFlightMax: 1_024 });
	await rig.webhook();
	const gate = Promise.withResolvers<void>();
	rig.sender.decide = () => gate.promise.then(() => answer(200));
	for (let n = 0; n < 60; n += 1) await rig.happen(`chat${n}`, `${n} ${body}`);
	await rig.clock.advance(1);
	assert.ok(rig.dispatcher.snapshot().heldBytes <= 2_500_000, String(rig.dispatcher.snapshot().heldBytes));
	assert.ok(rig.sender.requests.length < 15);
	gate.resolve();
	for (let turn = 0; turn < 10; turn += 1) await rig.clock.advance(10);
	assert.deepEqual(await rig.states(), { delivered: 60 });
	assert.equal(rig.dispatcher.snapshot().heldBytes, 0);
});

test('memory is bounded where a backlog is found in the store, too', async () => {
	const body = 'x'.repeat(100_000);
	const options = { pendingBytesMax: 2_000_000, concurrencyPerWebhook: 64, inFlightMax: 1_024 };
	await using rig = await startRig(options);
	await rig.webhook();
	rig.sender.decide = never;
	for (let n = 0; n < 60; n += 1) await rig.happen(`chat${n}`, `${n} ${body}`);
	await rig.stop();
	const gate = Promise.withResolvers<void>();
	rig.sender.decide = () => gate.promise.then(() => answer(200));
	await rig.start(options);
	await rig.clock.advance(1);
	const { inFlight, heldBytes } = rig.dispatcher.snapshot();
	assert.ok(inFlight > 0);
	assert.ok(heldBytes <= options.pendingBytesMax / 2, `${heldBytes} bytes: the other half is for others`);
	gate.resolve();
	for (let turn = 0; turn < 10; turn += 1) await rig.clock.advance(10);
	assert.deepEqual(await rig.states(), { delivered: 60 });
	assert.equal(rig.dispatcher.snapshot().heldBytes, 0);
});

test('a receiver that does not answer in time is asked less at once', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 8 });
	const webhook = await rig.webhook();
	rig.sender.decide = () => ({ kind: 'failed', errorClass: 'timeout', message: '', timings: { totalMs: 1 } });
	for (const chat of ['a', 'b']) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(1);
	rig.sender.decide = never;
	for (let n = 0; n < 20; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(1);
	assert.equal(rig.webhooks.circuitOf(webhook).concurrencyNow, 2);
	assert.equal(rig.sender.inFlight, 2);
});

test('disabling pauses what waits, enabling goes on where it was, in order', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	rig.sender.decide = () => answer(500);
	for (const name of ['a1', 'a2', 'a3']) await rig.happen('a', name);
	await rig.clock.advance(1);
	await rig.webhooks.update(webhook.id, { enabled: false });
	rig.sender.decide = () => answer(200);
	await rig.happen('a', 'a4');
	await rig.clock.advance(24 * 60 * MINUTE);
	assert.deepEqual(rig.sender.bodies(), ['a1']);
	await rig.webhooks.update(webhook.id, { enabled: true });
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'a1', 'a2', 'a3', 'a4']);
});

test('what waits for the receiver of its own webhook does not count as held up by the gateway', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 1 });
	await rig.webhook('/slow');
	rig.sender.decide = never;
	for (let n = 0; n < 5; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(10 * MINUTE);
	assert.equal(rig.sender.inFlight, 1);
	assert.equal(rig.dispatcher.snapshot().oldestDueAt, undefined);
});
