/**
 * The store that the tests of the whole gateway, of delivery and of messaging run on: SQLite, or PostgreSQL where `RECADO_TEST_STORE=postgres`
 * says so (`npm run test:postgres`).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/ports/store.ts';
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { FakeClock } from './fake-clock.ts';
import { StoreActivity } from './store-activity.ts';

/** Where a test keeps its data, over several lives of whatever works on them. */
export interface StorePlace extends AsyncDisposable {
	/** How a gateway is told of it. */
	readonly environment: Readonly<Record<string, string>>;
	/** On what is kept there; to be opened. The clock stands still while it is at work. */
	store(clock: FakeClock): Store;
}

export type StoreKind = 'sqlite' | 'postgres';

export function testedStore(): StoreKind {
	const kind = process.env['RECADO_TEST_STORE'] ?? 'sqlite';
	if (kind !== 'sqlite' && kind !== 'postgres') throw new Error(`RECADO_TEST_STORE is sqlite or postgres, not ${kind}`);
	return kind;
}

/** For the options of `test`, where one is about what SQLite alone does. */
export function onSqliteAlone(why: string): { readonly skip?: string } {
	return testedStore() === 'sqlite' ? {} : { skip: why };
}

export async function openStorePlace(): Promise<StorePlace> {
	return testedStore() === 'sqlite' ? openFiles() : openDatabase();
}

async function openFiles(): Promise<StorePlace> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-test-store-'));
	return {
		environment: { RECADO_DATA: directory },
		store: (clock) => new SqliteStore({ file: join(directory, 'recado.db'), clock }),
		[Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
	};
}

async function openDatabase(): Promise<StorePlace> {
	// Most runs need nothing of it.
	const { createLaidOutDatabase, postgresStore } = await import('./postgres-store.ts');
	const database = await createLaidOutDatabase();
	return {
		environment: { RECADO_DATABASE_URL: database.url },
		store: (clock) => {
			const activity = new StoreActivity();
			clock.standStillWhile(() => activity.isBusy);
			return activity.around(postgresStore({ url: database.url, clock }));
		},
		[Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
	};
}
