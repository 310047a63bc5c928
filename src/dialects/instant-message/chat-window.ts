/** The 24-hour window: for so long after a customer wrote anything may be written to them, then templates alone. */
import type { Chat } from '../../domain/message.ts';
import { parsePhone, phoneKey } from '../../domain/phone.ts';
import type { ChatReads, ChatView } from '../../ports/chats.ts';
import type { Caller } from './authentication.ts';
import { badParameter } from './errors.ts';

/** WhatsApp's customer service window. */
export const WINDOW_MS: number = 24 * 60 * 60 * 1000;

export interface ChatWindow {
	readonly isOpen: boolean;
	/** Also of one that is closed; undefined where the customer never wrote. */
	readonly closesAt?: number;
}

export function windowOf(chat: Pick<Chat, 'lastInboundAt'> | undefined, now: number): ChatWindow {
	if (chat?.lastInboundAt === undefined) return { isOpen: false };
	const closesAt = chat.lastInboundAt + WINDOW_MS;
	return { isOpen: now < closesAt, closesAt };
}

/** Throws invalid_request, naming the parameter. */
export function readNumber(name: string, written: string): string {
	const digits = parsePhone(written);
	if (digits === undefined) throw badParameter(name, 'must be an E.164 number', 'deve ser um número E.164');
	return digits;
}

/** The chat with the customer of this number (digits). */
export function findChat(chats: Pick<ChatReads, 'findByAlias'>, { instance }: Caller, digits: string): Promise<ChatView | undefined> {
	return chats.findByAlias(instance.id, instance.accountId, [{ kind: 'phone', value: phoneKey(digits) }]);
}
