/** A chat joined with its contact, as one row. */
import type { Chat, Contact, Thread } from '../../domain/message.ts';
import type { ChatView } from '../../ports/chats.ts';
import { fromJson } from './row-values.ts';

export const CHAT_COLUMNS: string = `chats.seq AS chat_seq, chats.id AS chat_id, chats.account_id AS chat_account_id,
	chats.instance_id AS chat_instance_id, chats.phone, chats.name AS chat_name, chats.waiting_since, chats.attendance_id,
	chats.department_id, chats.thread, chats.last_message_at, chats.last_inbound_at, chats.created_at AS chat_created_at,
	chats.last_message_id, chats.waiting_after,
	contacts.id AS contact_id, contacts.account_id AS contact_account_id, contacts.name AS contact_name, contacts.photo_url, contacts.lid`;

export interface ChatRow {
	readonly chat_seq: number;
	readonly chat_id: string;
	readonly chat_account_id: string;
	readonly chat_instance_id: string;
	readonly phone: string;
	readonly chat_name: string;
	readonly waiting_since: number | null;
	readonly attendance_id: string | null;
	readonly department_id: string | null;
	readonly thread: string | null;
	readonly last_message_at: number;
	readonly last_inbound_at: number | null;
	readonly chat_created_at: number;
	readonly last_message_id: string | null;
	readonly waiting_after: string | null;
	readonly contact_id: string;
	readonly contact_account_id: string;
	readonly contact_name: string;
	readonly photo_url: string | null;
	readonly lid: string | null;
}

/** Of each message that comes, so nothing is made in between. */
export function toChatView(row: ChatRow): ChatView {
	const chat: { -readonly [K in keyof Chat]: Chat[K] } = {
		id: row.chat_id,
		accountId: row.chat_account_id,
		instanceId: row.chat_instance_id,
		contactId: row.contact_id,
		phone: row.phone,
		name: row.chat_name,
		lastMessageAt: row.last_message_at,
		createdAt: row.chat_created_at,
	};
	if (row.waiting_since !== null) chat.waitingSince = row.waiting_since;
	if (row.attendance_id !== null) chat.attendanceId = row.attendance_id;
	if (row.department_id !== null) chat.departmentId = row.department_id;
	if (row.thread !== null) chat.thread = fromJson<Thread>(row.thread);
	if (row.last_inbound_at !== null) chat.lastInboundAt = row.last_inbound_at;
	if (row.last_message_id !== null) chat.lastMessageId = row.last_message_id;
	if (row.waiting_after !== null) chat.waitingAfter = row.waiting_after;
	return { chat, contact: toContact(row) };
}

export function toContact(row: Pick<ChatRow, 'contact_id' | 'contact_account_id' | 'contact_name' | 'photo_url' | 'lid'>): Contact {
	const contact: { -readonly [K in keyof Contact]: Contact[K] } = {
		id: row.contact_id,
		accountId: row.contact_account_id,
		name: row.contact_name,
	};
	if (row.photo_url !== null) contact.photoUrl = row.photo_url;
	if (row.lid !== null) contact.lid = row.lid;
	return contact;
}
