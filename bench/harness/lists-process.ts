/**
 * Fills a new store with a million of each thing that is listed, by SQL, and times the pages of its lists as the port reads them. One account has it
 * all: an instance with most of the chats and messages, ninety-nine others, and a thousand webhooks.
 */
import { statSync } from 'node:fs';
import type { Page } from '../../src/ports/pages.ts';
import type { Store } from '../../src/ports/store.ts';
import { Connection, connectWriter } from '../../src/store/sqlite/connection.ts';
import { migrate } from '../../src/store/sqlite/migrate.ts';
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { answerOrders } from './child.ts';
import { percentilesOf } from './percentiles.ts';
import { residentMiB } from './resident.ts';

export interface ListsOrder {
	readonly file: string;
	/** Rows of each table. */
	readonly count: number;
}

export interface ListTime {
	readonly p50Ms: number;
	readonly maxMs: number;
}

export interface ListsMeasured {
	readonly fillSeconds: number;
	readonly databaseMiB: number;
	readonly lists: Readonly<Record<string, ListTime>>;
	/** Of this process, before the first page was read and after the last; undefined where it cannot be told. */
	readonly residentBeforeMiB?: number;
	readonly residentAfterMiB?: number;
}

const INSTANCES = 100;
const WEBHOOKS = 1_000;
const DEPARTMENTS = 10;
/** A chat has so many messages, a note hangs on one of so many parents. */
const PER_CHAT = 1_000;
const LIMIT = 50;
const ASKED = 60;
const WARM_UP = 5;

answerOrders<ListsOrder>(async ({ file, count }) => {
	const startedAt = performance.now();
	fill(file, count);
	const fillSeconds = (performance.now() - startedAt) / 1000;
	await using store = new SqliteStore({ file, clock: systemClock });
	await store.open();
	const before = await residentMiB(process.pid);
	const lists: Record<string, ListTime> = {};
	for (const [name, read] of Object.entries(readsOf(store, count))) lists[name] = await timeOf(read);
	const after = await residentMiB(process.pid);
	const databaseMiB = Math.round(statSync(file).size / 1_048_576);
	return { fillSeconds, databaseMiB, lists, residentBeforeMiB: before?.resident, residentAfterMiB: after?.resident } satisfies ListsTold;
});

type ListsTold = { [Key in keyof ListsMeasured]: ListsMeasured[Key] | undefined };

