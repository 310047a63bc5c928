/** Reads messages: by id, the queue of an instance, the transcript of a chat. */
import type { Message } from '../../../domain/message.ts';
import type { MessageReads } from '../../../ports/store.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import type { Connection } from '../connection.ts';
import { latestOfThreads, listMessages } from './message-lists.ts';

export const QUEUE: string = `
	SELECT * FROM messages INDEXED BY messages_queue WHERE instance_id = ? AND status = 'queued'
	ORDER BY coalesce(due_at, created_at), seq LIMIT ?`;
export const QUEUE_COUNT: string =
	"SELECT count(*) AS count FROM messages INDEXED BY messages_queue WHERE instance_id = ? AND status = 'queued'";
export const QUEUED_UNTIL: string = `
	SELECT max(coalesce(due_at, created_at)) AS until FROM messages INDEXED BY messages_chat
	WHERE chat_id = ? AND status = 'queued' AND coalesce(is_scheduled, 0) = 0`;
export const TRANSCRIPT: string = `
	SELECT * FROM messages WHERE chat_id = ? AND created_at >= ? AND created_at <= ? ORDER BY created_at DESC, seq DESC LIMIT ?`;

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
		transcript: async (chatId, since, until, limit) => db.all<MessageRow>(TRANSCRIPT, chatId, since, until, limit).reverse().map(toMessage),
		list: async (filter, page, limit) => listMessages(db, filter, page, limit),
		latestOfThreads: async (instanceId, answered, page, limit) => latestOfThreads(db, instanceId, answered, page, limit),
	};
}
