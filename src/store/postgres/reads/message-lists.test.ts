/** What a search finds does not depend on the locale of the database, nor on what JSON can hold and a text of PostgreSQL cannot. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startPostgres, type TestDatabase } from '../../../../test/support/postgres-server.ts';
import { Database } from '../database.ts';
import { initial } from '../migrations/0001-initial.ts';
import { statement } from '../statement.ts';
import { listMessages } from './message-lists.ts';

const INSERT = statement(
	'test_insert',
	`INSERT INTO messages (id, whatsapp_id, account_id, instance_id, chat_id, from_me, origin, content, status, timeline, created_at, updated_at)
	VALUES ($1, $1, 'acc_a', 'ins_a', 'cht_a', true, 'api', $2, 'sent', '{}', 1, 1)`,
);

describe('searching messages', () => {
	let made: TestDatabase;
	let db: Database;

	before(async () => {
		made = await (await startPostgres()).createDatabase();
		const times = { connectTimeoutMs: 10_000, statementTimeoutMs: 10_000 };
		db = new Database({ url: made.url, readersMax: 2, isPreparing: true, ...times });
		await db.query(statement('', initial.sql));
		const contents = [
			{ kind: 'text', text: 'AÇÃO de graças, Straße, ΣΊΣΥΦΟΣ' },
			{ kind: 'image', url: 'https://a.example/ação.png', caption: 'Bom DIA' },
			{ kind: 'text', text: 'nul \0 and half \ud83d, then 🎉 OK' },
		];
		for (const [index, content] of contents.entries()) await db.query(INSERT, [`m${index}`, JSON.stringify(content)]);
	});

	after(async () => {
		await db[Symbol.asyncDispose]();
		await made[Symbol.asyncDispose]();
	});

	const found = async (search: string): Promise<string[]> =>
		(await listMessages(db, { instanceId: 'ins_a', search }, 1, 10)).items.map(({ id }) => id);

	test('in small letters of every script, in texts and captions alone', async () => {
		assert.deepEqual(await found('ação'), ['m0']);
		assert.deepEqual(await found('STRASSE'), []);
		assert.deepEqual(await found('straße'), ['m0']);
		assert.deepEqual(await found('σίσυφος'), ['m0']);
		assert.deepEqual(await found('bom dia'), ['m1']);
		assert.deepEqual(await found('image'), []);
	});

	test('in texts with NUL and halves of characters', async () => {
		assert.deepEqual(await found('🎉 ok'), ['m2']);
		assert.deepEqual(await found('nul \0 and'), ['m2']);
		assert.deepEqual(await found(''), ['m2', 'm1', 'm0']);
	});
});
