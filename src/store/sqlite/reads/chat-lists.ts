/**
 * Lists of chats, each walked in an index: by their latest message, or by how long the customer waits. Those of an account are merged from those of
 * its instances or departments: an index of their own would cost on each message.
 */
import type { SQLInputValue } from 'node:sqlite';
import type { ChatView, WaitingFilter } from '../../../ports/chats.ts';
import type { OffsetRequest, Page, PageRequest } from '../../../ports/pages.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView } from '../../shared/chat-row.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { mergeFirst } from '../../shared/merge-first.ts';
import { boundedOffset } from '../../shared/offset.ts';
import type { Connection } from '../connection.ts';

/** A list and its order. The statement takes whose list it is, the place after which it begins, a limit and an offset. */
interface ChatList {
	readonly sql: string;
	/** The place before all of it. */
	readonly start: Place;
	readonly place: (row: ChatRow) => Place;
	/** 1 where lower keys come first, -1 where higher ones do. */
	readonly direction: 1 | -1;
}

/** The page is cut in the index alone, before chats and contacts come to it: what is walked past costs little. CROSS JOIN keeps their order of reading. */
function pageOf(index: string, condition: string, order: string): string {
	return `SELECT ${CHAT_COLUMNS}
		FROM (SELECT seq FROM chats AS listed INDEXED BY ${index} WHERE ${condition} ORDER BY ${order}) AS page
		CROSS JOIN chats ON chats.seq = page.seq CROSS JOIN contacts ON contacts.id = chats.contact_id`;
}

const NEWEST_FIRST = {
	start: { key: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER },
	place: ({ last_message_at, chat_seq }: ChatRow): Place => ({ key: last_message_at, seq: chat_seq }),
	direction: -1,
} as const;
const LONGEST_FIRST = {
	start: { key: 0, seq: 0 },
	place: ({ waiting_since, chat_seq }: ChatRow): Place => ({ key: waiting_since ?? 0, seq: chat_seq }),
	direction: 1,
} as const;

const LATEST = 'last_message_at DESC, seq DESC';
const LONGEST = 'waiting_since, seq';

export const BY_LATEST: ChatList = {
	...NEWEST_FIRST,
	sql: `${pageOf('chats_latest', 'instance_id = ?1 AND last_message_at <= ?2 AND (last_message_at < ?2 OR seq < ?3)', `${LATEST} LIMIT ?4 OFFSET ?5`)}
		ORDER BY chats.last_message_at DESC, chats.seq DESC`,
};
export const WAITING: ChatList = {
	...LONGEST_FIRST,
	sql: `${pageOf('chats_waiting', 'instance_id = ?1 AND waiting_since >= ?2 AND (waiting_since > ?2 OR seq > ?3)', `${LONGEST} LIMIT ?4 OFFSET ?5`)}
		ORDER BY chats.waiting_since, chats.seq`,
};
const AFTER_OF_DEPARTMENT = 'account_id = ?1 AND department_id IS ?2 AND waiting_since >= ?3 AND (waiting_since > ?3 OR seq > ?4)';
export const WAITING_IN_DEPARTMENT: ChatList = {
	...LONGEST_FIRST,
	sql: `${pageOf('chats_waiting_department', AFTER_OF_DEPARTMENT, `${LONGEST} LIMIT ?5 OFFSET ?6`)} ORDER BY chats.waiting_since, chats.seq`,
};

/** Counted in the index alone, no further than what comes last. */
function countOf(index: string, condition: string): string {
	const counted = `SELECT 1 FROM chats INDEXED BY ${index} WHERE ${condition} AND waiting_since IS NOT NULL LIMIT ?`;
	return `SELECT count(*) AS count FROM (${counted})`;
}

export const WAITING_COUNT: string = countOf('chats_waiting', 'instance_id = ?');
export const WAITING_COUNT_IN_DEPARTMENT: string = countOf('chats_waiting_department', 'account_id = ? AND department_id IS ?');

export function chatsOf(db: Connection, instanceId: string, page: PageRequest | OffsetRequest): Page<ChatView> {
	return pageOfOne(db, BY_LATEST, instanceId, page);
}

export function waitingOf(db: Connection, instanceId: string, page: PageRequest | OffsetRequest): Page<ChatView> {
	return pageOfOne(db, WAITING, instanceId, page);
}

function pageOfOne(db: Connection, list: ChatList, instanceId: string, page: PageRequest | OffsetRequest): Page<ChatView> {
	const { key, seq } = ('offset' in page ? undefined : placeOf(page)) ?? list.start;
	const offset = 'offset' in page ? boundedOffset(page.offset) : 0;
	const rows = db.all<ChatRow>(list.sql, instanceId, key, seq, page.limit + 1, offset);
	return toPage(rows, page.limit, list.place, toChatView);
}

export function chatsOfAccount(db: Connection, accountId: string, page: PageRequest): Page<ChatView> {
	return pageOfAll(db, BY_LATEST, instancesOf(db, accountId), page);
}

export function waiting(db: Connection, { accountId, departmentIds }: WaitingFilter, page: PageRequest): Page<ChatView> {
	if (departmentIds === undefined) return pageOfAll(db, WAITING, instancesOf(db, accountId), page);
	return pageOfAll(db, WAITING_IN_DEPARTMENT, departmentsOf(accountId, departmentIds), page);
}

export function waitingCount(db: Connection, { accountId, departmentIds }: WaitingFilter, most: number): number {
	const [sql, owners] =
		departmentIds === undefined
			? [WAITING_COUNT, instancesOf(db, accountId)]
			: [WAITING_COUNT_IN_DEPARTMENT, departmentsOf(accountId, departmentIds)];
	let count = 0;
	for (const owner of owners) {
		if (count >= most) break;
		count += db.get<{ count: number }>(sql, ...owner, most - count)?.count ?? 0;
	}
	return count;
}

function departmentsOf(accountId: string, ids: readonly (string | undefined)[]): SQLInputValue[][] {
	return [...new Set(ids)].map((id) => [accountId, id ?? null]);
}

function instancesOf(db: Connection, accountId: string): SQLInputValue[][] {
	return db.all<{ id: string }>('SELECT id FROM instances WHERE account_id = ?', accountId).map(({ id }) => [id]);
}

function pageOfAll(db: Connection, list: ChatList, owners: readonly SQLInputValue[][], page: PageRequest): Page<ChatView> {
	const { key, seq } = placeOf(page) ?? list.start;
	const lists = owners.map((owner) => ({ first: (limit: number) => db.all<ChatRow>(list.sql, ...owner, key, seq, limit, 0) }));
	const compare = (a: ChatRow, b: ChatRow): number => {
		const [one, other] = [list.place(a), list.place(b)];
		return (one.key - other.key || one.seq - other.seq) * list.direction;
	};
	return toPage(mergeFirst(lists, page.limit + 1, compare), page.limit, list.place, toChatView);
}
