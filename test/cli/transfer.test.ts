import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { startPostgres } from '../support/postgres-server.ts';
import { fullSqlite } from '../transfer/full-store.ts';
import { recado } from './command-process.ts';

const SECRETS = { RECADO_ADMIN_TOKEN: 'a-token-of-an-administrator', RECADO_SECRET_KEY: 'ab'.repeat(32) };

async function directoryOf(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-transfer-'));
	t.after(() => rm(directory, { recursive: true }));
	return directory;
}

suite('recado export, import and migrate', () => {
	test('move a store from a file into a database', async (t) => {
		const directory = await directoryOf(t);
		await using full = await fullSqlite();
		await using database = await (await startPostgres()).createDatabase();
		const ofFile = { ...SECRETS, RECADO_DATA: join(full.file, '..') };
		const ofDatabase = { ...SECRETS, RECADO_DATABASE_URL: database.url };
		const file = join(directory, 'all.jsonl.gz');
		const exported = await recado(['export', '--to', file], { environment: ofFile });
		assert.deepEqual([exported.code, exported.out], [0, `Exported 49 rows to ${file}\n`], exported.err);
		assert.match(exported.err, /^exporting deliveries: 9 of 9$/m);
		const migrated = await recado(['migrate'], { environment: ofDatabase });
		assert.equal(migrated.code, 0, migrated.err);
		const imported = await recado(['import', '--from', file], { environment: ofDatabase });
		assert.deepEqual([imported.code, imported.out], [0, `Imported 49 rows from ${file}; the store has them all\n`], imported.err);
		assert.match(imported.err, /^verifying deliveries: 9 of 9$/m);
		const again = await recado(['import', '--from', file], { environment: ofDatabase });
		assert.deepEqual([again.code, again.err], [1, 'recado import: the store is not empty; import into a new one\n']);
	});

	test('say which file is missing', async (t) => {
		const environment = { ...SECRETS, RECADO_DATA: await directoryOf(t) };
		assert.equal((await recado(['export'], { environment })).code, 2);
		assert.equal((await recado(['import'], { environment })).code, 2);
		const missing = await recado(['import', '--from', 'not-there.jsonl'], { environment });
		assert.equal(missing.code, 1);
		assert.match(missing.err, /^recado import: not-there.jsonl cannot be read: ENOENT/);
	});
});
