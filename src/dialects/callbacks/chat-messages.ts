/** `GET chat-messages/{phone}`: what was last said in a chat, each message as its ReceivedCallback with fewer members. */
import type { Instance } from '../../domain/account.ts';
import type { Message } from '../../domain/message.ts';
import { RecadoError } from '../../errors.ts';
import { correspondentOf } from '../../messaging/chat-opening.ts';
import type { ChatView } from '../../ports/chats.ts';
import type { MessageReads } from '../../ports/messages.ts';
import type { Told } from './told.ts';

/** Documented nowhere: one answer is one piece. */
export const LAST_MESSAGES_MAX = 100;

/** Members of the callback that are not documented here. */
const LEFT_OUT: ReadonlySet<string> = new Set([
	'isStatusReply',
	'senderLid',
	'connectedPhone',
	'waitingMessage',
	'isEdit',
	'isGroup',
	'isNewsletter',
	'participantLid',
	'fromApi',
	'type',
]);

export interface ChatMessagesOf {
	readonly messages: Pick<MessageReads, 'ofChat' | 'byWhatsappId'>;
	readonly instance: Instance;
	readonly view: ChatView;
	/** The chat was cleared on the phone then: nothing before is shown. */
	readonly clearedAt: number | undefined;
	/** Writes the callback, in the manner of the dialect. */
	readonly callback: (told: Told) => object;
}

/** Oldest first. `lastId`: the WhatsApp id of a message of the chat, '' or undefined: those before it. Throws message_missing. */
export async function chatMessages(of: ChatMessagesOf, amount: number, lastId: string | undefined): Promise<readonly object[]> {
	const { messages, instance, view, clearedAt = 0, callback } = of;
	const before = lastId ? await messages.byWhatsappId(instance.id, lastId) : undefined;
	if (lastId && before?.chatId !== view.chat.id) throw new RecadoError('message_missing', { details: { id: lastId } });
	const found = await messages.ofChat(view.chat.id, { limit: amount, ...(before ? { before: before.id } : {}) });
	const instanceRef = { id: instance.id, phone: instance.phone };
	const shown = found.filter(({ createdAt }) => createdAt > clearedAt);
	return shown.toReversed().map((message) => {
		const told = { message, with: correspondentOf(view), instance: instanceRef, at: message.createdAt };
		const members = Object.entries(callback(told)).filter(([name]) => !LEFT_OUT.has(name));
		return { ...Object.fromEntries(members), status: stateOf(message) };
	});
}

/** The words of the status callbacks; one that waits in the queue is pending. */
function stateOf({ status }: Message): string {
	if (status === 'queued') return 'PENDING';
	return status === 'failed' ? 'ERROR' : status.toUpperCase();
}
