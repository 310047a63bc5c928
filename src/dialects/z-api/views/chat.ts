/** Chats as Z-API shows them. Numbers and flags are strings in some places and not in others, and times of messages are seconds, as documented. */
import type { Chat } from '../../../domain/message.ts';
import type { ChatFlags } from '../../../ports/whatsapp.ts';
import { addressKind } from '../../callbacks/address.ts';
import { given } from '../../callbacks/given.ts';

/** A row of `GET chats`. */
export function chatRow(chat: Chat, flags: ChatFlags | undefined): object {
	return {
		archived: String(flags?.isArchived ?? false),
		pinned: String(flags?.isPinned ?? false),
		...shared(chat, flags),
		name: chat.name,
	};
}

export interface ChatAround {
	readonly flags: ChatFlags | undefined;
	readonly photoUrl: string | undefined;
	/** Of a person. */
	readonly about: string | undefined;
}

/** `GET chats/{phone}`. */
export function chatDetails(chat: Chat, { flags, photoUrl, about }: ChatAround): object {
	return { ...shared(chat, flags), profileThumbnail: photoUrl ?? null, about: about ?? '' };
}

function shared(chat: Chat, flags: ChatFlags | undefined): object {
	const { mutedUntil } = flags ?? {};
	return {
		messagesUnread: flags?.unread ?? 0,
		phone: chat.phone,
		unread: flags?.isMarkedUnread ? '1' : '0',
		lastMessageTime: String(Math.floor(chat.lastMessageAt / 1000)),
		isMuted: mutedUntil === undefined ? '0' : '1',
		// 0 is for ever, which has no end to tell.
		...given({ muteEndTime: mutedUntil === 0 ? undefined : mutedUntil }),
		isMarkedSpam: String(flags?.isSpam ?? false),
		isGroupAnnouncement: flags?.isAnnouncement ?? false,
		isGroup: addressKind(chat.phone).isGroup,
	};
}
