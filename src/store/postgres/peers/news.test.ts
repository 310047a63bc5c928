/** News between processes: heard where they listen, and found by looking where they cannot. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, PeersRig } from '../../../../test/support/peers-rig.ts';
import { fromPayload, type Tidings, toPayloads, toWord } from './words.ts';

const WRITE_WEBHOOK = `INSERT INTO webhooks (id, account_id, dialect, origin, url, subscriptions, delivery_order, enabled, secrets, settings, created_at, updated_at)
	VALUES ($1, 'acc_1', 'z-api', 'api', 'https://example.com', '{}', 'chat', true, '[]', '{}', 0, 0)`;

describe('news', () => {
	test('are heard by the others and not by who tells them', async () => {
		await using rig = await PeersRig.open();
		const [teller, first, second] = await rig.members(3);
		assert.ok(teller && first && second);
		teller.peers.tell({ kind: 'webhook', webhookId: 'whk_1' });
		teller.peers.tell({ kind: 'queue', instanceId: 'ins_1' });
		teller.peers.tell({ kind: 'chores' });
		const told = [{ kind: 'webhook', webhookId: 'whk_1' }, { kind: 'queue', instanceId: 'ins_1' }, { kind: 'chores' }];
		await becomes('both to hear them', () => [first, second].every(({ heard }) => heard.length === 3));
		assert.deepEqual(first.heard, told);
		assert.deepEqual(second.heard, told);
		first.peers.tell({ kind: 'look' });
		await becomes('the first to be heard', () => teller.has('look'));
		assert.deepEqual(teller.heard, [{ kind: 'look' }]);
	});

	test('that are told within a moment are told once, however many there are', async () => {
		await using rig = await PeersRig.open();
		const [teller, hears] = await rig.members(2);
		assert.ok(teller && hears);
		const ids = Array.from({ length: 1_000 }, (_, n) => `whk_${n.toString(16).padStart(32, '0')}`);
		for (const webhookId of [...ids, ...ids]) teller.peers.tell({ kind: 'due', webhookId });
		teller.peers.tell({ kind: 'chores' });
		await becomes('the last to be heard', () => hears.has('chores'));
		assert.deepEqual(
			hears.heard.slice(0, -1),
			ids.map((webhookId) => ({ kind: 'due', webhookId })),
		);
	});

	test('of records come as their transaction wrote them', async () => {
		await using rig = await PeersRig.open();
		const member = await rig.member();
		await rig.rows(`SELECT pg_notify('recado_records', 'accounts acc_1')`);
		await becomes('it to be heard', () => member.recordsTold.includes('accounts acc_1'));
	});

	test('of webhooks that nobody told are found by looking', async () => {
		await using rig = await PeersRig.open();
		const member = await rig.member({ leaseMs: 900 });
		await rig.rows(WRITE_WEBHOOK, ['whk_1']);
		const heard = (webhookId: string): boolean => member.heard.some((news) => news.kind === 'webhook' && news.webhookId === webhookId);
		await becomes('the new one to be found', () => heard('whk_1'));
		member.forget();
		await rig.rows(WRITE_WEBHOOK, ['whk_2']);
		await rig.rows(`DELETE FROM webhooks WHERE id = 'whk_1'`);
		await becomes('both to be found', () => heard('whk_1') && heard('whk_2'));
	});

	test('without LISTEN there is somebody who looks, and members are found', async () => {
		await using rig = await PeersRig.open();
		const [first, second] = await rig.members(2, { isListening: false });
		assert.ok(first && second);
		await becomes('a look at everything', () => first.has('look') && first.has('instances') && first.has('chores'));
		await rig.rows(WRITE_WEBHOOK, ['whk_1']);
		await becomes('the webhook to be found', () => [first, second].every((one) => one.has('webhook')));
		await second.peers.leave();
		await becomes('the other to be alone', () => first.peers.members.length === 1);
	});
});

describe('the words of a notification', () => {
	const all: readonly Tidings[] = [
		{ kind: 'webhook', webhookId: 'whk_1' },
		{ kind: 'due', webhookId: 'whk_2' },
		{ kind: 'look' },
		{ kind: 'queue', instanceId: 'ins_1' },
		{ kind: 'instances' },
		{ kind: 'chores' },
		{ kind: 'members' },
		{ kind: 'errands', token: 7 },
		{ kind: 'answered', errandId: 8 },
	];

	test('say what was told', () => {
		const [payload = ''] = toPayloads('teller', all.map(toWord));
		assert.deepEqual(fromPayload(payload), { teller: 'teller', tidings: all });
	});

	test('are passed over where a newer version knows more of them', () => {
		assert.deepEqual(fromPayload('teller weather:fine look').tidings, [{ kind: 'look' }]);
	});

	test('go into several notifications where they are many', () => {
		const words = Array.from({ length: 500 }, (_, n) => `webhook:whk_${n.toString(16).padStart(32, '0')}`);
		const payloads = toPayloads('teller', words);
		assert.ok(payloads.length > 1 && payloads.every((payload) => Buffer.byteLength(payload) < 8_000));
		assert.equal(payloads.flatMap((payload) => fromPayload(payload).tidings).length, words.length);
	});

	test('are none where nothing is to be told', () => {
		assert.deepEqual(toPayloads('teller', []), []);
	});
});
