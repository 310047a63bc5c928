/**
 * What is written on phones, on its way to the gateway. While it can be told at once it is, and is durable when the gateway has it; while nobody is
 * connected, or something waits that was written before, it is put aside, durable, and told in its turn.
 */
import type { MessageContent } from '../../domain/content.ts';
import { phoneKey } from '../../domain/phone.ts';
import type { ChannelStateChange } from '../../ports/channel.ts';
import type { PhoneWrites } from '../../ports/simulator.ts';
import { isBlocked } from './address-book.ts';
import { expiryOf, wasDeleted } from './chat-flags.ts';
import type { Chats } from './chats.ts';
import type { Courier } from './courier.ts';
import { groupOf, isAdmin, isMember, writingRefused } from './group-rules.ts';
import type { Notebook } from './notebook.ts';
import { INCOMING_PREFIX, type IncomingRecord } from './records.ts';
import { notThere, refused } from './refused.ts';
import type { Screens } from './screens.ts';
import type { Society, Told } from './society.ts';
import { tellMessage } from './telling.ts';

export interface LettersParts {
	readonly society: Society;
	readonly chats: Chats;
	readonly courier: Courier;
	readonly notebook: Notebook;
	readonly screens: Screens;
	readonly isOpen: () => boolean;
	readonly nextOrder: () => number;
}

interface Letter {
	readonly whatsappId: string;
	readonly address: string;
	/** The key of the phone that it is written on. */
	readonly from: string;
	readonly at: number;
	readonly fromMe: boolean;
	readonly content: MessageContent;
	readonly replyTo?: string;
}

/** Kinds that nobody has to read: they act upon another message, or nobody wrote them. */
const UNCOUNTED: ReadonlySet<MessageContent['kind']> = new Set([
	'reaction',
	'edit',
	'deletion',
	'pin',
	'poll-vote',
	'event-reply',
	'notice',
]);

export class Letters {
	readonly #parts: LettersParts;
	/** What is being put aside; what is written next may not overtake it. */
	#puttingAside = 0;

	constructor(parts: LettersParts) {
		this.#parts = parts;
	}

	async write(act: PhoneWrites, whatsappId: string, at: number): Promise<void> {
		const { society, screens } = this.#parts;
		const { fromMe = false } = act;
		const writer = phoneKey(act.from);
		const address = act.address === undefined ? writer : society.keyOf(act.address);
		const from = fromMe ? society.self : writer;
		const mayArrive = this.#check(address, from, fromMe);
		assertOwn(society, act.content, { address, from, fromMe });
		if (!address.endsWith('@newsletter') && writer !== society.self) {
			society.phones.register(act.from, act.name);
			if (!fromMe) society.phones.hasWritten(act.from);
		}
		const content = this.#withContext(act.content, address, from);
		const replyTo = act.replyTo === undefined ? {} : { replyTo: act.replyTo };
		const letter = { whatsappId, address, from, at, fromMe, content, ...replyTo };
		const leaving = screens.leave(whatsappId);
		try {
			if (mayArrive) await this.#deliver(letter, writer);
			else await this.#keep(writer);
		} finally {
			screens.left(whatsappId);
		}
		if (screens.add({ ...letter, isRead: leaving.isRead }) && mayArrive) this.#count(letter);
	}

	/** What WhatsApp or the instance's own phone leaves in chats: made durable by `put`, with whatever else that writes, and told in its turn. */
	async leave(told: readonly Told[], at: number, put: (changes: readonly ChannelStateChange[]) => Promise<void>): Promise<void> {
		const { society, screens, courier } = this.#parts;
		const letters = told.map((one): Letter => ({ ...one, at, from: one.fromMe ? society.self : '' }));
		await this.#aside(letters, put);
		for (const letter of letters) screens.add(letter.content.kind === 'notice' ? { ...letter, from: '' } : letter);
		if (letters.length > 0) courier.wake();
	}

