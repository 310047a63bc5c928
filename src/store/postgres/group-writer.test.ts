/** Group commit: who shares a transaction, who fails with whom, what order there is within it, and a server that goes away in the middle of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startPostgres, type TestDatabase } from '../../../test/support/postgres-server.ts';
import { RecadoError } from '../../errors.ts';
import type { Batch, Cell, Sheet } from './batch.ts';
import { Database } from './database.ts';
import { GroupWriter, type Operation } from './group-writer.ts';
import { initial } from './migrations/0001-initial.ts';
import { type Bound, statement } from './statement.ts';

const INSERT: Sheet = {
	phase: 'messages',
	statement: statement(
		'test_insert',
		`WITH written AS (INSERT INTO kept (value) SELECT * FROM unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING 1)
		SELECT refuse_unless((SELECT count(*) FROM written), cardinality($1::text[]), 'exists')`,
	),
	columns: ['text'],
};
const RENAME: Sheet = {
	phase: 'chats',
	statement: statement(
		'test_rename',
		`WITH written AS (
			UPDATE kept SET value = given.next FROM unnest($1::text[], $2::text[]) AS given (value, next)
			WHERE kept.value = given.value RETURNING 1
		) SELECT refuse_unless((SELECT count(*) FROM written), cardinality($1::text[]), 'missing')`,
	),
	columns: ['text', 'text'],
};
const DIVIDE: Sheet = {
	phase: 'records',
	statement: statement('test_divide', 'SELECT 1 / divisor FROM unnest($1::int8[]) AS divisor'),
	columns: ['int'],
};
const COUNT: Sheet = {
	phase: 'last',
	statement: statement('test_count', 'SELECT given.value, (SELECT count(*) FROM kept) AS kept FROM unnest($1::text[]) AS given (value)'),
	columns: ['text'],
};

/** A writer over a table of its own, that tells what it sent. */
class Bench implements AsyncDisposable {
	readonly #database: TestDatabase;
	readonly db: Database;
	readonly writer: GroupWriter;
	readonly committed: number[] = [];
	readonly refused: number[] = [];
	/** How many groups were sent. */
	groups = 0;
	/** So many of the next groups wait for somebody who waits for them. */
	deadlocks = 0;

