/** Pages of lists read little of what there is: chats, messages, attendances, documents. Told by the pages that the server touched. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { assertReadsLittle } from '../../../test/support/pages-read.ts';
import { startPostgres, type TestDatabase } from '../../../test/support/postgres-server.ts';
import type { DocumentFilter } from '../../ports/documents.ts';
import type { MessageFilter } from '../../ports/messages.ts';
import { LISTED_MAX, LOOKED_AT_MAX } from '../../ports/pages.ts';
import { ints, texts } from './arrays.ts';
import { Database } from './database.ts';
import { LIST_JOBS_OF_ACCOUNT } from './jobs/postgres-jobs.ts';
import { migrate } from './migrate.ts';
import { ACCOUNTS, ACCOUNTS_FLOOR, ACCOUNTS_NAMED } from './reads/account-reads.ts';
import { attendancesQuery } from './reads/attendance-reads.ts';
import {
	CHATS_OF_ACCOUNT,
	CHATS_PAGE,
	WAITING_COUNT,
	WAITING_COUNT_IN_DEPARTMENTS,
	WAITING_IN_DEPARTMENTS,
	WAITING_OF_ACCOUNT,
	WAITING_PAGE,
} from './reads/chat-lists.ts';
import { BY_ALIAS } from './reads/chat-reads.ts';
import { documentsQuery } from './reads/document-reads.ts';
import { CHAT_MESSAGES, CHAT_MESSAGES_BEFORE, floorQuery, LATEST_OF_CHAT, listMessages, messagesQueries } from './reads/message-lists.ts';
import { WAITING_FOR } from './reads/record-reads.ts';
import { threadsQueries } from './reads/thread-lists.ts';
import type { Bound, SqlValue } from './statement.ts';

const ACCOUNTS_FILLED = 40_000;
const CHATS = 40_000;
const MESSAGES = 240_000;
/** Five of six are of the first instance. */
const FLOOR = MESSAGES - 1.2 * LOOKED_AT_MAX;
/** A page has fifty rows, each of which may be on a page of its own, with what is joined to it. All of it is many thousands of pages. */
const PAGES_MAX = 400;

let database: TestDatabase;
let db: Database;
let client: pg.Client;

before(async () => {
	database = await (await startPostgres()).createDatabase();
	const times = { connectTimeoutMs: 10_000, statementTimeoutMs: 60_000 };
	db = new Database({ url: database.url, readersMax: 2, isPreparing: true, ...times });
	await db.transaction((queries) => migrate(queries));
	client = new pg.Client(database.url);
	await client.connect();
	await client.query(FILLED);
	await client.query('VACUUM ANALYZE');
});

