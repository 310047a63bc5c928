/**
 * What follows from a message that a channel observed: the chat, the message itself, its events, what it changes of another message, and what the hooks
 * add. What came before it (statuses, edits, deletions) waited in the journal and is applied here; what it points to and is not there yet, it
 * waits for likewise, while it is kept and told as a message of its own.
 */
import type { Instance } from '../domain/account.ts';
import { amend, isAmendment } from '../domain/amendment.ts';
import { isSaying } from '../domain/content.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import { type Advance, advance } from '../domain/message-status.ts';
import { isPerson } from '../domain/phone.ts';
import type { Change } from '../ports/changes.ts';
import type { InboundMessage, Observation } from '../ports/channel.ts';
import type { Ids } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { amendmentsBy } from './amendments.ts';
import { correspondentOf, type OpenedChat, openChat } from './chat-opening.ts';
import type { Aftermath, InboxHook } from './inbox-hook.ts';
import { attachments, hasMedia } from './media-content.ts';
import { receivedEvent, stepEvents } from './message-events.ts';
import { newInteractionId } from './outgoing.ts';

/** What an observation means, apart from its journal entry. */
export interface Effects {
	readonly changes: readonly Change[];
	readonly events: readonly DomainEvent[];
	/** It is about a message that is not there yet: the entry waits for it. */
	readonly waitsFor?: string;
	readonly startsAttendance?: boolean;
	readonly after?: () => void;
}

export const NO_EFFECTS: Effects = { changes: [], events: [] };

export interface ArrivalParts {
	readonly store: Pick<Store, 'chats' | 'messages' | 'journal'>;
	readonly ids: Ids;
	readonly hooks: readonly InboxHook[];
}

/** The message with all that was told of it before. */
interface Caught {
	readonly message: Message;
	readonly steps: Advance['steps'];
	readonly changes: readonly Change[];
}

export class Arrivals {
	readonly #parts: ArrivalParts;

	constructor(parts: ArrivalParts) {
		this.#parts = parts;
	}

	/** @param conflicts how often it was decided before: a conflict may mean that this message came before under another observation. */
	async effectsOf(instance: Instance, { at }: Observation, inbound: InboundMessage, conflicts: number): Promise<Effects> {
		const { store, ids } = this.#parts;
		if (conflicts > 0 && (await store.messages.byWhatsappId(instance.id, inbound.whatsappId))) return NO_EFFECTS;
		const opened = await openChat({ store, ids, instance, party: inbound.chat, at });
		const address = opened.chat.phone;
		const arrived = this.#arrived(instance, opened, inbound, at);
		const caught = await this.#caughtUp(instance, arrived, address);
		const context = { ids, instance, with: correspondentOf(opened), at };
		const aftermath = await this.#aftermath(instance, opened, caught.message);
		const waitsFor = isAmendment(arrived.content) ? await this.#waitsFor(instance, arrived.content.to.whatsappId) : undefined;
		return {
			changes: [
				...opened.changes,
				{ kind: 'message.insert', message: caught.message },
				...(hasMedia(arrived.content) ? await mediaOf(arrived, caught.message) : []),
				touch(opened, arrived, { at, isAnswered: aftermath.some((one) => one.isAnswered === true) }),
				...(isAmendment(arrived.content) ? await amendmentsBy(store, arrived, { address, at }) : []),
				...caught.changes,
				...aftermath.flatMap((one) => one.changes),
			],
			events: [
				receivedEvent(arrived, context),
				...stepEvents({ message: caught.message, steps: caught.steps }, context),
				...aftermath.flatMap((one) => one.events),
			],
			...(waitsFor === undefined ? {} : { waitsFor }),
			startsAttendance: aftermath.some((one) => one.startsAttendance === true),
			after: () => {
				for (const { after } of aftermath) after?.();
			},
		};
	}

	#arrived(instance: Instance, { chat }: OpenedChat, inbound: InboundMessage, at: number): Message {
		const { ids } = this.#parts;
		const status = inbound.fromMe ? 'sent' : 'received';
		return {
			id: ids.next('msg'),
			whatsappId: inbound.whatsappId,
			accountId: instance.accountId,
			instanceId: instance.id,
			chatId: chat.id,
			fromMe: inbound.fromMe,
			origin: 'phone',
			content: inbound.content,
			status,
			timeline: { [status]: at },
			...(inbound.replyTo === undefined ? {} : { replyTo: inbound.replyTo }),
			thread: chat.thread ?? { interactionId: newInteractionId(ids) },
			createdAt: at,
			updatedAt: at,
		};
	}

	/** What came before the message that it is about. */
	async #caughtUp(instance: Instance, arrived: Message, address: string): Promise<Caught> {
		const waiting = await this.#parts.store.journal.waitingFor(instance.id, arrived.whatsappId);
		let message = arrived;
		const steps: Advance['steps'][number][] = [];
		for (const entry of waiting) {
			const observation = JSON.parse(entry.observation) as Observation;
			if (observation.kind === 'status') {
				const next = advance(message, observation.step, observation.at);
				steps.push(...(next?.steps ?? []));
				message = next?.message ?? message;
			} else if (observation.kind === 'message') {
				const { content, fromMe } = observation.message;
				// It is kept as a message, too, which knows its chat: nobody changes what was written in another one.
				const kept = await this.#parts.store.messages.byWhatsappId(instance.id, observation.message.whatsappId);
				const by = { content, fromMe, chatId: kept?.chatId ?? '', address, at: observation.at };
				message = { ...message, content: amend(message, by) ?? message.content };
			}
		}
		return { message, steps, changes: waiting.map((entry): Change => ({ kind: 'journal.settle', id: entry.id, state: 'done' })) };
	}

	/** An amendment waits for what it changes, where that is not there yet. */
	async #waitsFor(instance: Instance, whatsappId: string): Promise<string | undefined> {
		return (await this.#parts.store.messages.byWhatsappId(instance.id, whatsappId)) ? undefined : whatsappId;
	}

	#aftermath(instance: Instance, view: OpenedChat, message: Message): Promise<readonly Aftermath[]> {
		if (message.fromMe) return Promise.resolve([]);
		return Promise.all(this.#parts.hooks.map((hook) => hook.onMessage({ instance, view, message })));
	}
}

/** Where it was deleted before it came, its media go with what it said. */
async function mediaOf(arrived: Message, caught: Message): Promise<readonly Change[]> {
	const attached = await attachments(arrived);
	return attached.length === 0 || caught.content.kind !== 'deleted'
		? attached
		: [...attached, { kind: 'media.release', messageId: arrived.id }];
}

/** A person who says something waits for an answer, and opens the 24-hour window. */
function touch(
	{ chat }: OpenedChat,
	{ id, fromMe, content, thread }: Message,
	{ at, isAnswered }: { readonly at: number; readonly isAnswered: boolean },
): Change {
	const hasSpoken = !fromMe && isPerson(chat.phone) && isSaying(content);
	return {
		kind: 'chat.touch',
		id: chat.id,
		lastMessageAt: at,
		lastMessageId: id,
		...(hasSpoken ? { lastInboundAt: at } : {}),
		...(hasSpoken && !isAnswered ? { waitingSince: at } : {}),
		...(chat.thread === undefined && thread !== undefined ? { thread } : {}),
	};
}
