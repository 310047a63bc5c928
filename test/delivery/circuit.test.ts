/** A receiver that fails altogether: it is probed, nothing is spent, and when it is back everything flows at once and in order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutboundResult } from '../../src/ports/sender.ts';
import { answer, MINUTE, OPTIONS, type Rig, startRig } from './rig.ts';

const refused = (): OutboundResult => ({ kind: 'failed', errorClass: 'connect', message: 'refused', timings: { totalMs: 1 } });
const off = (rig: Rig): void => {
	rig.sender.isThere = false;
	rig.sender.decide = refused;
};
const CHATS = ['a', 'b', 'c', 'd', 'e', 'f'];

async function attemptsSpent(rig: Rig): Promise<number> {
	const { items } = await rig.store.deliveries.list({}, { limit: 200 });
	return items.reduce((sum, one) => sum + one.attempts, 0);
}

function arrivedLast(rig: Rig, chat: string, count: number): readonly string[] {
	const arrived = rig.sender.bodies().filter((body) => body.startsWith(chat));
	return arrived.slice(-count);
}

test('a receiver that is down is probed by one delivery at a time, the oldest, at growing intervals up to the ceiling', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => answer(503);
	for (const chat of CHATS) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(4_000);
	const before = rig.sender.requests.length;
	await rig.clock.advance(10 * MINUTE);
	const probes = rig.sender.requests.slice(before);
	assert.deepEqual(new Set(probes.map((one) => one.body)), new Set(['a1']), 'the head of the oldest lane');
	const pauses = probes.slice(1).map((one, index) => one.at - (probes[index]?.at ?? 0));
	for (const [index, pause] of pauses.entries()) assert.ok(pause >= (pauses[index - 1] ?? 0), `${pauses}`);
	assert.equal(pauses.at(-1), OPTIONS.probeCeilingMs);
	assert.ok(probes.length >= (10 * MINUTE) / OPTIONS.probeCeilingMs - 1);
	assert.equal(rig.sender.inFlightHighest <= OPTIONS.concurrencyPerWebhook, true);
});

test('attempts that were under way when it opened do not put off the first probe', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 32, inFlightMax: 256 });
	const webhook = await rig.webhook();
	for (let n = 0; n < 32; n += 1) await rig.happen(`chat${n}`, `before${n}`);
	await rig.clock.advance(1); // the window is at its widest
	const together = Promise.withResolvers<OutboundResult>();
	rig.sender.decide = () => together.promise;
	for (let n = 0; n < 32; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(1);
	assert.equal(rig.sender.inFlight, 32);
	together.resolve(answer(500));
	await rig.clock.advance(1);
	const { state, nextProbeAt = 0 } = rig.webhooks.circuitOf(webhook);
	assert.equal(state, 'open');
	assert.ok(nextProbeAt - rig.clock.now() <= OPTIONS.probeMs, `${nextProbeAt - rig.clock.now()} ms`);
});

test('a probe that came to no verdict for an error of ours is not repeated at once', async () => {
	await using rig = await startRig({}, { onGone: () => () => Promise.reject(new Error('cannot be disabled')) });
	await rig.webhook();
	rig.sender.decide = () => answer(503);
	for (const chat of CHATS) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(10_000);
	rig.sender.decide = () => answer(410);
	const before = rig.sender.requests.length;
	await rig.clock.advance(MINUTE);
	const asked = rig.sender.requests.length - before;
	assert.ok(asked >= 2 && asked <= 6, `${asked} probes in a minute`);
});

test('while a circuit is open no attempt of a schedule is spent, and nothing dies of it', async () => {
	await using rig = await startRig({ scheduleMs: [0, 1_000, 1_000] });
	await rig.webhook();
	off(rig);
	for (const chat of CHATS) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(5_000);
	const spent = await attemptsSpent(rig);
	await rig.clock.advance(90 * MINUTE);
	assert.equal(await attemptsSpent(rig), spent);
	assert.equal((await rig.states())['dead'] ?? 0, 0);
});

test('of probes that failed the latest is on record', async () => {
	await using rig = await startRig();
	await rig.webhook();
	off(rig);
	await rig.happen('a', 'a1');
	await rig.clock.advance(10 * MINUTE);
	const [delivery] = (await rig.store.deliveries.list({}, { limit: 1 })).items;
	const attempts = await rig.store.deliveries.attempts(delivery?.id ?? '');
	const probes = attempts.filter((one) => one.isProbe);
	assert.equal(probes.length, 1);
	assert.ok(rig.clock.now() - (probes[0]?.startedAt ?? 0) <= OPTIONS.probeCeilingMs);
});

test('when a probe gets through the whole backlog flows at once, in order, however far away the next attempts were', async () => {
	await using rig = await startRig();
	await rig.webhook();
	let isDown = true;
	rig.sender.decide = () => answer(isDown ? 503 : 200);
	for (const n of [1, 2, 3]) for (const chat of CHATS) await rig.happen(chat, `${chat}${n}`);
	await rig.clock.advance(60 * MINUTE);
	isDown = false;
	await rig.clock.advance(OPTIONS.probeCeilingMs);
	assert.deepEqual(await rig.states(), { delivered: 18 });
	for (const chat of CHATS) {
		assert.deepEqual(arrivedLast(rig, chat, 2), [`${chat}2`, `${chat}3`]);
	}
});

test('what was to sleep for an hour does not, once a probe gets through', async () => {
	await using rig = await startRig();
	await rig.webhook();
	let isDown = true;
	rig.sender.decide = () => (isDown ? answer(500, { 'retry-after': '3600' }) : answer(200));
	for (const n of [1, 2]) for (const chat of CHATS) await rig.happen(chat, `${chat}${n}`);
	await rig.clock.advance(MINUTE);
	assert.deepEqual(await rig.states(), { pending: 12 });
	isDown = false;
	await rig.clock.advance(OPTIONS.probeCeilingMs);
	assert.deepEqual(await rig.states(), { delivered: 12 });
	for (const chat of CHATS) assert.deepEqual(arrivedLast(rig, chat, 2), [`${chat}1`, `${chat}2`]);
});

test('a receiver that is back is not overrun: it gets one, then two, then four at once', async () => {
	await using rig = await startRig({ concurrencyPerWebhook: 16, inFlightMax: 256 });
	await rig.webhook();
	rig.sender.decide = () => answer(503);
	for (let n = 0; n < 64; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(MINUTE);
	const gates: PromiseWithResolvers<OutboundResult>[] = [];
	rig.sender.decide = () => {
		const gate = Promise.withResolvers<OutboundResult>();
		gates.push(gate);
		return gate.promise;
	};
	const waves: number[] = [];
	for (let wave = 0; wave < 6; wave += 1) {
		await rig.clock.advance(wave === 0 ? OPTIONS.probeCeilingMs : 1);
		waves.push(gates.length);
		for (const gate of gates.splice(0)) gate.resolve(answer(200));
	}
	assert.deepEqual(waves, [1, 2, 4, 8, 16, 16]);
});

test('one chat alone does not wait for the long pauses of its schedule when its receiver was not reached', async () => {
	await using rig = await startRig();
	await rig.webhook();
	let isDown = true;
	rig.sender.isThere = false;
	rig.sender.decide = () => (isDown ? refused() : answer(200));
	await rig.happen('a', 'a1');
	await rig.clock.advance(MINUTE);
	isDown = false;
	await rig.clock.advance(OPTIONS.probeCeilingMs);
	assert.deepEqual(await rig.states(), { delivered: 1 });
});

test('a receiver that was switched off is noticed within a second of its return, and is not asked more than it is knocked at', async () => {
	await using rig = await startRig();
	await rig.webhook();
	off(rig);
	for (const chat of CHATS) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(5 * MINUTE);
	const { knocks } = rig.sender;
	const asked = rig.sender.requests.length;
	await rig.clock.advance(MINUTE);
	assert.ok(rig.sender.knocks - knocks >= 100, `${rig.sender.knocks - knocks} knocks in a minute`);
	assert.ok(rig.sender.requests.length - asked <= 2);
	rig.sender.isThere = true;
	rig.sender.decide = () => answer(200);
	await rig.clock.advance(1_000);
	assert.deepEqual(await rig.states(), { delivered: CHATS.length });
	const after = rig.sender.knocks;
	await rig.clock.advance(MINUTE);
	assert.equal(rig.sender.knocks, after, 'who is back is not knocked at');
});

test('a webhook that a person disabled is not knocked at', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	off(rig);
	for (const chat of CHATS) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(MINUTE);
	await rig.webhooks.update(webhook.id, { enabled: false });
	await rig.clock.advance(1_000);
	const { knocks } = rig.sender;
	await rig.clock.advance(MINUTE);
	assert.equal(rig.sender.knocks, knocks);
});

test('one poisoned message does not open the circuit for the others', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'bad' ? 500 : 200);
	await rig.happen('a', 'bad');
	await rig.clock.advance(6 * MINUTE);
	assert.equal(rig.webhooks.circuitOf(webhook).state, 'closed');
	await rig.happen('b', 'good');
	await rig.clock.advance(1);
	assert.equal(rig.sender.bodies().at(-1), 'good');
});

test('opening and closing are told to the other webhooks of the account, and kept over a restart', async () => {
	await using rig = await startRig();
	const failing = await rig.webhook('/failing');
	rig.sender.decide = (_body, path) => answer(path === '/failing' ? 503 : 200);
	for (const chat of CHATS) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(10_000);
	assert.equal(rig.webhooks.circuitOf(failing).state, 'open');
	const { items } = await rig.store.events.list({ type: 'webhook.failing' }, { limit: 5 });
	assert.equal(items.length, 1);
	const spent = await attemptsSpent(rig);
	await rig.stop();

	await rig.start();
	assert.equal(rig.webhooks.circuitOf(rig.webhooks.get(failing.id) ?? failing).state, 'open');
	await rig.clock.advance(1);
	assert.equal(await attemptsSpent(rig), spent, 'what a start tries is a probe');
	rig.sender.decide = () => answer(200);
	await rig.clock.advance(OPTIONS.probeCeilingMs);
	assert.deepEqual(await rig.states(), { delivered: CHATS.length });
	const recovered = await rig.store.events.list({ type: 'webhook.recovered' }, { limit: 5 });
	assert.equal(recovered.items.length, 1);
	assert.equal(rig.webhooks.get(failing.id)?.failing, undefined);
});

test('nothing is claimed for a webhook whose circuit is open, and a shutdown leaves nothing in sending', async () => {
	let claims = 0;
	const rig = await startRig(
		{},
		{
			work: (work) => ({
				...work,
				claimDue: (request) => {
					claims += 1;
					return work.claimDue(request);
				},
			}),
		},
	);
	await rig.webhook();
	rig.sender.decide = () => answer(503);
	for (let n = 0; n < 40; n += 1) await rig.happen(`chat${n}`, `m${n}`);
	await rig.clock.advance(10_000);
	const before = claims;
	await rig.clock.advance(10 * MINUTE);
	assert.equal(claims, before);
	const stopped = rig.dispatcher[Symbol.asyncDispose]();
	await rig.clock.advance(OPTIONS.shutdownGraceMs);
	await stopped;
	assert.deepEqual(await rig.states(), { pending: 40 });
	await rig[Symbol.asyncDispose]();
});
