/** What is copied from store to store is all there is: a column that a migration adds and the list does not have would be lost on the way. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import pg from 'pg';
import { PostgresTransfer } from '../../src/store/postgres/transfer/postgres-transfer.ts';
import { TRANSFER_TABLES } from '../../src/store/shared/transfer-tables.ts';
import { Connection } from '../../src/store/sqlite/connection.ts';
import { migrate } from '../../src/store/sqlite/migrate.ts';
import { startPostgres } from '../support/postgres-server.ts';

type Columns = Readonly<Record<string, readonly string[]>>;

function byTable(rows: readonly { readonly table: string; readonly column: string }[]): Columns {
	const tables: Record<string, string[]> = {};
	for (const { table, column } of rows) {
		tables[table] ??= [];
		tables[table].push(column);
	}
	return Object.fromEntries(Object.entries(tables).map(([table, columns]) => [table, columns.sort()]));
}

const LISTED = byTable(TRANSFER_TABLES.flatMap(({ name, columns }) => Object.keys(columns).map((column) => ({ table: name, column }))));

/** What belongs to the processes that work on the database, and how it is laid out. */
const OF_THE_ENGINE = [
	'schema_version',
	'partitions',
	'processes',
	'instance_owners',
	'errands',
	'work',
	'webhook_versions',
	'account_webhook_versions',
];

describe('the tables of a transfer', () => {
	test('are those of SQLite', () => {
		const db = new DatabaseSync(':memory:');
		using connection = new Connection(() => db);
		connection.open();
		migrate(connection);
		const sql = `SELECT tables.name AS "table", columns.name AS "column" FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
			WHERE tables.type = 'table' AND tables.name <> 'schema_version' AND tables.name NOT LIKE 'sqlite_%'`;
		const found = byTable(connection.all(sql));
		// Its attempts have one key, made of both numbers.
		const attempts = ['is_probe', 'record', 'seq'];
		assert.deepEqual(found, { ...LISTED, attempts });
	});

	test('are those of PostgreSQL', async () => {
		await using database = await (await startPostgres()).createDatabase();
		const limits = { connectTimeoutMs: 60_000, statementTimeoutMs: 60_000, isPreparing: true };
		await new PostgresTransfer({ url: database.url, ...limits }).migrate();
		const client = new pg.Client({ connectionString: database.url });
		await client.connect();
		const { rows } = await client.query<{ table: string; column: string }>(
			`SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
			WHERE table_schema = 'public' AND table_name !~ '_p[0-9]+$' AND NOT table_name = ANY($1)`,
			[OF_THE_ENGINE],
		);
		const { rows: work } = await client.query<{ column: string }>(
			`SELECT column_name AS "column" FROM information_schema.columns WHERE table_name = 'work' AND column_name <> 'holder'`,
		);
		await client.end();
		const found = byTable(rows);
		const deliveries = [...new Set([...(found['deliveries'] ?? []), ...work.map(({ column }) => column)])].sort();
		assert.deepEqual({ ...found, deliveries }, LISTED);
	});
});
