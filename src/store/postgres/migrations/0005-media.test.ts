import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { startPostgres } from '../../../../test/support/postgres-server.ts';
import { postgresStore } from '../../../../test/support/postgres-store.ts';
import { Database } from '../database.ts';
import { MIGRATIONS, migrate } from '../migrate.ts';
import { statement } from '../statement.ts';

test('media that were rows are blobs in chunks afterwards', async () => {
	await using database = await (await startPostgres()).createDatabase();
	const bytes = randomBytes(600_001);
	await using db = new Database({
		url: database.url,
		readersMax: 1,
		connectTimeoutMs: 5_000,
		statementTimeoutMs: 5_000,
		isPreparing: true,
	});
	await db.patiently((queries) => migrate(queries, MIGRATIONS.slice(0, 4)));
	const insert = statement('', "INSERT INTO media VALUES ($1, 'acc_a', 'image/png', 'a.png', 1000, $2)");
	for (const [id, content] of [
		['med_a', bytes],
		['med_b', bytes],
		['med_c', Buffer.from([0, 1])],
	] as const)
		await db.query(insert, [id, content]);

	await using store = postgresStore({ url: database.url, clock: new FakeClock() });
	await store.open();
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	for (const id of ['med_a', 'med_b']) assert.deepEqual((await store.media.medium(id))?.blob, { sha256, size: bytes.length });
	assert.equal((await store.media.medium('med_c'))?.fileName, 'a.png');
	assert.ok(Buffer.concat(await Array.fromAsync((await store.blobs.open(sha256)) ?? [])).equals(bytes));
	assert.deepEqual(await database.execute('SELECT count(*)::int AS chunks FROM media_chunks'), [{ chunks: 4 }]);
});
