/** The lists of the Instant Message API, which pages by number and wants to know how many there are in all. */
import type { Message } from '../../../domain/message.ts';
import type { ChatView, MessageFilter } from '../../../ports/store.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView } from '../../shared/chat-row.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { storable } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type SqlValue, statement } from '../statement.ts';
import { Conditions } from './conditions.ts';

interface Listed<T> {
	readonly items: readonly T[];
	readonly total: number;
}

/**
 * Text or caption, in small letters of all scripts, whatever the database's own locale is. JSON may hold what a text of PostgreSQL cannot: NUL
 * and halves of characters, which `JSON.stringify` always writes as escapes.
 */
const HALF_OR_NUL = String.raw`\\u(0000|d[89a-f][0-9a-f]{2})`;
const DOCUMENT = String.raw`regexp_replace(content, '${HALF_OR_NUL}', '\\ufffd', 'g')::json`;
const SEARCHED = `lower(coalesce(${DOCUMENT} ->> 'text', ${DOCUMENT} ->> 'caption') COLLATE "und-x-icu")`;

export async function listMessages(db: Queries, filter: MessageFilter, page: number, limit: number): Promise<Listed<Message>> {
	const conditions = conditionsOf(filter);
	const from = `FROM messages WHERE ${conditions.text}`;
	const count = statement(`messages_count_${conditions.name}`, `SELECT count(*) AS count ${from}`);
	const next = conditions.values.length + 1;
	const list = statement(
		`messages_list_${conditions.name}`,
		`SELECT * ${from} ORDER BY created_at DESC, seq DESC LIMIT $${next} OFFSET $${next + 1}`,
	);
	const [counted, rows] = await Promise.all([
		db.query<{ count: number }>(count, conditions.values),
		db.query<MessageRow>(list, [...conditions.values, limit, (page - 1) * limit]),
	]);
	return { items: rows.map(toMessage), total: counted[0]?.count ?? 0 };
}

function conditionsOf(filter: MessageFilter): Conditions {
	return new Conditions()
		.where('instance', 'instance_id = $', filter.instanceId)
		.where('chat', 'chat_id = $', filter.chatId)
		.where('context', 'context_id = $', filter.contextId)
		.where('status', 'status = $', filter.status)
		.where('since', 'created_at >= $', filter.since)
		.where('until', 'created_at < $', filter.until)
		.where('search', `position($ in ${SEARCHED}) > 0`, filter.search === undefined ? undefined : storable(filter.search.toLowerCase()));
}

/** A row is the message with its chat: the columns that both have (`chat_id`) are equal. */
const THREADS = `
	FROM chats JOIN LATERAL (
		SELECT * FROM messages AS latest WHERE latest.chat_id = chats.id AND latest.interaction_id IS NOT NULL
		ORDER BY latest.created_at DESC, latest.seq DESC LIMIT 1
	) AS messages ON true
	WHERE chats.instance_id = $1`;
const CUSTOMER_ANSWERED =
	'EXISTS (SELECT 1 FROM messages AS inbound WHERE inbound.chat_id = chats.id AND inbound.interaction_id IS NOT NULL AND NOT inbound.from_me)';

/** Answered: the customer wrote in the thread. */
export async function latestOfThreads(
	db: Queries,
	instanceId: string,
	answered: boolean | undefined,
	page: number,
	limit: number,
): Promise<Listed<{ readonly last: Message; readonly view: ChatView }>> {
	const { name, condition } = answering(answered);
	const count = statement(`threads_count_${name}`, `SELECT count(*) AS count ${THREADS} ${condition}`);
	const list = statement(
		`threads_list_${name}`,
		`SELECT latest_of_chat.*, ${CHAT_COLUMNS}
		FROM (SELECT messages.* ${THREADS} ${condition} ORDER BY messages.created_at DESC, messages.seq DESC LIMIT $2 OFFSET $3) AS latest_of_chat
		JOIN chats ON chats.id = latest_of_chat.chat_id JOIN contacts ON contacts.id = chats.contact_id
		ORDER BY latest_of_chat.created_at DESC, latest_of_chat.seq DESC`,
	);
	const values: SqlValue[] = [instanceId];
	const [counted, rows] = await Promise.all([
		db.query<{ count: number }>(count, values),
		db.query<MessageRow & ChatRow>(list, [...values, limit, (page - 1) * limit]),
	]);
	return { items: rows.map((row) => ({ last: toMessage(row), view: toChatView(row) })), total: counted[0]?.count ?? 0 };
}

function answering(answered: boolean | undefined): { name: string; condition: string } {
	if (answered === undefined) return { name: 'all', condition: '' };
	return answered
		? { name: 'answered', condition: `AND ${CUSTOMER_ANSWERED}` }
		: { name: 'unanswered', condition: `AND NOT ${CUSTOMER_ANSWERED}` };
}
