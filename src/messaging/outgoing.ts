/** A message as it enters the queue. */
import type { Instance } from '../domain/account.ts';
import type { MessageContent } from '../domain/content.ts';
import type { Chat, Message, Thread } from '../domain/message.ts';
import type { Ids } from '../ports/clock.ts';

export interface Outgoing extends Partial<Pick<Message, 'replyTo' | 'customId' | 'isScheduled' | 'whatsappId'>> {
	readonly instance: Instance;
	readonly chat: Chat;
	readonly content: MessageContent;
	readonly origin: Message['origin'];
	readonly thread: Thread;
	readonly now: number;
	readonly dueAt: number;
}

export function queuedMessage({ instance, chat, now, ...rest }: Outgoing, ids: Ids): Message {
	return {
		id: ids.next('msg'),
		whatsappId: ids.nextWhatsappId(),
		accountId: instance.accountId,
		instanceId: instance.id,
		chatId: chat.id,
		fromMe: true,
		status: 'queued',
		timeline: { queued: now },
		createdAt: now,
		updatedAt: now,
		...rest,
	};
}

/** A caller's new context begins an interaction; without one the chat's goes on. */
export function threadOf(chat: Chat, given: string | undefined, ids: Ids): Thread {
	const contextId = given ?? chat.thread?.contextId;
	const isNew = chat.thread === undefined || contextId !== chat.thread.contextId;
	return { ...(contextId === undefined ? {} : { contextId }), interactionId: isNew ? newInteractionId(ids) : chat.thread.interactionId };
}

/** In the form of a UUID, as the Instant Message API shows its interactions. */
export function newInteractionId(ids: Ids): string {
	return ids
		.next('tok')
		.slice(4)
		.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
