/** Writes contacts, their aliases and chats. */
import type { Alias, Chat, Contact } from '../../../domain/message.ts';
import type { Change, ChatTouch } from '../../../ports/store.ts';
import { toJsonOrNull } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const INSERT_CONTACT = 'INSERT INTO contacts (id, account_id, name, photo_url, lid) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
const INSERT_ALIAS = 'INSERT INTO contact_aliases (account_id, kind, value, contact_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
const UPDATE_CONTACT = `
	UPDATE contacts SET name = coalesce(?, name), photo_url = coalesce(?, photo_url), lid = coalesce(?, lid) WHERE id = ? AND account_id = ?`;

export function insertContact(db: Connection, contact: Contact, aliases: readonly Alias[]): Refusal {
	const { id, accountId, name } = contact;
	if (db.run(INSERT_CONTACT, id, accountId, name, contact.photoUrl ?? null, contact.lid ?? null) === 0) return 'exists';
	for (const alias of aliases) {
		if (db.run(INSERT_ALIAS, accountId, alias.kind, alias.value, id) === 0) return 'exists';
	}
	return undefined;
}

export function updateContact(db: Connection, change: Extract<Change, { kind: 'contact.update' }>): Refusal {
	const { id, accountId, name, photoUrl, lid, aliases } = change;
	if (db.run(UPDATE_CONTACT, name ?? null, photoUrl ?? null, lid ?? null, id, accountId) === 0) return 'missing';
	for (const alias of aliases ?? []) db.run(INSERT_ALIAS, accountId, alias.kind, alias.value, id);
	return undefined;
}

const INSERT_CHAT = `
	INSERT INTO chats (id, account_id, instance_id, contact_id, phone, name, waiting_since, attendance_id, department_id, thread,
		last_message_at, last_inbound_at, created_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

export function insertChat(db: Connection, chat: Chat): Refusal {
	const inserted = db.run(
		INSERT_CHAT,
		chat.id,
		chat.accountId,
		chat.instanceId,
		chat.contactId,
		chat.phone,
		chat.name,
		chat.waitingSince ?? null,
		chat.attendanceId ?? null,
		chat.departmentId ?? null,
		toJsonOrNull(chat.thread),
		chat.lastMessageAt,
		chat.lastInboundAt ?? null,
		chat.createdAt,
	);
	return refusedUnless(inserted, 'exists');
}

/** `max` of two values is NULL where one is: hence the coalesce on both sides. */
const TOUCH_CHAT = `
	UPDATE chats SET
		last_message_at = max(last_message_at, coalesce(?1, last_message_at)),
		last_inbound_at = max(coalesce(last_inbound_at, ?2), coalesce(?2, last_inbound_at)),
		waiting_since = CASE WHEN attendance_id IS NULL THEN coalesce(waiting_since, ?3) ELSE waiting_since END,
		name = coalesce(?4, name), phone = coalesce(?5, phone), thread = coalesce(?6, thread), department_id = coalesce(?7, department_id)
	WHERE id = ?8`;

export function touchChat(db: Connection, id: string, touch: ChatTouch): Refusal {
	const touched = db.run(
		TOUCH_CHAT,
		touch.lastMessageAt ?? null,
		touch.lastInboundAt ?? null,
		touch.waitingSince ?? null,
		touch.name ?? null,
		touch.phone ?? null,
		toJsonOrNull(touch.thread),
		touch.departmentId ?? null,
		id,
	);
	return refusedUnless(touched, 'missing');
}
