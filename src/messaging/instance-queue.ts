/**
 * The queue of an instance: what was accepted goes to the channel, in order of due time, with the instance's pause between two starts.
 *
 * The queue itself is in the store (messages `queued`); here is only who goes next. A message is *due* when its time has come. It *goes* when
 * it is due, its chat has none on its way, the pause is over and the session is there. On its way it can no longer be withheld. It leaves
 * the queue as `sent` or `failed` with what the channel answers; `disconnected` keeps it. So does an error of the channel, for a while
 * (its chat rests meanwhile). A message that is delayed holds back later ones of its chat by their due time; one that is scheduled does
 * not, and one that is slow holds back its chat alone.
 */
import type { Instance } from '../domain/account.ts';
import type { Message } from '../domain/message.ts';
import { advance, fail } from '../domain/message-status.ts';
import type { Observer } from '../observe/observer.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Clock, Ids, Random, Timer } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Change, Store } from '../ports/store.ts';
import { correspondentOf } from './chat-opening.ts';
import { commitDecided } from './commit.ts';
import { failedEvent, stepEvents } from './message-events.ts';

/** Messages on their way to one channel at once, each of another chat. */
const ON_THEIR_WAY_MAX = 16;

/** How many of the queue are looked at when choosing who goes next. */
const LOOK_AHEAD = 100;

/** How long a chat rests after the channel failed in a way that says nothing about the message. */
const REST_MS = 5_000;

export interface QueueParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'messages'>;
	readonly outbox: Outbox;
	readonly channelOf: (instance: Instance) => Channel;
	readonly clock: Clock;
	readonly random: Random;
	readonly ids: Ids;
	readonly observer: Observer;
}

/** The queues of all instances; made on first use. */
export class InstanceQueues implements AsyncDisposable {
	readonly #parts: QueueParts;
	readonly #queues = new Map<string, InstanceQueue>();

	constructor(parts: QueueParts) {
		this.#parts = parts;
	}

