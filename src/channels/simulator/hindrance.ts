/** What can be sent, and why WhatsApp does not take a message for somebody. */
import type { MessageContent, MessageKind } from '../../domain/content.ts';
import type { MessageFailure } from '../../domain/message.ts';
import { isBlocked } from './address-book.ts';
import { isPhone, STATUS_ADDRESS } from './audience.ts';
import { isMember, writingRefused } from './group-rules.ts';
import type { Society } from './society.ts';

/** All but what WhatsApp itself writes, and what only customers do (order from a shop, pay). */
export const SENT_KINDS: readonly MessageKind[] = [
	...(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contact', 'contacts'] as const),
	...(['buttons', 'button-reply', 'list', 'list-reply', 'template', 'carousel', 'pix-key'] as const),
	...(['poll', 'poll-vote', 'event', 'event-reply', 'product', 'catalog', 'checkout', 'newsletter-invite'] as const),
	...(['reaction', 'edit', 'deletion', 'pin'] as const),
];

const NOT_ON_WHATSAPP: MessageFailure = { code: 'not_on_whatsapp', reason: 'Phone number does not exist' };

/** Undefined: it is taken. */
export function hindranceOf(society: Society, address: string, content: MessageContent): MessageFailure | undefined {
	if (isPhone(address)) {
		if (!society.isOnWhatsApp(address)) return NOT_ON_WHATSAPP;
		return isBlocked(society, address) ? { code: 'contact_blocked', reason: 'The contact is blocked' } : undefined;
	}
	if (address === STATUS_ADDRESS) return undefined;
	if (address.endsWith('@lid')) return NOT_ON_WHATSAPP;
	const group = society.groups.get(address);
	if (group !== undefined) {
		// Where only admins write, everybody in the group may react to it.
		const reason = content.kind === 'reaction' && isMember(group, society.self) ? undefined : writingRefused(group, society.self);
		return reason === undefined ? undefined : { code: 'not_allowed', reason };
	}
	if (society.newsletters.get(address)?.role === 'ADMIN') return undefined;
	return { code: 'chat_missing', reason: 'There is no such chat, or this number may not write in it' };
}