	constructor(database: TestDatabase, groupMax: number) {
		this.#database = database;
		this.db = new Database({
			url: database.url,
			readersMax: 1,
			connectTimeoutMs: 5_000,
			statementTimeoutMs: 5_000,
			isPreparing: true,
		});
		this.writer = new GroupWriter({
			db: { pipeline: (bounds) => this.#count(bounds) },
			groupMax,
			watch: {
				groupCommitted: (operations) => this.committed.push(operations),
				groupRefused: (operations) => this.refused.push(operations),
			},
		});
	}

	static async open(groupMax = 256): Promise<Bench> {
		const database = await (await startPostgres()).createDatabase();
		await database.execute(`${initial.sql}; CREATE TABLE kept (seq bigserial, value text UNIQUE NOT NULL)`);
		return new Bench(database, groupMax);
	}

	async kept(): Promise<unknown[]> {
		return (await this.#database.execute('SELECT value FROM kept ORDER BY seq')).map(({ value }) => value);
	}

	/** Answers its name, or the word with which it was refused. */
	submit(name: string, write: (batch: Batch) => void): Promise<string> {
		return this.writer.submit({
			write: (batch) => {
				write(batch);
				return () => name;
			},
			refused: (what) => `${name}: ${what}`,
		});
	}

	insert(value: string): Promise<string> {
		return this.submit(value, adding(INSERT, value));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.writer.close();
		await this.db[Symbol.asyncDispose]();
		await this.#database[Symbol.asyncDispose]();
	}

	async #count(bounds: readonly Bound[]): Promise<readonly (readonly unknown[])[]> {
		this.groups += 1;
		if (this.deadlocks === 0) return this.db.pipeline(bounds);
		this.deadlocks -= 1;
		await this.#database.execute(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$`);
		throw new Error('PostgreSQL has raised nothing');
	}
}

function adding(sheet: Sheet, ...row: Cell[]): (batch: Batch) => void {
	return (batch) => batch.add(sheet, row);
}

function inTurn(adders: readonly ((batch: Batch) => void)[]): (batch: Batch) => void {
	return (batch) => {
		for (const add of adders) add(batch);
	};
}

/** Rows that speak of the same thing. */
function keyed(sheet: Sheet, ...row: Cell[]): (batch: Batch) => void {
	return (batch) => batch.add(sheet, row, ['thing']);
}

function codeOf(result: PromiseSettledResult<unknown>): unknown {
	return result.status === 'rejected' && result.reason instanceof RecadoError ? result.reason.code : result;
}

describe('group writer over PostgreSQL', () => {
	test('what is submitted in one turn goes together, in order, and resolves after the commit', async () => {
		await using bench = await Bench.open();
		const values = ['c', 'a', 'b'];
		assert.deepEqual(await Promise.all(values.map((value) => bench.insert(value))), values);
		assert.deepEqual(await bench.kept(), values);
		assert.deepEqual(bench.committed, [3]);
	});

	test('what is submitted while a group is under way becomes the next one, no larger than the limit', async () => {
		await using bench = await Bench.open(2);
		const first = bench.insert('a');
		await new Promise((resolve) => setImmediate(resolve));
		await Promise.all([first, ...['b', 'c', 'd'].map((value) => bench.insert(value))]);
		assert.deepEqual(bench.committed, [1, 2, 1]);
		assert.deepEqual(await bench.kept(), ['a', 'b', 'c', 'd']);
	});

	test('one that is refused learns why, and nobody else is', async () => {
		await using bench = await Bench.open();
		await bench.insert('b');
		const answers = await Promise.all(['a', 'b', 'c', 'd'].map((value) => bench.insert(value)));
		assert.deepEqual(answers, ['a', 'b: exists', 'c', 'd']);
		assert.deepEqual(await bench.kept(), ['b', 'a', 'c', 'd']);
	});

	test('of two that exclude each other the first one wins', async () => {
		await using bench = await Bench.open();
		const twice = [1, 2].map((number) => bench.submit(`the ${number}.`, adding(INSERT, 'a')));
		assert.deepEqual(await Promise.all(twice), ['the 1.', 'the 2.: exists']);
	});

	test('of several preconditions that do not hold the first one in the order of the operation is told', async () => {
		await using bench = await Bench.open();
		await bench.insert('a');
		const both = [adding(INSERT, 'a'), adding(RENAME, 'none', 'x')];
		const answers = await Promise.all([bench.submit('one', inTurn(both)), bench.submit('two', inTurn(both.toReversed()))]);
		assert.deepEqual(answers, ['one: exists', 'two: missing']);
	});

	test('what speaks of the same thing happens in order, within an operation and among several', async () => {
		await using bench = await Bench.open();
		const answers = await Promise.all([
			bench.submit('one', inTurn([keyed(INSERT, 'a'), keyed(RENAME, 'a', 'b'), keyed(RENAME, 'b', 'c')])),
			bench.submit('two', keyed(RENAME, 'c', 'd')),
		]);
		assert.deepEqual(answers, ['one', 'two']);
		assert.deepEqual(await bench.kept(), ['d']);
		assert.equal(bench.groups, 1);
	});

	test('answers are found by the rows of the sheet', async () => {
		await using bench = await Bench.open();
		const counted: Operation<number | undefined> = {
			write: (batch) => {
				adding(INSERT, 'x')(batch);
				adding(COUNT, 'mine')(batch);
				return (results) => results.of<{ value: string; kept: number }>(COUNT).find(({ value }) => value === 'mine')?.kept;
			},
		};
		const [kept] = await Promise.all([bench.writer.submit(counted), bench.insert('y')]);
		assert.equal(kept, 2);
	});

	test('one that fails by itself rejects alone, and leaves the connection as it was', async () => {
		await using bench = await Bench.open();
		const results = await Promise.allSettled([
			bench.insert('a'),
			bench.submit('broken', inTurn([adding(INSERT, 'x'), adding(DIVIDE, 0)])),
			bench.submit('unwritable', () => {
				throw new RecadoError('secret_unreadable');
			}),
			bench.insert('b'),
		]);
		assert.deepEqual(
			results.map(({ status }) => status),
			['fulfilled', 'rejected', 'rejected', 'fulfilled'],
		);
		const [, broken, unwritable] = results;
		assert.ok(broken.status === 'rejected' && broken.reason instanceof RecadoError);
		assert.equal(broken.reason.code, 'internal');
		assert.equal(codeOf(unwritable), 'secret_unreadable');
		assert.match(String(broken.reason.cause), /division by zero/, 'the first error, and not that the transaction is aborted');
		assert.deepEqual(await bench.kept(), ['a', 'b']);
		await bench.insert('c');
	});

	test('a connection that is lost in the middle rejects the whole group; the next one has another', async () => {
		await using bench = await Bench.open();
		await bench.insert('before');
		const END: Sheet = {
			phase: 'records',
			statement: statement('test_end', 'SELECT pg_terminate_backend(pg_backend_pid()) FROM unnest($1::text[])'),
			columns: ['text'],
		};
		const results = await Promise.allSettled([bench.insert('a'), bench.submit('end', adding(END, '')), bench.insert('b')]);
		assert.deepEqual(results.map(codeOf), ['store_unavailable', 'store_unavailable', 'store_unavailable']);
		assert.deepEqual(bench.refused, [3]);
		await bench.insert('after');
		assert.deepEqual(await bench.kept(), ['before', 'after']);
	});

	test('a group that another one waited for is run again, but not for ever', async () => {
		await using bench = await Bench.open();
		bench.deadlocks = 2;
		assert.equal(await bench.insert('a'), 'a');
		assert.equal(bench.groups, 3);
		bench.deadlocks = Number.POSITIVE_INFINITY;
		const results = await Promise.allSettled([bench.insert('b'), bench.insert('c')]);
		assert.deepEqual(results.map(codeOf), ['store_unavailable', 'store_unavailable']);
		bench.deadlocks = 0;
		assert.deepEqual(await bench.kept(), ['a']);
	});

	test('closing writes what is queued and takes nothing more', async () => {
		await using bench = await Bench.open(2);
		const queued = ['a', 'b', 'c'].map((value) => bench.insert(value));
		await bench.writer.close();
		assert.deepEqual(await bench.kept(), ['a', 'b', 'c']);
		await Promise.all(queued);
		await assert.rejects(bench.insert('d'), (error) => error instanceof RecadoError && error.code === 'store_unavailable');
	});
});
