/** A contact with its aliases and chats, and what it is in the middle of. */
import type { Alias } from '../../../domain/message.ts';
import type { AboutContact, ContactUse } from '../../../ports/personal-data.ts';
import { type ContactRow, toAbout } from '../../shared/about-contact.ts';
import { CHAT_COLUMNS, type ChatRow } from '../../shared/chat-row.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const CONTACT: Statement = statement(
	'personal_contact',
	'SELECT id AS contact_id, account_id AS contact_account_id, name AS contact_name, photo_url, lid FROM contacts WHERE id = $1',
);
const ALIASES: Statement = statement(
	'personal_aliases',
	'SELECT kind, value FROM contact_aliases WHERE contact_id = $1 ORDER BY kind, value',
);
const CHATS: Statement = statement(
	'personal_chats',
	`SELECT ${CHAT_COLUMNS} FROM chats JOIN contacts ON contacts.id = chats.contact_id WHERE chats.contact_id = $1 ORDER BY chats.seq`,
);

export async function aboutContact(db: Queries, contactId: string): Promise<AboutContact | undefined> {
	const [contact] = await db.query<ContactRow>(CONTACT, [contactId]);
	if (!contact) return undefined;
	return toAbout(contact, await db.query<Alias>(ALIASES, [contactId]), await db.query<ChatRow>(CHATS, [contactId]));
}

const USES: readonly (readonly [ContactUse, Statement])[] = [
	['attendance', statement('personal_attended', 'SELECT 1 FROM chats WHERE contact_id = $1 AND attendance_id IS NOT NULL LIMIT 1')],
	[
		'message',
		statement(
			'personal_queued',
			`SELECT 1 FROM (SELECT id FROM chats WHERE contact_id = $1 OFFSET 0) AS own
			CROSS JOIN LATERAL (SELECT 1 FROM messages WHERE chat_id = own.id AND status = 'queued' LIMIT 1) AS queued LIMIT 1`,
		),
	],
	[
		'delivery',
		statement(
			'personal_unsettled',
			`SELECT 1 FROM (SELECT id FROM chats WHERE contact_id = $1 OFFSET 0) AS own
			CROSS JOIN LATERAL (SELECT id FROM events WHERE chat_id = own.id OFFSET 0) AS told
			CROSS JOIN LATERAL (SELECT 1 FROM deliveries WHERE event_id = told.id AND state = 'open' LIMIT 1) AS open LIMIT 1`,
		),
	],
];

export async function useOfContact(db: Queries, contactId: string): Promise<ContactUse | undefined> {
	for (const [use, query] of USES) if ((await db.query(query, [contactId])).length > 0) return use;
	return undefined;
}
