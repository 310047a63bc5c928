/**
 * Two processes on one PostgreSQL, each with its own delivery engine: what one answered that it made, the other plans with from then on, whether it has
 * heard of it or not.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Webhook } from '../../src/domain/webhook.ts';
import type { PostgresStoreOptions } from '../../src/store/postgres/postgres-store.ts';
import type { FakeIds } from '../support/fake-ids.ts';
import type { StorePlace } from '../support/open-store.ts';
import type { TestDatabase } from '../support/postgres-server.ts';
import { createLaidOutDatabase, postgresStore } from '../support/postgres-store.ts';
import { StoreActivity } from '../support/store-activity.ts';
import { answer, Rig } from './rig.ts';

const WEBHOOKS = 30;

type Wish = Partial<Pick<PostgresStoreOptions, 'isListening'>>;

class Pair implements AsyncDisposable {
	readonly #database: TestDatabase;
	readonly a: Rig;
	readonly b: Rig;

	private constructor(database: TestDatabase, wish: Wish) {
		this.#database = database;
		this.a = new Rig(placeOn(database, wish));
		this.b = new Rig(placeOn(database, wish));
		startAt(this.b.ids, 100_000);
	}

	static async start(wish: Wish = {}): Promise<Pair> {
		const pair = new Pair(await createLaidOutDatabase(), wish);
		for (const rig of [pair.a, pair.b]) await rig.start();
		return pair;
	}

	/** For which webhooks the event of each name has deliveries, in whatever state. */
	async planned(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
		const rows = await this.#database.execute('SELECT body, webhook_id FROM deliveries');
		const planned = new Map<string, Set<string>>();
		for (const { body, webhook_id } of rows) planned.set(String(body), (planned.get(String(body)) ?? new Set()).add(String(webhook_id)));
		return planned;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		for (const rig of [this.a, this.b]) await rig[Symbol.asyncDispose]();
		await this.#database[Symbol.asyncDispose]();
	}
}

/** The database is the pair's, and outlives each of both. */
function placeOn({ url }: TestDatabase, wish: Wish): StorePlace {
	return {
		environment: {},
		store: (clock) => {
			const activity = new StoreActivity();
			clock.standStillWhile(() => activity.isBusy);
			return activity.around(postgresStore({ url, clock, ...wish }));
		},
		[Symbol.asyncDispose]: async () => {},
	};
}

/** Two processes never choose the same id. */
function startAt(ids: FakeIds, count: number): void {
	for (let n = 0; n < count; n += 1) ids.next('evt');
}

function ids(webhooks: readonly Webhook[]): ReadonlySet<string> {
	return new Set(webhooks.map(({ id }) => id));
}

for (const isListening of [true, false]) {
	suite(isListening ? 'processes that hear each other' : 'processes that hear nothing of each other, behind a pooler', () => {
		test('an event right after the answer to a new webhook has a delivery for it, whoever commits it', async () => {
			await using pair = await Pair.start({ isListening });
			const made: Webhook[] = [];
			const wanted = new Map<string, ReadonlySet<string>>();
			for (let n = 0; n < WEBHOOKS; n += 1) {
				const [maker, other] = n % 2 === 0 ? [pair.a, pair.b] : [pair.b, pair.a];
				made.push(await maker.webhook(`/${n}`));
				await Promise.all([other.happen('a', `${n} there`), maker.happen('b', `${n} here`)]);
				for (const where of ['there', 'here']) wanted.set(`${n} ${where}`, ids(made));
			}
			assert.deepEqual(await pair.planned(), wanted);
		});

		test('an event right after the answer to a change is planned with it', async () => {
			await using pair = await Pair.start({ isListening });
			const { id } = await pair.a.webhook();
			const kept = await pair.a.webhook('/kept');
			await pair.b.happen('a', 'before');
			const wanted = new Map([['before', new Set([id, kept.id])]]);
			for (let n = 0; n < WEBHOOKS; n += 1) {
				// Back to the same, so that a version that were a mark of the state alone would not tell.
				const order = n % 2 === 0 ? 'webhook' : 'none';
				await pair.a.webhooks.update(id, { order });
				await pair.b.happen('a', `${n}`);
				const { items } = await pair.b.store.deliveries.list({ webhookId: id }, { limit: 1 });
				assert.equal(items[0]?.lane, order === 'webhook' ? id : undefined);
				wanted.set(`${n}`, new Set([id, kept.id]));
			}
			await pair.a.webhooks.delete(id, 'cancel');
			await pair.b.happen('a', 'after');
			assert.deepEqual(await pair.planned(), wanted.set('after', new Set([kept.id])));
		});
	});
}

test('a webhook that comes in the midst of a burst is in all that follows its answer, and nothing of the burst is lost', async () => {
	await using pair = await Pair.start({ isListening: false });
	for (const rig of [pair.a, pair.b]) rig.sender.decide = () => answer(200);
	const first = await pair.a.webhook('/first');
	await pair.b.happen('a', 'so that it is known');
	const making = pair.a.webhook('/second');
	const burst = Promise.all(Array.from({ length: 300 }, (_, n) => pair.b.happen(`chat ${n % 7}`, `during ${n}`)));
	const second = await making;
	const after = Array.from({ length: 50 }, (_, n) => pair.b.happen(`chat ${n % 7}`, `after ${n}`));
	await Promise.all([burst, ...after]);
	const planned = await pair.planned();
	assert.equal(planned.size, 351);
	for (const [name, webhookIds] of planned) {
		assert.ok(webhookIds.has(first.id), name);
		if (name.startsWith('after')) assert.ok(webhookIds.has(second.id), name);
	}
});
