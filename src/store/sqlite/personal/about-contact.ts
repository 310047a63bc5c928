/** A contact with its aliases and chats, and what it is in the middle of. */
import type { Alias } from '../../../domain/message.ts';
import type { AboutContact, ContactUse } from '../../../ports/personal-data.ts';
import { type ContactRow, toAbout } from '../../shared/about-contact.ts';
import { CHAT_COLUMNS, type ChatRow } from '../../shared/chat-row.ts';
import type { Connection } from '../connection.ts';

const CONTACT = `
	SELECT id AS contact_id, account_id AS contact_account_id, name AS contact_name, photo_url, lid FROM contacts WHERE id = ?`;
const ALIASES_OF_CONTACT = 'SELECT kind, value FROM contact_aliases INDEXED BY contact_aliases_contact WHERE contact_id = ?';
const CHATS_OF_CONTACT: string = `
	SELECT ${CHAT_COLUMNS} FROM chats INDEXED BY chats_contact JOIN contacts ON contacts.id = chats.contact_id
	WHERE chats.contact_id = ? ORDER BY chats.seq`;
export function aboutContact(db: Connection, contactId: string): AboutContact | undefined {
	const contact = db.get<ContactRow>(CONTACT, contactId);
	return contact && toAbout(contact, db.all<Alias>(ALIASES_OF_CONTACT, contactId), db.all<ChatRow>(CHATS_OF_CONTACT, contactId));
}

const ATTENDED = 'SELECT 1 FROM chats INDEXED BY chats_contact WHERE contact_id = ? AND attendance_id IS NOT NULL';
const QUEUED = `
	SELECT 1 FROM chats INDEXED BY chats_contact CROSS JOIN messages INDEXED BY messages_chat ON messages.chat_id = chats.id
	WHERE contact_id = ? AND messages.status = 'queued' LIMIT 1`;
const UNSETTLED = `
	SELECT 1 FROM chats INDEXED BY chats_contact CROSS JOIN events INDEXED BY events_chat ON events.chat_id = chats.id
		CROSS JOIN deliveries INDEXED BY deliveries_event ON deliveries.event_id = events.id
	WHERE contact_id = ? AND deliveries.state IN ('pending', 'sending') LIMIT 1`;

export function useOfContact(db: Connection, contactId: string): ContactUse | undefined {
	if (db.get(ATTENDED, contactId)) return 'attendance';
	if (db.get(QUEUED, contactId)) return 'message';
	return db.get(UNSETTLED, contactId) ? 'delivery' : undefined;
}
