/** Stores on PostgreSQL for tests: each on a database of its own, copied from one that was laid out once a process. */
import { PostgresStore, type PostgresStoreOptions } from '../../src/store/postgres/postgres-store.ts';
import { FakeClock } from './fake-clock.ts';
import { startPostgres, type TestDatabase } from './postgres-server.ts';

type Wish = Pick<PostgresStoreOptions, 'url' | 'clock'> & Partial<PostgresStoreOptions>;

/** To be opened. What a test is not about is as in production, or longer, where a slow machine must not matter. */
export function postgresStore(wish: Wish): PostgresStore {
	return new PostgresStore({
		readersMax: 2,
		connectTimeoutMs: 10_000,
		statementTimeoutMs: 30_000,
		isPreparing: true,
		isListening: true,
		leaseMs: 60_000,
		...wish,
	});
}

/** What a first start of the gateway leaves behind. */
export async function createLaidOutDatabase(): Promise<TestDatabase> {
	template ??= layOut();
	const { name } = await template;
	return (await startPostgres()).createDatabase(name);
}

let template: Promise<TestDatabase> | undefined;

async function layOut(): Promise<TestDatabase> {
	const database = await (await startPostgres()).createDatabase();
	await using store = postgresStore({ url: database.url, clock: new FakeClock() });
	await store.open();
	return database;
}
