/** The queue of an instance in bad weather: restarts, many messages of one chat, withdrawals, a clock that is set, a store that fails. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecadoError } from '../../src/errors.ts';
import type { SendOutcome } from '../../src/ports/channel.ts';
import { INSTANCE, type Rig, startRig } from './rig.ts';

const ANA = '5544911111111';
const BIA = '5544922222222';

test('after a restart, connected or not, a delayed message holds back later ones of its chat still', async () => {
	await using rig = await startRig();
	await rig.instances.disconnect(INSTANCE);
	await rig.send(ANA, 'first', { delayMs: 60_000 });
	await using next = await rig.restart();
	await next.send(ANA, 'second');
	await next.instances.connect(INSTANCE);
	await next.clock.advance(30_000);
	assert.deepEqual(next.channel.sent, []);
	await next.clock.advance(30_000);
	assert.deepEqual(
		next.channel.sent.map(({ text }) => text),
		['first', 'second'],
	);
});

test('the limit of the queue counts what was queued before a restart', async () => {
	await using rig = await startRig();
	await rig.instances.disconnect(INSTANCE);
	for (let count = 0; count < 5; count++) await rig.send(ANA, String(count));
	await using next = await rig.restart();
	await assert.rejects(next.send(ANA, 'one too many'), (error) => error instanceof RecadoError && error.code === 'queue_full');
});

test('a delayed message that was taken out of the queue holds nobody back', async () => {
	await using rig = await startRig();
	const delayed = await rig.send(ANA, 'withdrawn', { delayMs: 60_000 });
	await rig.sending.dequeue(INSTANCE, delayed.id);
	await rig.send(ANA, 'now');
	await rig.clock.advance(1);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['now'],
	);
});

test('hundreds of messages of a slow chat hide nobody behind them', async () => {
	await using rig = await startRig({ queueMax: 1000 });
	const slow = Promise.withResolvers<SendOutcome>();
	rig.channel.decide = ({ content }) =>
		content.kind === 'text' && content.text.startsWith('slow') ? slow.promise : { kind: 'taken', at: rig.clock.now() };
	for (let count = 0; count < 250; count++) await rig.send(ANA, `slow ${count}`);
	await rig.send(BIA, 'quick');
	await rig.clock.advance(1);
	const sent = rig.channel.sent.map(({ text }) => text);
	slow.resolve({ kind: 'taken', at: rig.clock.now() });
	assert.deepEqual(sent, ['slow 0', 'quick']);
});

test('what is accepted while others start is not left lying', async () => {
	await using rig = await startRig({ queueMax: 100 });
	const hanging = Promise.withResolvers<SendOutcome>();
	rig.channel.decide = () => hanging.promise;
	await Promise.all(Array.from({ length: 16 }, (_, index) => rig.send(`55449${10_000_000 + index}`, String(index))));
	await rig.clock.advance(1);
	assert.equal(rig.channel.sent.length, 16);
	hanging.resolve({ kind: 'taken', at: rig.clock.now() });
	await rig.clock.advance(1);
	assert.equal(await rig.store.messages.queueCount(INSTANCE.id), 0);
});

test('a clock that is set back does not turn the order of a chat around', async () => {
	await using rig = await startRig();
	await rig.instances.disconnect(INSTANCE);
	await rig.send(ANA, 'first');
	rig.clock.jumpTo(rig.clock.now() - 3_600_000);
	await rig.send(ANA, 'second');
	await rig.instances.connect(INSTANCE);
	await rig.clock.advance(3_600_000);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['first', 'second'],
	);
});

test('a queue that could not be read when its session opened is worked off all the same', async () => {
	await using rig = await startRig();
	await rig.instances.disconnect(INSTANCE);
	await rig.send(ANA, 'first');
	await using next = await rig.restart();
	const { queueCount } = next.store.messages;
	let failures = 1;
	Object.assign(next.store.messages, {
		queueCount: async (id: string) => {
			if (failures-- > 0) throw new RecadoError('store_unavailable');
			return queueCount(id);
		},
	});
	await next.instances.connect(INSTANCE).catch(() => undefined);
	await next.clock.advance(60_000);
	assert.equal(next.channel.sent.length, 1);
});

test('a message that could not be handed over goes before those behind it, also where the pause between two starts is the longer one', async () => {
	await using rig = await startRig();
	await rig.outbox.commit({
		changes: [{ kind: 'instance.update', id: INSTANCE.id, pacing: { minMs: 20_000, maxMs: 20_000 } }],
		events: [],
	});
	let failures = 1;
	rig.channel.decide = () => {
		if (failures-- > 0) throw new Error('The line is dead.');
		return { kind: 'taken', at: rig.clock.now() };
	};
	await rig.instances.disconnect(INSTANCE);
	await rig.send(ANA, 'first');
	await rig.send(ANA, 'second');
	await rig.instances.connect(INSTANCE);
	await rig.clock.advance(60_000);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['first', 'first', 'second'],
	);
});

/** Reads of the queue that begin from now on are answered with what was in it then, once they are let go. */
function holdReads({ store }: Rig): () => void {
	const { queue } = store.messages;
	const { promise, resolve } = Promise.withResolvers<void>();
	Object.assign(store.messages, {
		queue: async (...asked: Parameters<typeof queue>) => {
			const found = await queue(...asked);
			await promise;
			return found;
		},
	});
	return resolve;
}

test('what goes, or is withdrawn, while the queue is read does not go after it: a store on a network answers with what was', async () => {
	await using rig = await startRig();
	const queue = rig.queues.of(INSTANCE.id);
	const { promise, resolve } = Promise.withResolvers<SendOutcome>();
	rig.channel.decide = () => promise;
	await rig.send(ANA, 'goes');
	const withdrawn = await rig.send(BIA, 'withdrawn', { delayMs: 1_000 });
	await rig.clock.advance(1);
	const letGo = holdReads(rig);
	queue.look();
	await rig.clock.advance(1);
	resolve({ kind: 'taken', at: rig.clock.now() });
	await rig.sending.dequeue(INSTANCE, withdrawn.id);
	await rig.clock.advance(1);
	letGo();
	await rig.clock.advance(2_000);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['goes'],
	);
	assert.equal(await rig.store.messages.queueCount(INSTANCE.id), 0);
});
