/** Group commit: who shares a transaction, who fails with whom, and a disk that is full and is not any more. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { RecadoError } from '../../errors.ts';
import { Connection, connectWriter } from './connection.ts';
import { GroupWriter, type Operation } from './group-writer.ts';

const INSERT = 'INSERT INTO kept (value) VALUES (?)';

/** A writer over a table of its own. */
class Bench {
	readonly #directory: string = mkdtempSync(join(tmpdir(), 'recado-writer-'));
	readonly db: Connection = new Connection(() => connectWriter(join(this.#directory, 'kept.db')));
	readonly writer: GroupWriter;
	/** How often operations ran, those that were rolled back included. */
	runs = 0;

	constructor(groupMax = 256) {
		this.writer = new GroupWriter(this.db, groupMax);
		this.db.open();
		this.db.exec('CREATE TABLE kept (value TEXT NOT NULL)');
	}

	get kept(): string[] {
		return this.db.all<{ value: string }>('SELECT value FROM kept ORDER BY rowid').map(({ value }) => value);
	}

	insert(value: string, then: Operation<string> = () => value): Operation<string> {
		return (db) => {
			this.runs += 1;
			db.run(INSERT, value);
			return then(db);
		};
	}

	[Symbol.dispose](): void {
		this.writer.close();
		this.db[Symbol.dispose]();
		rmSync(this.#directory, { recursive: true });
	}
}

describe('group writer', () => {
	test('what is submitted in one turn runs once, in order, and resolves after the commit', async () => {
		using bench = new Bench();
		const values = ['a', 'b', 'c'];
		const answers = await Promise.all(values.map((value) => bench.writer.submit(bench.insert(value))));
		assert.deepEqual(answers, values);
		assert.deepEqual(bench.kept, values);
		assert.equal(bench.runs, 3);
	});

	test('a value that is refused undoes its operation and no other', async () => {
		using bench = new Bench();
		const isRefused = (value: string): boolean => value === 'b';
		const answers = await Promise.all(['a', 'b', 'c'].map((value) => bench.writer.submit(bench.insert(value), isRefused)));
		assert.deepEqual(answers, ['a', 'b', 'c'], 'it is answered, not thrown');
		assert.deepEqual(bench.kept, ['a', 'c']);
		assert.equal(bench.runs, 5, 'two until it was met, then each by itself');
	});

	test('a lone operation that is refused does not run again', async () => {
		using bench = new Bench();
		assert.equal(await bench.writer.submit(bench.insert('a'), () => true), 'a');
		assert.deepEqual(bench.kept, []);
		assert.equal(bench.runs, 1);
	});

	test('one that throws rejects alone, with its own error where that is ours', async () => {
		using bench = new Bench();
		const fail = (error: Error): Operation<string> =>
			bench.insert('x', () => {
				throw error;
			});
		const results = await Promise.allSettled([
			bench.writer.submit(bench.insert('a')),
			bench.writer.submit(fail(new RecadoError('secret_unreadable'))),
			bench.writer.submit(fail(new TypeError('a fault of ours'))),
			bench.writer.submit(bench.insert('b')),
		]);
		const codes = results.map((result) => (result.status === 'rejected' ? (result.reason as RecadoError).code : result.value));
		assert.deepEqual(codes, ['a', 'secret_unreadable', 'internal', 'b']);
		assert.deepEqual(bench.kept, ['a', 'b']);
	});

	test('no more than the limit share a transaction', async () => {
		using bench = new Bench(2);
		const refuseLast = (value: string): boolean => value === 'e';
		await Promise.all(['a', 'b', 'c', 'd', 'e'].map((value) => bench.writer.submit(bench.insert(value), refuseLast)));
		assert.deepEqual(bench.kept, ['a', 'b', 'c', 'd']);
		assert.equal(bench.runs, 5, 'the one that was refused was alone in the third group');
	});

	test('a full disk rejects the whole group, nothing of it happened, and it heals', async () => {
		using bench = new Bench();
		await bench.writer.submit(bench.insert('before'));
		const pages = bench.db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
		bench.db.exec(`PRAGMA max_page_count = ${pages}`);
		const results = await Promise.allSettled([
			bench.writer.submit(bench.insert('small')),
			bench.writer.submit(bench.insert('large'.repeat(20_000))),
			bench.writer.submit(bench.insert('after')),
		]);
		for (const result of results) {
			assert.ok(result.status === 'rejected' && result.reason instanceof RecadoError);
			assert.equal(result.reason.code, 'store_unavailable');
			assert.ok(result.reason.retryAfterSeconds !== undefined && result.reason.cause instanceof Error);
		}
		assert.deepEqual(bench.kept, ['before']);
		bench.db.exec('PRAGMA max_page_count = 100000');
		await Promise.all([bench.writer.submit(bench.insert('small')), bench.writer.submit(bench.insert('large'.repeat(20_000)))]);
		assert.equal(bench.kept.length, 3);
	});

	test('closing writes what is queued and takes nothing more', async () => {
		using bench = new Bench(2);
		const queued = ['a', 'b', 'c'].map((value) => bench.writer.submit(bench.insert(value)));
		bench.writer.close();
		assert.deepEqual(bench.kept, ['a', 'b', 'c']);
		await Promise.all(queued);
		await assert.rejects(
			bench.writer.submit(bench.insert('d')),
			(error) => error instanceof RecadoError && error.code === 'store_unavailable',
		);
	});
});
