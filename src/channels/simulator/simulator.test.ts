/** How simulated phones behave, and what the gateway hears of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aMessage, anInstance, MemoryChannelState, MemorySink } from '../../../test/support/channel-rig.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeIds } from '../../../test/support/fake-ids.ts';
import type { MessageContent } from '../../domain/content.ts';
import { RecadoError } from '../../errors.ts';
import type { Observation } from '../../ports/channel.ts';
import type { PhoneBehaviour } from '../../ports/simulator.ts';
import { Simulator } from './simulator.ts';

const PHONE = '5544999999999';
const instance = anInstance('connected');

class Bench {
	readonly clock: FakeClock = new FakeClock();
	readonly state: MemoryChannelState = new MemoryChannelState();
	readonly sink: MemorySink = new MemorySink();
	readonly warnings: string[] = [];
	simulator: Simulator;
	readonly #options: { seed?: number | string; defaults?: Partial<PhoneBehaviour> };

	constructor(options: { seed?: number | string; defaults?: Partial<PhoneBehaviour> } = {}) {
		this.#options = options;
		this.simulator = this.next();
	}

	next(): Simulator {
		const { clock, state, sink } = this;
		const logger = { warn: (_fields: object, message: string) => this.warnings.push(message) };
		return new Simulator({ clock, state, sink: () => sink, ids: new FakeIds(), logger, seed: 1, ...this.#options });
	}

	async send(whatsappId: string, options: { phone?: string; content?: MessageContent; origin?: 'api' | 'automatic' } = {}): Promise<void> {
		const message = aMessage(whatsappId, options.content, options.origin);
		const outcome = await this.simulator.send({ instanceId: instance.id, message, phone: options.phone ?? PHONE });
		assert.equal(outcome.kind, 'taken');
	}

	/** What came of it, each in a word: `received A`, `Ana: Oi`. */
	heard(): string[] {
		return this.sink.stored.map((one) => {
			if (one.kind === 'status') return `${one.step} ${one.whatsappIds.join()}`;
			if (one.kind !== 'message') return one.kind;
			return `${one.message.chat.name}: ${one.message.content.kind === 'text' ? one.message.content.text : one.message.content.kind}`;
		});
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.simulator[Symbol.asyncDispose]();
	}
}

async function connected(options: { seed?: number | string; defaults?: Partial<PhoneBehaviour> } = {}): Promise<Bench> {
	const bench = new Bench(options);
	await bench.simulator.connect(instance);
	return bench;
}

function answersOf(bench: Bench): Extract<Observation, { kind: 'message' }>[] {
	return bench.sink.stored.filter((one) => one.kind === 'message');
}

test('a customer of whom nobody said anything receives, reads and answers, once', async () => {
	await using bench = await connected();
	await bench.send('A', { content: { kind: 'text', text: 'Seu pedido saiu.' } });
	await bench.clock.advance(600_000);
	const { name } = await bench.simulator.behaviour(instance, PHONE);
	assert.deepEqual(bench.heard(), ['connected', 'received A', 'read A', `${name}: Olá! Recebi sua mensagem: "Seu pedido saiu."`]);
	const [answer] = answersOf(bench);
	assert.equal(answer?.message.replyTo, 'A');
	assert.match(answer?.message.whatsappId ?? '', /^3EB0[0-9A-F]{18}$/);
	assert.equal(answer?.message.fromMe, false);
	const [sent, received, read, answered] = [bench.sink.stored[0], ...bench.sink.stored.slice(1)].map((one) => one?.at ?? 0);
	assert.ok(received !== undefined && sent !== undefined && received - sent >= 300 && received - sent <= 360);
	assert.ok(read !== undefined && read - received >= 700 && read - received <= 840);
	assert.ok(answered !== undefined && answered > read);
});

test('a chosen delay is kept to the millisecond', async () => {
	await using bench = await connected();
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 5000, readsAfterMs: 0, repliesWith: 'Ok' });
	const start = bench.clock.now();
	await bench.send('A');
	await bench.clock.advance(4999);
	assert.deepEqual(bench.heard(), ['connected']);
	await bench.clock.advance(1);
	assert.deepEqual(bench.heard(), ['connected', 'received A', 'read A']);
	assert.deepEqual(
		bench.sink.stored.slice(1).map((one) => one.at - start),
		[5000, 5000],
	);
});

test('nobody answers an automatic message, nor a reaction', async () => {
	await using bench = await connected();
	await bench.send('A', { origin: 'automatic' });
	await bench.send('B', { content: { kind: 'reaction', emoji: '👍', to: { whatsappId: 'A', fromMe: true } } });
	await bench.clock.advance(600_000);
	assert.deepEqual(bench.heard(), ['connected', 'received A', 'received B', 'read A', 'read B']);
});

