/**
 * Histories of the simulator: whatever is sent and written while processes die, connections break, phones are off and the store fails, in
 * the end everything that was taken is received and read, and everything written is heard, in order per chat and once.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aMessage, anInstance, Lifeline, MemoryChannelState, MemorySink } from '../../../test/support/channel-rig.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeIds } from '../../../test/support/fake-ids.ts';
import type { InboundMessage } from '../../ports/channel.ts';
import { Simulator } from './simulator.ts';

const PHONES: readonly string[] = ['5544999999999', '5511988887777', '551133334444'];

const phone = fc.nat(PHONES.length - 1);
const action = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('send' as const), phone }) },
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('write' as const), phone }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('advance' as const), ms: fc.oneof(fc.nat(50), fc.nat(3000)) }) },
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('crash' as const), operation: fc.nat(6), takesEffect: fc.boolean() }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('connect' as const, 'disconnect' as const, 'lose' as const) }) },
	{ weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('switch off' as const, 'switch on' as const), phone }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('sink fails' as const, 'state fails' as const), times: fc.nat(3) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

test('nothing that was taken is lost, overtaken or doubled', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (history) => {
			const gateway = new Gateway();
			for (const step of history) await gateway.act(step);
			await gateway.finish();
			for (const number of PHONES) {
				assert.deepEqual(gateway.reached('received', number), gateway.sent(number), 'received');
				assert.deepEqual(gateway.reached('read', number), gateway.sent(number), 'read');
				assert.deepEqual(gateway.answered(number), gateway.sent(number), 'answered');
				assert.deepEqual(gateway.heard(number), gateway.written(number), 'heard');
			}
			for (const prefix of ['out/', 'in/', 'report/']) assert.deepEqual(await gateway.state.list('ins_1', prefix), []);
			gateway.assertSessionsAlternate();
		}),
		{ numRuns: 300 },
	);
});

/** A gateway that sends each chat's messages one after the other until they are taken, as long as it believes that it is connected. */
class Gateway {
	readonly clock: FakeClock = new FakeClock();
	readonly state: MemoryChannelState = new MemoryChannelState();
	readonly #sink: MemorySink = new MemorySink();
	readonly #queues: { readonly phone: string; readonly id: string; readonly kind: 'send' | 'write' }[] = [];
	readonly #all: { readonly phone: string; readonly id: string; readonly kind: 'send' | 'write' }[] = [];
	#lifeline: Lifeline = new Lifeline();
	#simulator: Simulator;
	#isConnected = false;
	#heardUpTo = 0;

	constructor() {
		this.#simulator = this.#start();
	}

	sent(phone: string): string[] {
		return this.#all.filter((one) => one.phone === phone && one.kind === 'send').map((one) => one.id);
	}

	written(phone: string): string[] {
		return this.#all.filter((one) => one.phone === phone && one.kind === 'write').map((one) => one.id);
	}

	reached(step: string, phone: string): string[] {
		return this.#sink.reached(step).filter((id) => id.startsWith(`${phone} `));
	}

	heard(phone: string): string[] {
		return this.#messagesOf(phone).flatMap((one) => (one.replyTo === undefined ? one.whatsappId : []));
	}

	answered(phone: string): string[] {
		return this.#messagesOf(phone).flatMap((one) => one.replyTo ?? []);
	}

