/**
 * What every channel must do, whatever is behind it. A channel runs it by handing in how it is started: over a clock, a state and a sink
 * of the suite's, so that the suite can let time go by, make both fail, and end the process at any moment.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Instance } from '../../src/domain/account.ts';
import type { Message } from '../../src/domain/message.ts';
import { RecadoError } from '../../src/errors.ts';
import type { Channel, ChannelSink, ChannelState, SendOutcome } from '../../src/ports/channel.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Answered, Asked, WhatsAppCallName } from '../../src/ports/whatsapp.ts';
import { aMessage, anInstance, Lifeline, MemoryChannelState, MemorySink, until } from '../support/channel-rig.ts';
import { FakeClock } from '../support/fake-clock.ts';

export interface ChannelSurroundings {
	readonly clock: Clock;
	readonly state: ChannelState;
	readonly sink: () => ChannelSink;
}

export interface ChannelUnderTest {
	readonly channel: Channel;
	/** Two numbers whose owners receive and read within a minute, and answer nothing. */
	readonly phones: readonly [string, string];
	/** A number that is not on WhatsApp. */
	readonly absentPhone: string;
	/** The provider's link breaks. */
	lose(instance: Instance): Promise<void>;
}

/** Must be repeatable: called again over the same state it is the next process. */
export type StartChannel = (surroundings: ChannelSurroundings) => Promise<ChannelUnderTest>;

export function channelSuite(name: string, start: StartChannel): void {
	describe(`channel ${name}`, () => {
		sessionCases(start);
		releaseCases(start);
		sendingCases(start);
		failureCases(start);
		askingCases(start);
	});
}

function sessionCases(start: StartChannel): void {
	test('reports a session once, and again only when it is another one', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		await bench.connect();
		await until(bench.clock, 'connected', () => bench.sink.kinds().includes('connected'));
		await bench.now.channel.disconnect('ins_1');
		await bench.clock.advance(60_000);
		assert.deepEqual(bench.sink.kinds(), ['connected'], 'closing it is not reported');
		await bench.connect();
		await until(bench.clock, 'connected again', () => bench.sink.kinds().length === 2);
		assert.deepEqual(bench.sink.kinds(), ['connected', 'connected']);
	});

	test('resumes a session after a restart without reporting it', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		await until(bench.clock, 'connected', () => bench.sink.kinds().includes('connected'));
		await bench.restart();
		await bench.now.channel.connect(anInstance('connected'));
		await bench.clock.advance(60_000);
		assert.deepEqual(bench.sink.kinds(), ['connected']);
		assert.equal((await bench.send(aMessage('A'), 0)).kind, 'taken');
	});

	test('reports a lost session with its reason, and takes nothing meanwhile', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		await bench.now.lose(anInstance('connected'));
		await until(bench.clock, 'disconnected', () => bench.sink.kinds().includes('disconnected'));
		const [, lost] = bench.sink.stored;
		assert.ok(lost?.kind === 'disconnected' && lost.reason !== '');
		assert.deepEqual(await bench.send(aMessage('A'), 0), { kind: 'disconnected' });
		await bench.connect();
		await until(bench.clock, 'connected', () => bench.sink.kinds().length === 3);
		assert.deepEqual(bench.sink.kinds(), ['connected', 'disconnected', 'connected']);
		assert.equal((await bench.send(aMessage('A'), 0)).kind, 'taken');
	});

	test('takes nothing before it is connected, nor after it was closed', async () => {
		await using bench = await Bench.open(start);
		assert.deepEqual(await bench.send(aMessage('A'), 0), { kind: 'disconnected' });
		await bench.connect();
		await bench.now.channel.disconnect('ins_1');
		assert.deepEqual(await bench.send(aMessage('A'), 0), { kind: 'disconnected' });
		await bench.clock.advance(60_000);
		assert.deepEqual(bench.sink.reached('received'), []);
	});

	test('shows a pairing code exactly where it has one and is not connected', async () => {
		await using bench = await Bench.open(start);
		const { channel } = bench.now;
		assert.equal(typeof (await channel.qrCode('ins_1')), channel.capabilities.hasQrCode ? 'string' : 'undefined');
		await bench.connect();
		assert.equal(await channel.qrCode('ins_1'), undefined);
	});
}

