/** How a webhook is served as a person chose it: kept over a restart, seen on the wire, refused out of its bounds. */
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { suite, test } from 'node:test';
import { Webhook as Verifier } from 'standardwebhooks';
import type { WebhookSettings, WebhookWish } from '../../src/delivery/services.ts';
import { type ErrorCode, RecadoError } from '../../src/errors.ts';
import { answer, OPTIONS, type Rig, startRig } from './rig.ts';

const WISH: WebhookWish = { accountId: 'acc_1', dialect: 'recado', events: ['instance.disconnected'], url: 'https://receiver.example/' };

async function refusal(work: () => Promise<unknown>): Promise<RecadoError> {
	const error = await work().then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	assert.ok(error instanceof RecadoError, 'it was not refused');
	return error;
}

async function codeOf(work: () => Promise<unknown>): Promise<ErrorCode> {
	return (await refusal(work)).code;
}

/** The headers of the attempt of an event that happens now. */
async function nextAttempt(rig: Rig): Promise<{ readonly headers: Readonly<Record<string, string>>; readonly body: string }> {
	const before = rig.sender.requests.length;
	await rig.happen('a', `a${before}`);
	await rig.clock.advance(10);
	const request = rig.sender.requests[before];
	assert.ok(request);
	return request;
}

/** As a receiver does it that knows `whpk_…` and nothing else. */
function isSignedBy(publicKey: string | undefined, { headers, body }: Awaited<ReturnType<typeof nextAttempt>>): boolean {
	const x = Buffer.from((publicKey ?? '').replace(/^whpk_/, ''), 'base64').toString('base64url');
	const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
	const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
	const signatures = (headers['webhook-signature'] ?? '').split(' ').filter((one) => one.startsWith('v1a,'));
	return signatures.some((one) => verify(null, content, key, Buffer.from(one.slice(4), 'base64')));
}

function schemesOf({ headers }: { readonly headers: Readonly<Record<string, string>> }): readonly (string | undefined)[] {
	return (headers['webhook-signature'] ?? '').split(' ').map((one) => one.split(',')[0]);
}

