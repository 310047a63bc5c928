/** What only the owner of an instance can do, asked for by another process. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, type Member, PeersRig } from '../../../../test/support/peers-rig.ts';
import { RecadoError } from '../../../errors.ts';
import type { PostgresPeersParts } from './postgres-peers.ts';

interface Pair {
	readonly rig: PeersRig;
	readonly sender: Member;
	readonly owner: Member;
}

async function openPair(rig: PeersRig, wish: Partial<PostgresPeersParts> = {}): Promise<Pair> {
	const [sender, owner] = await rig.members(2, wish);
	assert.ok(sender && owner);
	assert.equal(await owner.peers.ownership.claim('ins_1'), true);
	return { rig, sender, owner };
}

async function hasNone(rig: PeersRig): Promise<boolean> {
	return (await rig.rows('SELECT id FROM errands')).length === 0;
}

describe('errands', () => {
	for (const isListening of [true, false]) {
		test(`are run by the owner, who answers${isListening ? '' : ', without LISTEN'}`, async () => {
			await using rig = await PeersRig.open();
			const { sender, owner } = await openPair(rig, { isListening });
			owner.peers.errands.serve(async (instanceId, { name, args }) => ({ instanceId, name, args }));
			const sent = Array.from({ length: 20 }, (_, n) => sender.peers.errands.send('ins_1', { name: 'greet', args: [n, 'olá\0'] }));
			assert.deepEqual(
				await Promise.all(sent),
				sent.map((_, n) => ({ instanceId: 'ins_1', name: 'greet', args: [n, 'olá\0'] })),
			);
			assert.ok(await hasNone(rig));
		});
	}

	test('of an own instance are run here', async () => {
		await using rig = await PeersRig.open();
		const { owner } = await openPair(rig);
		owner.peers.errands.serve(async () => 'here');
		assert.equal(await owner.peers.errands.send('ins_1', { name: 'greet', args: [] }), 'here');
	});

	test('that answer nothing answer undefined', async () => {
		await using rig = await PeersRig.open();
		const { sender, owner } = await openPair(rig);
		owner.peers.errands.serve(async () => undefined);
		assert.equal(await sender.peers.errands.send('ins_1', { name: 'greet', args: [] }), undefined);
	});

	test('throw here what they threw there', async () => {
		await using rig = await PeersRig.open();
		const { sender, owner } = await openPair(rig);
		owner.peers.errands.serve(async (_id, { name }) => {
			if (name === 'known') throw new RecadoError('queue_full', { details: { limit: 5 }, retryAfterSeconds: 3 });
			throw new Error('a slip');
		});
		await assert.rejects(sender.peers.errands.send('ins_1', { name: 'known', args: [] }), {
			name: 'RecadoError',
			code: 'queue_full',
			details: { limit: 5 },
			retryAfterSeconds: 3,
		});
		await assert.rejects(
			sender.peers.errands.send('ins_1', { name: 'unknown', args: [] }),
			(error) =>
				error instanceof RecadoError && error.code === 'internal' && error.cause instanceof Error && error.cause.message.endsWith('a slip'),
		);
	});

	test('for what nobody owns are refused', async () => {
		await using rig = await PeersRig.open();
		const { sender } = await openPair(rig);
		await assert.rejects(sender.peers.errands.send('ins_2', { name: 'greet', args: [] }), { code: 'store_unavailable' });
		assert.ok(await hasNone(rig));
	});

	test('that are not answered in time are given up, and nothing is left of them', async () => {
		await using rig = await PeersRig.open();
		const { sender, owner } = await openPair(rig, { errandDeadlineMs: 300 });
		owner.peers.errands.serve(() => new Promise(() => undefined));
		await assert.rejects(
			sender.peers.errands.send('ins_1', { name: 'greet', args: [] }),
			(error) => error instanceof RecadoError && error.code === 'store_unavailable' && error.retryAfterSeconds !== undefined,
		);
		assert.ok(await hasNone(rig));
	});

	test('are given up at once where their owner ends', async () => {
		await using rig = await PeersRig.open();
		const { sender, owner } = await openPair(rig, { errandDeadlineMs: 60_000 });
		let isRunning = false;
		owner.peers.errands.serve(() => {
			isRunning = true;
			return new Promise(() => undefined);
		});
		const refused = assert.rejects(sender.peers.errands.send('ins_1', { name: 'greet', args: [] }), { code: 'store_unavailable' });
		await becomes('the owner to begin', () => isRunning);
		await owner.peers.leave();
		await refused;
	});

	test('are refused by an owner that gave the instance away meanwhile', async () => {
		await using rig = await PeersRig.open();
		const { sender, owner } = await openPair(rig);
		const sent = assert.rejects(sender.peers.errands.send('ins_1', { name: 'greet', args: [] }), { code: 'store_unavailable' });
		await becomes('it to be written', async () => !(await hasNone(rig)));
		await owner.peers.ownership.release('ins_1');
		owner.peers.errands.serve(async () => assert.fail('it is not ours any more'));
		await sent;
	});
});
