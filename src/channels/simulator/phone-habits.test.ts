/** What people do with what they read, and what they show of themselves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aMessage, anInstance, MemoryChannelState, MemorySink } from '../../../test/support/channel-rig.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeIds } from '../../../test/support/fake-ids.ts';
import type { MessageContent } from '../../domain/content.ts';
import { Simulator } from './simulator.ts';

const PHONE = '5544999999999';
const instance = anInstance('connected');

interface Bench extends AsyncDisposable {
	readonly clock: FakeClock;
	readonly sink: MemorySink;
	readonly simulator: Simulator;
}

async function connected(): Promise<Bench> {
	const clock = new FakeClock();
	const sink = new MemorySink();
	const defaults = { receivesAfterMs: 0, readsAfterMs: 0, repliesWith: null };
	const simulator = new Simulator({ clock, sink: () => sink, state: new MemoryChannelState(), ids: new FakeIds(), seed: 1, defaults });
	await simulator.connect(instance);
	return { clock, sink, simulator, [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose]() };
}

async function send({ simulator }: Bench, whatsappId: string, content: MessageContent, phone: string = PHONE) {
	return await simulator.send({ instanceId: instance.id, message: aMessage(whatsappId, content), phone });
}

test('what is heard or watched is played by whoever reads it', async () => {
	await using bench = await connected();
	const medium = { url: 'https://files.example/1', mimeType: 'x/y' };
	await send(bench, 'VOICE', { kind: 'audio', ...medium });
	await send(bench, 'NOTE', { kind: 'video', look: 'ptv', ...medium });
	await send(bench, 'FILM', { kind: 'video', ...medium });
	await bench.clock.advance(1000);
	assert.deepEqual(bench.sink.reached('read'), ['VOICE', 'NOTE', 'FILM']);
	assert.deepEqual(bench.sink.reached('played'), ['VOICE', 'NOTE']);
});

test('whoever hides their number is known by the LID, and is written to by it', async () => {
	await using bench = await connected();
	await bench.simulator.setBehaviour(instance, PHONE, { hidesNumber: true });
	await bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: 'Oi' } });
	const [heard] = bench.sink.stored.flatMap((one) => (one.kind === 'message' ? [one.message.chat] : []));
	assert.match(heard?.phone ?? '', /^\d+@lid$/);
	assert.deepEqual(heard?.aliases, [{ kind: 'lid', value: heard?.phone }]);
	const byLid = await send(bench, 'A', { kind: 'text', text: 'Olá' }, heard?.phone);
	assert.deepEqual(byLid.kind === 'taken' && byLid.phone, heard?.phone);
	const byNumber = await send(bench, 'B', { kind: 'text', text: 'Olá' });
	assert.deepEqual(byNumber.kind === 'taken' && byNumber.phone, PHONE);
	await bench.clock.advance(1000);
	assert.deepEqual(bench.sink.reached('read'), ['A', 'B']);
});
