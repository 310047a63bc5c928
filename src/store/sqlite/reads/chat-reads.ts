/** Reads chats and contacts. */
import type { Alias, Contact } from '../../../domain/message.ts';
import type { ChatReads, ChatView, Page, PageRequest } from '../../../ports/store.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView, toContact } from '../../shared/chat-row.ts';
import { placeOf, toPage } from '../../shared/cursor.ts';
import type { Connection } from '../connection.ts';

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
		findByAlias: async (instanceId, accountId, aliases) => findByAlias(db, instanceId, accountId, aliases),
		findContact: async (accountId, aliases) => findContact(db, accountId, aliases),
		chatsOf: async (instanceId, page) => chatsOf(db, instanceId, page),
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

/** CROSS JOIN keeps the chats first, in the order of their index. */
export const CHATS_PAGE: string = `
	SELECT ${CHAT_COLUMNS} FROM chats CROSS JOIN contacts ON contacts.id = chats.contact_id
	WHERE chats.instance_id = ?1 AND chats.last_message_at <= ?2 AND (chats.last_message_at < ?2 OR chats.seq < ?3)
	ORDER BY chats.last_message_at DESC, chats.seq DESC LIMIT ?4`;

function chatsOf(db: Connection, instanceId: string, page: PageRequest): Page<ChatView> {
	const { key, seq } = placeOf(page) ?? { key: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };
	const rows = db.all<ChatRow>(CHATS_PAGE, instanceId, key, seq, page.limit + 1);
	return toPage(rows, page.limit, (row) => ({ key: row.last_message_at, seq: row.chat_seq }), toChatView);
}
