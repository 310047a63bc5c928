/**
 * Fills the disk under a SQLite store and makes room again, and says on standard output, as JSON, what it saw. A program of its own, because
 * only the first process of a mount namespace gets a small file system without being root. Argument: a directory on a small file system.
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RecadoError } from '../../src/errors.ts';
import { connectWriter } from '../../src/store/sqlite/connection.ts';
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { add, inHand, openWithWebhooks, standing } from './store-dispatch.ts';
import { attempt, event, looseDelivery, unit } from './store-fixtures.ts';

/** What was seen; the test says what should have been. */
export interface FullDiskReport {
	/** How many units were committed before the first one was refused. */
	readonly before: number;
	/** How each of a group of four ended while the disk was full. */
	readonly whileFull: readonly string[];
	/** What a read says meanwhile: how many units, and how the one stands that could not be settled. */
	readonly readWhileFull: readonly [number, string];
	/** How each ended when there was room. */
	readonly healed: readonly string[];
	readonly after: number;
	readonly integrity: string;
}

const directory = process.argv[2] ?? '';
const filler = join(directory, 'filler');

/** Checkpoints are frequent, so that some meet the full disk. */
function connect(file: string): ReturnType<typeof connectWriter> {
	const db = connectWriter(file);
	db.exec('PRAGMA wal_autocheckpoint = 10');
	return db;
}

async function observe(): Promise<FullDiskReport> {
	const file = join(directory, 'recado.db');
	const store = new SqliteStore({ file, clock: new FakeClock(), connect });
	await store.open();
	await using rig = await openWithWebhooks(async () => ({
		store,
		clock: new FakeClock(),
		reopen: async () => store,
		[Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
	}));
	await add(rig.store, looseDelivery('held', { start: 'take' }));
	fillUp();
	let made = 0;
	const write = (): Promise<unknown> => {
		const name = `${made}`;
		made += 1;
		return store.commit(unit({ events: [event(name)], deliveries: [looseDelivery(name, { body: 'x'.repeat(3_000) })] }));
	};
	const count = async (): Promise<number> => (await store.events.list({}, { limit: 10_000 })).items.length;
	let before = 0;
	while ((await ended(write())) === 'done') before += 1;
	const settlement = {
		outcome: 'delivered',
		delivery: await inHand(store, 'held'),
		at: 1,
		takeNext: false,
		attempt: attempt('dlv_held', { responseBody: 'y'.repeat(9_000) }),
	} as const;
	const whileFull = await Promise.all([write(), store.deliveries.settle(settlement), write(), write()].map(ended));
	const readWhileFull = [await count(), await standing(store, 'held')] as const;
	rmSync(filler);
	const healed = await Promise.all([store.probe(), store.deliveries.settle(settlement), write(), write()].map(ended));
	const after = await count();
	await store[Symbol.asyncDispose]();
	using raw = connectWriter(file);
	const integrity = JSON.stringify(raw.prepare('PRAGMA integrity_check').get());
	return { before, whileFull, readWhileFull, healed, after, integrity };
}

async function ended(writing: Promise<unknown>): Promise<string> {
	try {
		await writing;
		return 'done';
	} catch (error) {
		return error instanceof RecadoError ? `${error.code} ${error.retryAfterSeconds}` : String(error);
	}
}

function fillUp(): void {
	const into = openSync(filler, 'a');
	const page = Buffer.alloc(4_096);
	try {
		for (;;) writeSync(into, page);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
	} finally {
		closeSync(into);
	}
}

process.stdout.write(JSON.stringify(await observe()));
