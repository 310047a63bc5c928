/** Reads chats and contacts. */
import type { Alias } from '../../../domain/message.ts';
import type { ChatReads } from '../../../ports/chats.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView, toContact } from '../../shared/chat-row.ts';
import { ints, texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type SqlValue, type Statement, statement } from '../statement.ts';
import { chatsOf, chatsOfAccount, waiting, waitingCount, waitingOf } from './chat-lists.ts';
import { type Answer, Gathering } from './gathering.ts';

const CHAT: Statement = statement(
	'chat',
	`SELECT ${CHAT_COLUMNS} FROM chats JOIN contacts ON contacts.id = chats.contact_id WHERE chats.id = $1`,
);
/** Each is sought by its id, as above. */
const CHATS_BY_ID: Statement = statement(
	'chats_by_id',
	`SELECT ${CHAT_COLUMNS} FROM unnest($1::text[]) AS given (id)
	CROSS JOIN LATERAL (SELECT * FROM chats WHERE id = given.id LIMIT 1) AS chats
	CROSS JOIN LATERAL (SELECT * FROM contacts WHERE id = chats.contact_id LIMIT 1) AS contacts`,
);
/**
 * Of each question its aliases in the order in which they are preferred: the first that is met counts. Each table is sought for the one row that the one before
 * names: a plan that was made while the tables were small would walk all chats of the instance instead.
 */
export const BY_ALIAS: Statement = statement(
	'chats_by_alias',
	`SELECT given.asked, ${CHAT_COLUMNS}
	FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
		WITH ORDINALITY AS given (asked, instance_id, account_id, kind, value, preference)
	CROSS JOIN LATERAL (
		SELECT contact_id FROM contact_aliases WHERE account_id = given.account_id AND kind = given.kind AND value = given.value LIMIT 1
	) AS alias
	CROSS JOIN LATERAL (SELECT * FROM chats WHERE instance_id = given.instance_id AND contact_id = alias.contact_id LIMIT 1) AS chats
	CROSS JOIN LATERAL (SELECT * FROM contacts WHERE id = alias.contact_id LIMIT 1) AS contacts
	ORDER BY given.preference`,
);
const CONTACT_BY_ALIAS: Statement = statement(
	'contact_by_alias',
	`SELECT contacts.id AS contact_id, contacts.account_id AS contact_account_id, contacts.name AS contact_name, photo_url, lid
	FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS given (kind, value, preference)
	CROSS JOIN LATERAL (
		SELECT contact_id FROM contact_aliases WHERE account_id = $1 AND kind = given.kind AND value = given.value LIMIT 1
	) AS alias
	CROSS JOIN LATERAL (SELECT * FROM contacts WHERE id = alias.contact_id LIMIT 1) AS contacts
	ORDER BY given.preference LIMIT 1`,
);

interface SoughtChat {
	readonly instanceId: string;
	readonly accountId: string;
	readonly aliases: readonly Alias[];
}

export function chatReads(db: Queries): ChatReads {
	const byAlias = new Gathering<SoughtChat, ChatRow & Answer>(db, BY_ALIAS, columnsOfSought);
	return {
		chat: async (id) => {
			const [row] = await db.query<ChatRow>(CHAT, [id]);
			return row && toChatView(row);
		},
		chatsById: async (ids) => (await db.query<ChatRow>(CHATS_BY_ID, [texts(ids)])).map(toChatView),
		findByAlias: async (instanceId, accountId, aliases) => {
			const [row] = await byAlias.ask({ instanceId, accountId, aliases });
			return row && toChatView(row);
		},
		findContact: async (accountId, aliases) => {
			const [row] = await db.query<ChatRow>(CONTACT_BY_ALIAS, [accountId, ...columnsOf(aliases)]);
			return row && toContact(row);
		},
		chatsOf: (instanceId, page) => chatsOf(db, instanceId, page),
		chatsOfAccount: (accountId, page) => chatsOfAccount(db, accountId, page),
		waitingOf: (instanceId, page) => waitingOf(db, instanceId, page),
		waiting: (filter, page) => waiting(db, filter, page),
		waitingCount: (filter, most) => waitingCount(db, filter, most),
	};
}

function columnsOfSought(sought: readonly SoughtChat[]): readonly SqlValue[] {
	const given = sought.flatMap(({ aliases, ...of }, index) => aliases.map((alias) => ({ ...of, ...alias, asked: index + 1 })));
	return [
		ints(given.map(({ asked }) => asked)),
		texts(given.map(({ instanceId }) => instanceId)),
		texts(given.map(({ accountId }) => accountId)),
		texts(given.map(({ kind }) => kind)),
		texts(given.map(({ value }) => value)),
	];
}

function columnsOf(aliases: readonly Alias[]): readonly SqlValue[] {
	return [texts(aliases.map(({ kind }) => kind)), texts(aliases.map(({ value }) => value))];
}