function releaseCases(start: StartChannel): void {
	test('is silent about an instance that it released, and takes nothing for it', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		assert.equal((await bench.send(aMessage('A'), 0)).kind, 'taken');
		await bench.now.channel.release('ins_1');
		await bench.now.channel.release('ins_1');
		await bench.clock.advance(120_000);
		assert.deepEqual(bench.sink.kinds(), ['connected']);
		assert.equal(bench.clock.pending, 0);
		assert.deepEqual(await bench.send(aMessage('B'), 0), { kind: 'disconnected' });
	});

	test('goes on at another process with an instance that it released, and there alone', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		assert.equal((await bench.send(aMessage('A'), 0)).kind, 'taken');
		await bench.now.channel.release('ins_1');
		const other = await bench.beside();
		await other.channel.connect(anInstance('connected'));
		const [phone] = other.phones;
		assert.equal((await other.channel.send({ instanceId: 'ins_1', message: aMessage('B'), phone })).kind, 'taken');
		await until(bench.clock, 'both read', () => bench.sink.reached('read').length === 2);
		await bench.clock.advance(60_000);
		assert.deepEqual(bench.sink.reached('received'), ['A', 'B']);
		assert.deepEqual(bench.sink.reached('read'), ['A', 'B']);
		assert.equal(bench.sink.told.length, bench.sink.stored.length, 'nothing is told by both');
		assert.equal(bench.sink.kinds().filter((kind) => kind === 'connected' || kind === 'disconnected').length, 1);
		await other.channel[Symbol.asyncDispose]();
	});

	test('knows what happened elsewhere when an instance comes back to it', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		await bench.now.channel.release('ins_1');
		const other = await bench.beside();
		await other.channel.connect(anInstance('connected'));
		const [phone] = other.phones;
		assert.equal((await other.channel.send({ instanceId: 'ins_1', message: aMessage('A'), phone })).kind, 'taken');
		await other.channel.release('ins_1');
		await bench.now.channel.connect(anInstance('connected'));
		await until(bench.clock, 'read', () => bench.sink.reached('read').length === 1);
		assert.deepEqual(bench.sink.kinds(), ['connected', 'received', 'read']);
		await other.channel[Symbol.asyncDispose]();
	});

	test('releases one instance and keeps the others', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		await bench.now.channel.connect(anInstance('disconnected', 'ins_2'));
		await bench.now.channel.release('ins_2');
		await bench.now.channel.release('ins_3');
		assert.equal((await bench.send(aMessage('A'), 0)).kind, 'taken');
	});
}

function sendingCases(start: StartChannel): void {
	test('tells the steps of a message forward, each once', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		const message = aMessage('A');
		const outcome = await bench.send(message, 0);
		assert.equal(outcome.kind, 'taken');
		await until(bench.clock, 'read', () => bench.sink.stepsOf(message).includes('read'));
		await bench.clock.advance(60_000);
		assert.deepEqual(
			bench.sink.stepsOf(message).filter((step) => step !== 'sent'),
			['received', 'read'],
		);
		const times = bench.sink.stored.filter((one) => one.kind === 'status').map((one) => one.at);
		assert.deepEqual(
			times,
			times.toSorted((a, b) => a - b),
		);
	});

	test('delivers the messages of a chat in order', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		const ids = ['A', 'B', 'C', 'D', 'E'];
		for (const [index, id] of ids.entries()) {
			await bench.send(aMessage(id), 0);
			await bench.send(aMessage(`other ${id}`), 1);
			await bench.clock.advance(index * 37);
		}
		await until(bench.clock, 'all read', () => bench.sink.reached('read').length === 10);
		for (const step of ['received', 'read']) {
			const reached = bench.sink.reached(step);
			assert.deepEqual(
				reached.filter((id) => !id.startsWith('other')),
				ids,
				step,
			);
			assert.deepEqual(
				reached.filter((id) => id.startsWith('other')),
				ids.map((id) => `other ${id}`),
				step,
			);
		}
	});

	test('takes the same message once: at the same time, later, and after a restart', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		const message = aMessage('A');
		const [first, second] = await Promise.all([bench.send(message, 0), bench.send(message, 0)]);
		assert.deepEqual(first, second);
		assert.deepEqual(await bench.send(message, 0), first);
		await bench.restart();
		await bench.now.channel.connect(anInstance('connected'));
		assert.equal((await bench.send(message, 0)).kind, 'taken');
		await until(bench.clock, 'read', () => bench.sink.stepsOf(message).includes('read'));
		await bench.send(message, 0);
		await bench.clock.advance(120_000);
		assert.deepEqual(bench.sink.reached('received'), ['A']);
		assert.deepEqual(bench.sink.reached('read'), ['A']);
	});

	test('fails a message to a number that is not on WhatsApp', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		const outcome = await bench.sendTo(aMessage('A'), bench.now.absentPhone);
		assert.ok(outcome.kind === 'failed');
		assert.equal(outcome.failure.code, 'not_on_whatsapp');
		assert.notEqual(outcome.failure.reason, '');
		await bench.clock.advance(60_000);
		assert.deepEqual(bench.sink.kinds(), ['connected']);
	});

	test('tells what happened meanwhile when it is connected again', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		const message = aMessage('A');
		assert.equal((await bench.send(message, 0)).kind, 'taken');
		await bench.now.channel.disconnect('ins_1');
		const before = bench.sink.stored.length;
		await bench.clock.advance(60_000);
		assert.equal(bench.sink.stored.length, before, 'nothing is told to an instance that is not connected');
		await bench.connect();
		await until(bench.clock, 'read', () => bench.sink.stepsOf(message).includes('read'));
		assert.deepEqual(bench.sink.kinds().slice(before), ['connected', 'received', 'read']);
	});

	test('keeps instances apart', async () => {
		await using bench = await Bench.open(start);
		const other = anInstance('disconnected', 'ins_2');
		await bench.connect();
		await bench.now.channel.connect(other);
		await bench.send(aMessage('A'), 0);
		await bench.now.channel.send({ instanceId: 'ins_2', message: aMessage('A'), phone: bench.now.phones[0] });
		await bench.now.channel.disconnect('ins_1');
		await until(bench.clock, 'read', () => bench.sink.reached('read').length > 0);
		const steps = bench.sink.stored.filter((one) => one.kind === 'status');
		assert.deepEqual(
			steps.map((one) => `${one.instanceId} ${one.step}`),
			['ins_2 received', 'ins_2 read'],
		);
	});
}

