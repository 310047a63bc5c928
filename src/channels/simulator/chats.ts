/**
 * What is still to happen on the simulated network, chat by chat, and in which order. Pure memory: it says what happens next and moves on;
 * the world keeps it durable.
 *
 * The words. An *outgoing* message is one that the gateway handed over. An *incoming* one was written on a phone while the instance was
 * not connected; the network holds it until the instance hears of it. An *act* is one thing that happens to one message.
 *
 * The steps of an outgoing message:
 * - *taken*: the network has it. It leaves by being received, `receivesAfterMs` later. While the phone is off (`null`) it waits.
 * - *received*: the phone has it. It leaves by being read, `readsAfterMs` later, or unread where the phone reads nothing (`null`).
 *   While the phone is off it waits.
 * - *read*: somebody read it. Where the phone answers and the message is one to answer, it leaves by being answered a moment later.
 * - through: answered, or read and not to be answered, or received and not to be read. Nothing is kept of it.
 * What a phone does is decided by how it behaves when the time has come, not by how it behaved when the message was taken. The chat may be
 * one of many: whose phones count then, and how, the audience says; a chat is known by its phone or by its address.
 *
 * In each chat every step is a queue of its own: the second message is never received before the first, nor read, nor answered before it;
 * and time only goes forward. A phone does these things on its own account: while nobody is connected they stay undone here, and are
 * done later with the time at which they were due.
 */
import { type Audience, isPhone } from './audience.ts';
import { DueQueue } from './due-queue.ts';
import { Fifo } from './fifo.ts';
import type { OutgoingRecord } from './records.ts';

export interface Outgoing extends OutgoingRecord {
	readonly whatsappId: string;
}

export interface Incoming {
	readonly whatsappId: string;
	readonly phone: string;
	readonly at: number;
}

export type Act =
	| {
			/** `forget`: it is through with nothing to tell. */
			readonly kind: 'receive' | 'read' | 'answer' | 'forget';
			readonly at: number;
			readonly message: Outgoing;
			/** As it is from then on; undefined where it is through. */
			readonly next: Outgoing | undefined;
	  }
	| { readonly kind: 'hear'; readonly at: number; readonly incoming: Incoming };

export class Chats {
	readonly #audience: Audience;
	readonly #chats: Map<string, Chat> = new Map();
	readonly #due: DueQueue = new DueQueue();
	readonly #outgoing: Map<string, Outgoing> = new Map();
	readonly #incoming: Set<string> = new Set();
	/** Chats of many that have something left to happen. */
	readonly #shared: Set<string> = new Set();

	constructor(audience: Audience) {
		this.#audience = audience;
	}

	outgoing(whatsappId: string): Outgoing | undefined {
		return this.#outgoing.get(whatsappId);
	}

	hasIncoming(whatsappId: string): boolean {
		return this.#incoming.has(whatsappId);
	}

	get incomingCount(): number {
		return this.#incoming.size;
	}

	/** Adds a message behind the others of its chat and step. */
	addOutgoing(message: Outgoing): void {
		const chat = this.#chat(message.phone);
		this.#outgoing.set(message.whatsappId, message);
		chat[message.step].push(message);
		if (message.step !== 'taken') chat.lastAt = Math.max(chat.lastAt, message.since);
		this.reschedule(message.phone);
	}

