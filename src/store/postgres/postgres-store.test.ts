/** The PostgreSQL engine: the suite of all stores, and what is its own: its server, which comes and goes, and its end. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { storeSuite } from '../../../test/suites/store.ts';
import { add, deliver, inHand, standing } from '../../../test/suites/store-dispatch.ts';
import { account, attempt, commit, looseDelivery, unit } from '../../../test/suites/store-fixtures.ts';
import { openPostgres } from '../../../test/suites/store-on-postgres.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { PostgresServer } from '../../../test/support/postgres-server.ts';
import { postgresStore } from '../../../test/support/postgres-store.ts';
import { becomes } from '../../../test/support/waiting.ts';
import { RecadoError } from '../../errors.ts';

const HEALS_WITHIN_MS = 20_000;

storeSuite('postgres', openPostgres);

describe('the database of a PostgreSQL store', () => {
	test('has no attempt left of a delivery that is too old to be kept', async () => {
		await using rig = await openPostgres();
		const attempts = async (): Promise<unknown> =>
			(await rig.database.execute('SELECT count(*)::int AS count FROM attempts'))[0]?.['count'];
		await add(rig.store, looseDelivery('old', { start: 'take' }), looseDelivery('new', { start: 'take' }));
		for (const [name, at] of [
			['old', 4_000],
			['new', 6_000],
		] as const)
			await deliver(rig.store, name, { at });
		assert.equal(await attempts(), 2);
		await rig.store.retention.prune(5_000, 100);
		assert.equal(await attempts(), 1);
	});

	test('written by a newer version it is left alone', async () => {
		await using rig = await openPostgres();
		await rig.database.execute('INSERT INTO schema_version (version) VALUES (999)');
		await rig.store[Symbol.asyncDispose]();
		await using older = postgresStore({ url: rig.database.url, clock: rig.clock });
		await assert.rejects(older.open(), (error) => error instanceof RecadoError && error.code === 'configuration');
	});

	test('that is not there is a store that is unavailable', async () => {
		await using rig = await openPostgres();
		const url = new URL(rig.database.url);
		url.pathname = '/nowhere';
		await using store = postgresStore({ url: url.href, clock: new FakeClock() });
		await assert.rejects(store.open(), isUnavailable);
	});
});

describe('a PostgreSQL store whose server is gone', () => {
	test('says so to everybody, does nothing, and heals', async () => {
		await using server = await PostgresServer.start({ isDurable: true });
		await using database = await server.createDatabase();
		await using store = postgresStore({ url: database.url, clock: new FakeClock() });
		await store.open();
		await commit(store, { kind: 'account.insert', account: account('before') });
		await add(store, looseDelivery('held', { start: 'take' }));
		const delivery = await inHand(store, 'held');
		await server.stop('immediate');
		const settled = { outcome: 'delivered', delivery, at: 1, takeNext: false, attempt: attempt('dlv_held') } as const;
		const refused = await Promise.allSettled([
			store.commit(unit({ changes: [{ kind: 'account.insert', account: account('a') }] })),
			store.commit(unit({ deliveries: [looseDelivery('b')] })),
			store.deliveries.settle(settled),
			store.deliveries.list({}, { limit: 1 }),
			store.probe(),
		]);
		for (const result of refused) assert.ok(result.status === 'rejected' && isUnavailable(result.reason));
		await server.start();
		assert.ok(await becomes(() => isFulfilled(store.probe()), HEALS_WITHIN_MS));
		assert.deepEqual(await store.accounts.account('acc_before'), account('before'));
		assert.equal(await store.accounts.account('acc_a'), undefined);
		assert.equal(await standing(store, 'held'), 'sending');
		await store.deliveries.settle(settled);
		assert.equal(await standing(store, 'held'), 'delivered');
		await commit(store, { kind: 'account.insert', account: account('a') });
		assert.deepEqual(await store.accounts.account('acc_a'), account('a'));
	});

	test('an operation that fails by itself rejects alone', async () => {
		await using rig = await openPostgres();
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

describe('the end of a PostgreSQL store', () => {
	test('what was submitted before it is written, what comes after is refused', async () => {
		await using rig = await openPostgres();
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
		await using store = postgresStore({ url: 'postgres://nobody@127.0.0.1:1/nowhere', clock: new FakeClock() });
		assert.ok(store);
	});
});

function isFulfilled(promise: Promise<unknown>): Promise<boolean> {
	return promise.then(
		() => true,
		() => false,
	);
}

function isUnavailable(error: unknown): boolean {
	return (
		error instanceof RecadoError && error.code === 'store_unavailable' && error.retryAfterSeconds !== undefined && error.cause !== undefined
	);
}