/** Nothing of it has to survive a crash. */
function fill(file: string, count: number): void {
	using db = new Connection(() => connectWriter(file));
	db.open();
	migrate(db);
	db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576');
	for (const sql of ROWS)
		db.exec(`WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count} - 1) ${sql}`);
	db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** The others are small. Of instances the first has nine of ten. */
const INSTANCE = `CASE WHEN n % 10 < 9 THEN ${id('ins', '0')} ELSE ${id('ins', `n % ${INSTANCES}`)} END`;

const ROWS: readonly string[] = [
	`INSERT INTO instances (id, account_id, name, channel, phone, token_hash, state, pacing_min_ms, pacing_max_ms, created_at)
	SELECT ${id('ins', 'n')}, 'acc_one', 'Loja', 'simulator', n, n, 'connected', 0, 0, 0 FROM numbers WHERE n < ${INSTANCES}`,
	`INSERT INTO account_webhooks SELECT 'acc_one', ${id('whk', 'n')} FROM numbers WHERE n < ${WEBHOOKS}`,
	`INSERT INTO contacts (id, account_id, name) SELECT ${id('ctc', 'n')}, 'acc_one', 'Maria da Silva' FROM numbers`,
	`INSERT INTO chats (id, account_id, instance_id, contact_id, phone, name, waiting_since, department_id, last_message_at, created_at)
	SELECT ${id('cht', 'n')}, 'acc_one', ${INSTANCE}, ${id('ctc', 'n')}, '55449' || (10000000 + n), 'Maria da Silva', n * 1000,
		CASE WHEN n % 2 = 0 THEN ${id('dep', `n % ${DEPARTMENTS}`)} END, n * 1000, n FROM numbers`,
	`INSERT INTO messages (id, whatsapp_id, account_id, instance_id, chat_id, from_me, origin, content, status, timeline, interaction_id, created_at,
		updated_at)
	SELECT ${id('msg', 'n')}, printf('3EB0%018X', n), 'acc_one', ${id('ins', '0')}, ${id('cht', `n / ${PER_CHAT}`)}, n % 2, 'api',
		'{"kind":"text","text":"Quero saber do meu pedido ' || n || ', por favor."}', 'read', '{"queued":1,"sent":2,"received":3,"read":4}',
		CASE WHEN n % 10 = 0 THEN 'itr_' || n END, n * 1000, n * 1000 FROM numbers`,
	`INSERT INTO attendances (id, account_id, chat_id, number, status, version, record)
	SELECT ${id('atd', 'n')}, 'acc_one', ${id('cht', `n / ${PER_CHAT}`)}, n + 1, 'finished', 2, '{"id":"' || ${id('atd', 'n')} || '"}' FROM numbers`,
	`INSERT INTO deliveries (id, event_id, event_type, account_id, webhook_id, chat_id, lane_place, state, created_at, settled_at, body)
	SELECT ${id('dlv', 'n')}, ${id('evt', 'n')}, 'message.received', 'acc_one', ${id('whk', `n % ${WEBHOOKS}`)}, ${id('cht', `n / ${PER_CHAT}`)}, 0,
		CASE WHEN n % 100 = 0 THEN 'dead' ELSE 'delivered' END, n * 1000, n * 1000, '{}' FROM numbers`,
	`INSERT INTO documents (collection, id, account_id, parent_id, at, version, value)
	SELECT 'notes', ${id('doc', 'n')}, 'acc_one', ${id('cht', `n / ${PER_CHAT}`)}, n * 1000, 1, '{"text":"Ligar amanhã"}' FROM numbers`,
];

function id(prefix: string, number: string): string {
	return `printf('${prefix}_%032x', ${number})`;
}

type Read = (n: number) => Promise<unknown>;

/** Each time for somebody else, or from somewhere else. */
function readsOf(store: Store, count: number): Readonly<Record<string, Read>> {
	const { chats, messages, attendances, deliveries, documents } = store;
	const [accountId, instanceId, page] = ['acc_one', idOf('ins', 0), { limit: LIMIT }];
	const chatOf = (n: number): string => idOf('cht', (n * 7) % (count / PER_CHAT));
	const webhookOf = (n: number): string => idOf('whk', (n * 7) % WEBHOOKS);
	const departmentIds = [undefined, idOf('dep', 2), idOf('dep', 4)];
	return {
		chats: inTurn((next) => chats.chatsOf(instanceId, { ...page, ...next })),
		chatsByOffset: (n) => chats.chatsOf(instanceId, { ...page, offset: n * 1_500 }),
		chatsOfAccount: inTurn((next) => chats.chatsOfAccount(accountId, { ...page, ...next })),
		waiting: inTurn((next) => chats.waitingOf(instanceId, { ...page, ...next })),
		waitingOfAccount: inTurn((next) => chats.waiting({ accountId }, { ...page, ...next })),
		waitingInDepartments: inTurn((next) => chats.waiting({ accountId, departmentIds }, { ...page, ...next })),
		messages: (n) => messages.list({ instanceId }, n + 1, LIMIT),
		messagesLastPage: () => messages.list({ instanceId }, 2_000, LIMIT),
		messagesOfSpan: (n) => messages.list({ instanceId, since: n * 1_000_000, until: (n + 100) * 1_000_000 }, 1, LIMIT),
		messagesOfChat: (n) => messages.list({ instanceId, chatId: chatOf(n) }, 1, LIMIT),
		messagesOfStatusThatNoneHas: () => messages.list({ instanceId, status: 'failed' }, 1, LIMIT),
		messagesOfStatusThatAllHave: () => messages.list({ instanceId, status: 'read' }, 1, LIMIT),
		messagesWithTextThatNoneHas: () => messages.list({ instanceId, search: 'encomenda' }, 1, LIMIT),
		messagesWithTextThatAllHave: () => messages.list({ instanceId, search: 'pedido' }, 1, LIMIT),
		chatMessages: (n) => messages.ofChat(chatOf(n), page),
		threads: (n) => messages.latestOfThreads(instanceId, [undefined, true, false][n % 3], 1, LIMIT),
		attendances: inTurn((next) => attendances.list({ accountId }, { ...page, ...next })),
		attendancesOfChat: (n) => attendances.list({ accountId, chatId: chatOf(n) }, page),
		attendancesOfStatus: inTurn((next) => attendances.list({ accountId, status: 'finished' }, { ...page, ...next })),
		deliveries: inTurn((next) => deliveries.list({}, { ...page, ...next })),
		deliveriesOfWebhook: (n) => deliveries.list({ webhookId: webhookOf(n) }, page),
		deliveriesOfAccount: inTurn((next) => deliveries.list({ accountId }, { ...page, ...next })),
		deliveriesDeadOfAccount: inTurn((next) => deliveries.list({ accountId, state: 'dead' }, { ...page, ...next })),
		documents: () => documents.documents({ collection: 'notes', order: 'newest', ...page }),
		documentsOfAccount: (n) => documents.documents({ collection: 'notes', accountId, order: 'oldest', from: n * 1_000_000, ...page }),
		documentsOfParent: (n) => documents.documents({ collection: 'notes', parentId: chatOf(n), order: 'newest', ...page }),
	};
}

function idOf(prefix: string, number: number): string {
	return `${prefix}_${number.toString(16).padStart(32, '0')}`;
}

/** Page after page. */
function inTurn(read: (next: { cursor?: string }) => Promise<Page<unknown>>): Read {
	let cursor: string | undefined;
	return async () => {
		const page = await read(cursor === undefined ? {} : { cursor });
		cursor = page.next;
	};
}

async function timeOf(read: Read): Promise<ListTime> {
	const times: number[] = [];
	for (let n = 0; n < ASKED; n += 1) {
		const startedAt = performance.now();
		await read(n);
		times.push(performance.now() - startedAt);
	}
	const { p50Ms, maxMs } = percentilesOf(times.slice(WARM_UP));
	return { p50Ms, maxMs };
}
