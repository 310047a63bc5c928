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
import type {
	PhoneAct,
	PhoneActed,
	PhoneBehaviour,
	PhoneChat,
	PhoneMessage,
	PhoneWrites,
	ScreenLook,
	SimulatorControl,
} from '../../ports/simulator.ts';
import type { Answered, Asked, WhatsAppCallName } from '../../ports/whatsapp.ts';
import { SENT_KINDS } from './hindrance.ts';
import { ScreenMemory } from './screens.ts';
import { CALL_NAMES } from './whatsapp-calls.ts';
import { withoutPhone } from './without-phone.ts';
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
		kinds: new Set(SENT_KINDS),
		calls: CALL_NAMES,
		keepsOurId: true,
		hasQrCode: true,
		defaultPacing: { minMs: 0, maxMs: 0 },
	};

	readonly #options: SimulatorOptions;
	/** One an instance that was ever asked about; read from the state at first use. */
	readonly #worlds: Map<string, Promise<World>> = new Map();
	readonly #screenMemory = new ScreenMemory();
	#isDisposed = false;

	constructor(options: SimulatorOptions) {
		this.#options = options;
	}

	async ask<N extends WhatsAppCallName>(instanceId: string, name: N, asked: Asked<N>): Promise<Answered<N>> {
		const world = await this.#world(instanceId);
		return await world.ask(name, asked);
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

	async act(instance: Instance, act: PhoneAct): Promise<PhoneActed> {
		const world = await this.#worldOf(instance);
		return await world.act(act);
	}

	async chats(instance: Instance, phone: string): Promise<readonly PhoneChat[]> {
		const world = await this.#worldOf(instance);
		return world.chatsOn(phone);
	}

	async messages(instance: Instance, phone: string, look: ScreenLook): Promise<readonly PhoneMessage[]> {
		const world = await this.#worldOf(instance);
		return world.messagesOn(phone, look);
	}

	/** What is in memory goes with the world, which is read anew; where nothing is kept of the phone, it stays as it is. */
	async forget(instance: Instance, written: string): Promise<void> {
		const { state } = this.#options;
		const world = await this.#worldOf(instance);
		const phone = world.keyOf(written);
		const entries = await state.list(instance.id, '');
		if (withoutPhone(entries, phone).length === 0) return;
		await this.#begin(instance.id, this.#readWithout(world, instance.id, phone));
		if (instance.state !== 'connected') return;
		const anew = await this.#worldOf(instance);
		await anew.connect(true);
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
		const world = await this.#world(instance.id);
		await world.meet(instance.phone);
		return world;
	}

	async #world(instanceId: string): Promise<World> {
		if (this.#isDisposed) throw new RecadoError('shutting_down');
		return await (this.#worlds.get(instanceId) ?? this.#begin(instanceId, this.#read(instanceId)));
	}

	/** Whoever asks from now on waits for this one. Where the state cannot be read now, the next call reads it again. */
	#begin(instanceId: string, reading: Promise<World>): Promise<World> {
		this.#worlds.set(instanceId, reading);
		reading.catch(() => {
			if (this.#worlds.get(instanceId) === reading) this.#worlds.delete(instanceId);
		});
		return reading;
	}

	#read(instanceId: string): Promise<World> {
		const { clock, seed, state, sink, defaults = {}, logger } = this.#options;
		return World.read({
			instanceId,
			clock,
			seed,
			defaults,
			state,
			screenMemory: this.#screenMemory,
			observe: (observations) => sink().observe(instanceId, observations),
			failed: (error, retryInMs) => logger?.warn({ instanceId, err: error, retryInMs }, 'simulator.told_again'),
		});
	}

	/** The world that comes after this one. */
	async #readWithout(world: World, instanceId: string, phone: string): Promise<World> {
		const { state } = this.#options;
		await world[Symbol.asyncDispose]();
		await state.write(instanceId, withoutPhone(await state.list(instanceId, ''), phone));
		return await this.#read(instanceId);
	}
}