suite('the settings of a webhook', () => {
	test('are kept over a restart and seen on the wire, and the record of the attempt has none of the secrets', async () => {
		await using rig = await startRig();
		await rig.webhook('/first');
		const { webhook, secret } = await rig.webhooks.create({
			...WISH,
			headers: { 'X-Shop': 'header-secret' },
			authentication: { scheme: 'basic', username: 'açaí', password: 'pass:word' },
			signatures: ['v1a', 'v1'],
			...{ order: 'webhook', scheduleMs: [0, 60_000], patienceMs: 120_000, concurrency: 7, ratePerSecond: 0.5 },
		});
		const publicKey = rig.webhooks.publicKeyOf(webhook);
		await rig.stop();
		await rig.start();
		const kept = rig.webhooks.get(webhook.id);
		assert.deepEqual(kept, webhook);
		assert.equal(kept && rig.webhooks.publicKeyOf(kept), publicKey);
		assert.deepEqual(rig.webhooks.headerNamesOf(webhook), ['X-Shop']);
		assert.ok(!JSON.stringify(kept).includes('header-secret'));

		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		const request = rig.sender.requests.find((one) => one.path === '/');
		assert.ok(request);
		assert.equal(request.headers['X-Shop'], 'header-secret');
		assert.equal(request.headers['authorization'], `Basic ${Buffer.from('açaí:pass:word').toString('base64')}`);
		assert.deepEqual(schemesOf(request), ['v1', 'v1a']);
		const { 'webhook-timestamp': timestamp } = request.headers;
		assert.equal(timestamp, String(Math.floor(rig.clock.wall() / 1000)));
		const signed = new Verifier(secret).sign(request.headers['webhook-id'] ?? '', new Date(Number(timestamp) * 1000), 'a1');
		assert.equal(request.headers['webhook-signature']?.split(' ')[0], signed);
		assert.ok(isSignedBy(publicKey, request));

		const { items } = await rig.store.deliveries.list({ webhookId: webhook.id }, { limit: 1 });
		const recorded = JSON.stringify(await rig.store.deliveries.attempts(items[0]?.id ?? ''));
		assert.match(recorded, /"authorization":"\[secret\]"/);
		assert.doesNotMatch(recorded, /header-secret|Basic /);
	});

	test('a change touches what it names alone; null is the default again', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		const settings: WebhookSettings = { scheduleMs: [0, 5], patienceMs: 2_000, concurrency: 3, ratePerSecond: 1_000 };
		await rig.webhooks.update(id, { ...settings, authentication: { scheme: 'bearer', token: 'tok' }, headers: { 'x-a': '1' } });
		assert.equal((await nextAttempt(rig)).headers['authorization'], 'Bearer tok');
		const changed = await rig.webhooks.update(id, { concurrency: 4 });
		assert.deepEqual([changed.scheduleMs, changed.patienceMs, changed.concurrency, changed.ratePerSecond], [[0, 5], 2_000, 4, 1_000]);
		const cleared = await rig.webhooks.update(id, {
			...{ scheduleMs: null, patienceMs: null, concurrency: null, ratePerSecond: null },
			...{ authentication: null, headers: {} },
		});
		for (const name of ['scheduleMs', 'patienceMs', 'concurrency', 'ratePerSecond', 'authorization', 'sealedHeaders']) {
			assert.ok(!(name in cleared), name);
		}
		const { headers } = await nextAttempt(rig);
		assert.deepEqual([headers['authorization'], headers['x-a']], [undefined, undefined]);
	});

	test('out of their bounds they are refused, all at once and by name, and nothing is changed', async () => {
		await using rig = await startRig();
		const webhook = await rig.webhook();
		const bad: WebhookSettings = {
			...{ signatures: [], scheduleMs: [], patienceMs: 30 * 86_400_000 + 1, concurrency: 0, ratePerSecond: 10_001 },
		};
		const { faults } = await refusal(() => rig.webhooks.update(webhook.id, bad));
		assert.deepEqual(
			faults.map(({ path }) => path),
			['signatures', 'scheduleMs.length', 'patienceMs', 'concurrency', 'ratePerSecond'],
		);
		for (const wrong of [
			{ concurrency: 1.5 },
			{ concurrency: 1_001 },
			{ ratePerSecond: 0 },
			{ ratePerSecond: Number.NaN },
			{ scheduleMs: Array<number>(51).fill(0) },
			{ scheduleMs: [0, -1] },
			{ authentication: { scheme: 'basic', username: 'a:b', password: '' } },
			{ authentication: { scheme: 'basic', username: 'a', password: 'x\ny' } },
			{ authentication: { scheme: 'bearer', token: 'a b' } },
			{ headers: { 'x-a': 'a\r\nx-forged: b' } },
			{ headers: { 'X-A': '1', 'x-a': '2' } },
		] as const) {
			assert.equal(await codeOf(() => rig.webhooks.create({ ...WISH, ...wrong })), 'invalid_request', JSON.stringify(wrong));
		}
		assert.deepEqual(rig.webhooks.list({}), [webhook]);
		for (const fine of [{ concurrency: 1_000 }, { ratePerSecond: 0.001 }, { scheduleMs: Array<number>(50).fill(0) }]) {
			await rig.webhooks.update(webhook.id, fine);
		}
	});

	test('a form is one of the dialect, or refused by name', async () => {
		await using rig = await startRig();
		await rig.webhook('/first');
		const error = await refusal(() => rig.webhooks.create({ ...WISH, form: 'legacy' }));
		assert.equal(error.code, 'invalid_request');
		assert.match(error.tell('en'), /form/);
	});

	test('no header of ours can be overridden, in whatever case it is written', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		const sent = Object.keys((await nextAttempt(rig)).headers);
		assert.ok(sent.includes('webhook-signature'));
		for (const name of [
			...sent,
			'traceparent',
			'Tracestate',
			'Host',
			'Content-Length',
			'Transfer-Encoding',
			'recado-replay',
			'Webhook-Other',
		]) {
			const headers = { [name.toUpperCase()]: 'mine' };
			assert.equal(await codeOf(() => rig.webhooks.update(id, { headers })), 'webhook_header_reserved', name);
		}
	});

	test('of headers whose values nobody can read again each is kept by null, whatever the others become; what is not there cannot be', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		await rig.webhooks.update(id, { headers: { 'X-Key': 'secret', 'X-Shop': '42', 'X-Old': 'gone' } });
		await rig.webhooks.update(id, { headers: { 'x-key': null, 'X-Shop': '43', 'X-New': 'new' } });
		const { headers } = await nextAttempt(rig);
		const own = Object.entries(headers).filter(([name]) => /^x-/i.test(name));
		assert.deepEqual(own, Object.entries({ 'x-key': 'secret', 'X-Shop': '43', 'X-New': 'new' }));
		const none = await refusal(() => rig.webhooks.update(id, { headers: { 'X-Key': null, 'X-Old': null } }));
		assert.deepEqual([none.code, none.faults.map(({ path }) => path)], ['invalid_request', ['headers.X-Old']]);
		assert.equal(await codeOf(() => rig.webhooks.create({ ...WISH, headers: { 'X-Key': null } })), 'invalid_request');
		const reserved = await refusal(() => rig.webhooks.update(id, { headers: { Host: 'a', 'X-Key': null, 'Content-Length': '1' } }));
		assert.deepEqual(
			reserved.faults.map(({ path }) => path),
			['headers.Host', 'headers.Content-Length'],
		);
	});

	test('who we are is said once: by authentication, or by a header of the webhook', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		const authentication = { scheme: 'bearer', token: 'tok' } as const;
		const headers = { Authorization: 'Digest x' };
		assert.equal(await codeOf(() => rig.webhooks.create({ ...WISH, authentication, headers })), 'webhook_authorized_twice');
		await rig.webhooks.update(id, { headers });
		assert.equal((await nextAttempt(rig)).headers['Authorization'], 'Digest x');
		assert.equal(await codeOf(() => rig.webhooks.update(id, { authentication })), 'webhook_authorized_twice');
		await rig.webhooks.update(id, { authentication, headers: {} });
		assert.equal(await codeOf(() => rig.webhooks.update(id, { headers })), 'webhook_authorized_twice');
		await rig.webhooks.update(id, { authentication: null, headers });
		assert.deepEqual(
			Object.keys((await nextAttempt(rig)).headers).filter((name) => /authorization/i.test(name)),
			['Authorization'],
		);
	});
});

