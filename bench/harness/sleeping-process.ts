/**
 * A member of a PostgreSQL database of its own, seeded with deliveries that sleep until tomorrow and a few that are ready: what the dispatcher asks of
 * the store port takes how long. Each order after the first is one round, so that two such processes can be measured in turns.
 */
import pg from 'pg';
import { readConfig } from '../../src/config/read-config.ts';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/stores.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { answerOrders } from './child.ts';
import { round } from './percentiles.ts';

export interface Seeding {
	readonly kind: 'seed';
	readonly url: string;
	readonly sleeping: number;
	readonly webhooks: number;
	/** Of the webhooks; half of what sleeps is theirs. */
	readonly claimed: number;
	/** Of each webhook that is claimed. */
	readonly wanted: number;
	/** There are ready deliveries for so many. */
	readonly rounds: number;
}

export type SleepingOrder = Seeding | { readonly kind: 'round' };

export interface SleepingTimes {
	/** One claim of as many as were wanted of each webhook. */
	readonly claimMs: number;
	readonly taken: number;
	readonly takeOldestMs: number;
	readonly dueWebhooksMs: number;
}

const BYTES_MAX = 64 * 1_048_576;
/** As many as Z-API's body of a text has. */
const BODY_BYTES = 600;
const DAY_MS = 86_400_000;

const WORK = 'seq, webhook_id, lane, lane_place, state, due_at, held_since, lane_free_at, attempts, last_error, created_at';

/** What was seeded, and what claims of it. */
let member: { readonly store: Store; readonly wants: ReadonlyMap<string, number> } | undefined;

answerOrders<SleepingOrder>(
	async (order) => (order.kind === 'seed' ? open(order) : measure()),
	async () => member?.store[Symbol.asyncDispose](),
);

async function open(order: Seeding): Promise<{ readonly seconds: number }> {
	const startedAt = performance.now();
	const config = readConfig({
		RECADO_ADMIN_TOKEN: 'benchmark-admin-token',
		RECADO_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
		RECADO_DATABASE_URL: order.url,
	});
	const store = await createStore(config.store, { clock: systemClock });
	const hooks = Array.from({ length: order.claimed }, (_, n) => `whk_${String(n).padStart(32, '0')}`);
	member = { store, wants: new Map(hooks.map((id) => [id, order.wanted])) };
	await store.open();
	await seed(order);
	return { seconds: round((performance.now() - startedAt) / 1_000) };
}

async function measure(): Promise<SleepingTimes> {
	if (member === undefined) throw new Error('nothing is seeded');
	const { wants, store } = member;
	const { deliveries } = store;
	const [dueWebhooksMs] = await timed(() => deliveries.dueWebhooks());
	const [claimMs, claimed] = await timed(() => deliveries.claimDue({ now: systemClock.now(), wants, bytesMax: BYTES_MAX }));
	const [takeOldestMs, oldest] = await timed(() => deliveries.takeOldest([...wants.keys()][0] ?? ''));
	if (oldest === undefined) throw new Error('there was nothing to be taken');
	return { claimMs, taken: claimed.deliveries.length, takeOldestMs, dueWebhooksMs };
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [ms: number, answer: T]> {
	const startedAt = performance.now();
	const answer = await work();
	return [performance.now() - startedAt, answer];
}

/** What failed once, each in a lane of its own, and then what came in since. */
async function seed({ url, sleeping, webhooks, claimed, wanted, rounds }: Seeding): Promise<void> {
	// One of each webhook, so that there are as many of them where nothing sleeps; the others of those that are claimed.
	const ready = webhooks + rounds * (wanted + 1) * claimed;
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await insert(client, {
			before: 0,
			count: sleeping,
			hook: hook(`CASE n % 2 WHEN 0 THEN n / 2 % ${claimed} ELSE ${claimed} + n / 2 % ${webhooks - claimed} END`),
			state: `$3::bigint + ${DAY_MS} + n % 1000, $3, $3 + ${DAY_MS}, 1, 'refused'`,
		});
		await insert(client, {
			before: sleeping,
			count: ready,
			hook: hook(`CASE WHEN n < ${webhooks} THEN n ELSE n % ${claimed} END`),
			state: '$3::bigint, NULL, NULL, 0, NULL',
		});
		await client.query(`SELECT setval('deliveries_seq', ${sleeping + ready})`);
		// As autovacuum does before long, and nothing of it while there is measuring.
		await client.query('VACUUM ANALYZE');
		await client.query('CHECKPOINT');
	} finally {
		await client.end();
	}
}

interface Rows {
	/** The last number that is taken. */
	readonly before: number;
	readonly count: number;
	/** SQL over `n`, from 0. */
	readonly hook: string;
	/** The values from `due_at` to `last_error`, SQL over `n` and the time `$3`. */
	readonly state: string;
}

async function insert(client: pg.Client, { before, count, hook, state }: Rows): Promise<void> {
	const given = `(SELECT n, $1::bigint + 1 + n AS seq, 'lane' || ($1::bigint + n) AS lane FROM generate_series(0, $2::bigint - 1) AS n) AS given`;
	const values = [before, count, systemClock.now()];
	await client.query(`INSERT INTO work (${WORK}) SELECT seq, ${hook}, lane, 1, 'pending', ${state}, $3::bigint FROM ${given}`, values);
	await client.query(
		`INSERT INTO deliveries (seq, id, event_id, event_type, account_id, webhook_id, lane, created_at, body)
		SELECT seq, 'dlv_' || lpad(to_hex(seq), 32, '0'), 'evt_' || lpad(to_hex(seq), 32, '0'), 'message.received', 'acc_benchmark', ${hook}, lane,
			$3::bigint, '"' || repeat('x', ${BODY_BYTES - 2}) || '"'
		FROM ${given}`,
		values,
	);
}

function hook(number: string): string {
	return `'whk_' || lpad((${number})::text, 32, '0')`;
}
