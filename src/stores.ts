/** Which store the configuration means: the embedded one, or PostgreSQL. That one's driver is loaded only where it is wanted. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config/config.ts';
import type { Secret } from './config/secret.ts';
import type { Clock } from './ports/clock.ts';
import type { StoreKind } from './ports/settings.ts';
import type { Store } from './ports/store.ts';
import type { StoreWatch } from './ports/store-watch.ts';
import type { TransferStore } from './ports/transfer.ts';
import type { DatabaseOptions } from './store/postgres/database.ts';
import type { DatabaseFacts } from './store/postgres/database-facts.ts';
import { SCHEMA } from './store/sqlite/migrate.ts';
import { SqliteStore } from './store/sqlite/sqlite-store.ts';

const DATABASE_FILE = 'recado.db';

type DatabaseConfig = Pick<
	Config['store'],
	'databaseCa' | 'databaseReaders' | 'databaseConnectTimeoutMs' | 'databaseStatementTimeoutMs' | 'databasePooler'
>;

export interface StoreParts {
	readonly clock: Clock;
	readonly watch?: StoreWatch;
	/** What goes wrong while nobody waits for it, and is tried again. */
	readonly onTrouble?: (where: string, error: unknown) => void;
}

/** Not opened yet. Makes the data directory of the embedded store where it is missing. */
export async function createStore(config: Config['store'], parts: StoreParts): Promise<Store> {
	const { databaseUrl, databasePooler, leaseMs } = config;
	if (databaseUrl === undefined) {
		await mkdir(config.directory, { recursive: true, mode: 0o700 });
		return new SqliteStore({ ...parts, file: fileOf(config) });
	}
	const { PostgresStore } = await import('./store/postgres/postgres-store.ts');
	return new PostgresStore({ ...parts, ...databaseOptions(config, databaseUrl), isListening: databasePooler === 'none', leaseMs });
}

/** What it is, without opening it. */
export async function storeKind({ databaseUrl, directory }: Config['store']): Promise<StoreKind> {
	if (databaseUrl === undefined) return { engine: 'sqlite', schema: SCHEMA, directory };
	const postgres = await import('./store/postgres/migrate.ts');
	return { engine: 'postgresql', schema: postgres.SCHEMA };
}

/** The same store as something to be copied from or into, while no gateway works on it. */
export async function createTransferStore(config: Config['store']): Promise<TransferStore> {
	const { databaseUrl } = config;
	if (databaseUrl === undefined) {
		const { SqliteTransfer } = await import('./store/sqlite/transfer/sqlite-transfer.ts');
		return new SqliteTransfer(fileOf(config));
	}
	const { PostgresTransfer } = await import('./store/postgres/transfer/postgres-transfer.ts');
	return new PostgresTransfer(databaseOptions(config, databaseUrl));
}

function fileOf({ directory }: Config['store']): string {
	return join(directory, DATABASE_FILE);
}

/** How one looks from here. Changes nothing there. Rejects with `store_unavailable` where it cannot be asked. */
export async function databaseSeen(config: DatabaseConfig, url: Secret): Promise<DatabaseFacts> {
	const { databaseFacts } = await import('./store/postgres/database-facts.ts');
	return databaseFacts(databaseOptions(config, url));
}

function databaseOptions(config: DatabaseConfig, url: Secret): DatabaseOptions {
	return {
		url: url.reveal(),
		ca: config.databaseCa,
		readersMax: config.databaseReaders,
		connectTimeoutMs: config.databaseConnectTimeoutMs,
		statementTimeoutMs: config.databaseStatementTimeoutMs,
		isPreparing: config.databasePooler === 'none',
	};
}
