/** A contact and its chats lose what tells who it is, and leave all lists: the chat of an attendance is still found by its id. */
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const HIDE_CONTACT: Statement = statement('personal_hide', "UPDATE contacts SET name = '', photo_url = NULL, lid = NULL WHERE id = $1");
const FORGET_ALIASES: Statement = statement('personal_forget_aliases', 'DELETE FROM contact_aliases WHERE contact_id = $1');
/** Of no instance any more: a chat of an instance is unique by its contact, and these may be several. */
const HIDE_CHATS: Statement = statement(
	'personal_hide_chats',
	`UPDATE chats SET instance_id = '-' || id, phone = '', name = '', waiting_since = NULL, waiting_after = NULL, last_message_id = NULL, thread = NULL
	WHERE contact_id = $1`,
);

export async function hideContact(db: Queries, contactId: string): Promise<void> {
	for (const part of [HIDE_CONTACT, FORGET_ALIASES, HIDE_CHATS]) await db.query(part, [contactId]);
}
