/** Partitions on a real server, with a clock of our own: they begin in time, once, and go as a whole when nothing holds them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { startPostgres, type TestDatabase } from '../../../test/support/postgres-server.ts';
import type { Retention } from '../../ports/retention.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { PARTITION_SIZE } from './partition-functions.ts';
import { PARTITION_PERIOD_MS, Partitions } from './partitions.ts';
import { postgresRetention } from './retention/postgres-retention.ts';

const DAY = PARTITION_PERIOD_MS;
const KEPT = 10 * DAY;

interface Rig extends AsyncDisposable {
	readonly database: TestDatabase;
	readonly db: Database;
	readonly clock: FakeClock;
	readonly partitions: Partitions;
	readonly retention: Retention;
	/** What is older than ten days. */
	prune(): Promise<number>;
	/** An event with its delivery and an attempt, as they are at this time. Answers the delivery's number. */
	add(name: string, state: 'delivered' | 'dead' | 'open'): Promise<number>;
	/** So many days pass, each with its own partition. */
	days(count: number): Promise<void>;
	/** The partitions there are, by the numbers in their names. */
	tables(parent: string): Promise<string>;
	ids(table: 'deliveries' | 'events'): Promise<string>;
}

async function openRig(): Promise<Rig> {
	await using building = new AsyncDisposableStack();
	const database = building.use(await (await startPostgres()).createDatabase());
	const db = building.use(connect(database));
	await db.transaction((queries) => migrate(queries));
	const clock = new FakeClock();
	const partitions = new Partitions({ db, clock });
	const retention = postgresRetention({ db, clock });
	const running = building.move();
	const listed = async (text: string): Promise<string> => (await database.execute(text)).map(({ name }) => name).join(' ');
	return {
		database,
		db,
		clock,
		partitions,
		retention,
		prune: () => retention.prune(clock.now() - KEPT, 100),
		add: async (name, state) => {
			const [row] = await database.execute(`
				WITH told AS (
					INSERT INTO events (id, type, account_id, at, data) VALUES ('evt_${name}', 'message.sent', 'acc_a', ${clock.now()}, '{}')
				), made AS (
					INSERT INTO deliveries (seq, id, event_id, event_type, account_id, webhook_id, created_at, state, settled_at, body)
					VALUES (nextval('deliveries_seq'), '${name}', 'evt_${name}', 'message.sent', 'acc_a', 'whk_a', ${clock.now()}, '${state}',
						${state === 'open' ? 'NULL' : clock.now()}, '{}')
					RETURNING *
				), working AS (
					INSERT INTO work (seq, webhook_id, lane_place, state, due_at, created_at)
					SELECT seq, webhook_id, 0, 'pending', created_at, created_at FROM made WHERE state = 'open'
				)
				INSERT INTO attempts SELECT seq, 0, false, '{}' FROM made RETURNING delivery_seq AS seq`);
			return Number(row?.['seq']);
		},
		days: async (count) => {
			for (let day = 0; day < count; day += 1) {
				await clock.advance(DAY);
				assert.ok(partitions.isDue());
				await partitions.ensure();
			}
		},
		tables: (parent) =>
			listed(`SELECT substr(inhrelid::regclass::text, length('${parent}_p') + 1)::int AS name FROM pg_inherits
				WHERE inhparent = '${parent}'::regclass ORDER BY name`),
		ids: (table) => listed(`SELECT id AS name FROM ${table} ORDER BY seq`),
		[Symbol.asyncDispose]: () => running.disposeAsync(),
	};
}

function connect({ url }: TestDatabase): Database {
	return new Database({ url, readersMax: 2, connectTimeoutMs: 10_000, statementTimeoutMs: 30_000, isPreparing: true });
}