test('a phone that is off keeps messages waiting; switched on, they flow in order', async () => {
	await using bench = await connected({ defaults: { repliesWith: null } });
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: null });
	for (const id of ['A', 'B', 'C']) await bench.send(id);
	await bench.clock.advance(3_600_000);
	assert.deepEqual(bench.heard(), ['connected']);
	assert.equal(bench.clock.pending, 0, 'nothing is waited for');
	const on = bench.clock.now();
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 10, readsAfterMs: 20 });
	await bench.clock.advance(60_000);
	assert.deepEqual(bench.heard(), ['connected', 'received A', 'received B', 'received C', 'read A', 'read B', 'read C']);
	assert.ok(bench.sink.stored.slice(1).every((one) => one.at >= on));
});

test('a phone switched off after receiving reads and answers nothing until it is on again', async () => {
	await using bench = await connected();
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 0, readsAfterMs: 0, repliesWith: 'Ok' });
	await bench.send('A');
	await bench.clock.advance(0);
	assert.deepEqual(bench.heard(), ['connected', 'received A', 'read A']);
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: null });
	await bench.clock.advance(600_000);
	assert.equal(bench.heard().length, 3);
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 0, name: 'Ana' });
	await bench.clock.advance(600_000);
	assert.deepEqual(bench.heard().slice(3), ['Ana: Ok']);
});

test('a phone that never reads leaves nothing behind, also what it had received before', async () => {
	await using bench = await connected();
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 0, readsAfterMs: 60_000 });
	await bench.send('A');
	await bench.clock.advance(1000);
	await bench.simulator.setBehaviour(instance, PHONE, { readsAfterMs: null });
	await bench.send('B');
	await bench.clock.advance(600_000);
	assert.deepEqual(bench.heard(), ['connected', 'received A', 'received B']);
	assert.deepEqual(await bench.state.list(instance.id, 'out/'), []);
});

test('an answer that is no longer wanted is not given', async () => {
	await using bench = await connected();
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 0, readsAfterMs: 0 });
	await bench.send('A');
	await bench.clock.advance(0);
	await bench.simulator.setBehaviour(instance, PHONE, { repliesWith: null });
	await bench.clock.advance(600_000);
	assert.deepEqual(bench.heard(), ['connected', 'received A', 'read A']);
	assert.deepEqual(await bench.state.list(instance.id, 'out/'), []);
});

test('a Brazilian mobile is one phone with and without the ninth digit, spelled as it was first written, also after a restart', async () => {
	await using bench = await connected({ defaults: { repliesWith: null } });
	await bench.simulator.setBehaviour(instance, '554499999999', { receivesAfterMs: 0 });
	assert.equal((await bench.simulator.behaviour(instance, '5544999999999')).receivesAfterMs, 0);
	const first = await bench.simulator.send({ instanceId: instance.id, message: aMessage('A'), phone: '5544999999999' });
	assert.ok(first.kind === 'taken' && first.phone === '554499999999');
	const other = await bench.simulator.send({ instanceId: instance.id, message: aMessage('B'), phone: '5544988888888' });
	assert.ok(other.kind === 'taken' && other.phone === '5544988888888');
	await bench.simulator[Symbol.asyncDispose]();
	bench.simulator = bench.next();
	await bench.simulator.connect(instance);
	const again = await bench.simulator.send({ instanceId: instance.id, message: aMessage('C'), phone: '554488888888' });
	assert.ok(again.kind === 'taken' && again.phone === '5544988888888');
	await bench.simulator.write(instance, { from: '5544999999999', content: { kind: 'text', text: 'Oi' } });
	const [written] = answersOf(bench);
	assert.equal(written?.message.chat.phone, '554499999999');
	assert.deepEqual(written?.message.chat.aliases[0], { kind: 'phone', value: '5544999999999' });
	assert.match(written?.message.chat.lid ?? '', /^\d{14}@lid$/);
	assert.deepEqual(written?.message.chat.aliases[1], { kind: 'lid', value: written?.message.chat.lid });
});

test('a spelling that could not be written down is written down with the next thing', async () => {
	await using bench = await connected();
	bench.state.failures = 1;
	await assert.rejects(bench.send('A', { phone: '554499999999' }));
	await bench.send('A', { phone: '5544999999999' });
	bench.simulator = bench.next();
	await bench.simulator.connect(instance);
	const again = await bench.simulator.send({ instanceId: instance.id, message: aMessage('A'), phone: '5544999999999' });
	assert.ok(again.kind === 'taken' && again.phone === '554499999999');
});

