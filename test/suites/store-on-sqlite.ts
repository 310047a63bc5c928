/** Opens a SQLite store over a directory of its own, for the suite and for the tests of the engine. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteStore, type SqliteStoreOptions } from '../../src/store/sqlite/sqlite-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import type { StoreRig } from './store-fixtures.ts';

export interface SqliteRig extends StoreRig {
	/** The file of the store that is open. */
	readonly file: string;
}

export async function openSqlite(options: Pick<SqliteStoreOptions, 'groupMax' | 'connect'> = {}): Promise<SqliteRig> {
	const directory = mkdtempSync(join(tmpdir(), 'recado-store-'));
	const clock = new FakeClock();
	let file = join(directory, '0', 'recado.db');
	let store = new SqliteStore({ file, clock, ...options });
	await store.open();
	let lives = 0;
	return {
		store,
		clock,
		file,
		reopen: async () => {
			lives += 1;
			const next = join(directory, String(lives), 'recado.db');
			copyLive(file, next);
			await store[Symbol.asyncDispose]();
			file = next;
			store = new SqliteStore({ file, clock, ...options });
			await store.open();
			return store;
		},
		[Symbol.asyncDispose]: async () => {
			await store[Symbol.asyncDispose]();
			rmSync(directory, { recursive: true });
		},
	};
}

/** What a process that is killed now leaves behind: the file and its log as they are. No write happens meanwhile, this being one step. */
export function copyLive(from: string, to: string): void {
	mkdirSync(join(to, '..'), { recursive: true });
	for (const part of ['', '-wal']) {
		if (existsSync(from + part)) copyFileSync(from + part, to + part);
	}
}
