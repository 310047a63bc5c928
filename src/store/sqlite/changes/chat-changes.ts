/** Writes contacts, their aliases and chats. */
import type { Alias, Chat, Contact } from '../../../domain/message.ts';
import type { Change, ChatTouch } from '../../../ports/changes.ts';
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
		last_message_at, last_inbound_at, created_at, last_message_id, waiting_after)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

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
		chat.lastMessageId ?? null,
		chat.waitingAfter ?? null,
	);
	return refusedUnless(inserted, 'exists');
}

/** `max` of two values is NULL where one is: hence the coalesce on both sides. What is read on the right is the row as it was. */
const TOUCH_CHAT = `
	UPDATE chats SET
		last_message_at = max(last_message_at, coalesce(?1, last_message_at)),
		last_inbound_at = max(coalesce(last_inbound_at, ?2), coalesce(?2, last_inbound_at)),
		last_message_id = coalesce(?3, last_message_id),
		name = coalesce(?4, name), phone = coalesce(?5, phone), thread = coalesce(?6, thread)
	WHERE id = ?7`;
/** The same of one who waits already or is attended: who begins to wait is left as they are. */
const TOUCH_UNLESS_BEGINNING = `${TOUCH_CHAT} AND (waiting_since IS NOT NULL OR attendance_id IS NOT NULL)`;

/** SQLite writes the entries of an index anew where a statement names its columns, changed or not: so what hardly ever changes has statements of its own. */
const BEGIN_WAITING = `
	UPDATE chats SET waiting_since = ?1, waiting_after = last_message_id
	WHERE id = ?2 AND waiting_since IS NULL AND attendance_id IS NULL`;
const MOVE_CHAT = 'UPDATE chats SET department_id = ? WHERE id = ?';

export function touchChat(db: Connection, id: string, touch: ChatTouch): Refusal {
	if (touch.departmentId !== undefined) db.run(MOVE_CHAT, touch.departmentId, id);
	const touched = [
		touch.lastMessageAt ?? null,
		touch.lastInboundAt ?? null,
		touch.lastMessageId ?? null,
		touch.name ?? null,
		touch.phone ?? null,
		toJsonOrNull(touch.thread),
		id,
	];
	if (touch.waitingSince !== undefined) {
		// Of those who write nearly all wait already: one statement finds that out and is all there is to do.
		if (db.run(TOUCH_UNLESS_BEGINNING, ...touched) > 0) return undefined;
		// Before the touch: who waits does so behind the message that was the last one until now.
		db.run(BEGIN_WAITING, touch.waitingSince, id);
	}
	return refusedUnless(db.run(TOUCH_CHAT, ...touched), 'missing');
}
