/** Writes contacts and their aliases. */
import type { Alias, Contact } from '../../../domain/message.ts';
import type { Change } from '../../../ports/changes.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, insertion, refusedUnlessWritten } from './sheets.ts';

const INSERT: Sheet = insertion(
	{ phase: 'contacts', table: 'contacts', columns: { id: 'text', account_id: 'text', name: 'text', photo_url: 'text', lid: 'text' } },
	'exists',
);
const UPDATE: Sheet = {
	phase: 'contacts',
	statement: statement(
		'contacts_update',
		`WITH written AS (
			UPDATE contacts SET name = coalesce(given.name, contacts.name), photo_url = coalesce(given.photo_url, contacts.photo_url),
				lid = coalesce(given.lid, contacts.lid)
			FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS given (id, account_id, name, photo_url, lid)
			WHERE contacts.id = given.id AND contacts.account_id = given.account_id RETURNING 1
		) ${refusedUnlessWritten('missing')}`,
	),
	columns: ['text', 'text', 'text', 'text', 'text'],
};
const INSERT_ALIAS: Sheet = insertion(
	{
		phase: 'contacts',
		table: 'contact_aliases',
		columns: { account_id: 'text', kind: 'text', value: 'text', contact_id: 'text' },
	},
	'exists',
);
const ADD_ALIAS: Sheet = {
	phase: 'contacts',
	statement: statement(
		'contact_aliases_add',
		`INSERT INTO contact_aliases (account_id, kind, value, contact_id)
		SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
	),
	columns: INSERT_ALIAS.columns,
};

export function insertContact(batch: Batch, contact: Contact, aliases: readonly Alias[]): void {
	const { id, accountId, name, photoUrl, lid } = contact;
	addLocked(batch, INSERT, [id, accountId, name, photoUrl, lid], `contacts/${id}`);
	for (const alias of aliases) addAlias(batch, INSERT_ALIAS, accountId, alias, id);
}

/** An alias of another contact stays where it is. */
export function updateContact(batch: Batch, change: Extract<Change, { kind: 'contact.update' }>): void {
	const { id, accountId, name, photoUrl, lid, aliases } = change;
	addLocked(batch, UPDATE, [id, accountId, name, photoUrl, lid], `contacts/${id}`);
	for (const alias of aliases ?? []) addAlias(batch, ADD_ALIAS, accountId, alias, id);
}

function addAlias(batch: Batch, sheet: Sheet, accountId: string, { kind, value }: Alias, contactId: string): void {
	addLocked(batch, sheet, [accountId, kind, value, contactId], `contact_aliases/${accountId}/${kind}/${value}`);
}
