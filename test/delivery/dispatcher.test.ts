/** The dispatcher over a real store, with time and the receivers under the test's control. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboundResult } from '../../src/ports/sender.ts';
import { answer, MINUTE, OPTIONS, startRig } from './rig.ts';

test('a chat is delivered in order, one at a time; other chats do not wait', async () => {
	await using rig = await startRig();
	await rig.webhook();
	const gate = Promise.withResolvers<OutboundResult>();
	rig.sender.decide = (body) => (body === 'a1' ? gate.promise : answer(200));
	for (const name of ['a1', 'a2', 'a3']) await rig.happen('a', name);
	for (const name of ['b1', 'b2']) await rig.happen('b', name);
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'b1', 'b2']);
	gate.resolve(answer(200));
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'b1', 'b2', 'a2', 'a3']);
	assert.deepEqual(await rig.states(), { delivered: 5 });
});

test('order webhook waits across chats, order none for nothing', async () => {
	await using rig = await startRig();
	await rig.webhook('/all', { order: 'webhook' });
	await rig.webhook('/none', { order: 'none' });
	rig.sender.decide = (body) => (body === 'a1' ? new Promise(() => {}) : answer(200));
	await rig.happen('a', 'a1');
	await rig.happen('b', 'b1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies('/all'), ['a1']);
	assert.deepEqual(rig.sender.bodies('/none'), ['a1', 'b1', 'a2']);
});

test('a failed one is tried again on its schedule with the same id and bytes, then it is dead and its lane goes on', async () => {
	await using rig = await startRig({ laneHoldMs: 24 * 60 * MINUTE });
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'bad' ? 500 : 200);
	const startedAt = rig.clock.now();
	await rig.happen('a', 'bad');
	await rig.happen('a', 'good');
	await rig.clock.advance(60 * MINUTE);
	const tries = rig.sender.requests.filter((one) => one.body === 'bad');
	assert.deepEqual(
		tries.map((one) => one.at - startedAt),
		[0, 5_000, 5_000 + 5 * MINUTE, 5_000 + 35 * MINUTE],
	);
	assert.equal(new Set(tries.map((one) => one.headers['webhook-id'])).size, 1);
	assert.deepEqual(
		tries.map((one) => one.headers['recado-attempt']),
		['1', '2', '3', '4'],
	);
	assert.equal(rig.sender.bodies().at(-1), 'good');
	assert.deepEqual(await rig.states(), { dead: 1, delivered: 1 });
});

test('a poisoned head holds its lane for the bounded time, then steps aside and keeps its own schedule', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'bad' ? 500 : 200);
	const startedAt = rig.clock.now();
	for (const name of ['bad', 'good1', 'good2']) await rig.happen('a', name);
	await rig.clock.advance(10 * MINUTE - 1);
	assert.ok(!rig.sender.bodies().includes('good1'), 'the lane is held');
	await rig.clock.advance(1_000);
	assert.deepEqual(rig.sender.bodies().slice(-2), ['good1', 'good2']);
	const { items } = await rig.store.deliveries.list({ state: 'pending' }, { limit: 5 });
	assert.deepEqual(
		items.map((one) => one.isOvertaken),
		[true],
	);
	await rig.clock.advance(30 * MINUTE);
	assert.deepEqual(
		rig.sender.requests
			.filter((one) => one.body === 'bad')
			.map((one) => one.at - startedAt)
			.at(-1),
		5_000 + 35 * MINUTE,
	);
});

test('while a webhook fails altogether nobody overtakes', async () => {
	await using rig = await startRig({ scheduleMs: Array.from({ length: 40 }, (_, n) => (n === 0 ? 0 : 5 * MINUTE)) });
	await rig.webhook();
	let isDown = true;
	rig.sender.decide = () => answer(isDown ? 503 : 200);
	for (const chat of ['a', 'b', 'c', 'd', 'e', 'f']) for (const n of [1, 2]) await rig.happen(chat, `${chat}${n}`);
	await rig.clock.advance(60 * MINUTE);
	assert.deepEqual(
		rig.sender.bodies().filter((body) => body.endsWith('2')),
		[],
	);
	isDown = false;
	await rig.clock.advance(10 * MINUTE);
	assert.deepEqual(await rig.states(), { delivered: 12 });
	for (const chat of ['a', 'b', 'c', 'd', 'e', 'f']) {
		const bodies = rig.sender.bodies().filter((body) => body.startsWith(chat));
		assert.ok(bodies.lastIndexOf(`${chat}1`) < bodies.indexOf(`${chat}2`), chat);
	}
});

test('a webhook may have a schedule of its own', async () => {
	await using rig = await startRig();
	await rig.webhook('/', { scheduleMs: [0, 1_000] });
	rig.sender.decide = () => answer(500);
	await rig.happen('a', 'a1');
	await rig.clock.advance(1_000);
	assert.equal(rig.sender.requests.length, 2);
	assert.deepEqual(await rig.states(), { dead: 1 });
});

test('Retry-After is waited for', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => answer(rig.sender.requests.length === 1 ? 429 : 200, { 'retry-after': '60' });
	const startedAt = rig.clock.now();
	await rig.happen('a', 'a1');
	await rig.clock.advance(2 * MINUTE);
	assert.deepEqual(
		rig.sender.requests.map((one) => one.at - startedAt),
		[0, MINUTE],
	);
});

test('a delivery waits for the Retry-After of whatever answer it had; the others do not', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => (rig.sender.requests.length === 1 ? answer(500, { 'retry-after': '3600' }) : answer(200));
	const startedAt = rig.clock.now();
	await rig.happen('a', 'a1');
	await rig.clock.advance(1);
	await rig.happen('b', 'b1');
	await rig.clock.advance(61 * MINUTE);
	assert.deepEqual(
		rig.sender.requests.map((one) => [one.body, one.at - startedAt]),
		[
			['a1', 0],
			['b1', 1],
			['a1', 60 * MINUTE],
		],
	);
});

test('410 disables the webhook; what waits is parked, and flows in order when a person enables it', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	let isGone = true;
	rig.sender.decide = () => answer(isGone ? 410 : 200);
	for (const name of ['a1', 'a2', 'a3']) await rig.happen('a', name);
	await rig.clock.advance(24 * 60 * MINUTE);
	assert.deepEqual(rig.sender.bodies(), ['a1']);
	assert.deepEqual([rig.webhooks.get(webhook.id)?.enabled, rig.webhooks.get(webhook.id)?.disabledReason], [false, 'gone']);
	await rig.happen('a', 'a4');
	isGone = false;
	await rig.webhooks.update(webhook.id, { enabled: true });
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'a2', 'a3', 'a4']);
	assert.deepEqual(await rig.states(), { dead: 1, delivered: 3 });
});

test('a webhook has its concurrency, and one that hangs does not keep others waiting', async () => {
	await using rig = await startRig();
	await rig.webhook('/hangs');
	await rig.webhook('/well');
	rig.sender.decide = (_body, path) => (path === '/hangs' ? new Promise(() => {}) : answer(200));
	for (let n = 0; n < 20; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(10);
	assert.equal(rig.sender.bodies('/hangs').length, OPTIONS.concurrencyPerWebhook);
	assert.equal(rig.sender.bodies('/well').length, 20);
});

test('what there was no room for is attempted when there is', async () => {
	await using rig = await startRig();
	await rig.webhook();
	await Promise.all(Array.from({ length: 50 }, (_, n) => rig.happen(`chat${n}`, `m${n}`)));
	await rig.clock.advance(10);
	await rig.clock.advance(10);
	assert.deepEqual(await rig.states(), { delivered: 50 });
	assert.ok(rig.sender.inFlightHighest <= OPTIONS.concurrencyPerWebhook);
});

test('a shutdown spends no attempt and leaves nothing in sending', async () => {
	const rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => new Promise(() => {});
	await rig.happen('a', 'a1');
	await rig.happen('b', 'b1');
	await rig.clock.advance(10);
	const stopped = rig.dispatcher[Symbol.asyncDispose]();
	await rig.clock.advance(OPTIONS.shutdownGraceMs);
	await stopped;
	const { items } = await rig.store.deliveries.list({}, { limit: 5 });
	assert.deepEqual(
		items.map((one) => [one.state, one.attempts]),
		[
			['pending', 0],
			['pending', 0],
		],
	);
	await rig.store[Symbol.asyncDispose]();

	rig.sender.decide = () => answer(200);
	await rig.start();
	await rig.clock.advance(10);
	assert.deepEqual(await rig.states(), { delivered: 2 });
	await rig[Symbol.asyncDispose]();
});

test('a replay has the same id and bytes, and is marked', async () => {
	await using rig = await startRig();
	await rig.webhook();
	await rig.happen('a', 'a1');
	await rig.clock.advance(10);
	const { items } = await rig.store.deliveries.list({}, { limit: 1 });
	await rig.replays.replay(items[0]?.id ?? '');
	await rig.clock.advance(10);
	const [first, second] = rig.sender.requests;
	assert.equal(first?.headers['webhook-id'], second?.headers['webhook-id']);
	assert.equal(first?.body, second?.body);
	assert.deepEqual([first?.headers['recado-replay'], second?.headers['recado-replay']], [undefined, 'true']);
	await assert.rejects(rig.replays.replay('dlv_unknown'), { code: 'not_there' });
});

test('deleting a webhook cancels what waits for it', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	rig.sender.decide = () => answer(500);
	await rig.happen('a', 'a1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(10);
	rig.janitor.start();
	await rig.webhooks.delete(webhook.id, 'cancel');
	await rig.clock.advance(60 * MINUTE);
	assert.deepEqual(await rig.states(), { cancelled: 2 });
	assert.equal(rig.sender.requests.length, 1);
});

test('each attempt is on record, without the values of the webhook’s own headers', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	await rig.webhooks.update(webhook.id, { headers: { 'x-key': 'secret value' } });
	rig.sender.decide = () => answer(rig.sender.requests.length === 1 ? 500 : 200);
	await rig.happen('a', 'a1');
	await rig.clock.advance(10_000);
	const { items } = await rig.store.deliveries.list({}, { limit: 1 });
	const attempts = await rig.store.deliveries.attempts(items[0]?.id ?? '');
	assert.deepEqual(
		attempts.map((one) => [one.number, one.status, one.errorClass, one.responseBody]),
		[
			[1, 500, 'status', 'ok'],
			[2, 200, undefined, 'ok'],
		],
	);
	assert.equal(rig.sender.requests[0]?.headers['x-key'], 'secret value');
	assert.ok(!JSON.stringify(attempts).includes('secret value'));
});

test('a secret is rotated with an overlap in which both sign', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	const signatures = async (name: string): Promise<number> => {
		await rig.happen('a', name);
		await rig.clock.advance(10);
		return rig.sender.requests.at(-1)?.headers['webhook-signature']?.split(' ').length ?? 0;
	};
	assert.equal(await signatures('before'), 1);
	const { secret } = await rig.webhooks.rotateSecret(webhook.id);
	assert.equal(rig.webhooks.secretOf(rig.webhooks.get(webhook.id) ?? webhook), secret);
	assert.equal(await signatures('during'), 2);
	await rig.clock.advance(OPTIONS.secretOverlapMs);
	assert.equal(await signatures('after'), 1);
});

test('room that an attempt in vain gives back goes at once to what waited for room', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 1 });
	await rig.webhook();
	const gate = Promise.withResolvers<OutboundResult>();
	rig.sender.decide = (body) => (body === 'a1' ? gate.promise : answer(200));
	await rig.happen('a', 'a1');
	await rig.happen('b', 'b1');
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1']);
	gate.resolve(answer(500));
	await rig.clock.advance(10);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'b1']);
});
