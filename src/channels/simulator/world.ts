/**
 * The simulated WhatsApp of one instance: its session, its phones and what is still to happen between them. It goes on whether the
 * instance is connected or not. The gateway hears of it only while connected; what it missed it hears, in order and with the times at
 * which it happened, when it is connected again. A closed session takes no message.
 */
import type { PresenceStatus } from '../../domain/event.ts';
import { phoneKey } from '../../domain/phone.ts';
import type { ChannelState, ChannelStateChange, Observation, OutboundMessage, SendOutcome } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PhoneBehaviour, PhoneWrites } from '../../ports/simulator.ts';
import { actBatch } from './act-batch.ts';
import { type Act, Chats, type Outgoing } from './chats.ts';
import { type Batch, Courier } from './courier.ts';
import { Notebook } from './notebook.ts';
import { Phones } from './phones.ts';
import { quoteOf } from './quote.ts';
import {
	INCOMING_PREFIX,
	type IncomingRecord,
	OUTGOING_PREFIX,
	type OutgoingRecord,
	PHONE_PREFIX,
	type PhoneRecord,
	readRecords,
} from './records.ts';
import { Session } from './session.ts';
import { tellMessage, tellPresence } from './telling.ts';

export interface WorldParts {
	readonly instanceId: string;
	readonly clock: Clock;
	readonly seed: number | string;
	readonly defaults: Partial<PhoneBehaviour>;
	readonly state: ChannelState;
	observe(observations: readonly Observation[]): Promise<void>;
	/** The gateway could not store what happened; it is told again. */
	failed(error: unknown, retryInMs: number): void;
}

/** Acts in one batch; the others follow in the next one. Large enough that a commit's cost is shared, small enough to be a short one. */
const ACTS_MAX = 256;

export class World {
	readonly #parts: WorldParts;
	readonly #notebook: Notebook;
	readonly #session: Session;
	readonly #phones: Phones;
	readonly #chats: Chats;
	readonly #courier: Courier;
	/** What is being taken: the same message meanwhile gets the same answer. */
	readonly #taking: Map<string, Promise<SendOutcome>> = new Map();
	/** What is being put aside for a closed session; what is written next may not overtake it. */
	#puttingAside = 0;
	#lastOrder = 0;
	#turn: Promise<unknown> = Promise.resolve();

