/** What is asked of history reads little of it, however much there is: a page, a stretch of a job, what is old. Told by the pages that the server touched. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { assertReadsLittle } from '../../../test/support/pages-read.ts';
import { startPostgres, type TestDatabase } from '../../../test/support/postgres-server.ts';
import type { DeliveryFilter } from '../../ports/deliveries.ts';
import type { EventFilter } from '../../ports/events.ts';
import type { JobFilter } from '../../ports/jobs.ts';
import { ints } from './arrays.ts';
import { Database } from './database.ts';
import { deliveriesQuery } from './deliveries/deliveries-query.ts';
import { FIND } from './deliveries/find-delivery.ts';
import { LIST_ATTEMPTS } from './deliveries/list-attempts.ts';
import { lookQuery } from './deliveries/look-through.ts';
import { FIRST_MADE_FROM } from './deliveries/seq-range.ts';
import { END_IN_CHAT, OF_CHAT, stretchQuery } from './jobs/met-by.ts';
import { migrate } from './migrate.ts';
import { PARTITION_SIZE } from './partition-functions.ts';
import { PARTITION_PERIOD_MS, Partitions } from './partitions.ts';
import { eventsQuery } from './reads/event-reads.ts';
import { DEAD_BY_WEBHOOK, EVENTS as LATELY, DELIVERIES as LATELY_DELIVERED, NEWEST_SEQS, WAITING_SINCE } from './reads/insight-reads.ts';
import { NOTE_HELD, PARTITIONS } from './retention/partition-fates.ts';
import { DELIVERIES, EVENTS } from './retention/prunable-tables.ts';
import type { SqlValue } from './statement.ts';

const DAYS = 4;
const PER_DAY = 15_000;
/** Deliveries that wait. */
const BACKLOG = 60_000;
/** All of it is many thousands of pages. */
const PAGES_MAX = 1_000;

const clock = new FakeClock();
const start = clock.now();
let database: TestDatabase;
let client: pg.Client;

before(async () => {
	database = await (await startPostgres()).createDatabase();
	await using db = new Database({
		url: database.url,
		readersMax: 1,
		connectTimeoutMs: 10_000,
		statementTimeoutMs: 60_000,
		isPreparing: true,
	});
	await db.transaction((queries) => migrate(queries));
	const partitions = new Partitions({ db, clock });
	client = new pg.Client(database.url);
	await client.connect();
	for (let day = 0; day < DAYS; day += 1) {
		await partitions.ensure();
		await client.query(fill(day));
		await clock.advance(PARTITION_PERIOD_MS);
	}
	await client.query(`
		INSERT INTO work (seq, webhook_id, lane_place, state, due_at, created_at, holder)
			SELECT seq, webhook_id, 0, CASE WHEN seq % 100 = 0 THEN 'sending' ELSE 'pending' END, created_at, created_at, CASE WHEN seq % 100 = 0 THEN 1 END
			FROM deliveries WHERE state = 'open';
		INSERT INTO account_webhooks SELECT 'acc_' || n % 20, 'whk_' || n FROM generate_series(0, 39) AS n;
		ANALYZE`);
});

after(async () => {
	await client.end();
	await database[Symbol.asyncDispose]();
});

/** Forty webhooks of twenty accounts, a thousand chats; some are dead, and of the last day some are unsettled. */
function fill(day: number): string {
	const at = `${clock.now()} + n`;
	return `
		INSERT INTO events (id, type, account_id, instance_id, chat_id, at, data)
			SELECT 'evt_${day}_' || n, 'message.sent', 'acc_' || n % 20, 'ins_' || n % 50, 'cht_' || n % 1000, ${at}, '{}'
			FROM generate_series(1, ${PER_DAY}) AS n;
		INSERT INTO deliveries (seq, id, event_id, event_type, account_id, webhook_id, chat_id, created_at, state, settled_at, body)
			SELECT nextval('deliveries_seq'), 'dlv_${day}_' || n, 'evt_${day}_' || n, 'message.sent', 'acc_' || n % 20, 'whk_' || n % 40,
				'cht_' || n % 1000, ${at},
				CASE WHEN n % 300 = 0 THEN 'dead' WHEN ${day} = ${DAYS - 1} AND n % 9 = 0 THEN 'open' ELSE 'delivered' END, ${at}, repeat('x', 500)
			FROM generate_series(1, ${PER_DAY}) AS n;
		INSERT INTO attempts SELECT seq, 0, false, '{}' FROM deliveries WHERE created_at >= ${clock.now()}`;
}

async function readsLittle(label: string, text: string, values: readonly SqlValue[], most = PAGES_MAX): Promise<void> {
	await assertReadsLittle(client, { label, text, values, most });
}

/** Each chat has a page of its own, of which each delivery is found by its event. */
function mostOf({ chatIds = [] }: DeliveryFilter): number {
	return PAGES_MAX * Math.max(1, chatIds.length);
}

