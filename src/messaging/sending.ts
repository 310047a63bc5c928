/**
 * Accepting outgoing messages. A message is accepted when it is durable in the queue of its instance, with the ids that it keeps for ever;
 * the instance's queue (`instance-queue.ts`) does the rest.
 */
import type { Instance } from '../domain/account.ts';
import type { MessageKind } from '../domain/content.ts';
import type { Message } from '../domain/message.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { ChannelCapabilities, InboundParty } from '../ports/channel.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { type OpenedChat, openChat, partyOfAddress, readAddress } from './chat-opening.ts';
import { commitDecided, recordAnswer } from './commit.ts';
import type { InstanceErrands } from './instance-errands.ts';
import type { InstanceQueues } from './instance-queues.ts';
import type { MediaLibrary, MediaTaken } from './media-library.ts';
import type { MessagingOptions } from './options.ts';
import { queuedMessage, threadOf } from './outgoing.ts';
import type { ForwardCommand, Idempotency, InstanceSetting, LettersCommand, Messaging, SendCommand, SendContent } from './services.ts';
import { foundIn, isForwardable, resolveUpon, unfit } from './upon.ts';

/** How many queued messages one emptying reads at a time. */
const EMPTY_BATCH = 200;

export interface SendingParts {
	readonly store: Pick<Store, 'chats' | 'messages'>;
	readonly outbox: Outbox;
	readonly queues: InstanceQueues;
	readonly errands: InstanceErrands;
	readonly capabilities: (instance: Instance) => ChannelCapabilities;
	readonly media: Pick<MediaLibrary, 'take'>;
	readonly instanceSettings: Pick<InstanceSetting, 'get'>;
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
		const draft = await this.#draft(command);
		return this.#serial.run(draft.turn, async () => {
			const message = await this.#accept(draft);
			this.#accepted(message);
			return message;
		});
	}

	async sendAll({ letters, idempotency, ...command }: LettersCommand): Promise<readonly Message[]> {
		const drafts = await Promise.all(letters.map((letter) => this.#draft({ ...command, ...letter })));
		// In one order for all, or two of them would wait for each other for ever.
		const turns = [...new Set(drafts.map(({ turn }) => turn))].sort();
		const work = async (): Promise<readonly Message[]> => {
			const messages = await this.#acceptAll(command.instance, drafts, idempotency);
			for (const message of messages) this.#accepted(message);
			return messages;
		};
		return turns.reduceRight((within, turn) => () => this.#serial.run(turn, within), work)();
	}

	async forward({ whatsappId, fromPhone, toPhone, ...command }: ForwardCommand): Promise<Message> {
		const { store } = this.#parts;
		const { instance } = command;
		const { aliases } = partyOfAddress(readAddress(fromPhone));
		const view = await store.chats.findByAlias(instance.id, instance.accountId, aliases);
		if (!view) throw new RecadoError('message_missing', { details: { id: whatsappId } });
		const message = await foundIn({ store, instanceId: instance.id, chatId: view.chat.id }, whatsappId);
		if (!isForwardable(message.content)) throw unfit(message, 'forward');
		// Who was named, answered or advertised to belongs to where it was written.
		const { context: _, ...content } = message.content;
		return this.send({ ...command, phone: toPhone, content: { ...content, context: { forwarded: true } } });
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

	/** What can be found out before its turn in the chat: what is fetched for it holds up no other message. */
	async #draft(command: SendCommand): Promise<Draft> {
		const { capabilities, clock, media } = this.#parts;
		const { instance, content } = command;
		const party = partyOfAddress(readAddress(command.phone));
		const kind = kindOf(content);
		if (!capabilities(instance).kinds.has(kind)) throw new RecadoError('kind_unsupported', { details: { kind } });
		await this.#assertWaits(instance);
		const { scheduledFor: until = clock.now(), fieldAt } = command;
		const taken = await media.take(content, { accountId: instance.accountId, until, fieldAt });
		return { command, party, taken, turn: `${instance.id}/${party.aliases[0]?.value}` };
	}

	/** Nobody has to look at the settings of an instance that is connected. Throws instance_not_connected. */
	async #assertWaits(instance: Instance): Promise<void> {
		if (instance.state === 'connected') return;
		const { refusesWhileDisconnected } = await this.#parts.instanceSettings.get(instance);
		if (refusesWhileDisconnected) throw new RecadoError('instance_not_connected');
	}

	async #accept(draft: Draft): Promise<Message> {
		const { store, outbox, clock, ids, sealer } = this.#parts;
		const { command, party } = draft;
		const { instance } = command;
		await this.#assertRoom(instance, 1);
		return commitDecided(outbox, async () => {
			const now = clock.now();
			const opened = await openChat({ store, ids, instance, party, at: now });
			const { message, changes } = await this.#enter(draft, opened, now);
			return { result: message, decision: { changes, events: [], ...recordAnswer(command.idempotency, message, { sealer, now }) } };
		});
	}

	async #acceptAll(
		instance: Instance,
		drafts: readonly Draft[],
		idempotency: Idempotency<readonly Message[]> | undefined,
	): Promise<readonly Message[]> {
		const { store, outbox, clock, ids, sealer } = this.#parts;
		await this.#assertRoom(instance, drafts.length);
		return commitDecided(outbox, async () => {
			const now = clock.now();
			const messages: Message[] = [];
			const all: Change[] = [];
			const chats = new Map<string, OpenedChat>();
			for (const draft of drafts) {
				const opened = chats.get(draft.turn) ?? (await openChat({ store, ids, instance, party: draft.party, at: now }));
				const { message, changes } = await this.#enter(draft, opened, now);
				messages.push(message);
				all.push(...changes);
				const { thread = opened.chat.thread } = message;
				// Whoever comes into it after this one finds it opened.
				chats.set(draft.turn, { ...opened, chat: { ...opened.chat, ...(thread === undefined ? {} : { thread }) }, changes: [] });
			}
			return { result: messages, decision: { changes: all, events: [], ...recordAnswer(idempotency, messages, { sealer, now }) } };
		});
	}

	async #assertRoom(instance: Instance, count: number): Promise<void> {
		const { queues, options } = this.#parts;
		if ((await queues.of(instance.id).length()) + count <= options.queueMax) return;
		throw new RecadoError('queue_full', { details: { limit: options.queueMax }, retryAfterSeconds: 5 });
	}

	async #enter(
		{ command, taken }: Draft,
		opened: OpenedChat,
		now: number,
	): Promise<{ readonly message: Message; readonly changes: readonly Change[] }> {
		const { store, ids, queues } = this.#parts;
		const { chat } = opened;
		const { instance, replyTo, customId, origin, delayMs, scheduledFor } = command;
		const where = { store, instanceId: instance.id, chatId: chat.id, address: chat.phone, now };
		const content = taken.content.kind === 'upon' ? await resolveUpon(taken.content, where) : taken.content;
		const thread = threadOf(chat, command.contextId, ids);
		const dueAt = await queues.of(instance.id).dueAt({ chatId: chat.id, now, delayMs, scheduledFor });
		const message = queuedMessage(
			{
				...{ instance, chat, content, origin, thread, now, dueAt },
				...(replyTo === undefined ? {} : { replyTo }),
				...(customId === undefined ? {} : { customId }),
				...(scheduledFor === undefined ? {} : { isScheduled: true }),
			},
			ids,
		);
		return {
			message,
			changes: [
				...opened.changes,
				{ kind: 'message.insert', message },
				...taken.links(message.id),
				{ kind: 'chat.touch', id: chat.id, lastMessageAt: now, lastMessageId: message.id, thread },
			],
		};
	}

	#accepted(message: Message): void {
		this.#parts.observer.messageAccepted(message);
		this.#parts.queues.accepted(message);
	}
}

/** A message that has not entered its chat yet. */
interface Draft {
	readonly command: SendCommand;
	readonly party: InboundParty;
	readonly taken: MediaTaken;
	/** Drafts into one chat enter it one after the other. */
	readonly turn: string;
}

function kindOf(content: SendContent): MessageKind {
	switch (content.kind) {
		case 'medium':
			return content.medium;
		case 'upon':
			return content.act.kind;
		default:
			return content.kind;
	}
}
