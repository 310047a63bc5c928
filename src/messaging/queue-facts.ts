/**
 * What has to be known of a queue when a message is accepted: how long it is, and until when its chat is held back by those before.
 * A process that has the store for itself remembers; one of several has to look, since messages are accepted elsewhere too.
 */
import type { Message } from '../domain/message.ts';
import type { Store } from '../ports/store.ts';

export interface QueueFacts {
	/** All that is queued has passed `entered` and `left` here. */
	readonly isComplete: boolean;
	/** To be awaited before anything enters or leaves. */
	recall(): Promise<void>;
	length(): Promise<number>;
	/** The latest due time among the queued messages of a chat, scheduled ones aside; undefined where none is queued. */
	queuedUntil(chatId: string): Promise<number | undefined>;
	entered(message: Message): void;
	left(message: Message): void;
}

type QueueReads = Pick<Store['messages'], 'queue' | 'queueCount' | 'queuedUntil'>;

export class RememberedFacts implements QueueFacts {
	readonly isComplete = true;
	readonly #instanceId: string;
	readonly #messages: QueueReads;
	/** What is queued, with its due time, by chat; scheduled ones aside. */
	readonly #dueTimes = new Map<string, Map<string, number>>();
	#length = 0;
	#recalled: Promise<void> | undefined;

	constructor(instanceId: string, messages: QueueReads) {
		this.#instanceId = instanceId;
		this.#messages = messages;
	}

	/** Learns, once, what is queued from a time before this process. */
	recall(): Promise<void> {
		this.#recalled ??= this.#recall().catch((error: unknown) => {
			this.#recalled = undefined;
			throw error;
		});
		return this.#recalled;
	}

	async length(): Promise<number> {
		await this.recall();
		return this.#length;
	}

	async queuedUntil(chatId: string): Promise<number | undefined> {
		await this.recall();
		const dueTimes = [...(this.#dueTimes.get(chatId)?.values() ?? [])];
		return dueTimes.length === 0 ? undefined : dueTimes.reduce((latest, one) => Math.max(latest, one));
	}

	entered({ id, chatId, dueAt, createdAt, isScheduled }: Message): void {
		this.#length += 1;
		if (isScheduled === true) return;
		const ofChat = this.#dueTimes.get(chatId) ?? new Map<string, number>();
		this.#dueTimes.set(chatId, ofChat.set(id, dueAt ?? createdAt));
	}

	left({ id, chatId }: Message): void {
		this.#length -= 1;
		const ofChat = this.#dueTimes.get(chatId);
		ofChat?.delete(id);
		if (ofChat?.size === 0) this.#dueTimes.delete(chatId);
	}

	async #recall(): Promise<void> {
		const queued = await this.#messages.queue(this.#instanceId, await this.#messages.queueCount(this.#instanceId));
		for (const message of queued) this.entered(message);
	}
}

export class StoredFacts implements QueueFacts {
	readonly isComplete = false;
	readonly #instanceId: string;
	readonly #messages: QueueReads;

	constructor(instanceId: string, messages: QueueReads) {
		this.#instanceId = instanceId;
		this.#messages = messages;
	}

	async recall(): Promise<void> {}

	length(): Promise<number> {
		return this.#messages.queueCount(this.#instanceId);
	}

	queuedUntil(chatId: string): Promise<number | undefined> {
		return this.#messages.queuedUntil(chatId);
	}

	entered(): void {}

	left(): void {}
}
