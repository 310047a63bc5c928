/** Everything that a store keeps goes through a file into another store and back, and nothing of it is another thing after that. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Store } from '../../src/ports/store.ts';
import { PARTITION_SIZE } from '../../src/store/postgres/partition-functions.ts';
import { PostgresTransfer } from '../../src/store/postgres/transfer/postgres-transfer.ts';
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { SqliteTransfer } from '../../src/store/sqlite/transfer/sqlite-transfer.ts';
import { exportStore } from '../../src/transfer/export-store.ts';
import { importStore } from '../../src/transfer/import-store.ts';
import type { Progress } from '../../src/transfer/progress.ts';
import type { Sums } from '../../src/transfer/transfer-format.ts';
import { claim, deliver } from '../suites/store-dispatch.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startPostgres, type TestDatabase } from '../support/postgres-server.ts';
import { postgresStore } from '../support/postgres-store.ts';
import { fullSqlite } from './full-store.ts';

const quietly = (): void => undefined;

async function openPostgres(): Promise<{ database: TestDatabase; store: PostgresTransfer }> {
	const database = await (await startPostgres()).createDatabase();
	const limits = { connectTimeoutMs: 60_000, statementTimeoutMs: 60_000, isPreparing: true };
	return { database, store: new PostgresTransfer({ url: database.url, ...limits }) };
}

describe('a transfer', () => {
	let directory = '';
	let full: Awaited<ReturnType<typeof fullSqlite>>;
	/** The file of the full store, and what it says of itself. */
	let file = '';
	let sums: Sums = {};
	const pathOf = (name: string): string => join(directory, name);
	const newSqlite = (name: string): SqliteTransfer => new SqliteTransfer(pathOf(`${name}/recado.db`));

	before(async () => {
		directory = mkdtempSync(join(tmpdir(), 'recado-transfer-'));
		full = await fullSqlite();
		file = pathOf('full.jsonl');
		sums = await exportStore(new SqliteTransfer(full.file), file, quietly);
	});

	after(async () => {
		await full[Symbol.asyncDispose]();
		rmSync(directory, { recursive: true });
	});

	test('from SQLite to PostgreSQL and back', async () => {
		assert.deepEqual(
			Object.entries(sums).filter(([, { count }]) => count === 0),
			[],
			'each table has something',
		);
		const { database, store } = await openPostgres();
		await using _database = database;
		assert.deepEqual(await importStore(store, file, quietly), sums);
		const fromPostgres = pathOf('postgres.jsonl.gz');
		assert.deepEqual(await exportStore(store, fromPostgres, quietly), sums);
		const back = newSqlite('back');
		assert.deepEqual(await importStore(back, fromPostgres, quietly), sums);
		const again = pathOf('again.jsonl');
		assert.deepEqual(await exportStore(back, again, quietly), sums);
		assert.equal(readFileSync(again, 'utf8'), readFileSync(file, 'utf8'));
		assert.equal(gunzipSync(readFileSync(fromPostgres)).toString(), readFileSync(file, 'utf8'));
	});

	test('goes on with the numbers where it was', async () => {
		const { database, store } = await openPostgres();
		await using _database = database;
		await importStore(store, file, quietly);
		const server = await startPostgres();
		const given = "('x', 'acc_a', 'x', true, 1)";
		await server.execute(`INSERT INTO operators (id, account_id, name, active, created_at) VALUES ${given}`, database.name);
		const number = `nextval('deliveries_seq') = (SELECT max(seq) + 1 FROM deliveries)`;
		await server.execute(`DO $$ BEGIN ASSERT ${number}; ASSERT (SELECT max(seq) = 2 FROM operators); END $$`, database.name);
	});

	test('a gateway goes on in PostgreSQL as it would have in SQLite', async () => {
		const { database, store } = await openPostgres();
		await using _database = database;
		await importStore(store, file, quietly);
		await importStore(newSqlite('goes-on'), file, quietly);
		const clock = new FakeClock();
		const described = async (opened: Store): Promise<unknown> => {
			await opened.open();
			const listed = await opened.deliveries.list({}, { limit: 50 });
			const claimed = await claim(opened, clock.now());
			return {
				listed: listed.items,
				claimed: claimed.map(({ id, lane }) => [id, lane]),
				next: await deliver(opened, 'second-b', { takeNext: true }),
				webhooks: await opened.webhooks.all(),
				chats: await opened.chats.chatsOf('ins_a', { limit: 5 }),
				events: await opened.events.list({}, { limit: 5 }),
				medium: await opened.media.medium('med_a'),
				bytes: await bytesOf(opened, 'med_a'),
				attempts: await opened.deliveries.attempts('dlv_first-a'),
			};
		};
		await using postgres = postgresStore({ url: database.url, clock });
		await using sqlite = new SqliteStore({ file: pathOf('goes-on/recado.db'), clock });
		const [found, wanted] = [await described(postgres), await described(sqlite)];
		assert.deepEqual(found, wanted);
	});

	test('closes the gaps between partitions', async () => {
		const { database, store } = await openPostgres();
		await using _database = database;
		await importStore(store, file, quietly);
		const start = 3 * PARTITION_SIZE;
		await (await startPostgres()).execute(
			`SELECT create_partition(3);
			INSERT INTO partitions (ordinal, begins_at, held_at) VALUES (1, 1, 1), (3, 3, 3);
			UPDATE deliveries SET seq = seq - 6 + ${start} WHERE seq >= 6;
			UPDATE work SET seq = seq - 6 + ${start} WHERE seq >= 6;
			UPDATE attempts SET delivery_seq = delivery_seq - 6 + ${start} WHERE delivery_seq >= 6;
			UPDATE events SET seq = seq - 2 + ${start} WHERE seq >= 2`,
			database.name,
		);
		const folded = await exportStore(store, pathOf('folded.jsonl'), quietly);
		// The job was made when there was nothing yet beyond the first partition.
		assert.deepEqual({ ...folded, jobs: undefined }, { ...sums, jobs: undefined });
		assert.match(readFileSync(pathOf('folded.jsonl'), 'utf8'), /seqMax\\":5[^0-9]/);
	});

	test('refuses a store that has something, and a file that is there', async () => {
		const store = newSqlite('twice');
		await importStore(store, file, quietly);
		await assert.rejects(importStore(store, file, quietly), /not empty/);
		await assert.rejects(exportStore(store, file, quietly), /EEXIST/);
		await assert.rejects(importStore(newSqlite('none'), pathOf('none.jsonl'), quietly), /ENOENT/);
	});

	test('refuses a file that is damaged, and keeps nothing of it', async () => {
		const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
		const damaged: readonly (readonly [string, readonly string[], RegExp])[] = [
			['short', lines.slice(0, -1), /ends too early/],
			['missing', lines.filter((_line, index) => index !== 5), /rows of \w+ are not those/],
			['changed', lines.map((line) => line.replace('"name":"Ação', '"name":"Ação!')), /rows of accounts/],
			['long', [...lines, lines[1] ?? ''], /goes on after its end/],
			['twice', [...lines.slice(0, 3), lines[0] ?? ''], /begins anew/],
			['other', ['{"hello":1}'], /no file that recado export wrote/],
			['newer', [(lines[0] ?? '').replace('"version":2', '"version":3'), ...lines.slice(1)], /format 3/],
			['torn', [lines[0] ?? '', (lines[1] ?? '').slice(0, 20)], /no JSON/],
			['foreign', [lines[0] ?? '', '{"table":"elsewhere","row":{}}'], /row of elsewhere/],
			['empty', [], /no file that recado export wrote/],
		];
		const store = newSqlite('damaged');
		for (const [name, written, says] of damaged) {
			const path = pathOf(`${name}.jsonl`);
			writeFileSync(path, written.join('\n'));
			await assert.rejects(importStore(store, path, quietly), says, name);
		}
		writeFileSync(pathOf('torn.gz'), readFileSync(file).subarray(0, 50));
		await assert.rejects(importStore(store, pathOf('torn.gz'), quietly), /cannot be read/);
		assert.deepEqual(await importStore(store, file, quietly), sums, 'it was still empty');
	});

	test('tells how far it is', async () => {
		const told: Progress[] = [];
		await importStore(newSqlite('progress'), file, (progress) => told.push(progress));
		assert.deepEqual(
			told.filter(({ table }) => table === 'media'),
			[
				{ phase: 'importing', table: 'media', done: 1, total: 1 },
				{ phase: 'verifying', table: 'media', done: 1, total: 1 },
			],
		);
	});

	test('refuses a database that a gateway works on', async () => {
		const { database, store } = await openPostgres();
		await using _database = database;
		await store.migrate();
		const server = await startPostgres();
		await server.execute("INSERT INTO processes (name, lease_until) VALUES ('p', now() + interval '1 hour')", database.name);
		await assert.rejects(importStore(store, file, quietly), { code: 'store_in_use' });
	});
});

async function bytesOf(store: Store, id: string): Promise<{ readonly sha256: string; readonly size: number }> {
	const medium = await store.media.medium(id);
	const opened = await store.blobs.open(medium?.blob?.sha256 ?? '');
	const bytes = Buffer.concat(await Array.fromAsync(opened ?? []));
	assert.deepEqual({ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }, medium?.blob);
	return { sha256: medium?.blob?.sha256 ?? '', size: bytes.length };
}