suite('the keys of a webhook', () => {
	test('rotated, old and new sign for the overlap, of both schemes', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		const before = await rig.webhooks.update(id, { signatures: ['v1', 'v1a'] });
		const { webhook: after } = await rig.webhooks.rotateSecret(id);
		const keys = [rig.webhooks.publicKeyOf(before), rig.webhooks.publicKeyOf(after)];
		assert.notEqual(keys[0], keys[1]);
		const during = await nextAttempt(rig);
		assert.deepEqual(schemesOf(during), ['v1', 'v1', 'v1a', 'v1a']);
		assert.deepEqual(
			keys.map((key) => isSignedBy(key, during)),
			[true, true],
		);
		await rig.clock.advance(OPTIONS.secretOverlapMs);
		const later = await nextAttempt(rig);
		assert.deepEqual(schemesOf(later), ['v1', 'v1a']);
		assert.deepEqual(
			keys.map((key) => isSignedBy(key, later)),
			[false, true],
		);
	});

	test('four are valid at most; then a rotation waits until one has ended', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		for (let rotation = 0; rotation < 3; rotation++) {
			await rig.webhooks.rotateSecret(id);
			await rig.clock.advance(60_000);
		}
		assert.equal(schemesOf(await nextAttempt(rig)).length, 4);
		const kept = rig.webhooks.get(id);
		const error = await refusal(() => rig.webhooks.rotateSecret(id));
		assert.equal(error.code, 'webhook_rotated_too_often');
		const firstEnd = new Date(rig.clock.now() - 180_010 + OPTIONS.secretOverlapMs).toISOString();
		assert.deepEqual(error.details, { limit: 4, until: firstEnd });
		assert.deepEqual(rig.webhooks.get(id), kept);
		await rig.clock.advanceTo(Date.parse(firstEnd));
		await rig.webhooks.rotateSecret(id);
		assert.equal(schemesOf(await nextAttempt(rig)).length, 4);
	});

	test('a key pair goes with v1a; signing so again has another public key', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		const first = rig.webhooks.publicKeyOf(await rig.webhooks.update(id, { signatures: ['v1a'] }));
		assert.match(first ?? '', /^whpk_[A-Za-z0-9+/]{43}=$/);
		assert.deepEqual(schemesOf(await nextAttempt(rig)), ['v1a']);
		const without = await rig.webhooks.update(id, { signatures: ['v1'] });
		assert.deepEqual([without.keyPairs, rig.webhooks.publicKeyOf(without)], [[], undefined]);
		assert.deepEqual(schemesOf(await nextAttempt(rig)), ['v1']);
		assert.notEqual(rig.webhooks.publicKeyOf(await rig.webhooks.update(id, { signatures: ['v1', 'v1a'] })), first);
	});

	test('all that is sealed of a webhook is sealed again when the key of the gateway is rotated', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		await rig.webhooks.update(id, {
			headers: { 'x-a': '1' },
			authentication: { scheme: 'bearer', token: 'tok' },
			signatures: ['v1', 'v1a'],
		});
		rig.sender.decide = () => answer(200);
		await rig.store.sealedSecrets.resealAll((sealed) => `new:${sealed}`);
		const webhook = await rig.store.webhooks.webhook(id);
		const sealed = [
			webhook?.sealedHeaders,
			webhook?.authorization?.sealed,
			...(webhook?.secrets ?? []).map((one) => one.sealed),
			...(webhook?.keyPairs ?? []).map((one) => one.sealed),
		];
		assert.equal(sealed.length, 4);
		for (const one of sealed) assert.match(one ?? '', /^new:/);
	});
});
