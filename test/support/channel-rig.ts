/**
 * What a channel lives in while it is tested, besides the clock: a state and a sink in memory that fail when they are told to, and processes that die. A dead process is what `kill -9` leaves: its calls never come back and change nothing more.
 */
import assert from 'node:assert/strict';
import type { Instance } from '../../src/domain/account.ts';
import type { MessageContent } from '../../src/domain/content.ts';
import type { Message } from '../../src/domain/message.ts';
import type { ChannelSink, ChannelState, ChannelStateChange, ChannelStateEntry, Observation } from '../../src/ports/channel.ts';
import type { FakeClock } from './fake-clock.ts';

/** Counts what a process reads and writes, and ends it at the chosen operation. */
export class Lifeline {
	readonly died: Promise<'died'>;
	#die: () => void;
	#isDead = false;
	#left: number = Number.POSITIVE_INFINITY;
	#lastTakesEffect = false;

	constructor() {
		const { promise, resolve } = Promise.withResolvers<'died'>();
		this.died = promise;
		this.#die = () => resolve('died');
	}

	get isDead(): boolean {
		return this.#isDead;
	}

	/** Dies at the nth operation from now, after it took effect or before; at 0, now. */
	dieAt(operation: number, takesEffect: boolean): void {
		this.#left = operation;
		this.#lastTakesEffect = takesEffect;
		if (operation === 0) this.#end();
	}

	async pass<T>(operation: () => Promise<T>): Promise<T> {
		if (this.#isDead) return await new Promise<never>(() => {});
		this.#left--;
		if (this.#left > 0) return await operation();
		try {
			if (this.#lastTakesEffect) await operation();
		} finally {
			this.#end();
		}
		return await new Promise<never>(() => {});
	}

	#end(): void {
		this.#isDead = true;
		this.#die();
	}
}

/** Channel state in memory. Values are kept as JSON, as every store does. */
export class MemoryChannelState implements ChannelState {
	readonly #values: Map<string, string> = new Map();
	/** So many of the next writes fail. */
	failures = 0;
	writes = 0;

	async list(instanceId: string, prefix: string): Promise<readonly ChannelStateEntry[]> {
		const start = `${instanceId}\n${prefix}`;
		const found = [...this.#values].filter(([key]) => key.startsWith(start));
		return found.map(([key, value]) => ({ key: key.slice(instanceId.length + 1), value: JSON.parse(value) }));
	}

	async write(instanceId: string, changes: readonly ChannelStateChange[]): Promise<void> {
		this.writes++;
		if (this.failures > 0) {
			this.failures--;
			throw new Error('The state cannot be written.');
		}
		for (const change of changes) {
			const key = `${instanceId}\n${change.key}`;
			if ('isDeleted' in change) this.#values.delete(key);
			else this.#values.set(key, JSON.stringify(change.value));
		}
	}

	/** The same state as one process sees it. */
	seenBy(lifeline: Lifeline): ChannelState {
		return {
			list: (instanceId, prefix) => lifeline.pass(() => this.list(instanceId, prefix)),
			write: (instanceId, changes) => lifeline.pass(() => this.write(instanceId, changes)),
		};
	}
}

/** A gateway that stores what it is told, once an id, and remembers every telling. */
export class MemorySink implements ChannelSink {
	/** In the order in which they were first told. */
	readonly stored: (Observation & { readonly instanceId: string })[] = [];
	/** Each telling, repetitions too. */
	readonly told: Observation[] = [];
	/** So many of the next tellings cannot be stored. */
	failures = 0;
	/** How often a telling could not be stored. */
	failed = 0;

	async observe(instanceId: string, observations: readonly Observation[]): Promise<void> {
		if (this.failures > 0) {
			this.failures--;
			this.failed++;
			throw new Error('The gateway cannot store this.');
		}
		for (const observation of observations) {
			this.told.push(observation);
			if (this.stored.some((one) => one.instanceId === instanceId && one.id === observation.id)) continue;
			this.stored.push({ ...observation, instanceId });
		}
	}

	seenBy(lifeline: Lifeline): ChannelSink {
		return { observe: (instanceId, observations) => lifeline.pass(() => this.observe(instanceId, observations)) };
	}

	kinds(): string[] {
		return this.stored.map((one) => (one.kind === 'status' ? one.step : one.kind));
	}

	/** The steps of one message, as they were first told. */
	stepsOf(message: Message): string[] {
		return this.stored.flatMap((one) => (one.kind === 'status' && one.whatsappIds.includes(message.whatsappId) ? one.step : []));
	}

	/** The messages that reached a step, in order. */
	reached(step: string): string[] {
		return this.stored.flatMap((one) => (one.kind === 'status' && one.step === step ? one.whatsappIds : []));
	}
}

export function anInstance(state: Instance['state'] = 'disconnected', id = 'ins_1'): Instance {
	return {
		id,
		accountId: 'acc_1',
		name: 'Support',
		channel: 'simulator',
		phone: '5544911112222',
		tokenHash: '',
		state,
		pacing: { minMs: 0, maxMs: 0 },
		createdAt: 0,
	};
}

export function aMessage(
	whatsappId: string,
	content: MessageContent = { kind: 'text', text: 'Bom dia!' },
	origin: Message['origin'] = 'api',
): Message {
	return {
		id: `msg_${whatsappId}`,
		whatsappId,
		accountId: 'acc_1',
		instanceId: 'ins_1',
		chatId: 'cht_1',
		fromMe: true,
		origin,
		content,
		status: 'queued',
		timeline: { queued: 0 },
		createdAt: 0,
		updatedAt: 0,
	};
}

/** Lets time go by in small steps until something is so; fails where it does not come to be within the limit. */
export async function until(clock: FakeClock, what: string, isSo: () => boolean, limitMs: number = 600_000): Promise<void> {
	const end = clock.now() + limitMs;
	while (!isSo()) {
		assert.ok(clock.now() < end, `${what}: not within ${limitMs} ms`);
		await clock.advance(100);
	}
}
