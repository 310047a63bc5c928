/** What happens to a webhook is told to the others of its account: that it fails, is back, was disabled. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { WebhookWish } from '../../src/delivery/services.ts';
import { recadoRenderer } from '../../src/dialects/recado/renderer.ts';
import type { DomainEvent, EventType } from '../../src/domain/event.ts';
import type { Webhook } from '../../src/domain/webhook.ts';
import { RecadoError } from '../../src/errors.ts';
import { answer, type Faulty, MINUTE, type Rig, startRig } from './rig.ts';

const WEBHOOK_EVENTS: readonly EventType[] = ['webhook.failing', 'webhook.recovered', 'webhook.disabled'];

async function startTelling(faulty: Faulty = {}): Promise<Rig> {
	const rig = await startRig({}, { renderers: [recadoRenderer], ...faulty });
	await rig.webhook('/operator');
	for (const id of ['ins_1', 'ins_2']) {
		const instance = {
			id,
			accountId: 'acc_1',
			name: id,
			channel: 'simulator',
			phone: `55${id}`,
			tokenHash: id,
			state: 'connected',
		} as const;
		const change = { kind: 'instance.insert', instance: { ...instance, pacing: { minMs: 0, maxMs: 0 }, createdAt: 0 } } as const;
		await rig.store.commit({ changes: [change], events: [], deliveries: [] });
	}
	const [operator] = rig.webhooks.list({});
	await rig.webhooks.update(operator?.id ?? '', { events: WEBHOOK_EVENTS });
	return rig;
}

async function create(rig: Rig, path: string, wish: Partial<WebhookWish> = {}): Promise<Webhook> {
	const events: readonly EventType[] = ['instance.disconnected'];
	const url = `https://receiver.example${path}`;
	return (await rig.webhooks.create({ accountId: 'acc_1', dialect: 'recado', events, url, ...wish })).webhook;
}

/** The events of webhooks that came to a path, as `type` and what they say. */
function toldAt(rig: Rig, path = '/operator'): readonly { readonly type: string; readonly [key: string]: unknown }[] {
	return rig.sender
		.bodies(path)
		.map((body) => JSON.parse(body))
		.filter(({ type }) => type.startsWith('webhook.'));
}

async function eventsIn(rig: Rig): Promise<readonly DomainEvent[]> {
	const { items } = await rig.store.events.list({}, { limit: 200 });
	return items.filter(({ type }) => WEBHOOK_EVENTS.includes(type)).toReversed();
}

/** Fails until its circuit is open. */
async function fail(rig: Rig, path: string): Promise<void> {
	rig.sender.decide = (_body, at) => answer(at === path ? 503 : 200);
	for (const chat of ['a', 'b', 'c', 'd', 'e']) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(100);
}