function failureCases(start: StartChannel): void {
	test('tells again what the gateway could not store, the same, until it can', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		const message = aMessage('A');
		await bench.send(message, 0);
		bench.sink.failures = 4;
		await until(bench.clock, 'failures', () => bench.sink.failed === 4);
		await until(bench.clock, 'read', () => bench.sink.stepsOf(message).includes('read'));
		assert.deepEqual(bench.sink.stepsOf(message), ['received', 'read']);
	});

	test('reports a session although the gateway could not store it at first', async () => {
		await using bench = await Bench.open(start);
		bench.sink.failures = 2;
		await bench.connect();
		await until(bench.clock, 'connected', () => bench.sink.kinds().includes('connected'));
		assert.deepEqual(bench.sink.kinds(), ['connected']);
	});

	test('takes nothing that it cannot keep, and goes on where noting a step fails', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		bench.state.failures = 1;
		await assert.rejects(bench.send(aMessage('A'), 0));
		await bench.clock.advance(60_000);
		assert.deepEqual(bench.sink.reached('received'), []);
		const message = aMessage('B');
		assert.equal((await bench.send(message, 0)).kind, 'taken');
		bench.state.failures = 3;
		await until(bench.clock, 'read', () => bench.sink.stepsOf(message).includes('read'));
		assert.deepEqual(bench.sink.stepsOf(message), ['received', 'read']);
	});

	test('forgets nothing that it took, at whatever operation the process ends', async () => {
		for (const takesEffect of [false, true]) {
			for (let operation = 1; operation <= 12; operation++) {
				await using bench = await Bench.open(start);
				await bench.connect();
				bench.lifeline.dieAt(operation, takesEffect);
				const sent = await Promise.race([sendAll(bench, ['A', 'B', 'C']), bench.lifeline.died]);
				await bench.clock.advance(120_000);
				await bench.restart();
				await bench.now.channel.connect(anInstance('connected'));
				if (sent === 'died') await sendAll(bench, ['A', 'B', 'C']);
				await until(bench.clock, 'all read', () => bench.sink.reached('read').length === 3);
				await bench.clock.advance(60_000);
				assert.deepEqual(bench.sink.reached('received'), ['A', 'B', 'C'], `died at operation ${operation}`);
				assert.deepEqual(bench.sink.reached('read'), ['A', 'B', 'C'], `died at operation ${operation}`);
				assertSameTellings(bench.sink);
			}
		}
	});

	test('is silent once it is disposed of', async () => {
		await using bench = await Bench.open(start);
		await bench.connect();
		await bench.send(aMessage('A'), 0);
		await bench.now.channel[Symbol.asyncDispose]();
		await bench.now.channel[Symbol.asyncDispose]();
		const told = bench.sink.told.length;
		await bench.clock.advance(120_000);
		assert.equal(bench.sink.told.length, told);
		assert.equal(bench.clock.pending, 0);
	});
}

