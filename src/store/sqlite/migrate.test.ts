/** A file that an earlier version wrote, with data of every kind, is taken over: nothing of it is lost, and what was parked flows again. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { claim, deliver, look, standing } from '../../../test/suites/store-dispatch.ts';
import { attempt, event, webhook } from '../../../test/suites/store-fixtures.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { initial } from './migrations/0001-initial.ts';
import { SqliteStore } from './sqlite-store.ts';

/** name, webhook, lane, place, state, due, held since, free at, attempts, overtaken, replay, settled */
type Row = [
	string,
	string,
	string | null,
	number,
	string,
	number | null,
	number | null,
	number | null,
	number,
	0 | 1,
	0 | 1,
	number | null,
];

const ROWS: readonly Row[] = [
	['ready', 'a', 'a/1', 1, 'pending', 5_000, null, null, 0, 0, 0, null],
	['waits', 'a', 'a/1', 3, 'pending', null, null, null, 0, 0, 0, null],
	['sleeps', 'a', 'a/2', 1, 'pending', 90_000, 2_000, 60_000, 3, 0, 0, null],
	['next', 'a', 'a/2', 2, 'pending', 60_000, null, null, 0, 0, 0, null],
	['sending', 'a', 'a/3', 1, 'sending', null, null, null, 1, 0, 0, null],
	['overtaken', 'a', 'a/3', 0, 'pending', 70_000, 2_000, 3_000, 4, 1, 0, null],
	['parked-head', 'p', 'p/1', 1, 'pending', null, 2_000, 3_000, 2, 0, 0, null],
	['parked-next', 'p', 'p/1', 2, 'pending', null, null, null, 0, 0, 0, null],
	['parked-waits', 'p', 'p/1', 3, 'pending', null, null, null, 0, 0, 0, null],
	['parked-loose', 'p', null, 0, 'pending', null, null, null, 0, 0, 0, null],
	['delivered', 'a', null, 0, 'delivered', null, null, null, 2, 0, 1, 4_000],
	['dead', 'gone', null, 0, 'dead', null, null, null, 9, 0, 0, 4_000],
	['cancelled', 'gone', 'gone/1', 0, 'cancelled', null, null, null, 0, 0, 0, 4_000],
];

const INSERT_DELIVERY = `
	INSERT INTO deliveries (id, event_id, event_type, account_id, webhook_id, instance_id, chat_id, lane, lane_place, state, due_at, held_since,
		lane_free_at, attempts, is_overtaken, is_replay, settled_at, created_at, body)
	VALUES (?, 'evt_e', 'message.received', 'acc_a', ?, 'ins_a', 'cht_a', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1000, '{"told":"é"}')`;
const INSERT_WEBHOOK = `
	INSERT INTO webhooks (id, account_id, dialect, origin, url, subscriptions, delivery_order, enabled, secrets, created_at, updated_at)
	VALUES (?, 'acc_a', 'recado', 'management', ?, ?, 'chat', ?, ?, 1000, 1000)`;
const INSERT_EVENT = `
	INSERT INTO events (id, type, account_id, instance_id, instance_phone, chat_id, at, data)
	VALUES ('evt_e', 'message.received', 'acc_a', 'ins_a', '5544988887777', 'cht_a', 1000, ?)`;

function writeOldFile(file: string): void {
	using db = new DatabaseSync(file);
	db.exec(`${initial.sql}; CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT; INSERT INTO schema_version VALUES (1)`);
	for (const [name, hook, lane, ...rest] of ROWS) {
		const id = db.prepare(INSERT_DELIVERY).run(`dlv_${name}`, `whk_${hook}`, lane && `whk_${lane}`, ...rest).lastInsertRowid;
		if (name !== 'delivered') continue;
		// Not beside each other, as they came.
		for (const [number, of] of [
			[1, id],
			[1, 1],
			[2, id],
		] as const) {
			db.prepare('INSERT INTO attempts (delivery_seq, record) VALUES (?, ?)').run(of, JSON.stringify(attempt('dlv_delivered', { number })));
		}
	}
	for (const [name, enabled] of [
		['a', 1],
		['p', 0],
	] as const) {
		const { url, subscriptions, secrets } = webhook(name);
		db.prepare(INSERT_WEBHOOK).run(`whk_${name}`, url, JSON.stringify(subscriptions), enabled, JSON.stringify(secrets));
	}
	db.exec("INSERT INTO parked_webhooks VALUES ('whk_p')");
	db.prepare(INSERT_EVENT).run(JSON.stringify(event('e').data));
}

