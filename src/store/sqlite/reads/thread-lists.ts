/** The chats of an instance that are in a thread, by the latest message in one: found from the newest messages in threads, and not from all its chats. */
import type { Message } from '../../../domain/message.ts';
import { type ChatView, LOOKED_AT_MAX } from '../../../ports/store.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView } from '../../shared/chat-row.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { offsetOfPage } from '../../shared/offset.ts';
import type { Connection } from '../connection.ts';
import type { Listed } from './message-lists.ts';

const CUSTOMER_ANSWERED = `
	SELECT 1 FROM messages AS inbound INDEXED BY messages_answer
	WHERE inbound.chat_id = latest.chat_id AND inbound.interaction_id IS NOT NULL AND inbound.from_me = 0`;

/** Answered: the customer wrote in the thread. */
export function threadsQuery(answered: boolean | undefined): string {
	const condition = answered === undefined ? '' : `AND ${answered ? '' : 'NOT'} EXISTS (${CUSTOMER_ANSWERED})`;
	return `SELECT seq, chat_id, count(*) OVER () AS total FROM (
		SELECT chat_id, seq, created_at, row_number() OVER (PARTITION BY chat_id ORDER BY created_at DESC, seq DESC) AS place
		FROM (
			SELECT chat_id, seq, created_at FROM messages INDEXED BY messages_thread
			WHERE instance_id = ? AND interaction_id IS NOT NULL ORDER BY created_at DESC, seq DESC LIMIT ${LOOKED_AT_MAX}
		)
	) AS latest WHERE place = 1 ${condition} ORDER BY created_at DESC, seq DESC LIMIT ? OFFSET ?`;
}

const MESSAGE = 'SELECT * FROM messages WHERE seq = ?';
const CHAT = `SELECT ${CHAT_COLUMNS} FROM chats JOIN contacts ON contacts.id = chats.contact_id WHERE chats.id = ?`;

export function latestOfThreads(
	db: Connection,
	instanceId: string,
	answered: boolean | undefined,
	page: number,
	limit: number,
): Listed<{ readonly last: Message; readonly view: ChatView }> {
	const offset = offsetOfPage(page, limit);
	const sql = threadsQuery(answered);
	const read = (count: number, before: number): ListedThread[] => db.all<ListedThread>(sql, instanceId, count, before);
	const found = read(limit, offset);
	// A page behind the end does not tell how many there are: the first one does.
	const [any = offset > 0 ? read(1, 0)[0] : undefined] = found;
	return { items: found.flatMap(({ seq, chat_id }) => withView(db, seq, chat_id)), total: any?.total ?? 0 };
}

interface ListedThread {
	readonly seq: number;
	readonly chat_id: string;
	readonly total: number;
}

function withView(db: Connection, seq: number, chatId: string): { last: Message; view: ChatView }[] {
	const message = db.get<MessageRow>(MESSAGE, seq);
	const chat = db.get<ChatRow>(CHAT, chatId);
	return message && chat ? [{ last: toMessage(message), view: toChatView(chat) }] : [];
}
