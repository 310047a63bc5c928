/** Reads chats and contacts. */
import type { Alias, Contact } from '../../../domain/message.ts';
import type { ChatReads, ChatView } from '../../../ports/chats.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView, toContact } from '../../shared/chat-row.ts';
import type { Connection } from '../connection.ts';
import { chatsOf, chatsOfAccount, waiting, waitingCount, waitingOf } from './chat-lists.ts';

const SELECT = `SELECT ${CHAT_COLUMNS} FROM chats JOIN contacts ON contacts.id = chats.contact_id`;
const BY_ALIAS = `
	SELECT ${CHAT_COLUMNS} FROM contact_aliases AS alias
	JOIN chats ON chats.instance_id = ? AND chats.contact_id = alias.contact_id
	JOIN contacts ON contacts.id = alias.contact_id
	WHERE alias.account_id = ? AND alias.kind = ? AND alias.value = ?`;
const CONTACT_BY_ALIAS = `
	SELECT contacts.id AS contact_id, contacts.account_id AS contact_account_id, contacts.name AS contact_name, photo_url, lid
	FROM contact_aliases AS alias JOIN contacts ON contacts.id = alias.contact_id
	WHERE alias.account_id = ? AND alias.kind = ? AND alias.value = ?`;

export function chatReads(db: Connection): ChatReads {
	return {
		chat: async (id) => {
			const row = db.get<ChatRow>(`${SELECT} WHERE chats.id = ?`, id);
			return row && toChatView(row);
		},
		chatsById: async (ids) => ids.flatMap((id) => db.all<ChatRow>(`${SELECT} WHERE chats.id = ?`, id).map(toChatView)),
		findByAlias: async (instanceId, accountId, aliases) => findByAlias(db, instanceId, accountId, aliases),
		findContact: async (accountId, aliases) => findContact(db, accountId, aliases),
		chatsOf: async (instanceId, page) => chatsOf(db, instanceId, page),
		chatsOfAccount: async (accountId, page) => chatsOfAccount(db, accountId, page),
		waitingOf: async (instanceId, page) => waitingOf(db, instanceId, page),
		waiting: async (filter, page) => waiting(db, filter, page),
		waitingCount: async (filter, most) => waitingCount(db, filter, most),
	};
}

function findByAlias(db: Connection, instanceId: string, accountId: string, aliases: readonly Alias[]): ChatView | undefined {
	for (const alias of aliases) {
		const row = db.get<ChatRow>(BY_ALIAS, instanceId, accountId, alias.kind, alias.value);
		if (row) return toChatView(row);
	}
	return undefined;
}

function findContact(db: Connection, accountId: string, aliases: readonly Alias[]): Contact | undefined {
	for (const alias of aliases) {
		const row = db.get<ChatRow>(CONTACT_BY_ALIAS, accountId, alias.kind, alias.value);
		if (row) return toContact(row);
	}
	return undefined;
}
