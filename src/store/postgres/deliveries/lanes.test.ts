/** Several processes on the same lanes at the same time: what each of them is told must fit together, as if one had done it all. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { claim } from '../../../../test/suites/store-dispatch.ts';
import { attempt, commit, committed, delivery, unit, webhook } from '../../../../test/suites/store-fixtures.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import type { TestDatabase } from '../../../../test/support/postgres-server.ts';
import { createLaidOutDatabase, postgresStore } from '../../../../test/support/postgres-store.ts';
import type { ClaimedDelivery, InHand, Settlement } from '../../../domain/delivery.ts';
import type { Random } from '../../../ports/clock.ts';
import { mulberry } from '../../../system/mulberry.ts';
import type { PostgresStore } from '../postgres-store.ts';

const ROUNDS = 200;
const LANES = 6;
/** Claims until nothing is left; each settles at least the heads of all lanes. */
const DRAIN_MAX = 2_000;

describe('lanes that two processes share', () => {
	test('have one in hand at a time, in their order, and nothing stays behind', async () => {
		await using pair = await Pair.open();
		const { stores, players, hands } = pair.play(1, { isOvertaking: false });
		for (let round = 0; round < ROUNDS; round += 1) await Promise.all(players.map((player) => player.round()));
		await drain(stores, players);
		hands.assertAllEnded();
		assert.equal(await pair.deadlocks(), 0);
	});

	test('lose and double nothing while they are overtaken, hastened and replayed', async () => {
		await using pair = await Pair.open();
		const { stores, players, hands } = pair.play(2, { isOvertaking: true });
		for (let round = 0; round < ROUNDS; round += 1) {
			await Promise.all([
				...players.map((player) => player.round()),
				...stores.map((store) => store.deliveries.hasten('whk_a', pair.clock.now(), 5)),
			]);
		}
		await drain(stores, players);
		hands.assertAllEnded();
		assert.equal(await pair.deadlocks(), 0);
	});
});

interface Play {
	readonly isOvertaking: boolean;
}

/** Two stores, each a process of its own to the other, on one database. */
class Pair implements AsyncDisposable {
	readonly clock = new FakeClock();
	readonly #database: TestDatabase;
	readonly #stores: PostgresStore[] = [];

	private constructor(database: TestDatabase) {
		this.#database = database;
	}

