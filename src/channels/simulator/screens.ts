/**
 * What simulated phones show: the messages of their chats, with what edits, deletions, reactions, votes and pins made of them. A chat is held once, whoever
 * is in it; what of it a phone shows is worked out when somebody looks. It is in memory alone, so that sending a message costs no write more: it begins
 * empty with each process, and of all instances together the oldest messages go first where they are more than `HELD_CHARS_MAX`.
 */
import { rewritten } from '../../domain/amendment.ts';
import type { ContentBody, MessageContent } from '../../domain/content.ts';
import { phoneKey } from '../../domain/phone.ts';
import type { PhoneChat, PhoneMessage, ScreenLook } from '../../ports/simulator.ts';
import { contactsOf } from './address-book.ts';
import { STATUS_ADDRESS } from './audience.ts';
import { Fifo } from './fifo.ts';
import { isAdmin } from './group-rules.ts';
import { admits } from './privacy.ts';
import { quoteOf } from './quote.ts';
import type { Society } from './society.ts';

/** Characters of all messages together that the phones of a process hold, with a round sum for each message's own weight: near 32 MB. */
const HELD_CHARS_MAX = 16_000_000;
const LINE_CHARS = 400;

/** One message of a chat. */
interface Line {
	readonly screens: Screens;
	readonly address: string;
	readonly whatsappId: string;
	/** The key of who wrote it; '' where it is a notice. */
	readonly from: string;
	readonly at: number;
	readonly replyTo: string | undefined;
	chars: number;
	/** Of a broadcast list: who gets it, as keys. */
	readonly broadcastTo: readonly string[] | undefined;
	content: MessageContent;
	editedAt?: number;
	isPinned?: boolean;
	isRead?: boolean;
	/** Who has it although their phone is off by now. */
	receivedBy?: Set<string>;
	/** What each phone did with it. */
	reactions?: Map<string, string>;
	votes?: Map<string, readonly string[]>;
	replies?: Map<string, string>;
}

/** The oldest messages of all screens go first. */
export class ScreenMemory {
	readonly #lines: Fifo<Line> = new Fifo();
	#chars = 0;

	hold(line: Line): void {
		this.#lines.push(line);
		this.#chars += line.chars;
		while (this.#chars > HELD_CHARS_MAX) {
			const oldest = this.#lines.shift();
			if (oldest === undefined) return;
			this.#chars -= oldest.chars;
			oldest.screens.dropOldest(oldest.address);
		}
	}

	/** One that is held says something else now. */
	weigh(line: Line, chars: number): void {
		this.#chars += chars - line.chars;
		line.chars = chars;
	}
}

export interface Said {
	readonly address: string;
	readonly whatsappId: string;
	readonly from: string;
	readonly at: number;
	readonly content: MessageContent;
	readonly replyTo?: string | undefined;
	/** The instance has read it already. */
	readonly isRead?: boolean;
}

/** A message on its way to the instance. */
export interface Leaving {
	isRead: boolean;
}

export class Screens {
	readonly #memory: ScreenMemory;
	readonly #society: Society;
	readonly #chats: Map<string, Fifo<Line>> = new Map();
	readonly #lines: Map<string, Line> = new Map();
	/** The instance may have read them before their writer's screen holds them. */
	readonly #leaving: Map<string, Leaving> = new Map();
	/** Broadcast lists that something was written to: it is seen in the chat with each recipient. */
	readonly #lists: Set<string> = new Set();

	constructor(memory: ScreenMemory, society: Society) {
		this.#memory = memory;
		this.#society = society;
	}

	/** Call before it is told to the instance; `left` when that was tried. */
	leave(whatsappId: string): Leaving {
		const leaving = { isRead: false };
		this.#leaving.set(whatsappId, leaving);
		return leaving;
	}

	left(whatsappId: string): void {
		this.#leaving.delete(whatsappId);
	}

