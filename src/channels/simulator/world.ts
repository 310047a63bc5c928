/**
 * The simulated WhatsApp of one instance: its session, its phones and what is still to happen between them. It goes on whether the
 * instance is connected or not. The gateway hears of it only while connected; what it missed it hears, in order and with the times at
 * which it happened, when it is connected again. A closed session takes no message.
 */
import type { MessageContent } from '../../domain/content.ts';
import type { PresenceStatus } from '../../domain/event.ts';
import type { MessageFailure } from '../../domain/message.ts';
import { phoneKey } from '../../domain/phone.ts';
import { RecadoError } from '../../errors.ts';
import type { ChannelState, ChannelStateChange, Observation, OutboundMessage, SendOutcome } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PhoneAct, PhoneActed, PhoneBehaviour, PhoneChat, PhoneMessage, PhoneWrites, ScreenLook } from '../../ports/simulator.ts';
import type { Answered, Asked, WhatsAppCallName } from '../../ports/whatsapp.ts';
import { type ActBatchParts, actBatch } from './act-batch.ts';
import { Audience, isPhone } from './audience.ts';
import { beginChat, wasDeleted } from './chat-flags.ts';
import { type Act, Chats, type Outgoing } from './chats.ts';
import { type Batch, Courier } from './courier.ts';
import { Deeds } from './deeds.ts';
import { hindranceOf } from './hindrance.ts';
import { Letters } from './letters.ts';
import { Notebook } from './notebook.ts';
import { meetNewsletter, perform } from './phone-acts.ts';
import { Phones } from './phones.ts';
import { quoteOf } from './quote.ts';
import { INCOMING_PREFIX, type IncomingRecord, Kept, OUTGOING_PREFIX, type OutgoingRecord, PHONE_PREFIX } from './records.ts';
import { type ScreenMemory, Screens } from './screens.ts';
import { Session } from './session.ts';
import { Society } from './society.ts';
import { tellPresence } from './telling.ts';
import { HANDLERS } from './whatsapp-calls.ts';

export interface WorldParts {
	readonly instanceId: string;
	readonly clock: Clock;
	readonly seed: number | string;
	readonly defaults: Partial<PhoneBehaviour>;
	readonly state: ChannelState;
	readonly screenMemory: ScreenMemory;
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
	readonly #society: Society;
	readonly #phones: Phones;
	readonly #audience: Audience;
	readonly #screens: Screens;
	readonly #chats: Chats;
	readonly #courier: Courier;
	readonly #letters: Letters;
	readonly #deeds: Deeds;
	/** What is being taken: the same message meanwhile gets the same answer. */
	readonly #taking: Map<string, Promise<SendOutcome>> = new Map();
	#lastOrder = 0;
	#turn: Promise<unknown> = Promise.resolve();

