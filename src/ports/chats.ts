/** Chats with their contacts: one by an alias, lists of them, and those in which a customer waits. */
import type { Alias, Chat, Contact } from '../domain/message.ts';
import type { OffsetRequest, Page, PageRequest } from './pages.ts';

/** A chat with its contact. */
export interface ChatView {
	readonly chat: Chat;
	readonly contact: Contact;
}

export interface ChatReads {
	chat(id: string): Promise<ChatView | undefined>;
	/** Those of these that there are, in no order. */
	chatsById(ids: readonly string[]): Promise<readonly ChatView[]>;
	/** The chat of an instance with whoever has one of these aliases. */
	findByAlias(instanceId: string, accountId: string, aliases: readonly Alias[]): Promise<ChatView | undefined>;
	/** The contact with one of these aliases, where the instance has no chat with it yet. */
	findContact(accountId: string, aliases: readonly Alias[]): Promise<Contact | undefined>;
	/** Latest message first. */
	chatsOf(instanceId: string, page: PageRequest | OffsetRequest): Promise<Page<ChatView>>;
	/** Of all instances of the account, latest message first. */
	chatsOfAccount(accountId: string, page: PageRequest): Promise<Page<ChatView>>;
	/** Those of an instance in which a customer waits, who waits longest first. */
	waitingOf(instanceId: string, page: PageRequest | OffsetRequest): Promise<Page<ChatView>>;
	/** The same of all instances of an account. */
	waiting(filter: WaitingFilter, page: PageRequest): Promise<Page<ChatView>>;
	/** How many those are; no more than `most` are counted. */
	waitingCount(filter: WaitingFilter, most: number): Promise<number>;
}

export interface WaitingFilter {
	readonly accountId: string;
	/** Those of one of these; undefined among them: those of none. */
	readonly departmentIds?: readonly (string | undefined)[];
}