test('every kind of content arrives as it was written, and again under the same id changes nothing', async () => {
	await using bench = await connected();
	const medium = { url: 'https://example.com/file', mimeType: 'application/octet-stream' };
	const contents: MessageContent[] = [
		{ kind: 'text', text: 'Oi' },
		{ kind: 'image', ...medium, caption: 'Foto' },
		{ kind: 'video', ...medium },
		{ kind: 'audio', ...medium, voiceNote: true },
		{ kind: 'document', ...medium, title: 'Contrato' },
		{ kind: 'location', latitude: -23.4, longitude: -51.9 },
		{ kind: 'contact', name: 'Ana', phones: ['5544999999999'], vCard: 'BEGIN:VCARD' },
		{ kind: 'reaction', emoji: '👍', to: { whatsappId: 'A', fromMe: true } },
		{ kind: 'unknown', raw: { poll: true } },
	];
	for (const [index, content] of contents.entries()) {
		const act = { from: PHONE, name: 'Bia', content, replyTo: 'A', whatsappId: `W${index}`, fromMe: index === 1 };
		assert.deepEqual(await bench.simulator.write(instance, act), { whatsappId: `W${index}` });
		await bench.simulator.write(instance, act);
	}
	const written = answersOf(bench);
	assert.deepEqual(
		written.map((one) => one.message.content),
		contents,
	);
	assert.deepEqual(
		written.map((one) => one.message.fromMe),
		contents.map((_, index) => index === 1),
	);
	assert.ok(written.every((one) => one.message.chat.name === 'Bia' && one.message.replyTo === 'A'));
	assert.doesNotThrow(() => JSON.stringify(written.map((one) => one.raw)));
});

test('what is written while nobody is connected is kept, over a restart, and heard in order on connecting', async () => {
	await using bench = await connected();
	await bench.simulator.loseConnection(instance);
	const write = (text: string, whatsappId?: string) =>
		bench.simulator.write(instance, { from: PHONE, name: 'Ana', content: { kind: 'text', text }, ...(whatsappId && { whatsappId }) });
	await write('1', 'W1');
	const at = bench.clock.now();
	await bench.clock.advance(1000);
	await write('2', 'W10');
	await write('1', 'W1');
	await bench.simulator[Symbol.asyncDispose]();
	bench.simulator = bench.next();
	await bench.clock.advance(60_000);
	await bench.simulator.connect(anInstance('disconnected'));
	await Promise.all([write('3', 'W11'), write('4')]);
	await bench.clock.advance(0);
	assert.deepEqual(bench.heard(), ['connected', 'disconnected', 'connected', 'Ana: 1', 'Ana: 2', 'Ana: 3', 'Ana: 4']);
	assert.deepEqual(
		answersOf(bench)
			.slice(0, 2)
			.map((one) => one.at - at),
		[0, 1000],
	);
	assert.deepEqual(await bench.state.list(instance.id, 'in/'), []);
});

test('what is written does not overtake what was written before it was connected', async () => {
	await using bench = await connected();
	await bench.simulator.disconnect(instance.id);
	await bench.simulator.write(instance, { from: PHONE, name: 'Ana', content: { kind: 'text', text: '1' } });
	bench.sink.failures = 2;
	await bench.simulator.connect(anInstance());
	await bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: '2' } });
	await bench.clock.advance(60_000);
	assert.deepEqual(bench.heard(), ['connected', 'connected', 'Ana: 1', 'Ana: 2']);
});

test('what is written does not overtake what is just being put aside', async () => {
	await using bench = await connected();
	bench.simulator = bench.next();
	const gate = Promise.withResolvers<void>();
	const write = bench.state.write.bind(bench.state);
	bench.state.write = async (...change) => {
		await gate.promise;
		await write(...change);
	};
	const first = bench.simulator.write(instance, { from: PHONE, name: 'Ana', content: { kind: 'text', text: '1' } });
	await bench.simulator.connect(instance);
	const second = bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: '2' } });
	await bench.clock.advance(0);
	gate.resolve();
	await Promise.all([first, second]);
	await bench.clock.advance(0);
	assert.deepEqual(bench.heard(), ['connected', 'Ana: 1', 'Ana: 2']);
});

