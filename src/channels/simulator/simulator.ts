/**
 * A channel with no WhatsApp behind it: every instance has a simulated network of phones that receive, read and answer. As durable as
 * the real one: what it took, it does not forget, whatever happens to the process. Deterministic: the same seed, clock, ids and calls
 * give the same observations.
 */
import { hash } from 'node:crypto';
import type { Instance } from '../../domain/account.ts';
import type { PresenceStatus } from '../../domain/event.ts';
import { RecadoError } from '../../errors.ts';
import type { Channel, ChannelCapabilities, ChannelSink, ChannelState, OutboundMessage, SendOutcome } from '../../ports/channel.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { PhoneBehaviour, PhoneWrites, SimulatorControl } from '../../ports/simulator.ts';
import { World } from './world.ts';

export interface SimulatorOptions {
	readonly clock: Clock;
	readonly seed: number | string;
	readonly ids: Ids;
	readonly state: ChannelState;
	/** Asked at each use: the gateway is built after its channels. */
	readonly sink: () => ChannelSink;
	/** How phones behave of which nobody said anything; what is not given is a friendly customer's. */
	readonly defaults?: Partial<PhoneBehaviour>;
	readonly logger?: SimulatorLogger;
}

export interface SimulatorLogger {
	warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Z-API's words (contracts, `disconnected`). */
const LOST_REASON = 'Device has been disconnected';

/** A pairing code is shown for so long, as WhatsApp's own. */
const QR_CODE_MS = 20_000;

export class Simulator implements Channel, SimulatorControl {
	readonly capabilities: ChannelCapabilities = {
		kinds: new Set(['text', 'image', 'audio', 'video', 'document', 'location', 'contact', 'reaction']),
		keepsOurId: true,
		hasQrCode: true,
		defaultPacing: { minMs: 0, maxMs: 0 },
	};

	readonly #options: SimulatorOptions;
	/** One an instance that was ever asked about; read from the state at first use. */
	readonly #worlds: Map<string, Promise<World>> = new Map();
	#isDisposed = false;

	constructor(options: SimulatorOptions) {
		this.#options = options;
	}

	async connect(instance: Instance): Promise<void> {
		const world = await this.#worldOf(instance);
		await world.connect(instance.state === 'connected');
	}

	async disconnect(instanceId: string): Promise<void> {
		const world = await this.#world(instanceId);
		await world.disconnect();
	}

	/** What is still to happen stays in the state; whoever connects the instance next goes on with it. */
	async release(instanceId: string): Promise<void> {
		const reading = this.#worlds.get(instanceId);
		if (reading === undefined) return;
		this.#worlds.delete(instanceId);
		const world = await reading.catch(() => undefined); // one that could not be read has done nothing
		await world?.[Symbol.asyncDispose]();
	}

	async send(message: OutboundMessage): Promise<SendOutcome> {
		if (this.#isDisposed) return { kind: 'disconnected' };
		const world = await this.#world(message.instanceId);
		return await world.send(message);
	}

	/** Another one every 20 seconds, always the same for the same instance and time. */
	async qrCode(instanceId: string): Promise<string | undefined> {
		const world = await this.#world(instanceId);
		if (world.isOpen) return undefined;
		const { seed, clock } = this.#options;
		const period = Math.floor(clock.now() / QR_CODE_MS);
		const parts = ['reference', 'key', 'identity', 'secret'].map((part) =>
			hash('sha256', `${seed} ${instanceId} ${period} ${part}`, 'base64'),
		);
		return `2@${parts.join(',')}`;
	}

	async write(instance: Instance, act: PhoneWrites): Promise<{ readonly whatsappId: string }> {
		const whatsappId = act.whatsappId ?? this.#options.ids.nextWhatsappId();
		const world = await this.#worldOf(instance);
		await world.write(act, whatsappId);
		return { whatsappId };
	}

	async presence(instance: Instance, phone: string, status: PresenceStatus): Promise<void> {
		const id = this.#options.ids.nextWhatsappId();
		const world = await this.#worldOf(instance);
		await world.presence(phone, status, id);
	}

	async setBehaviour(instance: Instance, phone: string, change: Partial<PhoneBehaviour>): Promise<PhoneBehaviour> {
		const world = await this.#worldOf(instance);
		return await world.setBehaviour(phone, change);
	}

	async behaviour(instance: Instance, phone: string): Promise<PhoneBehaviour> {
		const world = await this.#worldOf(instance);
		return world.behaviour(phone);
	}

	async loseConnection(instance: Instance, reason: string = LOST_REASON): Promise<void> {
		const world = await this.#worldOf(instance);
		await world.lose(reason);
	}

	/** What is still to happen stays in the state; the next process goes on with it. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isDisposed = true;
		const worlds = await Promise.allSettled(this.#worlds.values());
		await Promise.all(worlds.map((world) => (world.status === 'fulfilled' ? world.value[Symbol.asyncDispose]() : undefined)));
	}

	async #worldOf(instance: Instance): Promise<World> {
		if (instance.channel !== 'simulator') throw new RecadoError('not_a_simulator');
		return await this.#world(instance.id);
	}

	async #world(instanceId: string): Promise<World> {
		if (this.#isDisposed) throw new RecadoError('shutting_down');
		const known = this.#worlds.get(instanceId);
		if (known !== undefined) return await known;
		const { clock, seed, state, sink, defaults = {}, logger } = this.#options;
		const world = World.read({
			instanceId,
			clock,
			seed,
			defaults,
			state,
			observe: (observations) => sink().observe(instanceId, observations),
			failed: (error, retryInMs) => logger?.warn({ instanceId, err: error, retryInMs }, 'simulator.told_again'),
		});
		this.#worlds.set(instanceId, world);
		// Where the state cannot be read now, the next call reads it again.
		world.catch(() => {
			if (this.#worlds.get(instanceId) === world) this.#worlds.delete(instanceId);
		});
		return await world;
	}
}
