/** Reads messages: by id, the queue of an instance, the transcript of a chat. */
import type { Message } from '../../../domain/message.ts';
import type { MessageReads, StoredBetween } from '../../../ports/messages.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { type BoundRow, transcriptBounds } from '../../shared/transcript-bounds.ts';
import type { Connection } from '../connection.ts';
import { latestOfChat, listMessages, messagesOfChat } from './message-lists.ts';
import { latestOfThreads } from './thread-lists.ts';

export const QUEUE: string = `
	SELECT * FROM messages INDEXED BY messages_queue WHERE instance_id = ? AND status = 'queued'
	ORDER BY coalesce(due_at, created_at), seq LIMIT ?`;
export const QUEUE_COUNT: string =
	"SELECT count(*) AS count FROM messages INDEXED BY messages_queue WHERE instance_id = ? AND status = 'queued'";
export const QUEUED_UNTIL: string = `
	SELECT max(coalesce(due_at, created_at)) AS until FROM messages INDEXED BY messages_chat
	WHERE chat_id = ? AND status = 'queued' AND coalesce(is_scheduled, 0) = 0`;
export const TRANSCRIPT: string = `
	SELECT * FROM messages WHERE chat_id = ? AND created_at >= ? AND created_at <= ? AND seq > ? AND seq <= ?
	ORDER BY created_at DESC, seq DESC LIMIT ?`;

export function messageReads(db: Connection): MessageReads {
	const one = (where: string, ...values: string[]): Message | undefined => {
		const row = db.get<MessageRow>(`SELECT * FROM messages WHERE ${where}`, ...values);
		return row && toMessage(row);
	};
	return {
		message: async (id) => one('id = ?', id),
		byWhatsappId: async (instanceId, whatsappId) => one('instance_id = ? AND whatsapp_id = ?', instanceId, whatsappId),
		queue: async (instanceId, limit) => db.all<MessageRow>(QUEUE, instanceId, limit).map(toMessage),
		queueCount: async (instanceId) => db.get<{ count: number }>(QUEUE_COUNT, instanceId)?.count ?? 0,
		queuedUntil: async (chatId) => db.get<{ until: number | null }>(QUEUED_UNTIL, chatId)?.until ?? undefined,
		transcript: async (chatId, stored, limit) => transcript(db, chatId, stored, limit),
		ofChat: async (chatId, page) => messagesOfChat(db, chatId, page),
		latestOfChat: async (chatId, lookedAt) => latestOfChat(db, chatId, lookedAt),
		list: async (filter, page, limit) => listMessages(db, filter, page, limit),
		latestOfThreads: async (instanceId, answered, page, limit) => latestOfThreads(db, instanceId, answered, page, limit),
	};
}

function transcript(db: Connection, chatId: string, stored: StoredBetween, limit: number): Message[] {
	const bound = (id: string | null | undefined): BoundRow | undefined =>
		typeof id === 'string' ? db.get<BoundRow & Record<string, number>>('SELECT seq, created_at FROM messages WHERE id = ?', id) : undefined;
	const { since, until, afterSeq, upToSeq } = transcriptBounds(stored, bound(stored.after), bound(stored.upTo));
	return db.all<MessageRow>(TRANSCRIPT, chatId, since, until, afterSeq, upToSeq, limit).reverse().map(toMessage);
}
