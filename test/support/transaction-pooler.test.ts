/** The pooler of the tests: that it is one, and takes from a session what a real one takes. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { startPostgres, type TestDatabase } from './postgres-server.ts';
import { TransactionPooler } from './transaction-pooler.ts';

suite('the pooler of the tests', () => {
	let database: TestDatabase;
	let pooler: TransactionPooler;
	before(async () => {
		database = await (await startPostgres()).createDatabase();
		pooler = await TransactionPooler.before(database.url);
	});
	after(async () => {
		await pooler[Symbol.asyncDispose]();
		await database[Symbol.asyncDispose]();
	});

	async function client(): Promise<pg.Client & AsyncDisposable> {
		const made = new pg.Client({ connectionString: pooler.url(database.url) });
		await made.connect();
		return Object.assign(made, { [Symbol.asyncDispose]: () => made.end() });
	}

	async function sessionOf(asking: pg.Client): Promise<number> {
		return Number((await asking.query('SELECT pg_backend_pid() AS pid')).rows[0].pid);
	}

	test('many connections share few sessions, each transaction on one of them', async () => {
		const clients = await Promise.all(Array.from({ length: 8 }, client));
		const sessions = new Set<number>();
		// Else the first session that is open may have served all of them before the others are.
		const areAllTaken = Promise.withResolvers<void>();
		await Promise.all(
			clients.map(async (one) => {
				await one.query('BEGIN');
				const first = await sessionOf(one);
				sessions.add(first);
				if (sessions.size === 3) areAllTaken.resolve();
				await areAllTaken.promise;
				assert.equal(await sessionOf(one), first);
				await one.query('COMMIT');
			}),
		);
		assert.equal(sessions.size, 3);
		await Promise.all(clients.map((one) => one.end()));
	});

	test('what belongs to a session is gone with the next transaction', async () => {
		await using one = await client();
		await one.query("SET application_name = 'mine'");
		await using other = await client();
		await other.query('BEGIN');
		await one.query('BEGIN');
		const names = [await one.query('SHOW application_name'), await other.query('SHOW application_name')];
		await Promise.all([one.query('COMMIT'), other.query('COMMIT')]);
		assert.ok(names.some(({ rows }) => rows[0].application_name !== 'mine'));
		await assert.rejects(async () => {
			for (let times = 0; times < 4; times += 1) await one.query({ name: 'named', text: 'SELECT 1' });
		}, /prepared statement "named" does not exist/);
	});

	test('settings for a session are refused', async () => {
		const wanting = new pg.Client({ connectionString: pooler.url(database.url), statement_timeout: 1_000 });
		await assert.rejects(wanting.connect(), /unsupported startup parameter: statement_timeout/);
	});
});
