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
import type { Change } from '../ports/changes.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import type { Clock, Ids, Random, Timer } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import { amendmentsBy } from './amendments.ts';
import { correspondentOf } from './chat-opening.ts';
import { commitDecided } from './commit.ts';
import type { Holding } from './holding.ts';
import { failedEvent, stepEvents } from './message-events.ts';
import type { QueueFacts } from './queue-facts.ts';

/** Messages on their way to one channel at once, each of another chat. */
const ON_THEIR_WAY_MAX = 16;

/** How many of the queue are looked at when choosing who goes next; further, each time this factor more, where none of those may go. */
const LOOK_AHEAD = 100;
const LOOK_FURTHER = 4;

/** How long a chat rests after the channel failed in a way that says nothing about the message, and a queue where its lease is in doubt. */
const REST_MS = 5_000;

export interface QueueParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'messages'>;
	readonly holding: Pick<Holding, 'isOurs' | 'assertOurs'>;
	readonly outbox: Outbox;
	readonly channelOf: (instance: Instance) => Channel;
	readonly clock: Clock;
	readonly random: Random;
	readonly ids: Ids;
	readonly observer: Observer;
}

export class InstanceQueue {
	readonly #instanceId: string;
	readonly #parts: QueueParts;
	readonly #facts: QueueFacts;
	/** Ids that are on their way or being withheld, and the chats that have one on its way or rest. */
	readonly #busy = new Set<string>();
	readonly #busyChats = new Set<string>();
	readonly #running = new Set<Promise<void>>();
	/** While the front is read: ids that left the queue since, which a store on a network may still have found in it. */
	#leftWhileRead: Set<string> | undefined;
	/** The front of the queue as last read, without what went. */
	#front: Message[] = [];
	/**
	 * `whole`: nothing is behind the front. `cut`: there may be; it is read again when none of it may go. `stale`: it misses something that may
	 * go before; it is read again at once. `being-read`: what comes meanwhile makes it stale.
	 */
	#frontIs: 'whole' | 'cut' | 'stale' | 'being-read' = 'stale';
	#state: 'stopped' | 'running' = 'stopped';
	#nextStartAt = 0;
	#timer: Timer | undefined;
	#isChoosing = false;
	#chooseAgain = false;

	constructor(instanceId: string, parts: QueueParts, facts: QueueFacts) {
		this.#instanceId = instanceId;
		this.#parts = parts;
		this.#facts = facts;
	}