	/** Whether it arrives at the instance; throws where it cannot be written at all. */
	#check(address: string, from: string, fromMe: boolean): boolean {
		const { society } = this.#parts;
		if (address === from) return fromMe || !isBlocked(society, from);
		if (address.endsWith('-group')) {
			const group = groupOf(society, address);
			const reason = writingRefused(group, from);
			if (reason !== undefined) throw refused(reason);
			return isMember(group, society.self);
		}
		if (address.endsWith('@newsletter')) {
			if (society.newsletters.get(address) === undefined) throw notThere('newsletter');
			return true;
		}
		if (address.endsWith('-broadcast') && !fromMe) throw refused("only the instance's own phone writes to its broadcast lists");
		return true;
	}

	#withContext(content: MessageContent, address: string, from: string): MessageContent {
		const { society } = this.#parts;
		const isInGroup = address.endsWith('-group');
		const expiresInSeconds = expiryOf(society, address);
		if (!isInGroup && expiresInSeconds === 0) return content;
		const expiry = expiresInSeconds === 0 ? {} : { expiresInSeconds };
		const participant = isInGroup ? { participant: society.participant(from) } : {};
		return { ...content, context: { ...expiry, ...content.context, ...participant } };
	}

	async #deliver(letter: Letter, phone: string): Promise<void> {
		const { society, chats, courier, notebook, isOpen } = this.#parts;
		const { address, whatsappId, at, fromMe, content } = letter;
		if (!isOpen() || this.#puttingAside > 0 || chats.incomingCount > 0) {
			if (chats.hasIncoming(whatsappId)) return;
			const unsaved = society.phones.unsaved(phone);
			await this.#aside([letter], (changes) => notebook.put([...unsaved, ...changes]));
			society.phones.saved(phone, unsaved);
			courier.wake();
		} else {
			const { replyTo } = letter;
			const message = { whatsappId, chat: society.party(address), fromMe, content, ...(replyTo !== undefined && { replyTo }) };
			const saved = society.phones.isUnsaved(phone) ? this.#keep(phone) : undefined;
			const told = courier.post(tellMessage(message, at));
			await (saved === undefined ? told : Promise.all([saved, told]));
		}
	}

	/** Whoever writes in a chat has read it. */
	#count({ address, whatsappId, at, fromMe, content }: Letter): void {
		const { unread } = this.#parts.society;
		if (fromMe) {
			unread.readAll(address);
			if (wasDeleted(this.#parts.society, address)) unread.said(address, at);
		} else if (!UNCOUNTED.has(content.kind)) unread.arrived(address, whatsappId, at);
	}

	async #aside(letters: readonly Letter[], put: (changes: readonly ChannelStateChange[]) => Promise<void>): Promise<void> {
		const { chats } = this.#parts;
		this.#puttingAside++;
		try {
			await put(letters.map((letter) => ({ key: INCOMING_PREFIX + letter.whatsappId, value: this.#recordOf(letter) })));
			for (const { whatsappId, address, at } of letters) chats.addIncoming({ whatsappId, phone: address, at });
		} finally {
			this.#puttingAside--;
		}
	}

	#recordOf({ address, at, fromMe, content, replyTo }: Letter): IncomingRecord {
		const order = this.#parts.nextOrder();
		return { order, phone: address, at, fromMe, content, ...(replyTo !== undefined && { replyTo }) };
	}

	/** Makes durable what is new about a phone. */
	async #keep(phone: string): Promise<void> {
		const { society, notebook } = this.#parts;
		const unsaved = society.phones.unsaved(phone);
		await notebook.put(unsaved);
		society.phones.saved(phone, unsaved);
	}
}

/** A message is changed by who wrote it; in a group, its admins delete what others wrote. */
function assertOwn(
	society: Society,
	content: MessageContent,
	{ address, from, fromMe }: { readonly address: string; readonly from: string; readonly fromMe: boolean },
): void {
	if (content.kind !== 'edit' && content.kind !== 'deletion') return;
	const { to } = content;
	const isOwn = to.fromMe === fromMe && (to.participantPhone === undefined || phoneKey(to.participantPhone) === from);
	const group = society.groups.get(address);
	if (isOwn || (content.kind === 'deletion' && group !== undefined && isAdmin(group, from))) return;
	throw refused('a message is changed by who wrote it');
}
