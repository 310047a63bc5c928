/** The gateway behind a pooler in transaction mode: where it is told of it it works and says what it goes without, and where it is not it does not start. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { request } from 'undici';
import { CommandProcess, recado } from '../cli/command-process.ts';
import type { TestDatabase } from '../support/postgres-server.ts';
import { createLaidOutDatabase } from '../support/postgres-store.ts';
import { TransactionPooler } from '../support/transaction-pooler.ts';

suite('a gateway behind a pooler', () => {
	let database: TestDatabase;
	let pooler: TransactionPooler;
	let environment: Readonly<Record<string, string>>;
	before(async () => {
		database = await createLaidOutDatabase();
		pooler = await TransactionPooler.before(database.url);
		environment = {
			...{ RECADO_ADMIN_TOKEN: 'a-token-of-an-administrator', RECADO_SECRET_KEY: 'ab'.repeat(32), RECADO_PORT: '0' },
			RECADO_DATABASE_URL: pooler.url(database.url),
		};
	});
	after(async () => {
		await pooler[Symbol.asyncDispose]();
		await database[Symbol.asyncDispose]();
	});

	test('that is told of it works, and says in its log that others are looked for', async () => {
		await using command = new CommandProcess(['serve'], { environment: { ...environment, RECADO_DATABASE_POOLER: 'transaction' } });
		assert.match(await command.line(/"peers\.polled"/), /RECADO_DATABASE_POOLER=transaction: no LISTEN/);
		const address = /http:\S+/.exec(await command.line(/Recado listens on http/))?.[0] ?? '';
		const ready = await request(`${address}/ready`);
		assert.equal(ready.statusCode, 200, await ready.body.text());
		command.signal('SIGTERM');
		assert.equal((await command.end()).code, 0);
	});

	test('that is not told of it does not start, and says why', async () => {
		const { code, err } = await recado(['serve'], { environment });
		assert.equal(code, 1);
		assert.match(err, /^recado serve: .*\(unsupported startup parameter: \w+\)\n$/);
	});
});
