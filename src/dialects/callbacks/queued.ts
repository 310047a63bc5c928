/** Messages of the queue as both dialects list them: what is read of a message, and of the chat that it is for. */
import type { Message } from '../../domain/message.ts';
import type { ChatReads } from '../../ports/chats.ts';
import { zaapIdOf } from './ids.ts';
import { wordsOf } from './words-of.ts';

/** The members of a queued message that both dialects tell, spelled as documented. */
export interface QueuedFields {
	readonly Message: string;
	readonly Phone: string;
	readonly ZaapId: string;
	readonly Created: number;
	readonly MessageId: string;
}

export function queuedFields(message: Message, phone: string): QueuedFields {
	return {
		Message: wordsOf(message.content),
		Phone: phone,
		ZaapId: zaapIdOf(message),
		Created: message.createdAt,
		MessageId: message.whatsappId,
	};
}

/** A message knows its chat; the chat knows how WhatsApp spells the number. By the chats' ids. */
export async function phonesOfQueued(chats: Pick<ChatReads, 'chat'>, queued: readonly Message[]): Promise<ReadonlyMap<string, string>> {
	const ids = [...new Set(queued.map((message) => message.chatId))];
	const views = await Promise.all(ids.map((id) => chats.chat(id)));
	return new Map(views.flatMap((view) => (view ? [[view.chat.id, view.chat.phone] as const] : [])));
}