test('a message is heard whenever it is written, also just as a batch ends', async () => {
	await using bench = await connected();
	for (let microtasks = 0; microtasks < 30; microtasks++) {
		await bench.clock.advance(0);
		const write = (): Promise<unknown> => bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: 'Oi' } });
		const first = write();
		for (let passed = 0; passed < microtasks; passed++) await Promise.resolve();
		const second = write();
		await bench.clock.advance(0);
		assert.equal(answersOf(bench).length, (microtasks + 1) * 2);
		await Promise.all([first, second]);
	}
});

test('a message that the gateway cannot store is refused to who wrote it, and not told again', async () => {
	await using bench = await connected();
	bench.sink.failures = 1;
	await assert.rejects(bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: 'Oi' } }), /cannot store/);
	await bench.clock.advance(60_000);
	assert.deepEqual(bench.heard(), ['connected']);
	assert.deepEqual(bench.warnings, ['simulator.told_again']);
});

test('a presence is seen while connected, and by nobody otherwise', async () => {
	await using bench = await connected();
	await bench.simulator.presence(instance, PHONE, 'composing');
	await bench.simulator.presence(instance, PHONE, 'unavailable');
	await bench.simulator.disconnect(instance.id);
	await bench.simulator.presence(instance, PHONE, 'available');
	await bench.simulator.connect(anInstance());
	const seen = bench.sink.stored.filter((one) => one.kind === 'presence');
	assert.deepEqual(
		seen.map((one) => [one.from.phone, one.status, one.lastSeenAt]),
		[
			[PHONE, 'composing', undefined],
			[PHONE, 'unavailable', bench.clock.now()],
		],
	);
});

test('the pairing code changes every 20 seconds', async () => {
	await using bench = new Bench();
	bench.clock.jumpTo(1_700_000_000_000);
	const first = await bench.simulator.qrCode(instance.id);
	await bench.clock.advance(19_999);
	assert.equal(await bench.simulator.qrCode(instance.id), first);
	await bench.clock.advance(1);
	assert.notEqual(await bench.simulator.qrCode(instance.id), first);
	assert.match(first ?? '', /^2@\S+(,\S+){3}$/);
});

test('a session that the gateway closed without the channel hearing of it is another one when it connects', async () => {
	await using bench = await connected();
	bench.simulator = bench.next();
	await bench.simulator.connect(anInstance('disconnected'));
	assert.deepEqual(bench.heard(), ['connected', 'connected']);
});

test('a report that the gateway did not store before the process ended is told by the next one', async () => {
	await using bench = await connected();
	bench.sink.failures = 1;
	await bench.simulator.loseConnection(instance, 'Battery is empty');
	bench.simulator = bench.next();
	await bench.simulator.connect(instance);
	assert.deepEqual(bench.heard(), ['connected', 'disconnected', 'connected']);
	const [, lost] = bench.sink.stored;
	assert.ok(lost?.kind === 'disconnected' && lost.reason === 'Battery is empty');
});

test('a session of which nobody heard is not reported beside the one that follows it', async () => {
	await using bench = new Bench();
	bench.sink.failures = 1;
	await bench.simulator.connect(anInstance());
	await bench.simulator[Symbol.asyncDispose]();
	bench.simulator = bench.next();
	await bench.simulator.connect(anInstance());
	assert.deepEqual(bench.heard(), ['connected']);
});

test('nothing more is told of a session that is closed, also what was due by then', async () => {
	await using bench = await connected();
	await bench.send('A');
	bench.clock.jumpTo(bench.clock.now() + 60_000);
	await bench.simulator.disconnect(instance.id);
	assert.deepEqual(bench.heard(), ['connected']);
});

test('a session that is closed before its report was stored is never reported', async () => {
	await using bench = new Bench();
	bench.sink.failures = 1;
	await bench.simulator.connect(anInstance());
	await bench.simulator.disconnect(instance.id);
	await bench.clock.advance(600_000);
	assert.deepEqual(bench.heard(), []);
	bench.simulator = bench.next();
	await bench.simulator.connect(anInstance());
	assert.deepEqual(bench.heard(), ['connected']);
});

test('disconnecting that cannot be noted leaves the session as it is', async () => {
	await using bench = await connected();
	bench.state.failures = 1;
	await assert.rejects(bench.simulator.disconnect(instance.id));
	await bench.send('A');
	await bench.simulator.disconnect(instance.id);
	await bench.simulator.loseConnection(instance);
	assert.deepEqual(bench.heard(), ['connected']);
});

