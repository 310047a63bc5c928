/** The lists of the Instant Message API, which pages by number and wants to know how many there are in all. */
import type { SQLInputValue } from 'node:sqlite';
import type { Message } from '../../../domain/message.ts';
import type { ChatView, MessageFilter } from '../../../ports/store.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView } from '../../shared/chat-row.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import type { Connection } from '../connection.ts';

interface Listed<T> {
	readonly items: readonly T[];
	readonly total: number;
}

export function listMessages(db: Connection, filter: MessageFilter, page: number, limit: number): Listed<Message> {
	const { from, values } = messagesQuery(filter);
	const total = db.get<{ count: number }>(`SELECT count(*) AS count ${from}`, ...values)?.count ?? 0;
	const sql = `SELECT * ${from} ORDER BY created_at DESC, seq DESC LIMIT ? OFFSET ?`;
	return { items: db.all<MessageRow>(sql, ...values, limit, (page - 1) * limit).map(toMessage), total };
}

/** The part that counting and reading have in common. */
export function messagesQuery(filter: MessageFilter): { from: string; values: SQLInputValue[] } {
	const index = filter.chatId !== undefined ? 'messages_chat' : filter.contextId !== undefined ? 'messages_context' : 'messages_instance';
	const terms = ['instance_id = ?'];
	const values: SQLInputValue[] = [filter.instanceId];
	const where = (term: string, value: SQLInputValue | undefined): void => {
		if (value === undefined) return;
		terms.push(term);
		values.push(value);
	};
	where('chat_id = ?', filter.chatId);
	where('context_id = ?', filter.contextId);
	where('status = ?', filter.status);
	where('created_at >= ?', filter.since);
	where('created_at < ?', filter.until);
	where("contains_text(coalesce(content ->> 'text', content ->> 'caption'), ?)", filter.search?.toLowerCase());
	return { from: `FROM messages INDEXED BY ${index} WHERE ${terms.join(' AND ')}`, values };
}

const LATEST_IN_A_THREAD = `
	SELECT latest.seq FROM messages AS latest WHERE latest.chat_id = chats.id AND latest.interaction_id IS NOT NULL
	ORDER BY latest.created_at DESC, latest.seq DESC LIMIT 1`;
const CUSTOMER_ANSWERED =
	'SELECT 1 FROM messages AS inbound WHERE inbound.chat_id = chats.id AND inbound.interaction_id IS NOT NULL AND inbound.from_me = 0';

/** Answered: the customer wrote in the thread. */
export function latestOfThreads(
	db: Connection,
	instanceId: string,
	answered: boolean | undefined,
	page: number,
	limit: number,
): Listed<{ readonly last: Message; readonly view: ChatView }> {
	const condition = answered === undefined ? '' : `AND ${answered ? '' : 'NOT'} EXISTS (${CUSTOMER_ANSWERED})`;
	const from = `FROM chats CROSS JOIN messages ON messages.seq = (${LATEST_IN_A_THREAD}) WHERE chats.instance_id = ? ${condition}`;
	const total = db.get<{ count: number }>(`SELECT count(*) AS count ${from}`, instanceId)?.count ?? 0;
	const sql = `SELECT messages.id AS message_id, chats.id AS chat_id ${from}
		ORDER BY messages.created_at DESC, messages.seq DESC LIMIT ? OFFSET ?`;
	const found = db.all<{ message_id: string; chat_id: string }>(sql, instanceId, limit, (page - 1) * limit);
	return { items: found.flatMap(({ message_id, chat_id }) => withView(db, message_id, chat_id)), total };
}

const MESSAGE = 'SELECT * FROM messages WHERE id = ?';
const CHAT = `SELECT ${CHAT_COLUMNS} FROM chats JOIN contacts ON contacts.id = chats.contact_id WHERE chats.id = ?`;

function withView(db: Connection, messageId: string, chatId: string): { last: Message; view: ChatView }[] {
	const message = db.get<MessageRow>(MESSAGE, messageId);
	const chat = db.get<ChatRow>(CHAT, chatId);
	return message && chat ? [{ last: toMessage(message), view: toChatView(chat) }] : [];
}