describe('a file of the first schema', () => {
	test('is taken over with all that is in it', async () => {
		const directory = mkdtempSync(join(tmpdir(), 'recado-migrate-'));
		try {
			const file = join(directory, 'recado.db');
			writeOldFile(file);
			const clock = new FakeClock(10_000);
			await using store = new SqliteStore({ file, clock });
			await store.open();
			const found = Object.fromEntries(await Promise.all(ROWS.map(async ([name]) => [name, await standing(store, name)] as const)));
			assert.deepEqual(found, {
				ready: 'pending 5000',
				waits: 'pending',
				sleeps: 'pending 90000',
				next: 'pending 60000',
				sending: 'pending 10000',
				overtaken: 'pending 70000',
				'parked-head': 'pending 1000',
				'parked-next': 'pending',
				'parked-waits': 'pending',
				'parked-loose': 'pending 1000',
				delivered: 'delivered',
				dead: 'dead',
				cancelled: 'cancelled',
			});
			const delivered = await look(store, 'delivered');
			assert.deepEqual([delivered.isReplay, delivered.attempts, delivered.settledAt], [true, 2, 4_000]);
			assert.deepEqual([(await look(store, 'overtaken')).isOvertaken, delivered.body], [true, '{"told":"é"}']);
			const attempts = await store.deliveries.attempts('dlv_delivered');
			assert.deepEqual(attempts, [attempt('dlv_delivered'), attempt('dlv_delivered', { number: 2 })]);
			assert.equal((await store.deliveries.attempts('dlv_ready')).length, 1);
			assert.deepEqual(await store.webhooks.all(), [webhook('a'), webhook('p', { enabled: false })]);
			assert.deepEqual((await store.events.list({ instanceId: 'ins_a' }, { limit: 5 })).items, [event('e')]);
			const listed = async (filter: object): Promise<number> => (await store.deliveries.list(filter, { limit: 50 })).items.length;
			assert.equal(await listed({ accountId: 'acc_a' }), ROWS.length, 'those of webhooks that are gone too');
			assert.equal(await listed({ chatId: 'cht_a' }), ROWS.length);
			assert.equal(await listed({ state: 'dead' }), 1);
		} finally {
			rmSync(directory, { recursive: true });
		}
	});

	test('goes on where it was: lanes, what is to be overtaken, what was parked', async () => {
		const directory = mkdtempSync(join(tmpdir(), 'recado-migrate-'));
		try {
			const file = join(directory, 'recado.db');
			writeOldFile(file);
			await using store = new SqliteStore({ file, clock: new FakeClock(10_000) });
			await store.open();
			const parked = await store.deliveries.claimDue({ now: 10_000, wants: new Map([['whk_p', 9]]), bytesMax: 9_999 });
			assert.deepEqual(
				parked.deliveries.map(({ id, heldSince, attempts }) => [id, heldSince, attempts]),
				[
					['dlv_parked-head', undefined, 2],
					['dlv_parked-loose', undefined, 0],
				],
			);
			assert.equal(await deliver(store, 'parked-head', { takeNext: true }), 'parked-next');
			assert.equal(await deliver(store, 'parked-next', { takeNext: true }), 'parked-waits');
			const claimed = await claim(store, 100_000);
			assert.deepEqual(
				claimed.map(({ id, blockedBy }) => [id, blockedBy]),
				[
					['dlv_ready', undefined],
					['dlv_sending', undefined],
					['dlv_next', 'dlv_sleeps'],
					['dlv_overtaken', undefined],
					['dlv_sleeps', undefined],
				],
			);
			assert.equal(await deliver(store, 'ready', { takeNext: true }), 'waits');
		} finally {
			rmSync(directory, { recursive: true });
		}
	});
});