after(async () => {
	await client.end();
	await db[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});

/** The first instance has most of it. One of a thousand messages failed or is in a context, all of them long ago; each is in a thread. The newest third of chats waits. */
const FILLED = `
	INSERT INTO instances (id, account_id, name, channel, phone, token_hash, state, pacing_min_ms, pacing_max_ms, created_at)
		SELECT 'ins_' || n, 'acc_' || n % 2, 'n', 'simulator', n, n, 'connected', 0, 0, 0 FROM generate_series(0, 19) AS n;
	INSERT INTO accounts (id, name, token_hash, client_token_hash, client_token_enforced, created_at)
		SELECT 'acc_' || n, 'Loja da Maria ' || n, 't' || n, 'c' || n, false, 0 FROM generate_series(0, ${ACCOUNTS_FILLED} - 1) AS n;
	INSERT INTO contacts (id, account_id, name) SELECT 'ctc_' || n, 'acc_0', 'name' FROM generate_series(1, ${CHATS}) AS n;
	INSERT INTO chats (id, account_id, instance_id, contact_id, phone, name, waiting_since, department_id, last_message_at, created_at)
		SELECT 'cht_' || n, 'acc_0', CASE WHEN n % 4 > 0 THEN 'ins_0' ELSE 'ins_' || n % 20 END, 'ctc_' || n, n, 'name',
			CASE WHEN n * 3 > ${CHATS * 2} THEN n END, CASE WHEN n % 2 = 0 THEN 'dep_' || n % 10 END, n, n FROM generate_series(1, ${CHATS}) AS n;
	INSERT INTO messages (id, whatsapp_id, account_id, instance_id, chat_id, from_me, origin, content, status, timeline, context_id, interaction_id,
		created_at, updated_at)
		SELECT 'msg_' || n, n, 'acc_0', CASE WHEN n % 6 > 0 THEN 'ins_0' ELSE 'ins_1' END, 'cht_' || (n / 6) % 500 * 6 + n % 6, n % 2 = 0, 'api',
			'{"kind":"text","text":"Bom dia, quero saber do meu pedido ' || n || ', obrigado"}',
			CASE WHEN n < 50000 AND n % 1000 = 1 THEN 'failed' ELSE 'read' END, '{}',
			CASE WHEN n < 50000 AND n % 1000 = 1 THEN 'ctx_' || n % 20000 END, 'i', n, n
		FROM generate_series(1, ${MESSAGES}) AS n;
	INSERT INTO attendances (id, account_id, chat_id, number, status, version, record)
		SELECT 'atd_' || n, 'acc_' || n % 2, 'cht_' || n % 1000, n, CASE WHEN n < 90 THEN 'progress' ELSE 'finished' END, 1, '{"id":"' || n || '"}'
		FROM generate_series(1, 60000) AS n;
	INSERT INTO documents (collection, id, account_id, parent_id, at, version, value)
		SELECT 'notes', n, CASE WHEN n % 100 = 0 THEN 'acc_1' ELSE 'acc_0' END, CASE WHEN n % 2 = 0 THEN 'cht_' || n % 1000 END, n, 1, repeat('x', 100)
		FROM generate_series(1, 60000) AS n;
	INSERT INTO contact_aliases (account_id, kind, value, contact_id) SELECT 'acc_0', 'phone', n, 'ctc_' || n FROM generate_series(1, ${CHATS}) AS n;
	INSERT INTO journal (id, instance_id, observation_id, at, observation, state, waits_for)
		SELECT 'jrn_' || n, 'ins_0', n, n, '{}', CASE WHEN n % 20 = 0 THEN 'waiting' ELSE 'done' END, CASE WHEN n % 20 = 0 THEN n END
		FROM generate_series(1, 60000) AS n;
	INSERT INTO jobs (id, kind, filter, state, phase, total, done, skipped, place, created_at, updated_at)
		SELECT 'job_' || n, 'replay', json_build_object('accountId', 'acc_' || n % 1000, 'states', json_build_array('dead'), 'seqMax', n)::text,
			'done', 'running', 0, 0, 0, 0, n, n FROM generate_series(1, 60000) AS n`;

async function readsLittle(label: string, { statement, values }: Bound, most: number = PAGES_MAX): Promise<void> {
	await assertReadsLittle(client, { label, text: statement.text, values, most });
}

async function listsRead(label: string, of: Bound['statement'], values: readonly SqlValue[]): Promise<void> {
	await readsLittle(label, { statement: of, values });
}

describe('pages of lists', () => {
	test('chats', async () => {
		for (const place of [Number.MAX_SAFE_INTEGER, CHATS / 2]) {
			await listsRead('of an instance', CHATS_PAGE, ['ins_0', place, place, 51, 0]);
			await listsRead('of an account', CHATS_OF_ACCOUNT, ['acc_0', place, place, 51]);
		}
		for (const place of [0, CHATS / 2]) {
			await listsRead('waiting', WAITING_PAGE, ['ins_0', place, place, 51, 0]);
			await listsRead('waiting of an account', WAITING_OF_ACCOUNT, ['acc_0', place, place, 51]);
			await listsRead('waiting of departments', WAITING_IN_DEPARTMENTS, ['acc_0', place, place, 51, texts(['dep_2', ''])]);
		}
	});

	test('what is sought for many messages at a time', async () => {
		const numbers = Array.from({ length: 32 }, (_, n) => n * 1_200 + 20);
		const strings = numbers.map(String);
		const all = (word: string): Buffer => texts(strings.map(() => word));
		await listsRead('chats', BY_ALIAS, [ints(numbers.map((_, n) => n + 1)), all('ins_0'), all('acc_0'), all('phone'), texts(strings)]);
		await listsRead('waiting entries', WAITING_FOR, [all('ins_0'), texts(strings)]);
	});

	test('how many wait', async () => {
		const { rows } = await client.query("SELECT pg_relation_size('chats') / 8192 AS pages");
		const most = Number(rows[0].pages) / 3;
		await readsLittle('of an account', { statement: WAITING_COUNT, values: ['acc_0', 1_001] }, most);
		for (const ids of [['dep_2'], ['dep_2', '']]) {
			await readsLittle('of departments', { statement: WAITING_COUNT_IN_DEPARTMENTS, values: ['acc_0', 1_001, texts(ids)] }, most);
		}
	});

	test('messages', async () => {
		const filters: readonly Omit<MessageFilter, 'instanceId'>[] = [
			{},
			{ since: 100_000, until: 150_000 },
			{ chatId: 'cht_7' },
			{ contextId: 'ctx_1' },
			{ chatId: 'cht_7', since: 9_000 },
		];
		for (const filter of filters) {
			const { list } = messagesQueries({ instanceId: 'ins_0', ...filter }, undefined, { limit: 50, offset: 0 });
			await readsLittle(JSON.stringify(filter), list);
		}
		await listsRead('of a chat', CHAT_MESSAGES, ['cht_7', 50]);
		await listsRead('of a chat, from one on', CHAT_MESSAGES_BEFORE, ['cht_7', 50, 'msg_120007']);
		await listsRead('the latest of a chat', LATEST_OF_CHAT, ['cht_7', 50]);
	});

	test('messages by what is looked at: no more of them than the newest', async () => {
		const { rows } = await client.query("SELECT pg_relation_size('messages') / 8192 AS pages");
		const [instanceId, floor] = ['ins_0', { created_at: FLOOR, seq: FLOOR }];
		await readsLittle('floor', floorQuery({ instanceId, status: 'failed' }), Number(rows[0].pages) / 5);
		for (const filter of [{ status: 'failed' }, { steps: ['queued'] }, { search: 'nowhere' }] as const) {
			const { count, list } = messagesQueries({ instanceId, ...filter }, floor, { limit: 50, offset: 0 });
			for (const query of [count, list]) await readsLittle(JSON.stringify(filter), query, Number(rows[0].pages) / 10);
		}
		for (const answered of [undefined, true, false]) {
			const { count, list } = threadsQueries(answered);
			const counted = { statement: count, values: [instanceId] };
			await readsLittle(`threads counted, ${answered}`, counted, Number(rows[0].pages) / 5);
			const listed = { statement: list, values: [instanceId, 50, 0] };
			await readsLittle(`threads, ${answered}`, listed, Number(rows[0].pages) / 5 + PAGES_MAX);
		}
	});

	test('accounts by name: no more of them than are to be looked at', async () => {
		const { rows } = await client.query("SELECT pg_relation_size('accounts') / 8192 AS pages");
		const most = Number(rows[0].pages) / 2;
		const [after, last] = [ACCOUNTS_FILLED / 4, ACCOUNTS_FILLED / 4 + LOOKED_AT_MAX];
		await listsRead('accounts', ACCOUNTS, [after, 51]);
		await readsLittle('the last that is looked at', { statement: ACCOUNTS_FLOOR, values: [after] }, most);
		await readsLittle('of a name', { statement: ACCOUNTS_NAMED, values: [after, last, 'nobody', 51] }, most);
	});

	test('jobs of an account', async () => {
		for (const place of [Number.MAX_SAFE_INTEGER, 30_000]) await listsRead('of an account', LIST_JOBS_OF_ACCOUNT, ['acc_1', place, 51]);
	});

	test('attendances, documents', async () => {
		for (const filter of [{}, { chatId: 'cht_7' }, { status: 'progress' }, { status: 'finished', chatId: 'cht_7' }] as const) {
			for (const place of [undefined, { key: 30_000, seq: 0 }]) {
				await readsLittle(JSON.stringify(filter), attendancesQuery({ accountId: 'acc_1', ...filter }, place, 50));
			}
		}
		const filters: readonly Partial<DocumentFilter>[] = [
			{},
			{ accountId: 'acc_1' },
			{ accountId: 'acc_1', from: 1, to: 60_000 },
			{ parentId: 'cht_8', accountId: 'acc_0' },
			{ parentId: 'cht_8', after: { at: 30_000, id: '30000' } },
		];
		for (const filter of filters) {
			for (const order of ['oldest', 'newest'] as const) {
				const asked = { collection: 'notes', limit: 50, order, ...filter };
				await readsLittle(JSON.stringify(asked), documentsQuery(asked));
				await readsLittle(`ids, ${JSON.stringify(asked)}`, documentsQuery(asked, 'id'));
			}
		}
	});
});

test('messages are counted as far as lists go', async () => {
	const { items, total } = await listMessages(db, { instanceId: 'ins_0' }, LISTED_MAX / 50, 50);
	assert.deepEqual([items.length, total], [50, LISTED_MAX]);
});
