/**
 * The connection is lost when a group was committed and before the answer was there: what it took is in nobody's hand, and marked with the token of a
 * process that is alive. It is made ready all the same, at once.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { test } from 'node:test';
import { add, claimOf, look, standing } from '../../../test/suites/store-dispatch.ts';
import { attempt, delivery, looseDelivery, unit, webhook } from '../../../test/suites/store-fixtures.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import type { TestDatabase } from '../../../test/support/postgres-server.ts';
import { createLaidOutDatabase, postgresStore } from '../../../test/support/postgres-store.ts';
import { until } from '../../../test/support/waiting.ts';
import { RecadoError } from '../../errors.ts';
import type { PostgresStore } from './postgres-store.ts';

/** Nothing is made ready because it ended. */
const LEASE_MS = 600_000;
const WITHIN_MS = 20_000;

/** Between the store and its server: answers can be held back, and all connections cut. */
class Answers implements AsyncDisposable {
	readonly #server: Server;
	readonly #pairs = new Set<readonly [Socket, Socket]>();
	#areHeld = false;

	constructor(port: number) {
		this.#server = createServer((near) => {
			const far = connect(port, '127.0.0.1');
			const pair = [near, far] as const;
			this.#pairs.add(pair);
			near.pipe(far);
			far.on('data', (data) => {
				if (!this.#areHeld) near.write(data);
			});
			for (const one of pair) {
				one.on('error', () => undefined);
				one.on('close', () => this.#end(pair));
			}
		});
	}

	async listen(): Promise<number> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return (this.#server.address() as AddressInfo).port;
	}

	hold(): void {
		this.#areHeld = true;
	}

	/** What was held back is never answered. */
	cut(): void {
		this.#areHeld = false;
		for (const pair of [...this.#pairs]) this.#end(pair);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.cut();
		this.#server.close();
		await once(this.#server, 'close');
	}

	#end(pair: readonly [Socket, Socket]): void {
		this.#pairs.delete(pair);
		for (const one of pair) one.destroy();
	}
}

interface Rig extends AsyncDisposable {
	readonly store: PostgresStore;
	readonly clock: FakeClock;
	/** Sends it, and cuts the connections once `isCommitted`, before it was answered. Answers how it ended. */
	unanswered(work: () => Promise<unknown>, isCommitted: () => Promise<boolean>): Promise<unknown>;
	stateOf(name: string): Promise<unknown>;
	isOwned(instanceId: string): Promise<boolean>;
}

async function open(): Promise<Rig> {
	await using building = new AsyncDisposableStack();
	const database: TestDatabase = building.use(await createLaidOutDatabase());
	const url = new URL(database.url);
	const answers = building.use(new Answers(Number(url.port)));
	url.port = String(await answers.listen());
	const clock = new FakeClock();
	const store = building.use(postgresStore({ clock, url: url.href, leaseMs: LEASE_MS }));
	await store.open();
	await store.commit(unit({ changes: [{ kind: 'webhook.put', webhook: webhook('a') }] }));
	const running = building.move();
	return {
		store,
		clock,
		stateOf: async (name) => {
			const text = `SELECT work.state FROM work JOIN deliveries USING (seq) WHERE id = 'dlv_${name}'`;
			return (await database.execute(text))[0]?.['state'];
		},
		isOwned: async (instanceId) => (await database.execute(`SELECT 1 FROM instance_owners WHERE instance_id = '${instanceId}'`)).length > 0,
		unanswered: async (work, isCommitted) => {
			answers.hold();
			const ended = work().catch((error: unknown) => error);
			await until(isCommitted, { what: 'the commit', withinMs: WITHIN_MS });
			answers.cut();
			return ended;
		},
		[Symbol.asyncDispose]: () => running.disposeAsync(),
	};
}

function isUnavailable(error: unknown): boolean {
	return error instanceof RecadoError && error.code === 'store_unavailable';
}

async function becomesReady({ store, stateOf }: Rig, name: string): Promise<void> {
	await until(async () => (await stateOf(name)) === 'pending', { what: `${name} to be ready`, withinMs: WITHIN_MS });
	await until(() => store.peers.holds(), { what: 'a new membership', withinMs: WITHIN_MS });
}

test('what a commit took is made ready, and taken again', async () => {
	await using rig = await open();
	const { store, clock } = rig;
	const before = store.peers.self;
	const commit = (): Promise<unknown> => store.commit(unit({ deliveries: [delivery('a', { start: 'take' })] }));
	assert.ok(isUnavailable(await rig.unanswered(commit, async () => (await rig.stateOf('a')) === 'sending')));
	await becomesReady(rig, 'a');
	assert.notEqual(store.peers.self, before);
	const { deliveries } = await claimOf(store, clock.now(), { whk_a: 5 });
	assert.deepEqual(
		deliveries.map(({ id }) => id),
		['dlv_a'],
	);
});

test('what a claim took is made ready', async () => {
	await using rig = await open();
	const { store, clock } = rig;
	await add(store, looseDelivery('a'), looseDelivery('b'));
	const claim = (): Promise<unknown> => claimOf(store, clock.now(), { whk_a: 5 });
	assert.ok(isUnavailable(await rig.unanswered(claim, async () => (await rig.stateOf('b')) === 'sending')));
	await becomesReady(rig, 'a');
	await becomesReady(rig, 'b');
});

test('the next of a lane that a settlement took is made ready, with all that was in hand, and what is settled stays so', async () => {
	await using rig = await open();
	const { store } = rig;
	await add(store, delivery('a', { start: 'take' }), delivery('b'), looseDelivery('c', { start: 'take' }));
	const held = await look(store, 'a');
	const settled = { outcome: 'delivered', delivery: held, at: 2_000, takeNext: true, attempt: attempt(held.id) } as const;
	const losses: string[] = [];
	store.peers.listen({ hear: () => undefined, lost: () => void losses.push('lost'), changed: () => undefined });
	const settle = (): Promise<unknown> => store.deliveries.settle(settled);
	assert.ok(isUnavailable(await rig.unanswered(settle, async () => (await rig.stateOf('b')) === 'sending')));
	assert.equal(losses.length, 1, 'what is in hand is dropped before anybody could try again');
	await becomesReady(rig, 'b');
	await becomesReady(rig, 'c');
	assert.equal(await standing(store, 'a'), 'delivered');
	assert.equal((await store.deliveries.attempts(held.id)).length, 1);
});

test('what takes and settles nothing costs no lease', async () => {
	await using rig = await open();
	const { store } = rig;
	const before = store.peers.self;
	const commit = (): Promise<unknown> => store.commit(unit({ deliveries: [delivery('a')] }));
	assert.ok(isUnavailable(await rig.unanswered(commit, async () => (await rig.stateOf('a')) === 'pending')));
	await store.commit(unit({ deliveries: [delivery('b')] }));
	assert.equal(store.peers.self, before);
});

test('an instance that was claimed is free again', async () => {
	await using rig = await open();
	const { ownership } = rig.store;
	assert.ok(
		isUnavailable(
			await rig.unanswered(
				() => ownership.claim('ins_1'),
				() => rig.isOwned('ins_1'),
			),
		),
	);
	await until(async () => !(await rig.isOwned('ins_1')), { what: 'the instance to be free', withinMs: WITHIN_MS });
});
