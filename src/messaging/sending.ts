/**
 * Accepting outgoing messages. A message is accepted when it is durable in the queue of its instance, with the ids that it keeps for ever;
 * the instance's queue (`instance-queue.ts`) does the rest.
 */
import type { Instance } from '../domain/account.ts';
import type { Chat, Message, MessageContent, Thread } from '../domain/message.ts';
import { parsePhone } from '../domain/phone.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { ChannelCapabilities } from '../ports/channel.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Change, Store } from '../ports/store.ts';
import { openChat, partyOfPhone } from './chat-opening.ts';
import { commitDecided, recordAnswer } from './commit.ts';
import type { InstanceErrands } from './instance-errands.ts';
import type { InstanceQueues } from './instance-queues.ts';
import { takeMedium } from './media-source.ts';
import type { MessagingOptions } from './options.ts';
import type { Messaging, SendCommand } from './services.ts';

/** How many queued messages one emptying reads at a time. */
const EMPTY_BATCH = 200;

export interface SendingParts {
	readonly store: Pick<Store, 'chats' | 'messages'>;
	readonly outbox: Outbox;
	readonly queues: InstanceQueues;
	readonly errands: InstanceErrands;
	readonly capabilities: (instance: Instance) => ChannelCapabilities;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly sealer: Sealer;
	readonly observer: Observer;
	readonly options: MessagingOptions;
}

export class Sending implements Messaging {
	/** Where the owner of the instance may be handing the message over. */
	readonly dequeue: Messaging['dequeue'];
	readonly emptyQueue: Messaging['emptyQueue'];
	readonly #parts: SendingParts;
	/** Acceptance into one chat keeps the order of asking; without it two requests could swap places on a conflict. */
	readonly #serial = new Serial();

	constructor(parts: SendingParts) {
		this.#parts = parts;
		this.dequeue = parts.errands.offer('queue.remove', (instance, messageId: string) => this.#dequeue(instance, messageId));
		this.emptyQueue = parts.errands.offer('queue.empty', (instance) => this.#emptyQueue(instance));
	}

	async send(command: SendCommand): Promise<Message> {
		const { instance } = command;
		const phone = parsePhone(command.phone);
		if (phone === undefined) throw new RecadoError('invalid_phone');
		const kind =
			command.content.kind === 'medium'
				? command.content.medium
				: command.content.kind === 'reaction-to'
					? 'reaction'
					: command.content.kind;
		if (!this.#parts.capabilities(instance).kinds.has(kind)) throw new RecadoError('kind_unsupported', { details: { kind } });
		const [alias] = partyOfPhone(phone).aliases;
		return this.#serial.run(`${instance.id}/${alias?.value}`, async () => {
			const message = await this.#accept(command, phone);
			this.#parts.observer.messageAccepted(message);
			this.#parts.queues.accepted(message);
			return message;
		});
	}

	async #dequeue(instance: Instance, messageId: string): Promise<void> {
		const message = await this.#parts.store.messages.message(messageId);
		if (message?.instanceId !== instance.id) throw new RecadoError('message_missing', { details: { id: messageId } });
		if (!(await this.#remove(message))) throw new RecadoError('message_not_queued');
	}

	async #emptyQueue(instance: Instance): Promise<number> {
		let removed = 0;
		for (;;) {
			const queued = await this.#parts.store.messages.queue(instance.id, EMPTY_BATCH);
			const results = await Promise.all(queued.map((message) => this.#remove(message)));
			const gone = results.filter(Boolean).length;
			removed += gone;
			// What is on its way to the channel cannot be called back and stays.
			if (queued.length < EMPTY_BATCH || gone === 0) return removed;
		}
	}

	async #remove(message: Message): Promise<boolean> {
		return this.#parts.queues.of(message.instanceId).withhold(message, async () => {
			const conflict = await this.#parts.outbox.commit({ changes: [{ kind: 'message.delete', id: message.id }], events: [] });
			return conflict === undefined;
		});
	}

	async #accept(command: SendCommand, phone: string): Promise<Message> {
		const { store, outbox, clock, ids, sealer, options, queues } = this.#parts;
		const { instance } = command;
		const queue = queues.of(instance.id);
		if ((await queue.length()) >= options.queueMax)
			throw new RecadoError('queue_full', { details: { limit: options.queueMax }, retryAfterSeconds: 5 });
		return commitDecided(outbox, async () => {
			const now = clock.now();
			const opened = await openChat({ store, ids, instance, party: partyOfPhone(phone), at: now });
			const { content, changes } = await this.#contentOf(command, now);
			const thread = threadOf(command, opened.chat, ids);
			const dueAt = await queue.dueAt({ chatId: opened.chat.id, now, delayMs: command.delayMs, scheduledFor: command.scheduledFor });
			const message: Message = {
				id: ids.next('msg'),
				whatsappId: ids.nextWhatsappId(),
				accountId: instance.accountId,
				instanceId: instance.id,
				chatId: opened.chat.id,
				fromMe: true,
				origin: command.origin,
				content,
				status: 'queued',
				timeline: { queued: now },
				...(command.replyTo === undefined ? {} : { replyTo: command.replyTo }),
				...(command.customId === undefined ? {} : { customId: command.customId }),
				thread,
				createdAt: now,
				updatedAt: now,
				dueAt,
				...(command.scheduledFor === undefined ? {} : { isScheduled: true }),
			};
			const all: Change[] = [
				...opened.changes,
				...changes,
				{ kind: 'message.insert', message },
				{ kind: 'chat.touch', id: opened.chat.id, lastMessageAt: now, thread },
			];
			return { result: message, decision: { changes: all, events: [], ...recordAnswer(command.idempotency, message, { sealer, now }) } };
		});
	}

	async #contentOf(command: SendCommand, at: number): Promise<{ content: MessageContent; changes: readonly Change[] }> {
		const { content, instance } = command;
		if (content.kind === 'medium') return takeMedium(content, { ids: this.#parts.ids, instance, options: this.#parts.options, at });
		if (content.kind !== 'reaction-to') return { content, changes: [] };
		const target = await this.#parts.store.messages.byWhatsappId(instance.id, content.whatsappId);
		if (!target) throw new RecadoError('message_missing', { details: { id: content.whatsappId } });
		return {
			content: { kind: 'reaction', emoji: content.emoji, to: { whatsappId: target.whatsappId, fromMe: target.fromMe } },
			changes: [],
		};
	}
}

/** A caller's new context begins an interaction; without one the chat's goes on. */
function threadOf(command: SendCommand, chat: Chat, ids: Ids): Thread {
	const contextId = command.contextId ?? chat.thread?.contextId;
	const isNew = chat.thread === undefined || contextId !== chat.thread.contextId;
	return { ...(contextId === undefined ? {} : { contextId }), interactionId: isNew ? newInteractionId(ids) : chat.thread.interactionId };
}

/** In the form of a UUID, as the Instant Message API shows its interactions. */
export function newInteractionId(ids: Ids): string {
	return ids
		.next('tok')
		.slice(4)
		.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