describe('partitions', () => {
	test('the first begins at once, and the next one is there before it is needed', async () => {
		await using rig = await openRig();
		assert.ok(rig.partitions.isDue());
		await rig.partitions.ensure();
		assert.ok(!rig.partitions.isDue());
		assert.ok((await rig.add('a', 'open')) < PARTITION_SIZE);
		for (const parent of ['deliveries', 'attempts', 'events']) assert.equal(await rig.tables(parent), '0 1');
		await rig.clock.advance(DAY - 1);
		assert.ok(!rig.partitions.isDue());
		await rig.clock.advance(1);
		assert.ok(rig.partitions.isDue());
		await rig.partitions.ensure();
		for (const parent of ['deliveries', 'attempts', 'events']) assert.equal(await rig.tables(parent), '0 1 2');
		assert.equal(await rig.add('b', 'open'), PARTITION_SIZE);
		assert.equal(await rig.add('c', 'open'), PARTITION_SIZE + 1);
		assert.equal(await rig.ids('events'), 'evt_a evt_b evt_c');
		await rig.partitions.ensure();
		assert.equal(await rig.add('d', 'open'), PARTITION_SIZE + 2, 'what is done is not done again');
	});

	test('after a long time without anybody one begins, and numbers that are ahead are not set back', async () => {
		await using rig = await openRig();
		await rig.partitions.ensure();
		await rig.clock.advance(40 * DAY);
		await rig.database.execute(`SELECT setval('deliveries_seq', ${PARTITION_SIZE + 50})`);
		await rig.partitions.ensure();
		assert.equal(await rig.add('a', 'open'), PARTITION_SIZE + 51);
		assert.equal(await rig.tables('deliveries'), '0 1 2');
	});

	test('an id is there once within a partition', async () => {
		await using rig = await openRig();
		await rig.partitions.ensure();
		await rig.days(1);
		await rig.add('a', 'open');
		await assert.rejects(rig.add('a', 'open'), /duplicate key/);
	});

	test('several processes do it once, and those who write do not wait for it', async () => {
		await using rig = await openRig();
		await using elsewhere = connect(rig.database);
		const others = [rig.db, elsewhere].map((db) => new Partitions({ db, clock: rig.clock }));
		for (let day = 0; day < 5; day += 1) {
			assert.ok(others.every((one) => one.isDue()));
			await Promise.all([...others, ...others].map((one) => one.ensure()).concat(rig.add(`${day}`, 'open').then(() => undefined)));
			await rig.clock.advance(DAY);
		}
		const begun = await rig.database.execute('SELECT ordinal, begins_at FROM partitions ORDER BY ordinal');
		const start = rig.clock.now() - 5 * DAY;
		assert.deepEqual(
			begun.map(({ ordinal, begins_at }) => [Number(ordinal), Number(begins_at)]),
			[0, 1, 2, 3, 4].map((ordinal) => [ordinal, start + ordinal * DAY]),
		);
	});
});

describe('what is old in partitions', () => {
	test('goes with the whole of them, events one period after their deliveries', async () => {
		await using rig = await openRig();
		await rig.partitions.ensure();
		for (const name of ['a', 'b']) await rig.add(name, 'delivered');
		await rig.days(1);
		await rig.add('c', 'delivered');
		await rig.days(10);
		await rig.add('z', 'open');
		assert.equal(await rig.prune(), 0, 'something in it may be ten days old');
		await rig.clock.advance(1);
		assert.ok((await rig.prune()) >= 1);
		assert.deepEqual([await rig.ids('deliveries'), await rig.ids('events')], ['c z', 'evt_a evt_b evt_c evt_z']);
		assert.equal((await rig.tables('attempts')).split(' ')[0], '1');
		assert.equal((await rig.database.execute('SELECT 1 FROM attempts')).length, 2);
		await rig.clock.advance(DAY);
		assert.ok((await rig.prune()) >= 1);
		assert.equal(await rig.ids('deliveries'), 'z');
		assert.ok((await rig.prune()) >= 1);
		assert.equal(await rig.ids('events'), 'evt_c evt_z');
		assert.equal(await rig.prune(), 0);
		const [first] = await rig.database.execute('SELECT min(ordinal) AS ordinal FROM partitions');
		assert.equal(Number(first?.['ordinal']), 1);
	});

	test('where something is unsettled the rest goes by the row, and the partition when that is settled', async () => {
		await using rig = await openRig();
		await rig.partitions.ensure();
		await rig.add('old', 'delivered');
		const waiting = await rig.add('waiting', 'open');
		await rig.days(12);
		assert.equal(await rig.prune(), 2);
		assert.deepEqual([await rig.ids('deliveries'), await rig.ids('events')], ['waiting', 'evt_waiting']);
		await rig.database.execute(`
			WITH ended AS (DELETE FROM work WHERE seq = ${waiting} RETURNING seq)
			UPDATE deliveries SET state = 'delivered', settled_at = ${rig.clock.now()} FROM ended WHERE deliveries.seq = ended.seq`);
		await rig.prune();
		assert.equal(await rig.ids('deliveries'), 'waiting', 'it was settled just now, and is kept from there');
		await rig.clock.advance(KEPT + 1);
		await rig.prune();
		assert.equal(await rig.ids('deliveries'), '');
		await rig.prune();
		assert.equal(await rig.ids('events'), '');
	});

	test('goes by the row where little more than a partition is kept', async () => {
		await using rig = await openRig();
		await rig.partitions.ensure();
		for (const name of ['a', 'b']) await rig.add(name, 'delivered');
		await rig.clock.advance(DAY / 2);
		await rig.add('c', 'dead');
		const hourAgo = (): number => rig.clock.now() - 3_600_000;
		assert.equal(await rig.retention.prune(hourAgo(), 1), 1);
		assert.equal(await rig.retention.prune(hourAgo(), 100), 3);
		assert.deepEqual([await rig.ids('deliveries'), await rig.ids('events')], ['c', 'evt_c']);
	});

	test('stays for another time where somebody has the table', async () => {
		await using rig = await openRig();
		await rig.partitions.ensure();
		await rig.add('a', 'delivered');
		await rig.days(12);
		await using elsewhere = connect(rig.database);
		await elsewhere.transaction(async (queries) => {
			await queries.query({ name: '', text: 'SELECT count(*) FROM deliveries' });
			assert.equal(await rig.prune(), 0);
		});
		assert.equal(await rig.ids('deliveries'), 'a');
		assert.ok((await rig.prune()) >= 1);
		assert.equal(await rig.ids('deliveries'), '');
	});
});
