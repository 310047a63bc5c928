/**
 * Lists of chats, each walked in an index: by their latest message, or by how long the customer waits. Those of an account are merged from those of
 * its instances or departments: an index of their own would cost on each message.
 */
import type { ChatView, WaitingFilter } from '../../../ports/chats.ts';
import type { OffsetRequest, Page, PageRequest } from '../../../ports/pages.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView } from '../../shared/chat-row.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { boundedOffset } from '../../shared/offset.ts';
import { texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type SqlValue, type Statement, statement } from '../statement.ts';

/** How a list is ordered, and the condition for what comes after the place `$2`, `$3`. */
interface Order {
	/** The place before all of it. */
	readonly start: Place;
	readonly place: (row: ChatRow) => Place;
	readonly after: string;
	/** The columns of a table, as it is called. */
	readonly by: (table: string) => string;
}

const LATEST: Order = {
	start: { key: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER },
	place: ({ last_message_at, chat_seq }) => ({ key: last_message_at, seq: chat_seq }),
	after: '(last_message_at, seq) < ($2::bigint, $3::bigint)',
	by: (table) => `${table}.last_message_at DESC, ${table}.seq DESC`,
};
const LONGEST: Order = {
	start: { key: 0, seq: 0 },
	place: ({ waiting_since, chat_seq }) => ({ key: waiting_since ?? 0, seq: chat_seq }),
	after: 'waiting_since IS NOT NULL AND (waiting_since, seq) > ($2::bigint, $3::bigint)',
	by: (table) => `${table}.waiting_since, ${table}.seq`,
};

/** The page is cut in the index alone, before chats and contacts come to it: what is walked past costs little. */
function withContacts(name: string, order: Order, page: string): Statement {
	const text = `SELECT ${CHAT_COLUMNS} FROM (${page}) AS page JOIN chats ON chats.seq = page.seq JOIN contacts ON contacts.id = chats.contact_id
		ORDER BY ${order.by('chats')}`;
	return statement(name, text);
}

function ofInstance(name: string, order: Order): Statement {
	const condition = `instance_id = $1 AND ${order.after}`;
	return withContacts(name, order, `SELECT seq FROM chats WHERE ${condition} ORDER BY ${order.by('chats')} LIMIT $4 OFFSET $5`);
}

/** Of each owner its own page, of which the first make the whole. */
function ofOwners(name: string, order: Order, owners: string, condition: string): Statement {
	const own = `SELECT seq, last_message_at, waiting_since FROM chats WHERE ${condition} AND ${order.after} ORDER BY ${order.by('chats')} LIMIT $4`;
	return withContacts(name, order, `SELECT own.seq FROM ${owners} CROSS JOIN LATERAL (${own}) AS own ORDER BY ${order.by('own')} LIMIT $4`);
}

const INSTANCES = '(SELECT id FROM instances WHERE account_id = $1) AS owner';
const OF_OWNER = 'instance_id = owner.id';

/** Whose the chats of departments are: the ids are `$n`. */
function departments(n: number): string {
	return `(SELECT DISTINCT id FROM unnest($${n}::text[]) AS id) AS owner`;
}
const OF_DEPARTMENT = "account_id = $1 AND coalesce(department_id, '') = owner.id";

/** Counted owner by owner, no further than `$2`. In the order of the index: otherwise the whole table may look cheaper than it, where many wait. */
function countOf(name: string, owners: string, condition: string): Statement {
	const own = `SELECT 1 FROM chats WHERE ${condition} AND waiting_since IS NOT NULL ORDER BY ${LONGEST.by('chats')} LIMIT $2`;
	return statement(name, `SELECT count(*) AS count FROM (SELECT 1 FROM ${owners} CROSS JOIN LATERAL (${own}) AS own LIMIT $2) AS counted`);
}

export const CHATS_PAGE: Statement = ofInstance('chats_page', LATEST);
export const CHATS_OF_ACCOUNT: Statement = ofOwners('chats_of_account', LATEST, INSTANCES, OF_OWNER);
export const WAITING_PAGE: Statement = ofInstance('chats_waiting', LONGEST);
export const WAITING_OF_ACCOUNT: Statement = ofOwners('chats_waiting_of_account', LONGEST, INSTANCES, OF_OWNER);
export const WAITING_IN_DEPARTMENTS: Statement = ofOwners('chats_waiting_in_departments', LONGEST, departments(5), OF_DEPARTMENT);
export const WAITING_COUNT: Statement = countOf('chats_waiting_count', INSTANCES, OF_OWNER);
export const WAITING_COUNT_IN_DEPARTMENTS: Statement = countOf('chats_waiting_count_in_departments', departments(3), OF_DEPARTMENT);

export function chatsOf(db: Queries, instanceId: string, page: PageRequest | OffsetRequest): Promise<Page<ChatView>> {
	return pageOfOne(db, CHATS_PAGE, LATEST, instanceId, page);
}

export function waitingOf(db: Queries, instanceId: string, page: PageRequest | OffsetRequest): Promise<Page<ChatView>> {
	return pageOfOne(db, WAITING_PAGE, LONGEST, instanceId, page);
}

async function pageOfOne(
	db: Queries,
	of: Statement,
	order: Order,
	instanceId: string,
	page: PageRequest | OffsetRequest,
): Promise<Page<ChatView>> {
	const { key, seq } = ('offset' in page ? undefined : placeOf(page)) ?? order.start;
	const offset = 'offset' in page ? boundedOffset(page.offset) : 0;
	const rows = await db.query<ChatRow>(of, [instanceId, key, seq, page.limit + 1, offset]);
	return toPage(rows, page.limit, order.place, toChatView);
}

export function chatsOfAccount(db: Queries, accountId: string, page: PageRequest): Promise<Page<ChatView>> {
	return pageOfAll(db, CHATS_OF_ACCOUNT, LATEST, page, [accountId]);
}

export function waiting(db: Queries, { accountId, departmentIds }: WaitingFilter, page: PageRequest): Promise<Page<ChatView>> {
	if (departmentIds === undefined) return pageOfAll(db, WAITING_OF_ACCOUNT, LONGEST, page, [accountId]);
	return pageOfAll(db, WAITING_IN_DEPARTMENTS, LONGEST, page, [accountId, departmentsOf(departmentIds)]);
}

export async function waitingCount(db: Queries, { accountId, departmentIds }: WaitingFilter, most: number): Promise<number> {
	const [row] = await (departmentIds === undefined
		? db.query<{ count: number }>(WAITING_COUNT, [accountId, most])
		: db.query<{ count: number }>(WAITING_COUNT_IN_DEPARTMENTS, [accountId, most, departmentsOf(departmentIds)]));
	return row?.count ?? 0;
}

function departmentsOf(ids: readonly (string | undefined)[]): SqlValue {
	return texts(ids.map((id) => id ?? ''));
}

/** `given`: the account, and what comes after the other values. */
async function pageOfAll(
	db: Queries,
	of: Statement,
	order: Order,
	page: PageRequest,
	[accountId = null, ...rest]: readonly SqlValue[],
): Promise<Page<ChatView>> {
	const { key, seq } = placeOf(page) ?? order.start;
	const rows = await db.query<ChatRow>(of, [accountId, key, seq, page.limit + 1, ...rest]);
	return toPage(rows, page.limit, order.place, toChatView);
}
