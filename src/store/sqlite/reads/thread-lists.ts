/** The chats of an instance that are in a thread, by the latest message in one: found from the newest messages in threads, and not from all its chats. */
import type { Message } from '../../../domain/message.ts';
import type { ChatView } from '../../../ports/chats.ts';
import { LOOKED_AT_MAX } from '../../../ports/pages.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView } from '../../shared/chat-row.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { offsetOfPage } from '../../shared/offset.ts';
import type { Connection } from '../connection.ts';
import type { Listed } from './message-lists.ts';

const HAS_ANSWER = 'max(from_me = 0) OVER (PARTITION BY chat_id) AS has_answer';
/** Long ago, or among what is looked at: a chat with many people notes no time at which its customer wrote last. */
const CUSTOMER_ANSWERED =
	'(latest.has_answer OR EXISTS (SELECT 1 FROM chats WHERE chats.id = latest.chat_id AND chats.last_inbound_at IS NOT NULL))';

/** Nearly every message is in a thread, so the index of all of them leads to these. */
export function threadsQuery(answered: boolean | undefined): string {
	const [hasAnswer, condition] =
		answered === undefined ? ['', ''] : [`, ${HAS_ANSWER}`, `AND ${answered ? '' : 'NOT '}${CUSTOMER_ANSWERED}`];
	return `SELECT seq, chat_id, count(*) OVER () AS total FROM (
		SELECT chat_id, seq, created_at, row_number() OVER (PARTITION BY chat_id ORDER BY created_at DESC, seq DESC) AS place${hasAnswer}
		FROM (
			SELECT chat_id, seq, created_at, from_me, interaction_id FROM messages INDEXED BY messages_instance
			WHERE instance_id = ? ORDER BY created_at DESC, seq DESC LIMIT ${LOOKED_AT_MAX}
		) WHERE interaction_id IS NOT NULL
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