	private constructor(parts: WorldParts, made: { notebook: Notebook; session: Session; phones: Phones }) {
		this.#parts = parts;
		this.#notebook = made.notebook;
		this.#session = made.session;
		this.#phones = made.phones;
		this.#chats = new Chats(made.phones);
		this.#courier = new Courier(parts.clock, {
			nextAt: () => this.#nextAt(),
			next: (now) => this.#next(now),
			observe: parts.observe,
			failed: parts.failed,
		});
	}

	/** As it was left: nothing goes on before `connect`. */
	static async read(parts: WorldParts): Promise<World> {
		const { state, instanceId } = parts;
		const notebook = new Notebook(state, instanceId);
		const session = await Session.read(state, instanceId, notebook);
		const records = await readRecords<PhoneRecord>(state, instanceId, PHONE_PREFIX);
		const world = new World(parts, { notebook, session, phones: new Phones({ ...parts, records }) });
		world.#resume(
			await readRecords<OutgoingRecord>(state, instanceId, OUTGOING_PREFIX),
			await readRecords<IncomingRecord>(state, instanceId, INCOMING_PREFIX),
		);
		return world;
	}

	get isOpen(): boolean {
		return this.#session.isOpen;
	}

	/** Resolves when the report, if there is one, was tried; it is told again where the gateway could not store it. */
	async connect(isKnownOpen: boolean): Promise<void> {
		await this.#inTurn(async () => {
			await this.#session.open(isKnownOpen, this.#parts.clock.now());
			await this.#courier.pass();
		});
	}

	/** Nothing is told after it resolved. */
	async disconnect(): Promise<void> {
		await this.#inTurn(async () => {
			await this.#session.close();
			await this.#courier.pass();
		});
	}

	async lose(reason: string): Promise<void> {
		await this.#inTurn(async () => {
			await this.#session.lose(reason, this.#parts.clock.now());
			await this.#courier.pass();
		});
	}

	async send(outbound: OutboundMessage): Promise<SendOutcome> {
		const { whatsappId } = outbound.message;
		const at = this.#parts.clock.now();
		if (!this.isOpen) return { kind: 'disconnected' };
		const known = this.#chats.outgoing(whatsappId);
		if (known !== undefined) return this.#taken(known);
		if (!this.#phones.part(phoneKey(outbound.phone), 'onWhatsApp')) {
			return { kind: 'failed', failure: { code: 'not_on_whatsapp', reason: 'Phone number does not exist' }, at };
		}
		const taking = this.#taking.get(whatsappId) ?? this.#take(outbound, at).finally(() => this.#taking.delete(whatsappId));
		this.#taking.set(whatsappId, taking);
		return await taking;
	}

	async write(act: PhoneWrites, whatsappId: string): Promise<void> {
		const phone = phoneKey(act.from);
		const at = this.#parts.clock.now();
		this.#phones.register(act.from, act.name);
		const kept = { fromMe: act.fromMe ?? false, content: act.content, ...(act.replyTo !== undefined && { replyTo: act.replyTo }) };
		if (!this.isOpen || this.#puttingAside > 0 || this.#chats.incomingCount > 0) {
			await this.#putAside({ order: this.#nextOrder(), phone, at, ...kept }, whatsappId);
			return;
		}
		const message = { whatsappId, chat: this.#phones.party(phone), ...kept };
		await Promise.all([this.#keep(phone), this.#courier.post(tellMessage(message, at))]);
	}

	/** Seen by nobody while the session is closed: WhatsApp keeps no presence. */
	async presence(written: string, status: PresenceStatus, id: string): Promise<void> {
		const phone = phoneKey(written);
		this.#phones.register(written);
		const seen = this.isOpen && this.#courier.post(tellPresence(id, this.#phones.party(phone), status, this.#parts.clock.now()));
		await Promise.all([this.#keep(phone), seen]);
	}

	/** What waits on that phone goes by the new behaviour at once. */
	async setBehaviour(written: string, change: Partial<PhoneBehaviour>): Promise<PhoneBehaviour> {
		const phone = phoneKey(written);
		this.#phones.change(written, change, this.#parts.clock.now());
		this.#chats.reschedule(phone);
		await this.#keep(phone);
		this.#courier.wake();
		return this.#phones.behaviour(phone);
	}

	behaviour(written: string): PhoneBehaviour {
		return this.#phones.behaviour(phoneKey(written));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#courier[Symbol.asyncDispose]();
		await this.#notebook[Symbol.asyncDispose]();
	}

	#resume(outgoing: Map<string, OutgoingRecord>, incoming: Map<string, IncomingRecord>): void {
		const messages = [...outgoing].map(([whatsappId, record]) => ({ ...record, whatsappId })).sort(byOrder);
		for (const message of messages) this.#chats.addOutgoing(message);
		const written = [...incoming].map(([whatsappId, { order, phone, at }]) => ({ order, phone, at, whatsappId })).sort(byOrder);
		for (const { phone, at, whatsappId } of written) this.#chats.addIncoming({ phone, at, whatsappId });
		this.#lastOrder = Math.max(0, ...messages.slice(-1).map((one) => one.order), ...written.slice(-1).map((one) => one.order));
	}

	async #take({ message, phone: written }: OutboundMessage, at: number): Promise<SendOutcome> {
		const phone = phoneKey(written);
		const quote = message.origin === 'api' ? quoteOf(message.content) : null;
		const record: OutgoingRecord = { order: this.#nextOrder(), phone, takenAt: at, step: 'taken', since: at, quote };
		this.#phones.register(written);
		await this.#keep(phone, { key: `${OUTGOING_PREFIX}${message.whatsappId}`, value: record });
		const outgoing = { ...record, whatsappId: message.whatsappId };
		this.#chats.addOutgoing(outgoing);
		this.#courier.wake();
		return this.#taken(outgoing);
	}

	#taken(message: Outgoing): SendOutcome {
		return { kind: 'taken', at: message.takenAt, phone: this.#phones.spelling(message.phone) };
	}

	async #putAside(record: IncomingRecord, whatsappId: string): Promise<void> {
		if (this.#chats.hasIncoming(whatsappId)) return;
		this.#puttingAside++;
		try {
			await this.#keep(record.phone, { key: `${INCOMING_PREFIX}${whatsappId}`, value: record });
			this.#chats.addIncoming({ whatsappId, phone: record.phone, at: record.at });
		} finally {
			this.#puttingAside--;
		}
		this.#courier.wake();
	}

	/** Makes changes durable, and with them what is new about the phone. */
	async #keep(phone: string, ...changes: readonly ChannelStateChange[]): Promise<void> {
		const unsaved = this.#phones.unsaved(phone);
		await this.#notebook.put([...unsaved, ...changes]);
		this.#phones.saved(phone, unsaved);
	}

	#nextAt(): number | undefined {
		if (this.#session.hasReports) return 0;
		return this.isOpen ? this.#chats.nextAt() : undefined;
	}

	#next(now: number): Batch | undefined {
		if (this.#session.hasReports) return this.#session.batch();
		if (!this.isOpen) return undefined;
		const acts: Act[] = [];
		for (let act = this.#chats.advance(now); act !== undefined; act = this.#chats.advance(now)) {
			acts.push(act);
			if (acts.length === ACTS_MAX) break;
		}
		return acts.length === 0 ? undefined : actBatch(acts, { ...this.#parts, notebook: this.#notebook, phones: this.#phones });
	}

	#nextOrder(): number {
		this.#lastOrder++;
		return this.#lastOrder;
	}

	/** Opening and closing wait for each other. */
	async #inTurn(work: () => Promise<void>): Promise<void> {
		const turn = this.#turn.then(work);
		this.#turn = turn.catch(() => undefined);
		await turn;
	}
}

function byOrder(a: { readonly order: number }, b: { readonly order: number }): number {
	return a.order - b.order;
}