suite('events of webhooks', () => {
	test('a circuit that opens and closes is told, in order, and kept with the webhook', async () => {
		await using rig = await startTelling();
		const shop = await create(rig, '/shop');
		await fail(rig, '/shop');
		const { failing } = rig.webhooks.get(shop.id) ?? {};
		assert.ok(failing);
		assert.deepEqual((await rig.store.webhooks.webhook(shop.id))?.failing, failing);
		rig.sender.decide = () => answer(200);
		await rig.clock.advance(MINUTE);
		const webhook = { id: shop.id, dialect: 'recado', url: shop.url };
		const [first, second, ...more] = toldAt(rig);
		assert.deepEqual(more, []);
		assert.deepEqual(
			[first, second].map((one) => [one?.type, one?.['instanceId'], one?.['data']]),
			[
				['webhook.failing', undefined, { webhook, errorClass: 'status', failuresInARow: 5 }],
				['webhook.recovered', undefined, { webhook, failingSince: new Date(failing.since).toISOString() }],
			],
		);
		assert.deepEqual(
			(await eventsIn(rig)).map(({ type }) => type),
			['webhook.failing', 'webhook.recovered'],
		);
		assert.equal((await rig.store.webhooks.webhook(shop.id))?.failing, undefined);
		assert.equal(rig.webhooks.get(shop.id)?.failing, undefined);
	});

	test('that of an instance is told to the account and to that instance, that of the account to the account; itself and those that end hear nothing', async () => {
		await using rig = await startTelling();
		for (const id of ['ins_1', 'ins_2']) await create(rig, `/${id}`, { instanceId: id, events: WEBHOOK_EVENTS });
		const wants = { events: ['instance.disconnected', ...WEBHOOK_EVENTS] } as const;
		const ofInstance = await create(rig, '/of-instance', { instanceId: 'ins_1', ...wants });
		const ofAccount = await create(rig, '/of-account', wants);
		const ending = await create(rig, '/ending', { events: ['instance.disconnected', ...WEBHOOK_EVENTS], enabled: false });
		await rig.happen('z', 'left');
		await rig.clock.advance(10);
		await rig.webhooks.delete(ending.id, 'drain');
		await rig.webhooks.update(ofInstance.id, { enabled: false });
		await rig.webhooks.update(ofAccount.id, { enabled: false });
		await rig.webhooks.update(ofInstance.id, { enabled: true });
		await rig.webhooks.update(ofAccount.id, { enabled: true });
		await rig.clock.advance(100);
		const heard = (path: string): readonly unknown[] =>
			toldAt(rig, path).map((one) => [one.type, (one['data'] as { webhook: { id: string } }).webhook.id, one['instanceId']]);
		const told = [
			['webhook.disabled', ofInstance.id, 'ins_1'],
			['webhook.disabled', ofAccount.id, undefined],
		];
		assert.deepEqual(heard('/operator'), told);
		assert.deepEqual(heard('/ins_1'), [told[0]]);
		assert.deepEqual(heard('/ins_2'), []);
		assert.deepEqual(heard('/of-instance'), []);
		assert.deepEqual(heard('/of-account'), [told[0]]);
		await rig.webhooks.update(ending.id, { enabled: true });
		await rig.clock.advance(MINUTE);
		assert.deepEqual(heard('/ending'), []);
	});

	test('a receiver that is gone is told with the reason, a person who disables with another, and neither twice', async () => {
		await using rig = await startTelling();
		const shop = await create(rig, '/shop');
		rig.sender.decide = (_body, path) => answer(path === '/shop' ? 410 : 200);
		await rig.happen('a', 'a1');
		await rig.clock.advance(100);
		assert.equal(rig.webhooks.get(shop.id)?.disabledReason, 'gone');
		const renamed = await rig.webhooks.update(shop.id, { enabled: false, headers: { 'x-a': '1' } });
		assert.equal(renamed.disabledReason, 'gone', 'why it was disabled stays until it is enabled');
		assert.equal((await rig.webhooks.update(shop.id, { enabled: true })).disabledReason, undefined);
		await rig.webhooks.update(shop.id, { enabled: false });
		await rig.clock.advance(100);
		assert.deepEqual(
			toldAt(rig).map((one) => [one.type, (one['data'] as { reason: string }).reason]),
			[
				['webhook.disabled', 'gone'],
				['webhook.disabled', 'request'],
			],
		);
	});

	test('another URL, or enabling it again, ends what was known of its receiver: told as recovered, and what slept flows', async () => {
		await using rig = await startTelling();
		const shop = await create(rig, '/shop');
		await fail(rig, '/shop');
		assert.equal(rig.webhooks.circuitOf(shop).state, 'open');
		const moved = await rig.webhooks.update(shop.id, { url: 'https://receiver.example/new-shop' });
		assert.equal(moved.failing, undefined);
		assert.equal((await rig.store.webhooks.webhook(shop.id))?.failing, undefined);
		await rig.clock.advance(500);
		assert.equal(rig.sender.bodies('/new-shop').length, 5);
		await rig.webhooks.update(shop.id, { url: 'https://receiver.example/shop' });
		await fail(rig, '/shop');
		await rig.webhooks.update(shop.id, { enabled: false });
		assert.ok(rig.webhooks.get(shop.id)?.failing);
		rig.sender.decide = () => answer(200);
		await rig.webhooks.update(shop.id, { enabled: true });
		await rig.clock.advance(100);
		assert.deepEqual(
			toldAt(rig).map(({ type }) => type),
			['webhook.failing', 'webhook.recovered', 'webhook.failing', 'webhook.disabled', 'webhook.recovered'],
		);
	});

	test('a restart neither forgets nor repeats it', async () => {
		await using rig = await startTelling();
		const shop = await create(rig, '/shop');
		await fail(rig, '/shop');
		await rig.stop();
		await rig.start({}, { renderers: [recadoRenderer] });
		assert.equal(rig.webhooks.circuitOf(shop).state, 'open');
		await rig.clock.advance(MINUTE);
		rig.sender.decide = () => answer(200);
		await rig.clock.advance(MINUTE);
		assert.deepEqual(
			toldAt(rig).map(({ type }) => type),
			['webhook.failing', 'webhook.recovered'],
		);
	});

	test('what the store refuses is told as soon as it has it, and nobody waits for it', async () => {
		const trouble = { isOn: false, count: 0 };
		const background: string[] = [];
		const observer = { background: (where: string) => void background.push(where) };
		await using rig = await startTelling({ observer });
		const shop = await create(rig, '/shop');
		const commit = rig.store.commit.bind(rig.store);
		rig.store.commit = (unit) => {
			if (!trouble.isOn || !unit.changes.some(({ kind }) => kind === 'webhook.failing')) return commit(unit);
			trouble.count += 1;
			return Promise.reject(new RecadoError('store_unavailable'));
		};
		trouble.isOn = true;
		await fail(rig, '/shop');
		await rig.clock.advance(2_000);
		assert.ok(trouble.count >= 3, String(trouble.count));
		assert.ok(background.every((where) => where === 'webhooks.circuit'));
		assert.deepEqual(await eventsIn(rig), []);
		await rig.webhooks.update(shop.id, { order: 'none' });
		trouble.isOn = false;
		await rig.clock.advance(10_000);
		assert.deepEqual(
			(await eventsIn(rig)).map(({ type }) => type),
			['webhook.failing'],
		);
		const kept = await rig.store.webhooks.webhook(shop.id);
		assert.deepEqual([kept?.order, kept?.failing?.errorClass], ['none', 'status']);
	});

	test('an example of each goes to the webhook that asks for it', async () => {
		await using rig = await startTelling();
		const [operator] = rig.webhooks.list({});
		for (const type of WEBHOOK_EVENTS) await rig.webhooks.test(operator?.id ?? '', type);
		await rig.clock.advance(100);
		assert.deepEqual(
			toldAt(rig).map(({ type }) => type),
			WEBHOOK_EVENTS,
		);
	});
});