	static async open(): Promise<Pair> {
		const pair = new Pair(await createLaidOutDatabase());
		for (const _ of ['one', 'other']) {
			const store = postgresStore({ url: pair.#database.url, clock: pair.clock });
			await store.open();
			pair.#stores.push(store);
		}
		for (const store of pair.#stores.slice(0, 1)) await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
		return pair;
	}

	play(
		seed: number,
		play: Play,
	): { readonly stores: readonly PostgresStore[]; readonly players: readonly Player[]; readonly hands: Hands } {
		const hands = new Hands(play);
		const random = mulberry(seed);
		const players = this.#stores.map((store, index) => new Player({ store, clock: this.clock, hands, random, name: `p${index}`, play }));
		return { stores: this.#stores, players, hands };
	}

	/** Where two waited for each other, one of them was thrown out, and tried again. Sessions tell when they end. */
	async deadlocks(): Promise<number> {
		await this.#end();
		const [row] = await this.#database.execute('SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()');
		return Number(row?.['deadlocks']);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#end();
		await this.#database[Symbol.asyncDispose]();
	}

	async #end(): Promise<void> {
		await Promise.all(this.#stores.map((store) => store[Symbol.asyncDispose]()));
	}
}

/** What all processes together were told: who has what in hand. */
class Hands {
	readonly #play: Play;
	readonly #inHand = new Map<string, ClaimedDelivery>();
	readonly #laneAt = new Map<string, number>();
	readonly #made = new Set<string>();
	readonly #ended = new Set<string>();

	constructor(play: Play) {
		this.#play = play;
	}

	made(id: string): void {
		this.#made.add(id);
	}

	taken(one: ClaimedDelivery): void {
		assert.ok(!this.#inHand.has(one.id), `${one.id} is taken once`);
		assert.ok(!this.#ended.has(one.id), `${one.id} ended before`);
		const lane = one.lane ?? '';
		if (!this.#play.isOvertaking) {
			const besides = [...this.#inHand.values()].find((other) => other.lane === lane);
			assert.equal(besides?.id, undefined, `one of ${lane} is in hand`);
			assert.ok(one.seq >= (this.#laneAt.get(lane) ?? 0), `${lane} goes on in its order`);
			this.#laneAt.set(lane, one.seq);
		}
		this.#inHand.set(one.id, one);
	}

	/** Before it is settled: another one may be taken before the answer is here. */
	leaves({ id }: InHand, isEnd: boolean): void {
		this.#inHand.delete(id);
		if (isEnd) this.#ended.add(id);
	}

	assertAllEnded(): void {
		assert.equal(this.#inHand.size, 0);
		assert.deepEqual(
			[...this.#made].filter((id) => !this.#ended.has(id)),
			[],
		);
	}
}

interface PlayerParts {
	readonly store: PostgresStore;
	readonly clock: FakeClock;
	readonly hands: Hands;
	readonly random: Random;
	readonly name: string;
	readonly play: Play;
}

/** The dispatcher of one process: in each round it commits, claims and settles all at the same time. */
class Player {
	readonly #parts: PlayerParts;
	#held: ClaimedDelivery[] = [];
	#count = 0;

	constructor(parts: PlayerParts) {
		this.#parts = parts;
	}

	async round(): Promise<void> {
		await Promise.all([this.#commit(), this.#commit(), this.claim(), ...this.#settleSome()]);
	}

	/** Answers how many. */
	async claim(): Promise<number> {
		const { store, clock } = this.#parts;
		const claimed = await claim(store, clock.now());
		for (const one of claimed) await this.#receive(one);
		return claimed.length;
	}

	async deliverAll(): Promise<void> {
		const held = this.#held;
		this.#held = [];
		await Promise.all(held.map((one) => this.#settle(this.#delivered(one), true)));
	}

	async #commit(): Promise<void> {
		const { store, hands } = this.#parts;
		const deliveries = Array.from({ length: 1 + this.#upTo(3) }, () => {
			this.#count += 1;
			const lane = `whk_a/${this.#upTo(LANES)}`;
			return delivery(`${this.#parts.name}_${this.#count}`, { lane, start: this.#upTo(4) === 0 ? 'ready' : 'take' });
		});
		for (const { id } of deliveries) hands.made(id);
		for (const one of committed(await store.commit(unit({ deliveries })))) await this.#receive(one);
	}

	#settleSome(): Promise<void>[] {
		const settled = this.#held.filter(() => this.#upTo(4) > 0);
		this.#held = this.#held.filter((one) => !settled.includes(one));
		return settled.map((one) => {
			const turn = this.#upTo(6);
			if (turn === 0) return this.#settle({ outcome: 'released', delivery: one, dueAt: this.#parts.clock.now() }, false);
			if (turn === 1) return this.#settle(this.#failed(one), false);
			return this.#settle(this.#delivered(one), true);
		});
	}

	async #settle(settlement: Settlement, isEnd: boolean): Promise<void> {
		this.#parts.hands.leaves(settlement.delivery, isEnd);
		const next = await this.#parts.store.deliveries.settle(settlement);
		if (next) await this.#receive(next);
	}

	/** One that is blocked overtakes. */
	async #receive(one: ClaimedDelivery): Promise<void> {
		this.#parts.hands.taken(one);
		this.#held.push(one);
		if (one.blockedBy !== undefined) await this.#parts.store.deliveries.overtake(one.blockedBy);
	}

	#delivered(one: ClaimedDelivery): Settlement {
		return { outcome: 'delivered', delivery: one, at: this.#parts.clock.now(), attempt: attempt(one.id), takeNext: this.#upTo(2) === 0 };
	}

	#failed(one: ClaimedDelivery): Settlement {
		const now = this.#parts.clock.now();
		const made = attempt(one.id, { errorClass: 'timeout' });
		const base = { outcome: 'retry', delivery: one, at: now, attempt: made, dueAt: now, heldSince: now } as const;
		return this.#parts.play.isOvertaking ? { ...base, laneFreeAt: now } : base;
	}

	#upTo(count: number): number {
		return Math.floor(this.#parts.random.next() * count);
	}
}

/** Until nothing is pending or in hand. */
async function drain([store]: readonly PostgresStore[], players: readonly Player[]): Promise<void> {
	for (let turn = 0; turn < DRAIN_MAX; turn += 1) {
		await Promise.all(players.map((player) => player.deliverAll()));
		await Promise.all(players.map((player) => player.claim()));
		if (!(await store?.deliveries.hasUnsettled('whk_a'))) return;
	}
	assert.fail('something is never due');
}
