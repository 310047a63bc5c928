/** Where several processes write, a lower number may become visible after a higher one: the tail tells it all the same, by real transactions of PostgreSQL. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { LiveTail } from '../../src/insight/live-tail.ts';
import { event, looseDelivery, unit } from '../suites/store-fixtures.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { postgresStore } from '../support/postgres-store.ts';

const WANTS = { events: true, deliveries: true };

/** As a process writes that is slow to commit: the numbers are drawn, and nobody sees them. */
async function begin(url: string, name: string): Promise<AsyncDisposable & { commit(): Promise<void>; rollback(): Promise<void> }> {
	const client = new pg.Client(url);
	await client.connect();
	await client.query('BEGIN');
	await client.query(
		"INSERT INTO events (id, type, account_id, instance_id, chat_id, at, data) VALUES ($1, 'message.sent', 'acc_a', 'ins_a', 'cht_a', 1, '{}')",
		[`evt_${name}`],
	);
	await client.query(
		`SELECT * FROM insert_deliveries(ARRAY[$1], ARRAY['evt_x'], ARRAY['message.sent'], ARRAY['acc_a'], ARRAY['whk_a'], ARRAY['ins_a'], ARRAY['cht_a'],
			ARRAY[NULL]::text[], ARRAY[1::bigint], ARRAY[NULL]::text[], ARRAY['{}'], ARRAY[NULL]::bigint[], ARRAY[1::bigint])`,
		[`dlv_${name}`],
	);
	return {
		commit: async () => void (await client.query('COMMIT')),
		rollback: async () => void (await client.query('ROLLBACK')),
		[Symbol.asyncDispose]: () => client.end(),
	};
}

test('what was committed late is told late, and once', async () => {
	await using database = await (await startPostgres()).createDatabase();
	const clock = new FakeClock();
	await using store = postgresStore({ url: database.url, clock });
	await store.open();
	const tail = new LiveTail(store.insight);
	const told = async (): Promise<readonly string[]> => {
		await tail.want(WANTS);
		const { events, deliveries } = await tail.next(clock.now());
		assert.equal(events.leftOut + deliveries.leftOut, 0);
		return [...events.items, ...deliveries.items].map(({ id }) => id);
	};
	assert.deepEqual(await told(), []);
	await using slow = await begin(database.url, 'slow');
	await using broken = await begin(database.url, 'broken');
	await store.commit(unit({ events: [event('quick')], deliveries: [looseDelivery('quick')] }));
	assert.deepEqual(await told(), ['evt_quick', 'dlv_quick']);
	const { place } = tail;
	await broken.rollback();
	assert.deepEqual(await told(), []);
	await slow.commit();
	assert.deepEqual(await told(), ['evt_slow', 'dlv_slow']);
	assert.deepEqual(await told(), []);
	// Who broke off before it was there, and comes back to another process.
	const other = new LiveTail(store.insight);
	await other.want(WANTS);
	const since = await other.since(place, WANTS);
	assert.deepEqual(
		[...since.events.items, ...since.deliveries.items].map(({ id }) => id),
		['evt_slow', 'evt_quick', 'dlv_slow', 'dlv_quick'],
	);
});
