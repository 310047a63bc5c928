/** Opens a PostgreSQL store on a database of its own, for the suite and for the tests of the engine. */
import type { PostgresStore, PostgresStoreOptions } from '../../src/store/postgres/postgres-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import type { TestDatabase } from '../support/postgres-server.ts';
import { createLaidOutDatabase, postgresStore } from '../support/postgres-store.ts';
import type { StoreRig } from './store-fixtures.ts';

export interface PostgresRig extends StoreRig {
	readonly store: PostgresStore;
	readonly database: TestDatabase;
	reopen(): Promise<PostgresStore>;
}

export async function openPostgres(options: Partial<PostgresStoreOptions> = {}): Promise<PostgresRig> {
	await using building = new AsyncDisposableStack();
	const database = building.use(await createLaidOutDatabase());
	const clock = new FakeClock();
	let store = building.use(postgresStore({ clock, ...options, url: database.url }));
	await store.open();
	const running = building.move();
	return {
		store,
		clock,
		database,
		reopen: async () => {
			await database.cutOff();
			await store[Symbol.asyncDispose]();
			await endLeases(database);
			store = running.use(postgresStore({ clock, ...options, url: database.url }));
			await store.open();
			return store;
		},
		[Symbol.asyncDispose]: () => running.disposeAsync(),
	};
}

/** As if so much time had passed that every lease is over: whoever opens the database next takes over. */
export async function endLeases(database: TestDatabase): Promise<void> {
	await database.execute("UPDATE processes SET lease_until = now() - interval '1 second'");
}
