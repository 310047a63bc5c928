/** A contact and its chats lose what tells who it is, and leave all lists: the chat of an attendance is still found by its id. */
import type { Connection } from '../connection.ts';

const HIDE_CONTACT = "UPDATE contacts SET name = '', photo_url = NULL, lid = NULL WHERE id = ?";
const FORGET_ALIASES = `
	DELETE FROM contact_aliases WHERE (account_id, kind, value) IN (
		SELECT account_id, kind, value FROM contact_aliases INDEXED BY contact_aliases_contact WHERE contact_id = ?
	)`;
/** Of no instance any more: a chat of an instance is unique by its contact, and these may be several. */
const HIDE_CHATS = `
	UPDATE chats SET instance_id = '-' || id, phone = '', name = '', waiting_since = NULL, waiting_after = NULL, last_message_id = NULL, thread = NULL
	WHERE contact_id = ?`;

export function hideContact(db: Connection, contactId: string): void {
	db.run(HIDE_CONTACT, contactId);
	db.run(FORGET_ALIASES, contactId);
	db.run(HIDE_CHATS, contactId);
}
