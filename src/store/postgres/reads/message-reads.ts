/** Reads messages: by id, the queue of an instance, the transcript of a chat. */
import type { Message } from '../../../domain/message.ts';
import type { MessageReads, StoredBetween } from '../../../ports/messages.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { type BoundRow, type TranscriptBounds, transcriptBounds } from '../../shared/transcript-bounds.ts';
import type { Queries } from '../database.ts';
import { type SqlValue, type Statement, statement } from '../statement.ts';
import { latestOfChat, listMessages, messagesOfChat } from './message-lists.ts';
import { latestOfThreads } from './thread-lists.ts';

const MESSAGE: Statement = statement('message', 'SELECT * FROM messages WHERE id = $1');
const BY_WHATSAPP_ID: Statement = statement('message_by_whatsapp_id', 'SELECT * FROM messages WHERE instance_id = $1 AND whatsapp_id = $2');
export const QUEUE: Statement = statement(
	'message_queue',
	`SELECT * FROM messages WHERE instance_id = $1 AND status = 'queued' ORDER BY coalesce(due_at, created_at), seq LIMIT $2`,
);
export const QUEUE_COUNT: Statement = statement(
	'message_queue_count',
	"SELECT count(*) AS count FROM messages WHERE instance_id = $1 AND status = 'queued'",
);
export const QUEUED_UNTIL: Statement = statement(
	'message_queued_until',
	`SELECT max(coalesce(due_at, created_at)) AS until FROM messages
	WHERE chat_id = $1 AND status = 'queued' AND NOT coalesce(is_scheduled, false)`,
);
export const TRANSCRIPT: Statement = statement(
	'message_transcript',
	`SELECT * FROM messages WHERE chat_id = $1 AND created_at >= $2 AND created_at <= $3 AND seq > $4 AND seq <= $5
	ORDER BY created_at DESC, seq DESC LIMIT $6`,
);

const BOUND: Statement = statement('message_bound', 'SELECT seq, created_at FROM messages WHERE id = $1');

export function messageReads(db: Queries): MessageReads {
	const all = async (of: Statement, ...values: SqlValue[]): Promise<Message[]> => (await db.query<MessageRow>(of, values)).map(toMessage);
	return {
		message: async (id) => (await all(MESSAGE, id))[0],
		byWhatsappId: async (instanceId, whatsappId) => (await all(BY_WHATSAPP_ID, instanceId, whatsappId))[0],
		queue: (instanceId, limit) => all(QUEUE, instanceId, limit),
		queueCount: async (instanceId) => (await db.query<{ count: number }>(QUEUE_COUNT, [instanceId]))[0]?.count ?? 0,
		queuedUntil: async (chatId) => (await db.query<{ until: number | null }>(QUEUED_UNTIL, [chatId]))[0]?.until ?? undefined,
		transcript: async (chatId, stored, limit) => {
			const { since, until, afterSeq, upToSeq } = await boundsOf(db, stored);
			return (await all(TRANSCRIPT, chatId, since, until, afterSeq, upToSeq, limit)).reverse();
		},
		ofChat: (chatId, page) => messagesOfChat(db, chatId, page),
		latestOfChat: (chatId, lookedAt) => latestOfChat(db, chatId, lookedAt),
		list: (filter, page, limit) => listMessages(db, filter, page, limit),
		latestOfThreads: (instanceId, answered, page, limit) => latestOfThreads(db, instanceId, answered, page, limit),
	};
}

async function boundsOf(db: Queries, stored: StoredBetween): Promise<TranscriptBounds> {
	const bound = async (id: string | null | undefined): Promise<BoundRow | undefined> =>
		typeof id === 'string' ? (await db.query<BoundRow>(BOUND, [id]))[0] : undefined;
	const [after, upTo] = await Promise.all([bound(stored.after), bound(stored.upTo)]);
	return transcriptBounds(stored, after, upTo);
}
