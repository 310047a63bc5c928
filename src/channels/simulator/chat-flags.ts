/** How chats are kept on the instance's side: pinned, muted, archived, cleared, deleted; what is unread; whether messages disappear. */
import type { Asked, ChatChange, ChatFlags, Nothing } from '../../ports/whatsapp.ts';
import { assertAdmin } from './group-rules.ts';
import { checkedDuration } from './privacy.ts';
import { notThere, refused } from './refused.ts';
import type { Deed, Society } from './society.ts';
import type { ChatRecord } from './society-records.ts';

/** WhatsApp's own limit. */
const PINNED_MAX = 3;

/** Chats with flags of their own: what is held in memory. One more is refused. */
const FLAGGED_MAX = 100_000;

/** After these nothing of the chat is unread. */
const READING: ReadonlySet<ChatChange['kind']> = new Set(['read', 'clear', 'delete']);

const USUAL: ChatRecord = { isArchived: false, isPinned: false, isMarkedUnread: false, expiresInSeconds: 0 };

export function flagsOf(society: Society, { phones }: Asked<'chats.flags'>): readonly ChatFlags[] {
	return phones.map((phone) => {
		const address = society.keyOf(phone);
		const { deletedAt, ...record } = society.chats.get(address) ?? USUAL;
		return {
			...record,
			phone,
			isSpam: society.book.get(address)?.isSpam === true,
			unread: society.unread.count(address),
			...(society.groups.get(address)?.isAnnouncement && { isAnnouncement: true }),
			isDeleted: deletedAt !== undefined && (society.unread.lastAt(address) ?? 0) <= deletedAt,
		};
	});
}

export function changeChat(deed: Deed, { phone, change }: Asked<'chats.change'>): Nothing {
	const { society } = deed;
	const address = society.keyOf(phone);
	const record = society.chats.get(address) ?? USUAL;
	if (address.endsWith('-group') && society.groups.get(address) === undefined) throw notThere('chat');
	if (change.kind === 'pin' && !record.isPinned && pinned(society) >= PINNED_MAX)
		throw refused(`${PINNED_MAX} chats are pinned, as many as there can be`);
	const next = changed(deed, address, record, change);
	if (READING.has(change.kind)) deed.afterwards.push(() => society.unread.readAll(address));
	if (society.chats.get(address) === undefined && society.chats.size >= FLAGGED_MAX)
		throw refused('too many chats have settings of their own');
	society.chats.set(address, next);
	return {};
}

/** Whoever reads one message of a chat has read those before it. */
export function readMessages(deed: Deed, { phone, whatsappIds }: Asked<'chats.read'>): Nothing {
	const { society } = deed;
	const address = society.keyOf(phone);
	deed.afterwards.push(() => {
		for (const whatsappId of whatsappIds) society.unread.readUpTo(address, whatsappId);
	});
	const record = society.chats.get(address);
	if (record?.isMarkedUnread) society.chats.set(address, { ...record, isMarkedUnread: false });
	return {};
}

/** Of a chat whose messages disappear: after how long; 0: they stay. */
export function expiryOf(society: Society, address: string): number {
	return society.chats.get(address)?.expiresInSeconds ?? 0;
}

/** A chat begins, while new ones are to have messages that disappear. */
export function beginChat(deed: Deed, address: string): void {
	const { society } = deed;
	const expiresInSeconds = society.own.privacy.messagesDurationSeconds;
	if (society.chats.get(address) === undefined) society.chats.set(address, { ...USUAL, expiresInSeconds });
}

/** Whether it is said when something is said in the chat: one that was deleted is there again then. */
export function wasDeleted(society: Society, address: string): boolean {
	return society.chats.get(address)?.deletedAt !== undefined;
}

function pinned(society: Society): number {
	let count = 0;
	for (const [, { isPinned }] of society.chats.entries()) if (isPinned) count++;
	return count;
}

function changed({ society, at }: Deed, address: string, record: ChatRecord, change: ChatChange): ChatRecord {
	const { mutedUntil: _, ...unmuted } = record;
	switch (change.kind) {
		case 'read':
			return { ...record, isMarkedUnread: false };
		case 'unread':
			return { ...record, isMarkedUnread: true };
		case 'archive':
			return { ...record, isArchived: true, isPinned: false };
		case 'unarchive':
			return { ...record, isArchived: false };
		case 'pin':
			return { ...record, isPinned: true, isArchived: false };
		case 'unpin':
			return { ...record, isPinned: false };
		case 'mute':
			return { ...record, mutedUntil: 0 };
		case 'unmute':
			return unmuted;
		case 'clear':
			return { ...record, clearedAt: at, isMarkedUnread: false };
		case 'delete':
			return { ...USUAL, expiresInSeconds: record.expiresInSeconds, clearedAt: at, deletedAt: at };
		case 'expire': {
			const group = society.groups.get(address);
			if (group?.settings.adminOnlySettings) assertAdmin(group, society.self);
			return { ...record, expiresInSeconds: checkedDuration(change.seconds) };
		}
	}
}
