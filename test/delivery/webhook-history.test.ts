/** What became of a webhook is kept with each change of it, newest first, so much of it, and as long as the webhook itself. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { WebhookPast } from '../../src/delivery/webhook-history.ts';
import { HISTORY_MAX } from '../../src/delivery/webhook-history.ts';
import { answer, MINUTE, type Rig, startRig } from './rig.ts';

/** Oldest first, without the times. */
async function told(rig: Rig, id: string): Promise<readonly Omit<WebhookPast, 'at'>[]> {
	return (await rig.webhooks.history(id)).map(({ at: _at, ...past }) => past).toReversed();
}

suite('the history of a webhook', () => {
	test('its circuit opens and closes', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook('/shop');
		rig.sender.decide = () => answer(503);
		for (const chat of ['a', 'b', 'c', 'd', 'e']) await rig.happen(chat, `${chat}1`);
		await rig.clock.advance(100);
		const since = rig.webhooks.get(id)?.failing?.since;
		assert.ok(since !== undefined);
		rig.sender.decide = () => answer(200);
		await rig.clock.advance(MINUTE);
		assert.deepEqual(await told(rig, id), [
			{ kind: 'created' },
			{ kind: 'failing', errorClass: 'status', failuresInARow: 5 },
			{ kind: 'recovered', failingSince: since },
		]);
		const times = (await rig.webhooks.history(id)).map(({ at }) => at);
		assert.deepEqual(
			times,
			times.toSorted((a, b) => b - a),
		);
	});

	test('what people do with it, and why; what changes nothing is not told', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook('/shop');
		await rig.webhooks.update(id, { enabled: false, disabledReason: 'Loja em reforma' });
		assert.equal(rig.webhooks.get(id)?.disabledReason, 'Loja em reforma');
		await rig.webhooks.update(id, { enabled: false });
		await rig.webhooks.update(id, { enabled: true, disabledReason: 'ignored: it is enabled' });
		assert.equal(rig.webhooks.get(id)?.disabledReason, undefined);
		await rig.webhooks.update(id, { url: 'https://receiver.example/other', concurrency: 2, order: 'chat' });
		await rig.webhooks.update(id, { headers: { 'x-shop': '1' }, signatures: ['v1', 'v1a'], scheduleMs: [0, 1_000] });
		await rig.webhooks.rotateSecret(id);
		assert.deepEqual(await told(rig, id), [
			{ kind: 'created' },
			{ kind: 'disabled', reason: 'Loja em reforma' },
			{ kind: 'enabled' },
			{ kind: 'changed', settings: ['url', 'concurrency'] },
			{ kind: 'changed', settings: ['headers', 'signatures', 'scheduleMs'] },
			{ kind: 'secret-rotated' },
		]);
	});

	test('a receiver that is gone', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook('/shop');
		rig.sender.decide = () => answer(410);
		await rig.happen('a', 'a1');
		await rig.clock.advance(100);
		assert.deepEqual((await told(rig, id)).at(-1), { kind: 'disabled', reason: 'gone' });
	});

	test('how long older secrets sign', async () => {
		await using rig = await startRig({ secretOverlapMs: 10 * MINUTE });
		const { id } = await rig.webhook('/shop');
		const untilOf = (): readonly number[] => {
			const webhook = rig.webhooks.get(id);
			return webhook ? rig.webhooks.olderSecretsUntil(webhook) : [];
		};
		assert.deepEqual(untilOf(), []);
		const rotatedAt = rig.clock.now();
		await rig.webhooks.rotateSecret(id);
		assert.deepEqual(untilOf(), [rotatedAt + 10 * MINUTE]);
		await rig.clock.advance(11 * MINUTE);
		assert.deepEqual(untilOf(), []);
	});

	test('the newest are kept, and they go with the webhook', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook('/shop');
		const other = await rig.webhook('/other');
		for (let round = 0; round <= HISTORY_MAX; round += 1) await rig.webhooks.update(id, { concurrency: 1 + (round % 2) });
		const kept = await told(rig, id);
		assert.deepEqual([kept.length, kept[0]?.kind], [HISTORY_MAX, 'changed']);
		const stored = (): Promise<number> =>
			rig.store.documents.documents({ collection: 'webhook-history', order: 'oldest', limit: 1_000 }).then((all) => all.length);
		assert.equal(await stored(), HISTORY_MAX + 1);
		await rig.webhooks.delete(id);
		assert.equal(await stored(), 1);
		assert.deepEqual(await told(rig, other.id), [{ kind: 'created' }]);
	});
});
