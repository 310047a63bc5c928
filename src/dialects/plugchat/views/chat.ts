/** Chats as Plugchat shows them: counters and flags are strings in the phone's lists, and are not in the list of those that wait, as documented. */
import type { ChatView } from '../../../ports/chats.ts';
import type { ChatFlags } from '../../../ports/whatsapp.ts';

/** A row of `GET chats`. */
export function chatRow(view: ChatView, flags: ChatFlags | undefined): object {
	return { name: view.chat.name, ...chatDetails(view, flags, undefined) };
}

/** `GET chats/{phone}`. `photoUrl`: as WhatsApp shows it now; what was last heard of it otherwise. */
export function chatDetails({ chat, contact }: ChatView, flags: ChatFlags | undefined, photoUrl: string | undefined): object {
	return {
		phone: chat.phone,
		unread: flags?.isMarkedUnread ? '1' : '0',
		lastMessageTime: secondsOf(chat.lastMessageAt),
		isMuted: isMuted(flags) ? '1' : '0',
		isMarkedSpam: String(flags?.isSpam ?? false),
		profileThumbnail: photoUrl ?? contact.photoUrl ?? null,
		messagesUnread: flags?.unread ?? 0,
	};
}

/** A row of `GET get-pending-chats`. */
export function pendingRow({ chat, contact }: ChatView, flags: ChatFlags | undefined): object {
	return {
		name: chat.name,
		phone: chat.phone,
		profileThumbnail: contact.photoUrl ?? null,
		lastMessageTime: secondsOf(chat.lastMessageAt),
		unreadMessagesCount: flags?.unread ?? 0,
		isMarkedAsUnread: flags?.isMarkedUnread ?? false,
		isMuted: isMuted(flags),
	};
}

function isMuted(flags: ChatFlags | undefined): boolean {
	return flags?.mutedUntil !== undefined;
}

/** The one time that is told in seconds, as text. */
function secondsOf(at: number): string {
	return String(Math.floor(at / 1000));
}
