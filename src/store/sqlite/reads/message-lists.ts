/** The lists of the Instant Message API, which pages by number and wants to know how many there are in all; and those of a chat. */
import type { SQLInputValue } from 'node:sqlite';
import type { Message } from '../../../domain/message.ts';
import type { ChatMessagesRequest, LatestOfChat, MessageFilter } from '../../../ports/messages.ts';
import { LISTED_MAX, LOOKED_AT_MAX } from '../../../ports/pages.ts';
import { isLookedAt } from '../../shared/looked-at.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { offsetOfPage } from '../../shared/offset.ts';
import type { Connection } from '../connection.ts';

export interface Listed<T> {
	readonly items: readonly T[];
	readonly total: number;
}

export const CHAT_MESSAGES: string = `
	SELECT * FROM messages INDEXED BY messages_chat WHERE chat_id = ? ORDER BY created_at DESC, seq DESC LIMIT ?`;
export const CHAT_MESSAGES_BEFORE: string = `
	SELECT * FROM messages INDEXED BY messages_chat
	WHERE chat_id = ?1 AND (created_at, seq) < (SELECT created_at, seq FROM messages WHERE id = ?2 AND chat_id = ?1)
	ORDER BY created_at DESC, seq DESC LIMIT ?3`;

/** Counted where they are: a list of chats asks this of each, and would only throw the messages away. */
export const LATEST_OF_CHAT: string = `
	SELECT *, (
		SELECT count(*) FROM (
			SELECT from_me, status FROM messages INDEXED BY messages_chat WHERE chat_id = ?1 ORDER BY created_at DESC, seq DESC LIMIT ?2
		) WHERE from_me = 0 AND status = 'received'
	) AS unread
	FROM messages INDEXED BY messages_chat WHERE chat_id = ?1 ORDER BY created_at DESC, seq DESC LIMIT 1`;

export function latestOfChat(db: Connection, chatId: string, lookedAt: number): LatestOfChat | undefined {
	const row = db.get<MessageRow & { readonly unread: number }>(LATEST_OF_CHAT, chatId, lookedAt);
	return row && { message: toMessage(row), unread: row.unread };
}

export function messagesOfChat(db: Connection, chatId: string, { limit, before }: ChatMessagesRequest): readonly Message[] {
	const rows =
		before === undefined
			? db.all<MessageRow>(CHAT_MESSAGES, chatId, limit)
			: db.all<MessageRow>(CHAT_MESSAGES_BEFORE, chatId, before, limit);
	return rows.map(toMessage);
}

export function listMessages(db: Connection, filter: MessageFilter, page: number, limit: number): Listed<Message> {
	const offset = offsetOfPage(page, limit);
	const floor = isLookedAt(filter) ? floorOf(db, filter) : undefined;
	const { count, list, values } = messagesQuery(filter, floor);
	const total = db.get<{ count: number }>(count, ...values)?.count ?? 0;
	if (offset >= total) return { items: [], total };
	return { items: db.all<MessageRow>(list, ...values, limit, offset).map(toMessage), total };
}

/** The last row that is looked at. */
interface Floor {
	readonly created_at: number;
	readonly seq: number;
}

/** Undefined where all are. */
function floorOf(db: Connection, filter: MessageFilter): Floor | undefined {
	const { sql, values } = floorQuery(filter);
	return db.get<Floor>(sql, ...values);
}

export function floorQuery(filter: MessageFilter): { sql: string; values: readonly SQLInputValue[] } {
	const { from, values } = new MessagesSource(filter);
	return { sql: `SELECT created_at, seq ${from} ${NEWEST_FIRST} LIMIT 1 OFFSET ${LOOKED_AT_MAX - 1}`, values };
}

export interface MessagesQuery {
	readonly count: string;
	/** Takes a limit and an offset after the values. */
	readonly list: string;
	readonly values: readonly SQLInputValue[];
}

export function messagesQuery(filter: MessageFilter, floor: Floor | undefined): MessagesQuery {
	const source = new MessagesSource(filter);
	if (floor !== undefined) source.where('(created_at, seq) >= (?, ?)', floor.created_at, floor.seq);
	const { chatId, contextId, status, steps, search } = filter;
	if (chatId !== undefined) source.where('context_id = ?', contextId);
	source.where('status = ?', status);
	source.where(`${STEP_REACHED} IN (SELECT value FROM json_each(?))`, steps && JSON.stringify(steps));
	source.where("contains_text(coalesce(content ->> 'text', content ->> 'caption'), ?)", search?.toLowerCase());
	const { from, values } = source;
	return {
		count: `SELECT count(*) AS count FROM (SELECT 1 ${from} LIMIT ${LISTED_MAX})`,
		list: `SELECT * ${from} ${NEWEST_FIRST} LIMIT ? OFFSET ?`,
		values,
	};
}

const NEWEST_FIRST = 'ORDER BY created_at DESC, seq DESC';

/** A message fails from `queued` or from `sent`. */
const STEP_REACHED = "CASE WHEN status <> 'failed' THEN status WHEN timeline ->> 'sent' IS NULL THEN 'queued' ELSE 'sent' END";

/** A chat is of one instance: any of its messages tells whether of this one. */
const IS_OF_INSTANCE = '(SELECT any_of.instance_id FROM messages AS any_of WHERE any_of.chat_id = ? LIMIT 1) = ?';

/** The messages that an index knows by itself to meet a filter, and whatever else is asked of them. */
class MessagesSource {
	readonly values: SQLInputValue[] = [];
	readonly #index: string;
	readonly #terms: string[] = [];

	constructor({ instanceId, chatId, contextId, since, until }: MessageFilter) {
		if (chatId !== undefined) {
			this.#index = 'messages_chat';
			this.where('chat_id = ?', chatId);
			this.where(IS_OF_INSTANCE, chatId, instanceId);
		} else {
			this.#index = contextId === undefined ? 'messages_instance' : 'messages_context';
			this.where('instance_id = ?', instanceId);
			this.where('context_id = ?', contextId);
		}
		this.where('created_at >= ?', since);
		this.where('created_at < ?', until);
	}

	get from(): string {
		return `FROM messages INDEXED BY ${this.#index} WHERE ${this.#terms.join(' AND ')}`;
	}

	where(term: string, ...given: readonly (SQLInputValue | undefined)[]): void {
		if (given.includes(undefined)) return;
		this.#terms.push(term);
		this.values.push(...(given as SQLInputValue[]));
	}
}