	/** Begins to work: the session is there. */
	start(): void {
		if (this.#state === 'running') return;
		this.#state = 'running';
		// Another process may have worked it off in the meantime.
		this.#front = [];
		this.#frontIs = 'stale';
		this.#choose();
	}

	/** Nothing goes from now on; waits for what is on its way. */
	async stop(): Promise<void> {
		this.#state = 'stopped';
		this.#timer?.cancel();
		while (this.#running.size > 0) await Promise.all(this.#running);
	}

	length(): Promise<number> {
		return this.#facts.length();
	}

	/** When a message that is accepted now may go. A later message of a chat is due no earlier than those before it. */
	async dueAt(of: { chatId: string; now: number; delayMs?: number | undefined; scheduledFor?: number | undefined }): Promise<number> {
		if (of.scheduledFor !== undefined) return Math.max(of.now, of.scheduledFor);
		return Math.max(of.now + (of.delayMs ?? 0), (await this.#facts.queuedUntil(of.chatId)) ?? 0);
	}

	/** There may be messages in it, or not any more, that this process did not accept or take out. */
	look(): void {
		this.#frontIs = 'stale';
		this.#choose();
	}

	/** A message was committed into the queue. */
	accepted(message: Message): void {
		this.#facts.entered(message);
		// As the store orders them: behind all that are due no later. Where others accept too, one of theirs may have to go before.
		if (this.#facts.isComplete && this.#frontIs === 'whole')
			this.#front.splice(this.#front.findLastIndex((one) => dueTime(one) <= dueTime(message)) + 1, 0, message);
		else this.#frontIs = 'stale';
		this.#choose();
	}

	/** Keeps a message from going while `work` takes it out. False where it is on its way already, or `work` says so. */
	async withhold(message: Message, work: () => Promise<boolean>): Promise<boolean> {
		await this.#facts.recall();
		if (this.#busy.has(message.id)) return false;
		this.#busy.add(message.id);
		let isGone = false;
		try {
			isGone = await work();
			return isGone;
		} finally {
			this.#busy.delete(message.id);
			if (isGone) {
				this.#left(message);
				this.#front = this.#front.filter((one) => one.id !== message.id);
			} else {
				// A front that was read meanwhile is without it.
				this.#frontIs = 'stale';
				this.#choose();
			}
		}
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
		const { store, clock, holding } = this.#parts;
		while (this.#chooseAgain && this.#state === 'running') {
			this.#chooseAgain = false;
			const now = clock.now();
			if (this.#nextStartAt > now) return this.#chooseAt(this.#nextStartAt);
			if (!holding.isOurs(this.#instanceId)) return this.#chooseAt(now + REST_MS);
			if (this.#running.size >= ON_THEIR_WAY_MAX) return; // the end of one chooses again
			await this.#facts.recall();
			const instance = await store.accounts.instance(this.#instanceId);
			if (!instance) return;
			if (this.#startDue(instance, now)) {
				// There is room still, and somebody new may go: the front is read again.
				this.#chooseAgain ||= this.#frontIs === 'stale';
			} else if (this.#frontIs !== 'whole') {
				await this.#readFront(now);
				this.#startDue(instance, now);
			}
			const next = this.#front.find((message) => dueTime(message) > now);
			if (this.#nextStartAt > now) this.#chooseAt(this.#nextStartAt);
			else if (next) this.#chooseAt(dueTime(next));
		}
	}

	/** Reads until somebody is there who may go: hundreds of messages of one slow chat must not hide those behind them. */
	async #readFront(now: number): Promise<void> {
		for (let limit = LOOK_AHEAD; ; limit *= LOOK_FURTHER) {
			this.#frontIs = 'being-read';
			const left = new Set<string>();
			this.#leftWhileRead = left;
			const queued = await this.#parts.store.messages.queue(this.#instanceId, limit);
			this.#leftWhileRead = undefined;
			this.#front = queued.filter(({ id }) => !this.#busy.has(id) && !left.has(id));
			const isWhole = queued.length < limit;
			const mayAnyGo = this.#front.some((message) => dueTime(message) > now || !this.#busyChats.has(message.chatId));
			if (!isWhole && !mayAnyGo) continue;
			if (!this.#isMissingSome()) this.#frontIs = isWhole ? 'whole' : 'cut';
			return;
		}
	}

	/** What came while the front was read. */
	#isMissingSome(): boolean {
		return this.#frontIs === 'stale';
	}

	/** Starts what may go; answers whether anything did. */
	#startDue(instance: Instance, now: number): boolean {
		let hasStarted = false;
		for (const message of [...this.#front]) {
			if (dueTime(message) > now || this.#running.size >= ON_THEIR_WAY_MAX || this.#nextStartAt > now) break;
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
				if (isDone) this.#left(message);
				else this.#stays(message);
			})
			.catch((error: unknown) => {
				this.#parts.observer.background('instance-queue.send', error);
				this.#stays(message);
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

	#left(message: Message): void {
		this.#leftWhileRead?.add(message.id);
		this.#facts.left(message);
	}

	/** It went out of the front and is in the queue still: what is behind it in its chat has to go after it. */
	#stays({ chatId }: Message): void {
		this.#front = this.#front.filter((one) => one.chatId !== chatId);
		this.#frontIs = 'stale';
	}

	/** Hands a message to the channel and commits the outcome. False: it stays in the queue. */
	async #hand(instance: Instance, message: Message): Promise<boolean> {
		const { store, channelOf, holding } = this.#parts;
		const view = await store.chats.chat(message.chatId);
		if (!view) throw new Error(`the chat ${message.chatId} of the message ${message.id} is not in the store`);
		if (this.#state === 'stopped') return false;
		holding.assertOurs(instance.id);
		const outcome = await channelOf(instance).send({ instanceId: instance.id, message, phone: view.chat.phone });
		if (outcome.kind === 'disconnected') {
			this.#state = 'stopped';
			return false;
		}
		// Whoever owns it by now hands the message over again; the channel takes it once, and says when that was.
		holding.assertOurs(instance.id);
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
			const amended = await amendmentsBy(store, current, { address: view.chat.phone, at: outcome.at });
			const changes: Change[] = [{ kind: 'message.advance', from: current.status, message: sent.message }, ...amended, ...respell];
			return { result: undefined, decision: { changes, events: stepEvents(sent, context) } };
		});
		if (outcome.kind === 'taken') observer.messageSent(message);
		else observer.messageFailed({ ...message, failure: outcome.failure });
	}
}

function dueTime({ dueAt, createdAt }: Message): number {
	return dueAt ?? createdAt;
}