	of(instanceId: string): InstanceQueue {
		const known = this.#queues.get(instanceId);
		if (known) return known;
		const queue = new InstanceQueue(instanceId, this.#parts);
		this.#queues.set(instanceId, queue);
		return queue;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all([...this.#queues.values()].map((queue) => queue.stop()));
	}
}

export class InstanceQueue {
	readonly #instanceId: string;
	readonly #parts: QueueParts;
	/** Ids that are on their way or being withheld, and the chats that have one on its way or rest. */
	readonly #busy = new Set<string>();
	readonly #busyChats = new Set<string>();
	readonly #running = new Set<Promise<void>>();
	/** The front of the queue as last read, without what went; read again when none of it may go. */
	#front: Message[] = [];
	#isFrontStale = true;
	/** Until when the last delayed message of a chat holds back later ones. */
	readonly #heldUntil = new Map<string, number>();
	#length = 0;
	#state: 'stopped' | 'running' = 'stopped';
	#nextStartAt = 0;
	#timer: Timer | undefined;
	#isChoosing = false;
	#chooseAgain = false;

	constructor(instanceId: string, parts: QueueParts) {
		this.#instanceId = instanceId;
		this.#parts = parts;
	}

	/** Begins to work: the session is there. */
	async start(): Promise<void> {
		if (this.#state === 'running') return;
		this.#state = 'running';
		this.#isFrontStale = true;
		await this.#recall();
		this.#choose();
	}

	/** Learns what is queued from a time before this process. */
	async #recall(): Promise<void> {
		const { store } = this.#parts;
		this.#length = await store.messages.queueCount(this.#instanceId);
		for (const message of await store.messages.queue(this.#instanceId, this.#length)) this.#noteDelay(message);
	}

	/** Ends working; waits for what is on its way. */
	async stop(): Promise<void> {
		this.#state = 'stopped';
		this.#timer?.cancel();
		while (this.#running.size > 0) await Promise.all(this.#running);
	}

	length(): number {
		return this.#length;
	}

	/** When a message that is accepted now may go. */
	dueAt(of: { chatId: string; now: number; delayMs?: number | undefined; scheduledFor?: number | undefined }): number {
		if (of.scheduledFor !== undefined) return Math.max(of.now, of.scheduledFor);
		return Math.max(of.now + (of.delayMs ?? 0), this.#heldUntil.get(of.chatId) ?? 0);
	}

	/** A message was committed into the queue. */
	accepted(message: Message): void {
		this.#length += 1;
		this.#isFrontStale = true;
		this.#noteDelay(message);
		this.#choose();
	}

	/** Keeps a message from going while `work` takes it out. False where it is on its way already, or `work` says so. */
	async withhold(messageId: string, work: () => Promise<boolean>): Promise<boolean> {
		if (this.#busy.has(messageId)) return false;
		this.#busy.add(messageId);
		try {
			const isGone = await work();
			if (isGone) {
				this.#length -= 1;
				this.#front = this.#front.filter((message) => message.id !== messageId);
			}
			return isGone;
		} finally {
			this.#busy.delete(messageId);
		}
	}

	#noteDelay(message: Message): void {
		const { chatId, dueAt = 0, isScheduled } = message;
		if (isScheduled !== true && dueAt > this.#parts.clock.now())
			this.#heldUntil.set(chatId, Math.max(dueAt, this.#heldUntil.get(chatId) ?? 0));
	}

	#choose(): void {
		if (this.#state === 'stopped') return;
		this.#chooseAgain = true;
		if (this.#isChoosing) return;
		this.#isChoosing = true;
		void this.#chooseWhileAny()
			.catch((error: unknown) => {
				this.#parts.observer.background('instance-queue.choose', error);
				this.#chooseAt(this.#parts.clock.now() + REST_MS);
			})
			.finally(() => {
				this.#isChoosing = false;
				if (this.#chooseAgain) this.#choose();
			});
	}

	async #chooseWhileAny(): Promise<void> {
		const { store, clock } = this.#parts;
		while (this.#chooseAgain && this.#state === 'running') {
			this.#chooseAgain = false;
			const now = clock.now();
			if (this.#nextStartAt > now) return this.#chooseAt(this.#nextStartAt);
			if (this.#running.size >= ON_THEIR_WAY_MAX) return; // the end of one chooses again
			const instance = await store.accounts.instance(this.#instanceId);
			if (!instance) return;
			if (!this.#startDue(instance, now) && this.#isFrontStale) {
				await this.#readFront();
				this.#startDue(instance, now);
			}
			const nextDueAt = this.#front.find((message) => (message.dueAt ?? 0) > now)?.dueAt;
			if (this.#nextStartAt > now) this.#chooseAt(this.#nextStartAt);
			else if (nextDueAt !== undefined) this.#chooseAt(nextDueAt);
		}
	}

	async #readFront(): Promise<void> {
		const queued = await this.#parts.store.messages.queue(this.#instanceId, LOOK_AHEAD);
		this.#front = queued.filter((message) => !this.#busy.has(message.id));
		// A front that is full hides what is behind it: the next look reads again.
		this.#isFrontStale = queued.length === LOOK_AHEAD;
	}

	/** Starts what may go; answers whether anything did. */
	#startDue(instance: Instance, now: number): boolean {
		let hasStarted = false;
		for (const message of [...this.#front]) {
			if ((message.dueAt ?? 0) > now || this.#running.size >= ON_THEIR_WAY_MAX || this.#nextStartAt > now) break;
			if (this.#busy.has(message.id) || this.#busyChats.has(message.chatId)) continue;
			this.#front.splice(this.#front.indexOf(message), 1);
			this.#go(instance, message);
			hasStarted = true;
			const pauseMs = this.#pause(instance);
			if (pauseMs > 0) this.#nextStartAt = now + pauseMs;
		}
		return hasStarted;
	}

	#pause({ pacing }: Instance): number {
		return Math.round(pacing.minMs + this.#parts.random.next() * (pacing.maxMs - pacing.minMs));
	}

	#chooseAt(at: number): void {
		this.#timer?.cancel();
		this.#timer = this.#parts.clock.schedule(Math.max(0, at - this.#parts.clock.now()), () => this.#choose());
	}

	#go(instance: Instance, message: Message): void {
		this.#busy.add(message.id);
		this.#busyChats.add(message.chatId);
		const running = this.#hand(instance, message)
			.then((isDone) => {
				this.#busyChats.delete(message.chatId);
				if (isDone) this.#length -= 1;
				else this.#isFrontStale = true;
			})
			.catch((error: unknown) => {
				this.#parts.observer.background('instance-queue.send', error);
				this.#isFrontStale = true;
				this.#parts.clock.schedule(REST_MS, () => {
					this.#busyChats.delete(message.chatId);
					this.#choose();
				});
			})
			.finally(() => {
				this.#busy.delete(message.id);
				this.#running.delete(running);
				this.#choose();
			});
		this.#running.add(running);
	}

	/** Hands a message to the channel and commits the outcome. False: it stays in the queue. */
	async #hand(instance: Instance, message: Message): Promise<boolean> {
		const { store, channelOf } = this.#parts;
		const view = await store.chats.chat(message.chatId);
		if (!view) throw new Error(`the chat ${message.chatId} of the message ${message.id} is not in the store`);
		const outcome = await channelOf(instance).send({ instanceId: instance.id, message, phone: view.chat.phone });
		if (outcome.kind === 'disconnected') {
			this.#state = 'stopped';
			return false;
		}
		await this.#commitOutcome(instance, message, outcome);
		return true;
	}

	async #commitOutcome(instance: Instance, message: Message, outcome: Exclude<SendOutcome, { kind: 'disconnected' }>): Promise<void> {
		const { store, outbox, ids, observer } = this.#parts;
		await commitDecided(outbox, async () => {
			const current = await store.messages.message(message.id);
			const view = await store.chats.chat(message.chatId);
			if (!current || !view) return { result: undefined };
			const spelled =
				outcome.kind === 'taken' && outcome.phone !== undefined && outcome.phone !== view.chat.phone ? outcome.phone : undefined;
			const correspondent = correspondentOf(view);
			const context = { ids, instance, with: spelled === undefined ? correspondent : { ...correspondent, phone: spelled }, at: outcome.at };
			const respell: Change[] = spelled === undefined ? [] : [{ kind: 'chat.touch', id: view.chat.id, phone: spelled }];
			if (outcome.kind === 'failed') {
				const failed = fail(current, outcome.failure, outcome.at);
				if (!failed) return { result: undefined };
				const changes: Change[] = [{ kind: 'message.advance', from: current.status, message: failed }];
				return { result: undefined, decision: { changes, events: [failedEvent(failed, context)] } };
			}
			const sent = advance(current, 'sent', outcome.at);
			if (!sent) return { result: undefined };
			const changes: Change[] = [{ kind: 'message.advance', from: current.status, message: sent.message }, ...respell];
			return { result: undefined, decision: { changes, events: stepEvents(sent, context) } };
		});
		if (outcome.kind === 'taken') observer.messageSent(message);
		else observer.messageFailed({ ...message, failure: outcome.failure });
	}
}