/** Each case asks only what the channel offers. */
function askingCases(start: StartChannel): void {
	test('says of a number whether it is on WhatsApp', async (context) => {
		await using bench = await Bench.open(start);
		if (!bench.offers('contacts.exist')) return context.skip('not offered');
		await bench.connect();
		const { phones, absentPhone } = bench.now;
		const found = await bench.ask('contacts.exist', { phones: [phones[0], absentPhone] });
		assert.deepEqual(
			found.map(({ asked, exists }) => [asked, exists]),
			[
				[phones[0], true],
				[absentPhone, false],
			],
		);
	});

	test('keeps an address book over a restart', async (context) => {
		await using bench = await Bench.open(start);
		if (!bench.offers('contacts.add', 'contacts.get', 'contacts.block')) return context.skip('not offered');
		await bench.connect();
		const { phones, absentPhone } = bench.now;
		const contacts = [phones[0], absentPhone].map((phone) => ({ phone, firstName: 'Ana', lastName: 'Souza' }));
		assert.equal((await bench.ask('contacts.add', { contacts })).errors.length, 1);
		await bench.ask('contacts.block', { phone: phones[1], isBlocked: true });
		await bench.resume();
		const [known, blocked, absent] = [
			await bench.ask('contacts.get', { phone: phones[0] }),
			await bench.ask('contacts.get', { phone: phones[1] }),
			await bench.ask('contacts.get', { phone: absentPhone }),
		];
		assert.deepEqual([known?.name, known?.firstName, known?.isBlocked], ['Ana Souza', 'Ana', false]);
		assert.deepEqual([blocked?.name, blocked?.isBlocked, absent], ['', true, null]);
	});

	test('keeps how chats are kept over a restart', async (context) => {
		await using bench = await Bench.open(start);
		if (!bench.offers('chats.flags', 'chats.change')) return context.skip('not offered');
		await bench.connect();
		const [pinned, muted] = bench.now.phones;
		await bench.ask('chats.change', { phone: pinned, change: { kind: 'pin' } });
		await bench.ask('chats.change', { phone: muted, change: { kind: 'mute' } });
		await bench.resume();
		const flags = await bench.ask('chats.flags', { phones: [muted, pinned] });
		assert.deepEqual(
			flags.map(({ phone, isPinned, mutedUntil }) => [phone, isPinned, mutedUntil !== undefined]),
			[
				[muted, false, true],
				[pinned, true, false],
			],
		);
	});

	test('a group lives: made, changed, written into, left', async (context) => {
		await using bench = await Bench.open(start);
		if (!bench.offers('groups.create', 'groups.get', 'groups.list', 'groups.change', 'groups.participants', 'groups.leave')) {
			return context.skip('not offered');
		}
		await bench.connect();
		const [first, second] = bench.now.phones;
		const { id: groupId } = await bench.ask('groups.create', { subject: 'Turma', phones: [first] });
		await bench.ask('groups.participants', { groupId, act: 'add', phones: [second] });
		await bench.ask('groups.change', { groupId, change: { subject: 'Outra turma' } });
		await until(bench.clock, 'notices', () => bench.noticesIn(groupId).length === 2);
		assert.deepEqual(bench.noticesIn(groupId), ['GROUP_CREATE', 'GROUP_PARTICIPANT_ADD']);
		assert.equal((await bench.sendTo(aMessage('A'), groupId)).kind, 'taken');
		await until(bench.clock, 'read', () => bench.sink.reached('read').includes('A'));
		await bench.resume();
		const group = await bench.ask('groups.get', { groupId });
		assert.deepEqual([group.subject, group.isMember], ['Outra turma', true]);
		assert.deepEqual(new Set(group.participants.map(({ phone }) => phone)), new Set([anInstance().phone, first, second]));
		assert.deepEqual(await bench.ask('groups.list', { offset: 0, limit: 10 }), [group]);
		await bench.ask('groups.leave', { groupId });
		assert.equal((await bench.sendTo(aMessage('B'), groupId)).kind, 'failed');
		assert.deepEqual(await bench.ask('groups.list', { offset: 0, limit: 10 }), []);
	});

	test('what it was asked happened whole or not at all, at whatever operation the process ends', async (context) => {
		for (const takesEffect of [false, true]) {
			for (let operation = 1; operation <= 4; operation++) {
				await using bench = await Bench.open(start);
				if (!bench.offers('groups.create', 'groups.list')) return context.skip('not offered');
				await bench.connect();
				bench.lifeline.dieAt(operation, takesEffect);
				const making = bench.ask('groups.create', { subject: 'Turma', phones: [bench.now.phones[0]] });
				const made = await Promise.race([making, bench.lifeline.died]);
				await bench.clock.advance(60_000);
				await bench.resume();
				await bench.clock.advance(60_000);
				const groups = await bench.ask('groups.list', { offset: 0, limit: 10 });
				if (made !== 'died') assert.deepEqual(groups, [made]);
				for (const { id } of groups) assert.deepEqual(bench.noticesIn(id), ['GROUP_CREATE'], `died at operation ${operation}`);
			}
		}
	});

	test('refuses to change anything while it is not connected', async (context) => {
		await using bench = await Bench.open(start);
		if (!bench.offers('groups.create')) return context.skip('not offered');
		await assert.rejects(
			bench.ask('groups.create', { subject: 'Turma', phones: [] }),
			(error) => error instanceof RecadoError && error.code === 'instance_not_connected',
		);
	});
}