	/** False where it is one that they hold already, or one that acts upon another. */
	add({ address, whatsappId, from, at, content, replyTo, isRead = false }: Said): boolean {
		if (this.#act(content, from, at) || this.#lines.has(whatsappId)) return false;
		const line: Line = {
			screens: this,
			address,
			whatsappId,
			from,
			at,
			replyTo,
			broadcastTo: recipientsOf(address, content),
			chars: charsOf(content),
			content,
		};
		if (isRead) line.isRead = true;
		const chat = this.#chats.get(address);
		if (line.broadcastTo !== undefined) this.#lists.add(address);
		if (chat === undefined) this.#chats.set(address, startedWith(line));
		else chat.push(line);
		this.#lines.set(whatsappId, line);
		this.#memory.hold(line);
		return true;
	}

	dropOldest(address: string): void {
		const chat = this.#chats.get(address);
		const line = chat?.shift();
		if (line !== undefined) this.#lines.delete(line.whatsappId);
		if (chat?.size !== 0) return;
		this.#chats.delete(address);
		this.#lists.delete(address);
	}

	/** Call before a phone's behaviour changes: what it has by then it keeps. */
	settle(phone: string, now: number): void {
		for (const address of this.#addressesOf(phone)) {
			for (const line of this.#chats.get(address) ?? []) {
				if (line.from === phone || !this.#isReceived(line, phone, now)) continue;
				line.receivedBy ??= new Set();
				line.receivedBy.add(phone);
			}
		}
	}

	/** The instance has read these: their writers see it. */
	markRead(whatsappIds: readonly string[]): void {
		for (const whatsappId of whatsappIds) {
			const said = this.#lines.get(whatsappId) ?? this.#leaving.get(whatsappId);
			if (said !== undefined) said.isRead = true;
		}
	}

	/** Latest first. */
	chatsOf(phone: string, now: number): readonly PhoneChat[] {
		const chats = Map.groupBy(this.#linesOn(phone, now), ({ address }) => (this.#isWithInstance(address, phone) ? phone : address));
		return [...chats]
			.flatMap(([address, lines]): PhoneChat | [] => {
				const last = lines.toSorted(byTime).at(-1);
				if (last === undefined) return [];
				return { ...this.#heading(address, phone), messages: lines.length, lastAt: last.at, lastText: quoteOf(last.content) ?? '' };
			})
			.toSorted((one, other) => other.lastAt - one.lastAt);
	}

	/** The newest ones, oldest first. */
	messagesOf(phone: string, { now, chat, before, limit }: ScreenLook & { readonly now: number }): readonly PhoneMessage[] {
		const society = this.#society;
		const only = chat === undefined ? undefined : society.keyOf(chat);
		const lines = this.#linesOn(phone, now)
			.filter(({ address }) => only === undefined || (only === society.self ? this.#isWithInstance(address, phone) : only === address))
			.toSorted(byTime);
		const end = before === undefined ? lines.length : lines.findIndex(({ whatsappId }) => whatsappId === before);
		return lines.slice(Math.max(0, end - limit), Math.max(0, end)).map((line) => this.#view(line, phone));
	}

	#linesOn(phone: string, now: number): readonly Line[] {
		return this.#addressesOf(phone).flatMap((address) => this.#shown(address, phone, now));
	}

	/** The chat of the two, where what goes to a list of the instance's is seen, too. */
	#isWithInstance(address: string, phone: string): boolean {
		return address === phone || this.#lists.has(address);
	}

	/** The chats that a phone can have. */
	#addressesOf(phone: string): readonly string[] {
		const { groups } = this.#society;
		const shared = [...groups.entries()].flatMap(([address, { members, former }]) =>
			members.some((one) => one.phone === phone) || former.some((one) => one.phone === phone) ? address : [],
		);
		return [phone, ...shared, ...this.#lists, ...(contactsOf(this.#society).includes(phone) ? [STATUS_ADDRESS] : [])];
	}

	#shown(address: string, phone: string, now: number): readonly Line[] {
		return [...(this.#chats.get(address) ?? [])].filter(
			(line) => this.#isIn(line, phone) && (line.from === phone || this.#isReceived(line, phone, now)),
		);
	}

	/** Whether the phone was in the chat at that time. */
	#isIn({ address, at, broadcastTo }: Line, phone: string): boolean {
		if (broadcastTo !== undefined) return broadcastTo.includes(phone);
		const group = this.#society.groups.get(address);
		if (group === undefined) return true;
		const isMember = group.members.some((one) => one.phone === phone && one.joinedAt <= at);
		return isMember || group.former.some((one) => one.phone === phone && one.joinedAt <= at && at <= one.leftAt);
	}

	#isReceived({ receivedBy, at }: Line, phone: string, now: number): boolean {
		if (receivedBy?.has(phone)) return true;
		const dueAt = this.#society.phones.dueAt(phone, 'receivesAfterMs', at);
		return dueAt !== null && dueAt <= now;
	}

	#heading(address: string, phone: string): Pick<PhoneChat, 'chat' | 'name' | 'photoUrl'> {
		const society = this.#society;
		const isWithInstance = address === phone || address === STATUS_ADDRESS;
		const photoUrl =
			isWithInstance && !admits(society, 'photo', phone) ? undefined : (society.groups.get(address)?.photoUrl ?? society.own.photoUrl);
		return {
			chat: address === phone ? society.own.phone : address,
			name: society.groups.get(address)?.subject ?? society.nameOf(society.self),
			...(photoUrl !== undefined && { photoUrl }),
		};
	}

	#view(line: Line, phone: string): PhoneMessage {
		const society = this.#society;
		const { address, whatsappId, from, at, replyTo, content, editedAt, isPinned = false, isRead = false, reactions, votes, replies } = line;
		return {
			whatsappId,
			chat: this.#isWithInstance(address, phone) ? society.own.phone : address,
			...(from !== '' && { from: society.spelling(from) }),
			fromMe: from === phone,
			at,
			content,
			...(replyTo !== undefined && { replyTo }),
			...(editedAt !== undefined && { editedAt }),
			isPinned,
			isRead: from === phone && isRead,
			reactions: [...(reactions ?? [])].map(([by, emoji]) => ({ from: society.spelling(by), emoji })),
			votes: [...(votes ?? [])].map(([by, options]) => ({ from: society.spelling(by), options })),
			replies: [...(replies ?? [])].map(([by, reply]) => ({ from: society.spelling(by), reply })),
		};
	}

	/** Does to another message what a message of its kind does; false: it is one to show. */
	#act(content: MessageContent, from: string, at: number): boolean {
		switch (content.kind) {
			case 'reaction':
			case 'edit':
			case 'deletion':
			case 'pin':
			case 'poll-vote':
			case 'event-reply': {
				const line = this.#lines.get(content.to.whatsappId);
				if (line !== undefined) this.#change(line, content, from, at);
				return true;
			}
			default:
				return false;
		}
	}

