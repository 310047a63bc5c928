/**
 * What every message pays for, so that nothing creeps in unseen: the reads of the embedded store for one that comes and one that goes, and the
 * shapes of objects, on which the speed of everything else rests.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { Connection } from '../../src/store/sqlite/connection.ts';
import { type Account, type Gateway, startGateway } from '../support/gateway.ts';

const CUSTOMER = '5544999990000';
/** So many that what happens once, or by the clock, is no whole read of each. */
const MESSAGES = 20;

const isEmbedded = process.env['RECADO_TEST_STORE'] !== 'postgres';

async function startPlainShop(): Promise<AsyncDisposable & { readonly gateway: Gateway; readonly shop: Account }> {
	await using building = new AsyncDisposableStack();
	const gateway = building.use(await startGateway());
	const shop = await gateway.account();
	assert.equal((await gateway.admin('PUT', `/simulator/${shop.instance.id}/contacts/${CUSTOMER}`, { receivesAfterMs: null })).status, 200);
	const events = ['message.received', 'message.sent'];
	const webhook = { accountId: shop.id, instanceId: shop.instance.id, dialect: 'z-api', events, url: gateway.receiver.url('/hook') };
	const { status, body } = await gateway.admin('POST', '/webhooks', webhook);
	assert.equal(status, 201, JSON.stringify(body));
	const built = building.move();
	return { gateway, shop, [Symbol.asyncDispose]: () => built.disposeAsync() };
}

/** What was read, and how often for each message: what happens for one in several counts as nothing. */
async function readsOf(t: TestContext, work: () => Promise<void>): Promise<readonly string[]> {
	const reads = [t.mock.method(Connection.prototype, 'get'), t.mock.method(Connection.prototype, 'all')];
	await work();
	const statements = reads.flatMap(({ mock }) => mock.calls.map(({ arguments: [sql] }) => sql.trim().replaceAll(/\s+/g, ' ')));
	for (const { mock } of reads) mock.restore();
	const counts = Object.entries(Object.groupBy(statements, (sql) => sql));
	return counts.flatMap(([sql, { length } = []]) => Array<string>(Math.round((length ?? 0) / MESSAGES)).fill(sql));
}

/** What its delivery reads is left out: it depends on how many are settled at once. */
function tablesOf(reads: readonly string[]): readonly string[] {
	return reads
		.flatMap((sql) => /FROM (\w+)/.exec(sql)?.[1] ?? [])
		.filter((table) => table !== 'deliveries')
		.toSorted();
}

describe('what a message costs', { skip: !isEmbedded }, () => {
	test('one that comes is one read beside its delivery: its chat', async (t) => {
		await using world = await startPlainShop();
		const { gateway, shop } = world;
		const comes = async (from: number, to: number): Promise<void> => {
			for (let n = from; n < to; n += 1) {
				const body = { from: CUSTOMER, name: 'Maria', text: `Oi ${n}` };
				assert.equal((await gateway.admin('POST', `/simulator/${shop.instance.id}/messages`, body)).status, 202);
			}
			await gateway.receiver.arrived(to);
		};
		await comes(0, 1);
		const reads = await readsOf(t, () => comes(1, 1 + MESSAGES));
		assert.deepEqual(tablesOf(reads), ['contact_aliases'], reads.join('\n'));
	});

	test('one that goes is four reads beside its delivery: the chat when it is accepted, sent and told, and itself', async (t) => {
		await using world = await startPlainShop();
		const { gateway, shop } = world;
		const goes = async (from: number, to: number): Promise<void> => {
			for (let n = from; n < to; n += 1) {
				const body = { to: CUSTOMER, text: `Oi ${n}` };
				assert.equal((await gateway.admin('POST', `/instances/${shop.instance.id}/messages`, body)).status, 202);
				await gateway.receiver.arrived(n + 1);
			}
		};
		await goes(0, 1);
		const reads = await readsOf(t, () => goes(1, 1 + MESSAGES));
		assert.deepEqual(tablesOf(reads), ['chats', 'chats', 'contact_aliases', 'messages'], reads.join('\n'));
	});
});

test('objects made after the start share their shapes', async () => {
	await using gateway = await startGateway();
	assert.ok(gateway.address);
	// Of V8's own: where code made too many objects with a first key of their own (ajv's did, a key for each variable of what it compiled), each new object is of a shape of its own, for ever.
	setFlagsFromString('--allow-natives-syntax');
	const isShared: unknown = runInThisContext(`
		const made = () => { const object = {}; object.aKeyThatNobodyElseHas = 1; return object; };
		%HaveSameMap(made(), made());
	`);
	setFlagsFromString('--no-allow-natives-syntax');
	assert.equal(isShared, true);
});