test('what is written in a world that is being released is refused, or it would be kept where nobody looks for it', async () => {
	await using bench = new Bench();
	const writing = bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: 'Oi' } });
	const [written] = await Promise.allSettled([writing, bench.simulator.release(instance.id)]);
	assert.ok(written.status === 'rejected' && isError('shutting_down')(written.reason));
	assert.deepEqual(await bench.state.list(instance.id, 'in/'), []);
	await bench.simulator.connect(instance);
	await bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: 'Oi de novo' } });
	assert.equal(answersOf(bench).length, 1);
});

test('an instance of another channel is refused, and everything after the end', async () => {
	const bench = await connected();
	await assert.rejects(bench.simulator.behaviour({ ...instance, channel: 'cloud-api' }, PHONE), isError('not_a_simulator'));
	await bench.simulator[Symbol.asyncDispose]();
	await assert.rejects(bench.simulator.behaviour(instance, PHONE), isError('shutting_down'));
	const late = await bench.simulator.send({ instanceId: instance.id, message: aMessage('A'), phone: PHONE });
	assert.deepEqual(late, { kind: 'disconnected' });
});

test('nothing is kept of a message that is through: sent again it happens again, under the same ids', async () => {
	await using bench = await connected();
	await bench.send('A');
	await bench.clock.advance(600_000);
	assert.deepEqual(await bench.state.list(instance.id, 'out/'), []);
	await bench.send('A');
	await bench.clock.advance(600_000);
	const ids = bench.sink.told.slice(1).map((one) => one.id);
	assert.equal(ids.length, 6);
	assert.deepEqual(ids.slice(3), ids.slice(0, 3));
	assert.equal(bench.heard().length, 4);
});

test('the same message is taken once while it is on its way', async () => {
	await using bench = await connected({ defaults: { repliesWith: null } });
	await Promise.all([bench.send('A'), bench.send('A')]);
	await bench.send('A');
	await bench.clock.advance(600_000);
	assert.deepEqual(
		bench.sink.told.map((one) => one.id),
		['session-1:connected', 'A:received', 'A:read'],
	);
});

test('the order in which messages were taken outlives several restarts', async () => {
	await using bench = await connected();
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: null });
	for (const ids of [['C', 'B'], ['A', 'E'], ['D']]) {
		for (const id of ids) await bench.send(id);
		await bench.simulator[Symbol.asyncDispose]();
		bench.simulator = bench.next();
		await bench.simulator.connect(instance);
	}
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 0 });
	await bench.clock.advance(600_000);
	assert.deepEqual(bench.sink.reached('received'), ['C', 'B', 'A', 'E', 'D']);
	assert.deepEqual(bench.sink.reached('read'), ['C', 'B', 'A', 'E', 'D']);
});

test('in a chat time only goes forward, however delays vary', async () => {
	await using bench = await connected({ defaults: { repliesWith: null } });
	for (let index = 0; index < 50; index++) {
		await bench.send(`${index}`);
		await bench.clock.advance(3);
	}
	await bench.clock.advance(600_000);
	const times = bench.sink.stored.map((one) => one.at);
	assert.deepEqual(
		times,
		times.toSorted((a, b) => a - b),
	);
	assert.equal(times.length, 101);
});

test('a thousand messages of a turn cost a handful of writes, and one timer', async () => {
	await using bench = await connected({ defaults: { repliesWith: null } });
	await bench.simulator.setBehaviour(instance, PHONE, { receivesAfterMs: 1000, readsAfterMs: 1000 });
	const before = bench.state.writes;
	await Promise.all(Array.from({ length: 1000 }, (_, index) => bench.send(`${index}`)));
	assert.equal(bench.state.writes - before, 1);
	assert.equal(bench.clock.pending, 1);
	await bench.clock.advance(2000);
	assert.equal(bench.sink.reached('read').length, 1000);
	assert.equal(bench.state.writes - before, 1 + 2 * Math.ceil(1000 / 256));
	assert.equal(bench.clock.pending, 0);
});

test('the same seed, clock and calls give the same observations, and another seed others', async () => {
	const told = async (seed: number | string): Promise<unknown> => {
		await using bench = await connected({ seed });
		for (const id of ['A', 'B', 'C', 'D']) {
			await bench.send(id);
			await bench.send(`${id}2`, { phone: '551133334444' });
			await bench.simulator.write(instance, { from: PHONE, content: { kind: 'text', text: id } });
			await bench.clock.advance(777);
		}
		await bench.clock.advance(60_000);
		return bench.sink.told;
	};
	const first = await told('seed');
	assert.deepEqual(await told('seed'), first);
	assert.notDeepEqual(await told('other'), first);
});

function isError(code: string): (error: unknown) => boolean {
	return (error) => error instanceof RecadoError && error.code === code;
}