	private constructor(parts: WorldParts, made: { notebook: Notebook; session: Session; society: Society }) {
		const { notebook, session, society } = made;
		this.#parts = parts;
		this.#notebook = notebook;
		this.#session = session;
		this.#society = society;
		this.#phones = society.phones;
		this.#audience = new Audience(society);
		this.#screens = new Screens(parts.screenMemory, society);
		this.#chats = new Chats(this.#audience);
		this.#courier = new Courier(parts.clock, {
			nextAt: () => this.#nextAt(),
			next: (now) => this.#next(now),
			observe: parts.observe,
			failed: parts.failed,
		});
		this.#letters = new Letters({
			...{ society, notebook, chats: this.#chats, courier: this.#courier, screens: this.#screens },
			isOpen: () => this.isOpen,
			nextOrder: () => this.#nextOrder(),
		});
		this.#deeds = new Deeds({ clock: parts.clock, society, notebook, letters: this.#letters, onDone: () => this.#rescheduleShared() });
	}

	/** As it was left: nothing goes on before `connect`. */
	static async read(parts: WorldParts): Promise<World> {
		const { state, instanceId } = parts;
		const kept = await Kept.read(state, instanceId);
		const notebook = new Notebook(state, instanceId);
		const phones = new Phones({ ...parts, records: kept.under(PHONE_PREFIX) });
		const world = new World(parts, { notebook, session: Session.read(kept, notebook), society: new Society({ ...parts, phones, kept }) });
		world.#resume(kept.under(OUTGOING_PREFIX), kept.under(INCOMING_PREFIX));
		return world;
	}

	get isOpen(): boolean {
		return this.#session.isOpen;
	}

	/** The key of whom a caller means, by a number, a LID or an address. */
	keyOf(written: string): string {
		return this.#society.keyOf(written);
	}

	/** The instance's number, where that is news. */
	async meet(phone: string): Promise<void> {
		if (this.#society.own.phone !== phone) await this.#deeds.run(({ society }) => society.changeOwn({ phone }));
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
		const { whatsappId, content } = outbound.message;
		const at = this.#parts.clock.now();
		if (!this.isOpen) return { kind: 'disconnected' };
		const known = this.#chats.outgoing(whatsappId);
		if (known !== undefined) return this.#taken(known, outbound.phone);
		const address = isPhone(outbound.phone) ? phoneKey(outbound.phone) : this.#society.keyOf(outbound.phone);
		const failure: MessageFailure | undefined = hindranceOf(this.#society, address, content);
		if (failure !== undefined) return { kind: 'failed', failure, at };
		const taking = this.#taking.get(whatsappId) ?? this.#take(outbound, address, at).finally(() => this.#taking.delete(whatsappId));
		this.#taking.set(whatsappId, taking);
		return await taking;
	}

	async write(act: PhoneWrites, whatsappId: string): Promise<void> {
		if (act.address?.endsWith('@newsletter')) await this.#meetNewsletter(act.address, act.name);
		else if (act.address === undefined && this.#isNewsForDurations(phoneKey(act.from))) await this.#meetChat(phoneKey(act.from));
		await this.#letters.write(act, whatsappId, this.#parts.clock.now());
	}

	/** Throws instance_not_connected, where a session is needed and there is none. */
	async ask<N extends WhatsAppCallName>(name: N, asked: Asked<N>): Promise<Answered<N>> {
		const handler = HANDLERS[name];
		if ('read' in handler) {
			if (name === 'chats.flags') await this.#deeds.keepUnread();
			return handler.read(this.#society, asked, { isOpen: this.isOpen, number: this.#session.number, now: this.#parts.clock.now() });
		}
		if (!this.isOpen) throw new RecadoError('instance_not_connected');
		const answer = await this.#deeds.run((deed) => handler.deed(deed, asked));
		if (name === 'chats.read' && this.#society.own.privacy.readReceipts) this.#screens.markRead((asked as Asked<'chats.read'>).whatsappIds);
		return answer;
	}

	async act(act: PhoneAct): Promise<PhoneActed> {
		return await this.#deeds.run((deed) => perform(deed, act));
	}

	chatsOn(written: string): readonly PhoneChat[] {
		return this.#screens.chatsOf(phoneKey(written), this.#parts.clock.now());
	}

	messagesOn(written: string, look: ScreenLook): readonly PhoneMessage[] {
		return this.#screens.messagesOf(phoneKey(written), { ...look, now: this.#parts.clock.now() });
	}

	/** Seen by nobody while the session is closed: WhatsApp keeps no presence. */
	async presence(written: string, status: PresenceStatus, id: string): Promise<void> {
		const phone = phoneKey(written);
		this.#phones.register(written);
		const isSeen = this.isOpen && this.#society.book.get(phone)?.isBlocked !== true;
		const seen = isSeen && this.#courier.post(tellPresence(id, this.#phones.party(phone), status, this.#parts.clock.now()));
		await Promise.all([this.#keep(phone), seen]);
	}

	/** What waits on that phone goes by the new behaviour at once. */
	async setBehaviour(written: string, change: Partial<PhoneBehaviour>): Promise<PhoneBehaviour> {
		const phone = phoneKey(written);
		const now = this.#parts.clock.now();
		this.#screens.settle(phone, now);
		this.#phones.change(written, change, now);
		this.#chats.reschedule(phone);
		this.#chats.rescheduleShared();
		await this.#keep(phone);
		this.#courier.wake();
		return this.#phones.behaviour(phone);
	}

	behaviour(written: string): PhoneBehaviour {
		return this.#phones.behaviour(phoneKey(written));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#courier[Symbol.asyncDispose]();
		// Of what nobody looked at, this is the last chance; where the store refuses it, a count is lower after all.
		await this.#deeds.keepUnread().catch(() => undefined);
		await this.#notebook[Symbol.asyncDispose]();
	}

	#resume(outgoing: Map<string, OutgoingRecord>, incoming: Map<string, IncomingRecord>): void {
		const messages = [...outgoing].map(([whatsappId, record]) => ({ ...record, whatsappId })).sort(byOrder);
		for (const message of messages) this.#chats.addOutgoing(message);
		const written = [...incoming].map(([whatsappId, { order, phone, at }]) => ({ order, phone, at, whatsappId })).sort(byOrder);
		for (const { phone, at, whatsappId } of written) this.#chats.addIncoming({ phone, at, whatsappId });
		this.#lastOrder = Math.max(0, ...messages.slice(-1).map((one) => one.order), ...written.slice(-1).map((one) => one.order));
	}

	async #take({ message, phone: written }: OutboundMessage, address: string, at: number): Promise<SendOutcome> {
		const { whatsappId, content, replyTo } = message;
		if (this.#isNewsForDurations(address)) await this.#meetChat(address);
		const quote = message.origin === 'api' ? quoteOf(content) : null;
		const record: OutgoingRecord = {
			order: this.#nextOrder(),
			phone: address,
			takenAt: at,
			step: 'taken',
			since: at,
			quote,
			...(isPlayed(content) && { isPlayed: true }),
		};
		if (isPhone(address)) this.#phones.register(isPhone(written) ? written : address);
		await this.#keep(address, { key: `${OUTGOING_PREFIX}${whatsappId}`, value: record });
		const outgoing = { ...record, whatsappId };
		this.#chats.addOutgoing(outgoing);
		this.#screens.add({ address, whatsappId, from: this.#society.self, at, content, replyTo });
		if (wasDeleted(this.#society, address)) this.#society.unread.said(address, at);
		this.#courier.wake();
		return this.#taken(outgoing, written);
	}

	/** Whoever is written to by a number is known by it; whose LID alone is known, as they want to be. */
	#taken(message: Outgoing, written: string): SendOutcome {
		const phone = isPhone(written) ? this.#phones.spelling(message.phone) : this.#phones.shownAs(message.phone);
		return { kind: 'taken', at: message.takenAt, phone };
	}

	/** A chat with somebody new takes the duration that the instance wants for new ones. */
	#isNewsForDurations(address: string): boolean {
		const { own, chats } = this.#society;
		if (own.privacy.messagesDurationSeconds === 0) return false;
		return isPhone(address) && !this.#phones.isKnown(address) && chats.get(address) === undefined;
	}

	async #meetChat(address: string): Promise<void> {
		await this.#deeds.run((deed) => beginChat(deed, address));
	}

	async #meetNewsletter(address: string, name: string | undefined): Promise<void> {
		const known = this.#society.newsletters.get(address);
		if (name === undefined || known?.name === name) return;
		await this.#deeds.run((deed) => meetNewsletter(deed, address, name));
	}

	#rescheduleShared(): void {
		this.#chats.rescheduleShared();
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
		return acts.length === 0 ? undefined : actBatch(acts, this.#batchParts);
	}

	get #batchParts(): ActBatchParts {
		const { instanceId, state } = this.#parts;
		return { instanceId, state, notebook: this.#notebook, society: this.#society, audience: this.#audience, screens: this.#screens };
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

/** A voice message or a round video note. */
function isPlayed(content: MessageContent): boolean {
	return content.kind === 'audio' || (content.kind === 'video' && content.look === 'ptv');
}

function byOrder(a: { readonly order: number }, b: { readonly order: number }): number {
	return a.order - b.order;
}
