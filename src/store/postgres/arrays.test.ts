/** Arrays as PostgreSQL reads them: what goes in comes out, whatever is in it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startPostgres } from '../../../test/support/postgres-server.ts';
import { blobs, bools, ints, texts } from './arrays.ts';
import { Database } from './database.ts';
import { statement } from './statement.ts';

async function throughServer(type: string, array: Buffer): Promise<unknown[]> {
	const url = (await startPostgres()).url('postgres');
	await using db = new Database({ url, readersMax: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 5_000, isPreparing: true });
	const elements = statement(`elements_${type}`, `SELECT element, cardinality($1::${type}[]) AS of FROM unnest($1::${type}[]) AS element`);
	const rows = await db.query<{ element: unknown; of: number }>(elements, [array]);
	for (const row of rows) assert.equal(row.of, rows.length);
	return rows.map(({ element }) => element);
}

describe('arrays', () => {
	test('of texts: null, the empty one, quotes, every plane', async () => {
		const values = ['a', null, '', '"\\{},NULL', "'", 'é', '😀', '\u0001\n\t', 'x'.repeat(100_000)];
		assert.deepEqual(await throughServer('text', texts(values)), values);
		assert.deepEqual(await throughServer('text', texts([undefined, 'a'])), [null, 'a']);
	});

	test('of texts: what PostgreSQL cannot hold is replaced', async () => {
		assert.deepEqual(await throughServer('text', texts(['a\0b', '\uD800'])), ['a\uFFFDb', '\uFFFD']);
	});

	test('of numbers: as large as numbers are whole, and below 0', async () => {
		const values = [0, -1, null, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31];
		assert.deepEqual(await throughServer('int8', ints(values)), values);
	});

	test('of booleans', async () => {
		assert.deepEqual(await throughServer('bool', bools([true, false, null, undefined])), [true, false, null, null]);
	});

	test('of bytes', async () => {
		const bytes = Buffer.from(Uint8Array.from({ length: 512 }, (_, index) => index % 256));
		assert.deepEqual(await throughServer('bytea', blobs([bytes, null, new Uint8Array(0)])), [bytes, null, Buffer.alloc(0)]);
	});

	test('of nothing', async () => {
		for (const [type, array] of [
			['text', texts([])],
			['int8', ints([])],
			['bool', bools([])],
			['bytea', blobs([])],
		] as const) {
			assert.deepEqual(await throughServer(type, array), []);
		}
	});
});
