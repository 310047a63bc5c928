/** The connections: how long a statement may take, and what becomes of the connection after that. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startPostgres } from '../../../test/support/postgres-server.ts';
import { until } from '../../../test/support/waiting.ts';
import { RecadoError } from '../../errors.ts';
import { Database } from './database.ts';
import { statement } from './statement.ts';
import { sqlStateOf } from './store-fault.ts';

const SLOW = statement('', 'SELECT pg_sleep(60)');
const SESSION = statement('', 'SELECT pg_backend_pid() AS pid');
/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const QUERY_CANCELED = '57014';

async function open(isPreparing: boolean): Promise<Database> {
	const url = (await startPostgres()).url('postgres');
	return new Database({ url, readersMax: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 100, isPreparing });
}

async function sessionOf(db: Database): Promise<number | undefined> {
	const [row] = await db.query<{ pid: number }>(SESSION);
	return row?.pid;
}

describe('a statement that takes longer than it may', () => {
	for (const [way, ask] of [
		['a question', (db: Database) => db.query(SLOW)],
		['a group', (db: Database) => db.pipeline([{ statement: SLOW, values: [] }])],
		['a step', (db: Database) => db.transaction((queries) => queries.query(SLOW))],
	] as const) {
		test(`${way}: the server ends it, and the connection goes on`, async () => {
			await using db = await open(true);
			const before = await sessionOf(db);
			await assert.rejects(ask(db), (error) => {
				assert.ok(error instanceof RecadoError && error.code === 'store_unavailable');
				return sqlStateOf(error.cause) === QUERY_CANCELED;
			});
			assert.equal(await sessionOf(db), before);
		});
	}

	test('a migration may', async () => {
		await using db = await open(true);
		const patient = statement('', 'SELECT pg_sleep(0.3)');
		assert.equal((await db.patiently((queries) => queries.query(patient))).length, 1);
	});

	test('behind a pooler it is given up here, with its connection', async () => {
		await using db = await open(false);
		const before = await sessionOf(db);
		await assert.rejects(
			db.query(SLOW),
			(error) => error instanceof RecadoError && error.code === 'store_unavailable' && /timeout/.test(String(error.cause)),
		);
		const isOnAnother = async (): Promise<boolean> => (await sessionOf(db).catch(() => before)) !== before;
		await until(isOnAnother, { what: 'another connection', withinMs: 5_000 });
	});
});
