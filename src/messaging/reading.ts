/** Marks as read what customers wrote: WhatsApp first, then the status here with its event. A repetition changes nothing. */
import type { Instance } from '../domain/account.ts';
import type { Message } from '../domain/message.ts';
import { type Advance, advance } from '../domain/message-status.ts';
import { RecadoError } from '../errors.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import { LOOKED_AT_MAX } from '../ports/pages.ts';
import type { Store } from '../ports/store.ts';
import { correspondentOf, partyOfAddress, readAddress } from './chat-opening.ts';
import { commitDecided } from './commit.ts';
import { stepEvents } from './message-events.ts';
import type { Reading, WhatsApp } from './services.ts';
import { foundIn, unfit } from './upon.ts';

/** Messages of a chat that are told to WhatsApp, and committed, in one go. */
const BATCH = 100;

/** How many of a chat are read from the store at once, to find those. */
const LOOKED_AT_ONCE = 500;

export interface ReadingParts {
	readonly store: Pick<Store, 'chats' | 'messages'>;
	readonly outbox: Outbox;
	readonly whatsapp: WhatsApp;
	readonly clock: Clock;
	readonly ids: Ids;
}

export class ReadingService implements Reading {
	readonly #parts: ReadingParts;

	constructor(parts: ReadingParts) {
		this.#parts = parts;
	}

	async markRead(instance: Instance, phone: string, whatsappId: string): Promise<void> {
		const { store } = this.#parts;
		const view = await this.#chat(instance, phone);
		if (!view) throw new RecadoError('message_missing', { details: { id: whatsappId } });
		const message = await foundIn({ store, instanceId: instance.id, chatId: view.chat.id }, whatsappId);
		if (message.fromMe) throw unfit(message, 'read');
		await this.#read(instance, view, [message]);
	}

	async readChat(instance: Instance, phone: string): Promise<number> {
		const view = await this.#chat(instance, phone);
		if (!view) throw new RecadoError('not_there', { details: { what: 'chat' } });
		const unread = await this.#unread(view);
		for (let from = 0; from < unread.length; from += BATCH) await this.#read(instance, view, unread.slice(from, from + BATCH));
		await this.#parts.whatsapp.ask(instance, 'chats.change', { phone: view.chat.phone, change: { kind: 'read' } });
		return unread.length;
	}

	#chat(instance: Instance, phone: string): Promise<ChatView | undefined> {
		return this.#parts.store.chats.findByAlias(instance.id, instance.accountId, partyOfAddress(readAddress(phone)).aliases);
	}

	/** Oldest first. */
	async #unread({ chat }: ChatView): Promise<readonly Message[]> {
		const unread: Message[] = [];
		let before: string | undefined;
		for (let looked = 0; looked < LOOKED_AT_MAX; looked += LOOKED_AT_ONCE) {
			const request = { limit: LOOKED_AT_ONCE, ...(before === undefined ? {} : { before }) };
			const found = await this.#parts.store.messages.ofChat(chat.id, request);
			unread.push(...found.filter(({ fromMe, status }) => !fromMe && status === 'received'));
			before = found.at(-1)?.id;
			if (found.length < LOOKED_AT_ONCE) break;
		}
		return unread.reverse();
	}

	async #read(instance: Instance, { chat }: ChatView, messages: readonly Message[]): Promise<void> {
		const { store, outbox, whatsapp, clock, ids } = this.#parts;
		const whatsappIds = messages.map((message) => message.whatsappId);
		await whatsapp.ask(instance, 'chats.read', { phone: chat.phone, whatsappIds });
		await commitDecided(outbox, async () => {
			const at = clock.now();
			const view = await store.chats.chat(chat.id);
			const current = await Promise.all(messages.map((message) => store.messages.message(message.id)));
			const steps = current.flatMap((message): { from: Message; advanced: Advance }[] => {
				const advanced = message && advance(message, 'read', at);
				return message && advanced ? [{ from: message, advanced }] : [];
			});
			if (!view || steps.length === 0) return { result: undefined };
			const context = { ids, instance, with: correspondentOf(view), at };
			const changes = steps.map(({ from, advanced }) => ({
				kind: 'message.advance' as const,
				from: from.status,
				message: advanced.message,
			}));
			return { result: undefined, decision: { changes, events: steps.flatMap(({ advanced }) => stepEvents(advanced, context)) } };
		});
	}
}
