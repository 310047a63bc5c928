/** The SQLite engine: the suite of all stores, and what is its own: its file, its disk, its end. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { storeSuite } from '../../../test/suites/store.ts';
import { add, deliver, inHand, standing } from '../../../test/suites/store-dispatch.ts';
import { account, attempt, commit, delivery, looseDelivery, message, unit } from '../../../test/suites/store-fixtures.ts';
import { copyLive, openSqlite } from '../../../test/suites/store-on-sqlite.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RecadoError } from '../../errors.ts';
import { SqliteStore } from './sqlite-store.ts';

storeSuite('sqlite', openSqlite);

describe('the file of a SQLite store', () => {
	test('is readable by its owner alone', async () => {
		await using rig = await openSqlite();
		assert.equal(statSync(rig.file).mode & 0o777, 0o600);
		assert.equal(statSync(`${rig.file}-wal`).mode & 0o777, 0o600);
		assert.equal(statSync(dirname(rig.file)).mode & 0o777, 0o700);
	});

	test('loses nothing that was committed, however it is written', async () => {
		await using rig = await openSqlite();
		using raw = new DatabaseSync(rig.file);
		assert.deepEqual({ ...raw.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
	});

	test('copied at any moment, it opens and has whatever was committed until then, in whole units', async () => {
		await using rig = await openSqlite({ groupMax: 8 });
		const directory = mkdtempSync(join(tmpdir(), 'recado-copies-'));
		const { store, clock } = rig;
		let committedUnits = 0;
		const moments: { readonly file: string; readonly committed: number }[] = [];
		const names = Array.from({ length: 120 }, (_, index) => String(index));
		await Promise.all(
			names.map(async (name, index) => {
				const changes = [{ kind: 'message.insert', message: message(name) } as const];
				const deliveries = [delivery(name, { start: 'take', lane: `lane-${index % 7}` })];
				await store.commit(unit({ changes, deliveries }));
				committedUnits += 1;
				if (index % 10 !== 0) return;
				const copy = { file: join(directory, name, 'copy.db'), committed: committedUnits };
				copyLive(rig.file, copy.file);
				moments.push(copy);
				await deliver(store, name, { at: 5_000, takeNext: true });
			}),
		);
		assert.equal(moments.length, 12);
		for (const { file, committed } of moments) {
			await using copy = new SqliteStore({ file, clock });
			await copy.open();
			const deliveries = (await copy.deliveries.list({}, { limit: 1_000 })).items;
			assert.ok(deliveries.length >= committed, `${deliveries.length} of ${committed}`);
			assert.equal(await copy.messages.queueCount('ins_a'), deliveries.length, 'a unit is there whole or not at all');
			using raw = new DatabaseSync(file, { readOnly: true });
			assert.deepEqual({ ...raw.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
		}
		rmSync(directory, { recursive: true });
	});

	test('has no attempt left of a delivery that is too old to be kept', async () => {
		await using rig = await openSqlite();
		using raw = new DatabaseSync(rig.file, { readOnly: true });
		const attempts = (): unknown => raw.prepare('SELECT count(*) AS count FROM attempts').get()?.['count'];
		await add(rig.store, looseDelivery('old', { start: 'take' }), looseDelivery('new', { start: 'take' }));
		for (const [name, at] of [
			['old', 4_000],
			['new', 6_000],
		] as const)
			await deliver(rig.store, name, { at });
		assert.equal(attempts(), 2);
		await rig.store.retention.prune(5_000, 100);
		assert.equal(attempts(), 1);
	});

	test('written by a newer version it is left alone', async () => {
		await using rig = await openSqlite();
		using raw = new DatabaseSync(rig.file);
		raw.exec('INSERT INTO schema_version (version) VALUES (999)');
		await rig.store[Symbol.asyncDispose]();
		await using older = new SqliteStore({ file: rig.file, clock: rig.clock });
		await assert.rejects(older.open(), (error) => error instanceof RecadoError && error.code === 'configuration');
	});

	test('that is none of ours is a store that is unavailable', async () => {
		await using store = new SqliteStore({ file: '/dev/null/recado.db', clock: new FakeClock() });
		await assert.rejects(store.open(), isUnavailable);
	});
});

describe('a SQLite store that cannot write', () => {
	test('says so to everybody, does nothing, and heals', async () => {
		await using rig = await openSqlite();
		const { store } = rig;
		await commit(store, { kind: 'account.insert', account: account('before') });
		await add(store, looseDelivery('held', { start: 'take' }));
		using other = new DatabaseSync(rig.file);
		other.exec('BEGIN IMMEDIATE');
		const settled = {
			outcome: 'delivered',
			delivery: await inHand(store, 'held'),
			at: 1,
			takeNext: false,
			attempt: attempt('dlv_held'),
		} as const;
		const refused = await Promise.allSettled([
			store.commit(unit({ changes: [{ kind: 'account.insert', account: account('a') }] })),
			store.commit(unit({ deliveries: [looseDelivery('b')] })),
			store.deliveries.settle(settled),
			store.probe(),
		]);
		for (const result of refused) assert.ok(result.status === 'rejected' && isUnavailable(result.reason));
		assert.deepEqual(await store.accounts.account('acc_before'), account('before'), 'reads go on');
		assert.equal(await store.accounts.account('acc_a'), undefined);
		assert.equal(await standing(store, 'held'), 'sending');
		other.exec('ROLLBACK');
		await store.probe();
		await commit(store, { kind: 'account.insert', account: account('a') });
		assert.deepEqual(await store.accounts.account('acc_a'), account('a'));
	});

	test('an operation that fails by itself rejects alone', async () => {
		await using rig = await openSqlite();
		const { store } = rig;
		const broken = account('broken', { name: undefined as unknown as string });
		const results = await Promise.allSettled(
			[account('a'), broken, account('b')].map((one) => store.commit(unit({ changes: [{ kind: 'account.insert', account: one }] }))),
		);
		assert.deepEqual(
			results.map(({ status }) => status),
			['fulfilled', 'rejected', 'fulfilled'],
		);
		const [, rejected] = results;
		assert.ok(rejected?.status === 'rejected' && rejected.reason instanceof RecadoError && rejected.reason.code === 'internal');
		assert.deepEqual(await store.accounts.account('acc_b'), account('b'));
	});
});

describe('the end of a SQLite store', () => {
	test('what was submitted before it is written, what comes after is refused', async () => {
		await using rig = await openSqlite();
		const { store } = rig;
		const last = store.commit(unit({ changes: [{ kind: 'account.insert', account: account('a') }] }));
		await store[Symbol.asyncDispose]();
		await store[Symbol.asyncDispose]();
		assert.equal((await last).kind, 'committed');
		await assert.rejects(store.commit(unit({})), isUnavailable);
		const next = await rig.reopen();
		assert.deepEqual(await next.accounts.account('acc_a'), account('a'));
	});

	test('closing one that was never opened is no fault', async () => {
		await using store = new SqliteStore({ file: join(tmpdir(), 'recado-never-opened.db'), clock: new FakeClock() });
		assert.ok(store);
	});
});

function isUnavailable(error: unknown): boolean {
	return (
		error instanceof RecadoError && error.code === 'store_unavailable' && error.retryAfterSeconds !== undefined && error.cause !== undefined
	);
}
