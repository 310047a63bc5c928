/** What goes wrong around a delivery, and what is true afterwards: it is never stuck, nothing is taken from others, no change is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecadoError } from '../../src/errors.ts';
import type { OutboundResult } from '../../src/ports/sender.ts';
import { answer, MINUTE, OPTIONS, plain, startRig } from './rig.ts';

const unavailable = (): Promise<never> => Promise.reject(new RecadoError('store_unavailable'));

test('where disabling a webhook that is gone fails, its delivery is tried again instead of being held for ever', async () => {
	let failures = 1;
	await using rig = await startRig({}, { onGone: (disable) => (id) => (failures-- > 0 ? unavailable() : disable(id)) });
	const webhook = await rig.webhook();
	rig.sender.decide = () => answer(410);
	await rig.happen('a', 'a1');
	await rig.clock.advance(MINUTE);
	assert.equal(rig.webhooks.get(webhook.id)?.enabled, false);
	assert.deepEqual(await rig.states(), { dead: 1 });
});

test('where overtaking fails, the next of the lane is tried again instead of being held for ever', async () => {
	let failures = 1;
	await using rig = await startRig(
		{},
		{
			work: (work) => ({ ...work, overtake: (id) => (failures-- > 0 ? unavailable() : work.overtake(id)) }),
		},
	);
	await rig.webhook();
	rig.sender.decide = (body) => answer(body === 'a1' ? 500 : 200);
	await rig.happen('a', 'a1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(15 * MINUTE);
	assert.ok(rig.sender.bodies().includes('a2'));
});

test('where the store refuses what became of an attempt, it is written when it can be, and nothing is sent twice for it', async () => {
	let failures = 3;
	await using rig = await startRig(
		{},
		{
			work: (work) => ({ ...work, settle: (settlement) => (failures-- > 0 ? unavailable() : work.settle(settlement)) }),
		},
	);
	await rig.webhook();
	await rig.happen('a', 'a1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(MINUTE);
	assert.deepEqual(rig.sender.bodies(), ['a1', 'a2']);
	assert.deepEqual(await rig.states(), { delivered: 2 });
});

test('a person is told, once, of a webhook that is gone', async () => {
	const told: string[] = [];
	await using rig = await startRig({}, { observer: { webhookDisabled: (id, reason) => void told.push(`${id} ${reason}`) } });
	const webhook = await rig.webhook();
	rig.sender.decide = () => answer(410);
	for (const chat of ['a', 'b', 'c']) await rig.happen(chat, chat);
	await rig.clock.advance(MINUTE);
	assert.deepEqual(told, [`${webhook.id} gone`]);
});

test('what a failing renderer leaves behind takes no room', async () => {
	const renderer = {
		...plain,
		render: (...[event, webhook]: Parameters<typeof plain.render>) => {
			if (webhook.url.endsWith('/broken')) throw new Error('cannot be written');
			return plain.render(event, webhook);
		},
	};
	await using rig = await startRig({}, { renderer });
	await rig.webhook('/');
	const broken = await rig.webhook('/broken');
	for (let turn = 0; turn < OPTIONS.inFlightMax; turn++) await assert.rejects(rig.happen('a', 'lost'), /cannot be written/);
	await rig.webhooks.delete(broken.id);
	await rig.happen('a', 'a1');
	await rig.clock.advance(MINUTE);
	assert.deepEqual(rig.sender.bodies(), ['a1']);
});

test('a long lane gives its room back where all room is taken and others wait', async () => {
	await using rig = await startRig({ inFlightMax: 1 });
	await rig.webhook('/busy');
	await rig.webhook('/patient');
	const gate = Promise.withResolvers<OutboundResult>();
	rig.sender.decide = (body) => (body === 'a1' ? gate.promise : answer(200));
	for (const name of ['a1', 'a2', 'a3', 'a4']) await rig.happen('a', name);
	gate.resolve(answer(200));
	await rig.clock.advance(1);
	const paths = rig.sender.requests.map(({ path }) => path);
	assert.ok(paths.indexOf('/patient') < 3, paths.join(' '));
});

test('patience counts from the commit: what is told late is not dead at its first failure', async () => {
	await using rig = await startRig();
	await rig.webhook();
	rig.sender.decide = () => answer(rig.sender.requests.length === 1 ? 500 : 200);
	await rig.happen('a', 'told late', rig.clock.now() - 2 * OPTIONS.patienceMs);
	await rig.clock.advance(MINUTE);
	assert.deepEqual(await rig.states(), { delivered: 1 });
});

test('a replay has its schedule from the start, however old the delivery is', async () => {
	await using rig = await startRig({ patienceMs: 10 * MINUTE });
	await rig.webhook();
	await rig.happen('a', 'a1');
	await rig.clock.advance(20 * MINUTE);
	const [delivery] = (await rig.store.deliveries.list({}, { limit: 1 })).items;
	rig.sender.decide = () => answer(rig.sender.requests.length === 2 ? 500 : 200);
	await rig.replays.replay(delivery?.id ?? '');
	await rig.clock.advance(MINUTE);
	assert.equal(rig.sender.requests.length, 3);
	assert.deepEqual(await rig.states(), { delivered: 1 });
});

test('changes of a webhook at the same time all hold', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	const [{ secret }] = await Promise.all([
		rig.webhooks.rotateSecret(webhook.id),
		rig.webhooks.update(webhook.id, { order: 'none' }),
		rig.webhooks.update(webhook.id, { url: 'https://receiver.example/new' }),
		rig.webhooks.disableGone(webhook.id),
	]);
	const after = await rig.store.webhooks.webhook(webhook.id);
	assert.deepEqual([after?.order, after?.url, after?.enabled], ['none', 'https://receiver.example/new', false]);
	assert.equal(after && rig.webhooks.secretOf(after), secret);
	assert.deepEqual(rig.webhooks.get(webhook.id), after);
});

test('a webhook that is changed while it is found to be gone does not lose what waits', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	rig.sender.decide = () => answer(410);
	const rotated = Promise.all([rig.happen('a', 'a1'), rig.happen('a', 'a2')]).then(() => rig.webhooks.rotateSecret(webhook.id));
	await rotated;
	await rig.clock.advance(1);
	rig.sender.decide = () => answer(200);
	await rig.webhooks.update(webhook.id, { enabled: true });
	await rig.clock.advance(MINUTE);
	assert.deepEqual(await rig.states(), { dead: 1, delivered: 1 });
});

test('slots assigned at the same time all hold, and those with one URL share a webhook', async () => {
	await using rig = await startRig();
	await rig.webhook();
	const owner = { accountId: 'acc_1', dialect: 'recado' } as const;
	const slots = ['one', 'two', 'three', 'four', 'five'];
	await Promise.all(slots.map((slot) => rig.webhooks.assignSlots(owner, { [slot]: { url: 'https://receiver.example/all' } })));
	const registered = rig.webhooks.list({ dialect: 'recado' }).filter(({ origin }) => origin === 'dialect');
	assert.deepEqual(
		registered.map(({ subscriptions }) => Object.keys(subscriptions).sort()),
		[[...slots].sort()],
	);
});

test('registering an URL again is a person’s word: a webhook that was gone is enabled, one that a person disabled is not', async () => {
	await using rig = await startRig();
	await rig.webhook();
	const owner = { accountId: 'acc_1', dialect: 'recado' } as const;
	const register = (path: string): Promise<void> =>
		rig.webhooks.assignSlots(owner, { 'instance.disconnected': { url: `https://receiver.example${path}` } });
	const registered = () => rig.webhooks.list({ dialect: 'recado' }).find(({ origin }) => origin === 'dialect');
	await register('/old');
	rig.sender.decide = (_body, path) => answer(path === '/old' ? 410 : 200);
	await rig.happen('a', 'a1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(1);
	assert.equal(registered()?.enabled, false);
	await register('/new');
	await rig.clock.advance(1);
	assert.equal(registered()?.enabled, true);
	assert.equal(registered()?.disabledReason, undefined);
	assert.deepEqual(rig.sender.bodies('/new'), ['a2']);
	await rig.webhooks.update(registered()?.id ?? '', { enabled: false });
	await register('/newer');
	assert.equal(registered()?.enabled, false);
});

test('headers that HTTP cannot carry are refused when they are set', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	for (const headers of [{ 'x y': '1' }, { '': '1' }, { 'x-a': 'one\r\nx-b: two' }, { 'x-a': 'Olá ☕' }, { 'x:a': '1' }]) {
		await assert.rejects(
			rig.webhooks.update(webhook.id, { headers }),
			(error) => error instanceof RecadoError && error.code === 'invalid_request',
			JSON.stringify(headers),
		);
	}
	await rig.webhooks.update(webhook.id, { headers: { authorization: 'Bearer é', 'X-Tenant': '' } });
	for (const name of ['Webhook-Signature', 'webhook-id', 'Host', 'content-length', 'Transfer-Encoding']) {
		await assert.rejects(
			rig.webhooks.update(webhook.id, { headers: { [name]: 'x' } }),
			(error) => error instanceof RecadoError && error.code === 'webhook_header_reserved',
			name,
		);
	}
});

test('a webhook that its dialect could tell nothing is refused, when made and when changed', async () => {
	await using rig = await startRig();
	const webhook = await rig.webhook();
	const { accountId, url } = webhook;
	await assert.rejects(rig.webhooks.create({ accountId, dialect: 'recado', events: [], url }), { code: 'webhook_tells_nothing' });
	await assert.rejects(rig.webhooks.update(webhook.id, { events: [] }), { code: 'webhook_tells_nothing' });
	assert.deepEqual(rig.webhooks.get(webhook.id)?.subscriptions, webhook.subscriptions);
});

test('while a receiver cannot be reached at all nobody overtakes, however few its chats are', async () => {
	await using rig = await startRig();
	await rig.webhook();
	const down: OutboundResult = {
		kind: 'failed',
		errorClass: 'connect',
		errorCause: 'connection-refused',
		message: 'refused',
		timings: { totalMs: 1 },
	};
	rig.sender.decide = () => down;
	await rig.happen('a', 'a1');
	await rig.happen('a', 'a2');
	await rig.clock.advance(20 * MINUTE);
	assert.deepEqual([...new Set(rig.sender.bodies())], ['a1']);
	const head = (await rig.store.deliveries.list({}, { limit: 2 })).items.find(({ attempts }) => attempts > 0);
	assert.equal(head?.lastError, 'connect');
	const [attempt] = await rig.store.deliveries.attempts(head?.id ?? '');
	assert.deepEqual(
		[attempt?.errorClass, attempt?.errorCause, attempt?.errorMessage, attempt?.status],
		['connect', 'connection-refused', 'refused', undefined],
	);
	rig.sender.decide = () => answer(200);
	await rig.clock.advance(40 * MINUTE);
	assert.deepEqual(rig.sender.bodies().slice(-2), ['a1', 'a2']);
});
