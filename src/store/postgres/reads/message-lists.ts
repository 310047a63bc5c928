/** The lists of the Instant Message API, which pages by number and wants to know how many there are in all; and those of a chat. */
import type { Message } from '../../../domain/message.ts';
import type { ChatMessagesRequest, LatestOfChat, MessageFilter } from '../../../ports/messages.ts';
import { LISTED_MAX, LOOKED_AT_MAX } from '../../../ports/pages.ts';
import { isLookedAt } from '../../shared/looked-at.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { offsetOfPage } from '../../shared/offset.ts';
import { storable } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Bound, type Statement, statement } from '../statement.ts';
import { Conditions } from './conditions.ts';

export interface Listed<T> {
	readonly items: readonly T[];
	readonly total: number;
}

export const CHAT_MESSAGES: Statement = statement(
	'messages_of_chat',
	'SELECT * FROM messages WHERE chat_id = $1 ORDER BY created_at DESC, seq DESC LIMIT $2',
);
export const CHAT_MESSAGES_BEFORE: Statement = statement(
	'messages_of_chat_before',
	`SELECT * FROM messages
	WHERE chat_id = $1 AND (created_at, seq) < (SELECT created_at, seq FROM messages WHERE id = $3 AND chat_id = $1)
	ORDER BY created_at DESC, seq DESC LIMIT $2`,
);

/** Counted where they are: a list of chats asks this of each, and would only throw the messages away. */
export const LATEST_OF_CHAT: Statement = statement(
	'latest_of_chat',
	`SELECT *, (
		SELECT count(*) FROM (
			SELECT from_me, status FROM messages WHERE chat_id = $1 ORDER BY created_at DESC, seq DESC LIMIT $2
		) AS newest WHERE NOT from_me AND status = 'received'
	) AS unread
	FROM messages WHERE chat_id = $1 ORDER BY created_at DESC, seq DESC LIMIT 1`,
);

export async function latestOfChat(db: Queries, chatId: string, lookedAt: number): Promise<LatestOfChat | undefined> {
	const [row] = await db.query<MessageRow & { readonly unread: number }>(LATEST_OF_CHAT, [chatId, lookedAt]);
	return row && { message: toMessage(row), unread: row.unread };
}

export async function messagesOfChat(db: Queries, chatId: string, { limit, before }: ChatMessagesRequest): Promise<readonly Message[]> {
	const rows =
		before === undefined
			? await db.query<MessageRow>(CHAT_MESSAGES, [chatId, limit])
			: await db.query<MessageRow>(CHAT_MESSAGES_BEFORE, [chatId, limit, before]);
	return rows.map(toMessage);
}

export async function listMessages(db: Queries, filter: MessageFilter, page: number, limit: number): Promise<Listed<Message>> {
	const offset = offsetOfPage(page, limit);
	const floor = isLookedAt(filter) ? await floorOf(db, filter) : undefined;
	const { count, list } = messagesQueries(filter, floor, { limit, offset });
	const [counted, rows] = await Promise.all([
		db.query<{ count: number }>(count.statement, count.values),
		db.query<MessageRow>(list.statement, list.values),
	]);
	return { items: rows.map(toMessage), total: counted[0]?.count ?? 0 };
}

/** The last row that is looked at. */
interface Floor {
	readonly created_at: number;
	readonly seq: number;
}

/** Undefined where all are. */
async function floorOf(db: Queries, filter: MessageFilter): Promise<Floor | undefined> {
	const query = floorQuery(filter);
	return (await db.query<Floor>(query.statement, query.values))[0];
}

export function floorQuery(filter: MessageFilter): Bound {
	const { name, text, values } = indexedBy(filter);
	const sql = `SELECT created_at, seq FROM messages WHERE ${text} ${NEWEST_FIRST} LIMIT 1 OFFSET ${LOOKED_AT_MAX - 1}`;
	return { statement: statement(`messages_floor_${name}`, sql), values };
}

export function messagesQueries(
	filter: MessageFilter,
	floor: Floor | undefined,
	{ limit, offset }: { readonly limit: number; readonly offset: number },
): { readonly count: Bound; readonly list: Bound } {
	const { name, text, values } = lookedAt(filter, indexedBy(filter).where('floor', FLOOR, floor?.created_at, floor?.seq));
	const count = `SELECT count(*) AS count FROM (SELECT 1 FROM messages WHERE ${text} LIMIT ${LISTED_MAX}) AS counted`;
	const next = values.length + 1;
	const list = `SELECT * FROM messages WHERE ${text} ${NEWEST_FIRST} LIMIT $${next} OFFSET $${next + 1}`;
	return {
		count: { statement: statement(`messages_count_${name}`, count), values },
		list: { statement: statement(`messages_list_${name}`, list), values: [...values, limit, offset] },
	};
}

const NEWEST_FIRST = 'ORDER BY created_at DESC, seq DESC';
const FLOOR = '(created_at, seq) >= ($::bigint, $::bigint)';

/** The part that an index answers by itself. A chat is of one instance: any of its messages tells whether of this one. */
function indexedBy({ instanceId, chatId, contextId, since, until }: MessageFilter): Conditions {
	const source = new Conditions();
	if (chatId === undefined) source.where('instance', 'instance_id = $', instanceId).where('context', 'context_id = $', contextId);
	else source.where('chat', `chat_id = $ AND ${IS_OF_INSTANCE}`, chatId, chatId, instanceId);
	return source.where('since', 'created_at >= $', since).where('until', 'created_at < $', until);
}

const IS_OF_INSTANCE = '(SELECT any_of.instance_id FROM messages AS any_of WHERE any_of.chat_id = $ LIMIT 1) = $';

/** And the conditions for which each row is looked at. */
function lookedAt({ chatId, contextId, status, steps, search }: MessageFilter, source: Conditions): Conditions {
	return source
		.where('inChat', 'context_id = $', chatId === undefined ? undefined : contextId)
		.where('status', 'status = $', status)
		.where('steps', `${STEP_REACHED} = ANY (string_to_array($, ','))`, steps?.join(','))
		.where('search', `position($ in ${SEARCHED}) > 0`, search === undefined ? undefined : storable(search.toLowerCase()));
}

/**
 * Text or caption, in small letters of all scripts, whatever the database's own locale is. JSON may hold what a text of PostgreSQL cannot: NUL
 * and halves of characters, which `JSON.stringify` always writes as escapes: they are looked for only where there is one at all.
 */
const HALF_OR_NUL = String.raw`\\u(0000|d[89a-f][0-9a-f]{2})`;
const DOCUMENT = String.raw`(CASE WHEN position('\u' IN content) = 0 THEN content ELSE regexp_replace(content, '${HALF_OR_NUL}', '\\ufffd', 'g') END)::json`;
const SEARCHED = `lower(coalesce(${DOCUMENT} ->> 'text', ${DOCUMENT} ->> 'caption') COLLATE "und-x-icu")`;

/** A message fails from `queued` or from `sent`. */
const STEP_REACHED = "CASE WHEN status <> 'failed' THEN status WHEN timeline::json ->> 'sent' IS NULL THEN 'queued' ELSE 'sent' END";