	addIncoming(incoming: Incoming): void {
		if (this.#incoming.has(incoming.whatsappId)) return;
		this.#incoming.add(incoming.whatsappId);
		this.#chat(incoming.phone).incoming.push(incoming);
		this.reschedule(incoming.phone);
	}

	/** Call when the behaviour of a phone changed. */
	reschedule(phone: string): void {
		const chat = this.#chats.get(phone);
		if (chat !== undefined) this.#due.set(phone, nextStep(this.#audience, phone, chat)?.at);
	}

	/** Call when it changed how phones behave, or who is in which group. */
	rescheduleShared(): void {
		for (const address of this.#shared) this.reschedule(address);
	}

	/** When something happens next; undefined: nothing will. */
	nextAt(): number | undefined {
		return this.#due.peek()?.at;
	}

	/** Lets the next thing happen that is due by now, and answers what it was. */
	advance(now: number): Act | undefined {
		for (let due = this.#due.peek(); due !== undefined && due.at <= now; due = this.#due.peek()) {
			const chat = this.#chat(due.key);
			const step = nextStep(this.#audience, due.key, chat);
			const act = step !== undefined && step.at <= now ? this.#perform(chat, step) : undefined;
			this.reschedule(due.key);
			if (isEmpty(chat)) this.#remove(due.key);
			if (act !== undefined) return act;
		}
		return undefined;
	}

	#perform(chat: Chat, step: NextStep): Act | undefined {
		chat.lastAt = step.at;
		if (step.from === 'incoming') {
			const incoming = chat.incoming.shift();
			if (incoming === undefined) return undefined;
			this.#incoming.delete(incoming.whatsappId);
			return { kind: 'hear', at: step.at, incoming };
		}
		const message = chat[step.from].shift();
		if (message === undefined) return undefined;
		const next = this.#after(message, step);
		if (next === undefined) this.#outgoing.delete(message.whatsappId);
		else {
			this.#outgoing.set(next.whatsappId, next);
			chat[next.step].push(next);
		}
		return { kind: step.act, at: step.at, message, next };
	}

	#after(message: Outgoing, step: NextStep): Outgoing | undefined {
		if (step.act === 'receive' && this.#audience.isRead(message.phone)) return { ...message, step: 'received', since: step.at };
		const isAnswered = step.act === 'read' && message.quote !== null && this.#audience.answering(message.phone).length > 0;
		if (isAnswered) return { ...message, step: 'read', since: step.at };
		return undefined;
	}

	#chat(phone: string): Chat {
		const known = this.#chats.get(phone);
		if (known !== undefined) return known;
		const chat = {
			taken: new Fifo<Outgoing>(),
			received: new Fifo<Outgoing>(),
			read: new Fifo<Outgoing>(),
			incoming: new Fifo<Incoming>(),
			lastAt: 0,
		};
		this.#chats.set(phone, chat);
		if (!isPhone(phone)) this.#shared.add(phone);
		return chat;
	}

	#remove(address: string): void {
		this.#chats.delete(address);
		this.#shared.delete(address);
	}
}

interface Chat {
	readonly taken: Fifo<Outgoing>;
	readonly received: Fifo<Outgoing>;
	readonly read: Fifo<Outgoing>;
	readonly incoming: Fifo<Incoming>;
	lastAt: number;
}

type NextStep = { readonly at: number } & (
	| { readonly from: 'incoming'; readonly act: 'hear' }
	| { readonly from: 'taken' | 'received' | 'read'; readonly act: 'receive' | 'read' | 'answer' | 'forget' }
);

/** The first thing that will happen in a chat, as its phones behave now; what was written on them goes before what is done to them. */
function nextStep(audience: Audience, address: string, chat: Chat): NextStep | undefined {
	const steps = [heard(chat), received(audience, address, chat), read(audience, address, chat), answered(audience, address, chat)];
	let first: NextStep | undefined;
	for (const step of steps) if (step !== undefined && (first === undefined || step.at < first.at)) first = step;
	return first && { ...first, at: Math.max(first.at, chat.lastAt) };
}

function heard(chat: Chat): NextStep | undefined {
	const head = chat.incoming.peek();
	return head && { from: 'incoming', act: 'hear', at: head.at };
}

function received(audience: Audience, address: string, chat: Chat): NextStep | undefined {
	const head = chat.taken.peek();
	if (head === undefined) return undefined;
	if (audience.isEmpty(address)) return { from: 'taken', act: 'forget', at: head.since };
	const at = audience.dueAt(address, 'receivesAfterMs', head.since);
	return at === null ? undefined : { from: 'taken', act: 'receive', at };
}

/** Phones that receive nothing do nothing else either. */
function read(audience: Audience, address: string, chat: Chat): NextStep | undefined {
	const head = chat.received.peek();
	if (head === undefined || audience.isOff(address)) return undefined;
	const at = audience.dueAt(address, 'readsAfterMs', head.since);
	return at === null ? { from: 'received', act: 'forget', at: head.since } : { from: 'received', act: 'read', at };
}

function answered(audience: Audience, address: string, chat: Chat): NextStep | undefined {
	const head = chat.read.peek();
	if (head === undefined || audience.isOff(address)) return undefined;
	const at = audience.dueAt(address, 'answersAfterMs', head.since);
	if (at === null || audience.answering(address).length === 0) return { from: 'read', act: 'forget', at: head.since };
	return { from: 'read', act: 'answer', at };
}

function isEmpty(chat: Chat): boolean {
	return chat.taken.size + chat.received.size + chat.read.size + chat.incoming.size === 0;
}