describe('what is asked of much history', () => {
	test('there is much', async () => {
		const { rows } = await client.query("SELECT sum(pg_relation_size(relid)) / 8192 AS pages FROM pg_partition_tree('deliveries')");
		assert.ok(Number(rows[0].pages) > 4 * PAGES_MAX);
	});

	test('pages of deliveries', async () => {
		const filters: readonly DeliveryFilter[] = [
			{},
			{ webhookId: 'whk_3' },
			{ accountId: 'acc_3' },
			{ accountId: 'acc_3', webhookId: 'whk_3' },
			{ eventId: 'evt_1_77' },
			{ chatId: 'cht_7' },
			{ chatIds: ['cht_7', 'cht_9'] },
			...(['pending', 'sending', 'dead', 'cancelled', 'delivered'] as const).flatMap((state) => [
				{ state },
				{ state, webhookId: 'whk_20' },
				{ state, accountId: 'acc_0' },
			]),
		];
		const span = { start: undefined, end: undefined };
		for (const filter of filters) {
			for (const place of [undefined, 2 * PARTITION_SIZE + 5_000]) {
				const last = place === undefined ? undefined : { key: place, seq: place };
				const { statement, values } = deliveriesQuery({ filter, span, after: last, limit: 50 });
				await readsLittle(JSON.stringify(filter), statement.text, values, mostOf(filter));
			}
		}
	});

	test('stretches that are looked through, bodies and all', async () => {
		const filters: readonly DeliveryFilter[] = [{}, { webhookId: 'whk_3' }, { accountId: 'acc_3' }, { chatIds: ['cht_7', 'cht_9'] }];
		for (const filter of filters) {
			const wanted = { ...filter, text: 'nowhere', eventType: 'message.sent' } as const;
			const walk = { filter: wanted, span: { start: undefined, end: undefined }, after: undefined, limit: 50 };
			const { statement, values } = lookQuery(walk, 10);
			await readsLittle(JSON.stringify(wanted), statement.text, values, mostOf(filter));
		}
	});

	test('a delivery, its attempts, and where a span of time begins', async () => {
		await readsLittle('delivery', FIND.text, ['dlv_1_77'], 50);
		await readsLittle('attempts', LIST_ATTEMPTS.text, ['dlv_1_77'], 50);
		await readsLittle('span', FIRST_MADE_FROM.text, [start + 1.5 * PARTITION_PERIOD_MS], 500);
	});

	test('pages of events', async () => {
		const filters: readonly EventFilter[] = [
			{},
			{ accountId: 'acc_3' },
			{ instanceId: 'ins_3' },
			{ chatId: 'cht_3' },
			{ accountId: 'acc_3', until: start + 2 * PARTITION_PERIOD_MS },
		];
		for (const filter of filters) {
			for (const last of [undefined, { key: start + PARTITION_PERIOD_MS + 9_000, seq: PARTITION_SIZE + 9_000 }]) {
				const { statement, values } = eventsQuery(filter, last, 50);
				await readsLittle(JSON.stringify(filter), statement.text, values);
			}
		}
	});

	test('what came lately, and where deliveries died', async () => {
		await readsLittle('newest', NEWEST_SEQS.text, [], 200);
		const last = DAYS * PARTITION_SIZE;
		const stretches = [ints([PARTITION_SIZE + 700, last - 9_000]), ints([PARTITION_SIZE + 702, Number.MAX_SAFE_INTEGER])];
		for (const { list, count } of [LATELY, LATELY_DELIVERED]) {
			await readsLittle(list.name, list.text, [...stretches, 250], 1_500);
			await readsLittle(count.name, count.text, [ints([PARTITION_SIZE + 700]), ints([PARTITION_SIZE + 2_000])], 200);
		}
		await readsLittle('dead', DEAD_BY_WEBHOOK.text, [40], 2_000);
	});

	test('stretches of jobs', async () => {
		const cases: readonly (readonly [JobFilter['states'], readonly string[] | undefined])[] = [
			[['dead'], undefined],
			[
				['dead', 'cancelled'],
				['whk_0', 'whk_20'],
			],
			[['pending'], undefined],
			[['pending', 'dead'], ['whk_9']],
			[['delivered'], undefined],
			[['delivered', 'dead'], ['whk_3']],
		];
		for (const [states, webhookIds] of cases) {
			const { statement, values } = stretchQuery({ states, seqMax: 0 }, webhookIds, {
				after: 5,
				end: Number.MAX_SAFE_INTEGER,
				stretch: 50,
			});
			await readsLittle(states.join(), statement.text, values);
		}
		await readsLittle('chat', OF_CHAT.text, ['cht_7', 0, 50], 2_000);
		await readsLittle('its end', END_IN_CHAT.text, ['cht_7', 0, 49]);
	});

	test('what is old', async () => {
		await readsLittle('partitions', PARTITIONS.text, [clock.now()], 200);
		await readsLittle('held', NOTE_HELD.text, [clock.now()], 200);
		await readsLittle('deliveries', DELIVERIES.select.text, [PARTITION_SIZE, 2 * PARTITION_SIZE, clock.now(), 1_000]);
		await readsLittle('events', EVENTS.select.text, [PARTITION_SIZE, 2 * PARTITION_SIZE, clock.now(), 100], 2_000);
	});

	test('since when a delivery waits, behind those that are in hand', async () => {
		await client.query('BEGIN');
		await client.query(`
			INSERT INTO work (seq, webhook_id, lane_place, state, created_at, holder)
				SELECT -n, 'whk_' || n % 40, 0, 'pending', n, CASE WHEN n > ${BACKLOG - 100} THEN 1 END FROM generate_series(1, ${BACKLOG}) AS n;
			ANALYZE work`);
		const { rows } = await client.query("SELECT pg_relation_size('work') / 8192 AS pages");
		assert.ok(Number(rows[0].pages) > 500);
		await readsLittle('waiting', WAITING_SINCE.text, [], 100);
		await client.query('ROLLBACK');
	});
});