async function sendAll(bench: Bench, ids: readonly string[]): Promise<void> {
	for (const id of ids) assert.equal((await bench.send(aMessage(id), 0)).kind, 'taken');
}

/** An id means one thing, however often it is told; a message that is sent again after it was through may be told with a later time. */
function assertSameTellings(sink: MemorySink): void {
	for (const told of sink.told) {
		const first = sink.stored.find((one) => one.id === told.id);
		assert.equal(first?.kind, told.kind);
		if (first?.kind !== 'status' || told.kind !== 'status') continue;
		assert.deepEqual([first.step, first.whatsappIds], [told.step, told.whatsappIds]);
	}
}

/** One channel in its surroundings, process after process. */
class Bench {
	readonly clock: FakeClock = new FakeClock();
	readonly state: MemoryChannelState = new MemoryChannelState();
	readonly sink: MemorySink = new MemorySink();
	readonly #start: StartChannel;
	lifeline: Lifeline = new Lifeline();
	#now: ChannelUnderTest | undefined;

	private constructor(start: StartChannel) {
		this.#start = start;
	}

	static async open(start: StartChannel): Promise<Bench> {
		const bench = new Bench(start);
		await bench.restart();
		return bench;
	}

	get now(): ChannelUnderTest {
		return this.#now ?? assert.fail('not started');
	}

	/** The process dies where it stands, and the next one begins. */
	async restart(): Promise<void> {
		this.lifeline.dieAt(0, false);
		this.lifeline = new Lifeline();
		const sink = this.sink.seenBy(this.lifeline);
		this.#now = await this.#start({ clock: this.clock, state: this.state.seenBy(this.lifeline), sink: () => sink });
	}

	/** Another process at the same time, over the same state and the same gateway: for what this one released before. */
	async beside(): Promise<ChannelUnderTest> {
		return await this.#start({ clock: this.clock, state: this.state, sink: () => this.sink });
	}

	/** Connects the instance, which the gateway believes to be disconnected. */
	async connect(): Promise<void> {
		await this.now.channel.connect(anInstance('disconnected'));
	}

	async send(message: Message, phone: 0 | 1): Promise<SendOutcome> {
		return await this.sendTo(message, this.now.phones[phone]);
	}

	async sendTo(message: Message, phone: string): Promise<SendOutcome> {
		return await this.now.channel.send({ instanceId: 'ins_1', message, phone });
	}

	/** The process dies, and the next one goes on with the session. */
	async resume(): Promise<void> {
		await this.restart();
		await this.now.channel.connect(anInstance('connected'));
	}

	offers(...names: readonly WhatsAppCallName[]): boolean {
		return names.every((name) => this.now.channel.capabilities.calls.has(name));
	}

	async ask<N extends WhatsAppCallName>(name: N, asked: Asked<N>): Promise<Answered<N>> {
		return await this.now.channel.ask('ins_1', name, asked);
	}

	/** The names of what WhatsApp wrote into a chat. */
	noticesIn(address: string): string[] {
		return this.sink.stored.flatMap((one) =>
			one.kind === 'message' && one.message.chat.phone === address && one.message.content.kind === 'notice' ? one.message.content.name : [],
		);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		// What a dead process waits for never comes.
		if (!this.lifeline.isDead) await this.now.channel[Symbol.asyncDispose]();
	}
}
