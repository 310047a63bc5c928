/** The janitor over a real store: what is too old ends, a little at a time, and nothing else does. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { suite, test } from 'node:test';
import { RecadoError } from '../../src/errors.ts';
import { BLOB_GRACE_MS } from '../../src/ports/blobs.ts';
import { onSqliteAlone } from '../support/open-store.ts';
import { until } from '../support/waiting.ts';
import { answer, MINUTE, type Rig, startRig, UPKEEP } from './rig.ts';

const HOUR = 60 * MINUTE;

/** Its circuit is open, and five deliveries wait. */
async function failing(rig: Rig, patienceMs: number): Promise<string> {
	const { id } = await rig.webhook();
	await rig.webhooks.update(id, { patienceMs });
	rig.sender.decide = () => answer(503);
	for (const chat of ['a', 'b', 'c', 'd', 'e']) await rig.happen(chat, `${chat}1`);
	await rig.clock.advance(10);
	assert.ok(rig.webhooks.get(id)?.failing);
	return id;
}

suite('the janitor', () => {
	test('gives up what is older than the patience of a webhook that is only probed, in batches; the rest is kept', async () => {
		const ended: unknown[] = [];
		await using rig = await startRig({}, { observer: { deliveriesEnded: (told) => void ended.push(told) } });
		const webhookId = await failing(rig, HOUR);
		await rig.clock.advance(HOUR - 2 * MINUTE);
		rig.janitor.start();
		await rig.happen('a', 'young');
		await rig.clock.advance(MINUTE);
		assert.deepEqual(await rig.states(), { pending: 6 });
		await rig.clock.advance(2 * MINUTE);
		assert.deepEqual(await rig.states(), { pending: 1, dead: 5 });
		const told = { accountId: 'acc_1', webhookId, outcome: 'dead', reason: 'expired' };
		assert.deepEqual(ended, [
			{ ...told, count: 3 },
			{ ...told, count: 2 },
		]);
		rig.sender.decide = () => answer(200);
		rig.sender.requests.length = 0;
		await rig.clock.advance(MINUTE);
		assert.deepEqual(rig.sender.bodies(), ['young'], 'what waited behind them goes on');
	});

	test('the same where the receiver is gone, but not where a person disabled it', async () => {
		await using rig = await startRig({ patienceMs: HOUR });
		await rig.webhook('/gone');
		const { id } = await rig.webhook('/paused');
		await rig.webhooks.update(id, { enabled: false });
		rig.sender.decide = () => answer(410);
		for (const name of ['a1', 'a2']) await rig.happen('a', name);
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { dead: 1, pending: 3 });
		rig.janitor.start();
		await rig.clock.advance(HOUR + MINUTE);
		assert.deepEqual(await rig.states(), { dead: 2, pending: 2 });
		rig.sender.decide = () => answer(200);
		await rig.webhooks.update(id, { enabled: true });
		await rig.clock.advance(10);
		assert.deepEqual(rig.sender.bodies('/paused'), ['a1', 'a2']);
	});

	const inRows = onSqliteAlone('PostgreSQL drops whole partitions');
	test('deletes what is older than the retention, with a breath between the batches; what is unsettled stays', inRows, async () => {
		await using rig = await startRig({ patienceMs: 400 * 24 * HOUR });
		await rig.webhook('/ok');
		await rig.webhook('/paused', { enabled: false });
		for (let n = 1; n <= 8; n++) await rig.happen('a', `a${n}`);
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { delivered: 8, pending: 8 });
		const batches: { readonly at: number; readonly rows: number }[] = [];
		const prune = rig.store.retention.prune.bind(rig.store.retention);
		Object.assign(rig.store.retention, {
			prune: async (before: number, limit: number) => {
				const rows = await prune(before, limit);
				batches.push({ at: rig.clock.now(), rows });
				return rows;
			},
		});
		rig.clock.jumpTo(rig.clock.now() + UPKEEP.retentionMs - 2 * MINUTE);
		rig.janitor.start();
		await rig.clock.advance(MINUTE);
		assert.ok(batches.every(({ rows }) => rows === 0));
		batches.length = 0;
		await rig.clock.advance(3 * MINUTE);
		assert.deepEqual(await rig.states(), { pending: 8 });
		const full = batches.filter(({ rows }) => rows > 0);
		assert.deepEqual(
			full.map(({ rows }) => rows),
			[3, 3, 2],
		);
		const [first, second] = full;
		assert.equal((second?.at ?? 0) - (first?.at ?? 0), UPKEEP.breathMs);
		assert.equal((await rig.store.events.list({}, { limit: 20 })).items.length, 8, 'an event stays as long as one of its deliveries does');
	});

	test('ends links to media that expired, in batches, and then what nothing leads to', async () => {
		await using rig = await startRig();
		const { store, clock } = rig;
		const blob = await store.blobs.put(Readable.from([Buffer.from('bytes')]));
		const expiresAt = clock.now() + BLOB_GRACE_MS;
		const base = { accountId: 'acc_1', mimeType: 'image/png', blob, createdAt: 0, expiresAt };
		const links = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
			(name) => ({ kind: 'media.insert', medium: { ...base, id: `med_${name}` } }) as const,
		);
		await store.commit({ changes: links, events: [], deliveries: [] });
		rig.janitor.start();
		await clock.advance(BLOB_GRACE_MS - MINUTE);
		assert.ok(await store.media.medium('med_g'));
		await clock.advance(3 * MINUTE);
		const isGone = async (): Promise<boolean> => {
			const opened = await store.blobs.open(blob.sha256);
			if (opened) await Array.fromAsync(opened);
			return opened === undefined;
		};
		await until(isGone, { what: 'the end of the blob', withinMs: 60_000 });
		assert.equal(await store.media.medium('med_a'), undefined);
		assert.equal(await store.media.medium('med_g'), undefined);
	});

	test('trouble with one thing keeps no other waiting, and the next round tries again', async () => {
		const background: string[] = [];
		await using rig = await startRig({}, { observer: { background: (where) => void background.push(where) } });
		const webhookId = await failing(rig, 2_000);
		const { expire } = rig.store.deliveries;
		const pruned: number[] = [];
		Object.assign(rig.store.deliveries, { expire: () => Promise.reject(new RecadoError('store_unavailable')) });
		Object.assign(rig.store.retention, { prune: async () => pruned.push(rig.clock.now()) && 0 });
		rig.janitor.start();
		await rig.clock.advance(2.5 * UPKEEP.intervalMs);
		assert.equal(pruned.length, 3);
		assert.deepEqual(background, Array(3).fill('janitor.expire'));
		Object.assign(rig.store.deliveries, { expire: expire.bind(rig.store.deliveries) });
		await rig.clock.advance(UPKEEP.intervalMs);
		assert.deepEqual(await rig.states(), { dead: 5 });
		assert.ok(rig.webhooks.get(webhookId));
	});

	test('a stop in a breath ends it at once, and nothing of it is left in the clock', async () => {
		await using rig = await startRig();
		const webhookId = await failing(rig, 2_000);
		await rig.clock.advance(MINUTE);
		rig.janitor.start();
		await rig.clock.advance(UPKEEP.breathMs / 2);
		assert.equal((await rig.states())['dead'], 3);
		const pending = rig.clock.pending;
		await rig.janitor[Symbol.asyncDispose]();
		assert.equal(rig.clock.pending, pending - 1);
		rig.janitor.wake();
		await rig.clock.advance(10);
		assert.equal((await rig.states())['dead'], 3);
		assert.ok(rig.webhooks.get(webhookId));
	});
});