	#change(line: Line, content: Extract<ContentBody, { to: unknown }>, from: string, at: number): void {
		switch (content.kind) {
			case 'reaction':
				line.reactions ??= new Map();
				if (content.emoji === '') line.reactions.delete(from);
				else line.reactions.set(from, content.emoji);
				return;
			case 'edit':
				if (line.from !== from || line.content.kind === 'deleted') return;
				line.content = { ...rewritten(line.content, content.content), ...(line.content.context && { context: line.content.context }) };
				line.editedAt = at;
				this.#memory.weigh(line, charsOf(line.content));
				return;
			case 'deletion':
				if (line.from === from || this.#isAdminOf(line.address, from)) line.content = { kind: 'deleted' };
				return;
			case 'pin':
				line.isPinned = content.isPinned;
				return;
			case 'poll-vote':
				line.votes ??= new Map();
				if (content.options.length === 0) line.votes.delete(from);
				else line.votes.set(from, content.options);
				return;
			case 'event-reply':
				line.replies ??= new Map();
				line.replies.set(from, content.reply);
		}
	}

	#isAdminOf(address: string, phone: string): boolean {
		const group = this.#society.groups.get(address);
		return group !== undefined && isAdmin(group, phone);
	}
}

function startedWith(line: Line): Fifo<Line> {
	const chat = new Fifo<Line>();
	chat.push(line);
	return chat;
}

function byTime(one: Line, other: Line): number {
	return one.at - other.at;
}

function recipientsOf(address: string, { context }: MessageContent): readonly string[] | undefined {
	return address.endsWith('-broadcast') ? (context?.broadcastTo ?? []).map(phoneKey) : undefined;
}

function charsOf(content: MessageContent): number {
	return LINE_CHARS + (content.kind === 'text' ? content.text.length : JSON.stringify(content).length);
}