	#messagesOf(phone: string): InboundMessage[] {
		return this.#sink.stored.flatMap((one) => (one.kind === 'message' && one.message.chat.phone === phone ? one.message : []));
	}

	/** No session ends twice, and none ends before it begins. */
	assertSessionsAlternate(): void {
		const ends = this.#sink.stored.flatMap((one, index) => (one.kind === 'disconnected' ? index : []));
		for (const end of ends) {
			const session = this.#sink.stored[end]?.id.replace(':disconnected', '');
			assert.ok(this.#sink.stored.findIndex((one) => one.id === `${session}:connected`) < end);
		}
	}

	async act(step: Action): Promise<void> {
		await this.#revive();
		switch (step.kind) {
			case 'send':
			case 'write': {
				const number = PHONES[step.phone] ?? '';
				const item = { phone: number, id: `${number} ${this.#all.length}`, kind: step.kind };
				this.#all.push(item);
				this.#queues.push(item);
				await this.#workOff();
				break;
			}
			case 'advance':
				await this.clock.advance(step.ms);
				break;
			case 'crash':
				this.#lifeline.dieAt(step.operation, step.takesEffect);
				break;
			case 'switch off':
			case 'switch on':
				await this.#try(() =>
					this.#simulator.setBehaviour(anInstance(), PHONES[step.phone] ?? '', { receivesAfterMs: step.kind === 'switch on' ? 100 : null }),
				);
				break;
			case 'sink fails':
				this.#sink.failures = step.times;
				break;
			case 'state fails':
				this.state.failures = step.times;
				break;
			default:
				await this.#changeSession(step.kind);
		}
		this.#hear();
	}

	async finish(): Promise<void> {
		this.#sink.failures = 0;
		this.state.failures = 0;
		// A death on its way comes first: from here on nobody dies.
		await this.clock.advance(0);
		await this.#revive();
		await this.clock.advance(0);
		this.#lifeline.dieAt(Number.POSITIVE_INFINITY, false);
		for (const number of PHONES) await this.#simulator.setBehaviour(anInstance(), number, { receivesAfterMs: 100 });
		await this.#changeSession('connect');
		await this.#workOff();
		await this.clock.advance(600_000);
		assert.deepEqual(this.#queues, []);
		await this.#simulator[Symbol.asyncDispose]();
		assert.equal(this.clock.pending, 0);
	}

	async #changeSession(change: 'connect' | 'disconnect' | 'lose'): Promise<void> {
		if (change === 'connect') await this.#try(() => this.#simulator.connect(anInstance(this.#isConnected ? 'connected' : 'disconnected')));
		else if (change === 'lose') await this.#try(() => this.#simulator.loseConnection(anInstance('connected')));
		else {
			const done = await this.#try(() => this.#simulator.disconnect('ins_1'));
			this.#hear();
			if (done) this.#isConnected = false;
		}
	}

	/** What is sent and written, each chat in order; what fails is tried again later. */
	async #workOff(): Promise<void> {
		const blocked = new Set<string>();
		for (const item of [...this.#queues]) {
			const lane = `${item.kind} ${item.phone}`;
			if (blocked.has(lane) || !(await this.#offer(item))) blocked.add(lane);
			else this.#queues.splice(this.#queues.indexOf(item), 1);
		}
	}

	async #offer({ kind, phone: number, id }: { kind: string; phone: string; id: string }): Promise<boolean> {
		if (kind === 'write') {
			const content = { kind: 'text' as const, text: id };
			return await this.#try(() => this.#simulator.write(anInstance(), { from: number, content, whatsappId: id }));
		}
		let isTaken = false;
		await this.#try(async () => {
			const outcome = await this.#simulator.send({ instanceId: 'ins_1', message: aMessage(id), phone: number });
			isTaken = outcome.kind === 'taken';
		});
		return isTaken;
	}

	/** False where it failed or the process died over it. */
	async #try(work: () => Promise<unknown>): Promise<boolean> {
		const done = work().then(
			() => true,
			() => false,
		);
		return (await Promise.race([done, this.#lifeline.died])) === true;
	}

	#hear(): void {
		for (const one of this.#sink.stored.slice(this.#heardUpTo)) {
			if (one.kind === 'connected' || one.kind === 'disconnected') this.#isConnected = one.kind === 'connected';
		}
		this.#heardUpTo = this.#sink.stored.length;
	}

	async #revive(): Promise<void> {
		if (!this.#lifeline.isDead) return;
		this.#hear();
		this.#lifeline = new Lifeline();
		this.#simulator = this.#start();
		if (this.#isConnected) await this.#changeSession('connect');
		await this.#workOff();
	}

	#start(): Simulator {
		const sink = this.#sink.seenBy(this.#lifeline);
		const state = this.state.seenBy(this.#lifeline);
		return new Simulator({ clock: this.clock, state, sink: () => sink, ids: new FakeIds(), seed: 1, defaults: { readsAfterMs: 200 } });
	}
}
