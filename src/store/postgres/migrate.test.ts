/** Migrations: each once, whoever comes first; and who may work on what a newer version wrote. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startPostgres, type TestDatabase } from '../../../test/support/postgres-server.ts';
import { RecadoError } from '../../errors.ts';
import { Database } from './database.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';

const FIRST: Migration = { version: 1, compatibleFrom: 1, sql: 'CREATE TABLE first (a text); INSERT INTO first VALUES (NULL)' };
const SECOND: Migration = { version: 2, compatibleFrom: 1, sql: 'ALTER TABLE first ADD COLUMN b text' };
const THIRD: Migration = { version: 3, compatibleFrom: 2, sql: 'ALTER TABLE first DROP COLUMN a' };
const BROKEN: Migration = { version: 2, compatibleFrom: 1, sql: 'ALTER TABLE first ADD COLUMN b text; SELECT 1 / 0' };

async function open(): Promise<TestDatabase> {
	return (await startPostgres()).createDatabase();
}

async function run({ url }: TestDatabase, migrations: readonly Migration[]): Promise<void> {
	await using db = new Database({ url, readersMax: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 5_000, isPreparing: true });
	await db.patiently((queries) => migrate(queries, migrations));
}

async function versionsOf(database: TestDatabase): Promise<unknown[]> {
	return (await database.execute('SELECT version::int FROM schema_version ORDER BY version')).map(({ version }) => version);
}

describe('migrations of PostgreSQL', () => {
	test('each runs once, further ones later', async () => {
		await using database = await open();
		await run(database, [FIRST]);
		await run(database, [FIRST]);
		await run(database, [FIRST, SECOND, THIRD]);
		assert.deepEqual(await versionsOf(database), [1, 2, 3]);
		assert.deepEqual(await database.execute('SELECT * FROM first'), [{ b: null }]);
	});

	test('of processes that start together one runs them', async () => {
		await using database = await open();
		await Promise.all(Array.from({ length: 5 }, () => run(database, MIGRATIONS)));
		assert.deepEqual(
			await versionsOf(database),
			MIGRATIONS.map(({ version }) => version),
		);
	});

	test('one that fails leaves everything as it was', async () => {
		await using database = await open();
		await run(database, [FIRST]);
		await assert.rejects(run(database, [FIRST, BROKEN]));
		assert.deepEqual(await versionsOf(database), [1]);
		await run(database, [FIRST, SECOND]);
	});

	test('a gateway that the newer schema knows goes on beside newer ones; an older one is refused', async () => {
		await using database = await open();
		await run(database, [FIRST, SECOND, THIRD]);
		await run(database, [FIRST, SECOND]);
		assert.deepEqual(await versionsOf(database), [1, 2, 3]);
		await assert.rejects(run(database, [FIRST]), (error) => error instanceof RecadoError && error.code === 'configuration');
	});

	test('one that an older gateway cannot live with is not forgotten for those that came after it', async () => {
		await using database = await open();
		const fourth: Migration = { version: 4, compatibleFrom: 1, sql: 'ALTER TABLE first ADD COLUMN c text' };
		await run(database, [FIRST, SECOND, THIRD, fourth]);
		await run(database, [FIRST, SECOND]);
		await assert.rejects(run(database, [FIRST]), (error) => error instanceof RecadoError && error.code === 'configuration');
	});

	test('are numbered without gaps, and compatible with nothing that is newer', () => {
		for (const [index, { version, compatibleFrom }] of MIGRATIONS.entries()) {
			assert.equal(version, index + 1);
			assert.ok(compatibleFrom <= version);
		}
	});
});
