/** An SQLite file as something to be copied from or into: it is ours alone meanwhile, and all that is written is one transaction. Media that are written become files when the store is next opened. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { RecadoError } from '../../../errors.ts';
import type { TableDump, TransferStore } from '../../../ports/transfer.ts';
import { mediaDirectory } from '../blobs/blob-file.ts';
import { moveChunks } from '../blobs/move-chunks.ts';
import { Connection, connectWriter } from '../connection.ts';
import { FileOwner } from '../file-owner.ts';
import { migrate } from '../migrate.ts';
import { storeUnavailable } from '../store-fault.ts';
import { SqliteTables } from './sqlite-tables.ts';

export class SqliteTransfer implements TransferStore {
	readonly #file: string;

	constructor(file: string) {
		this.#file = file;
	}

	async open<T>(work: (tables: TableDump) => Promise<T>): Promise<T> {
		using owner = new FileOwner(this.#file);
		using db = new Connection(() => connectWriter(this.#file));
		this.#prepare(owner, db);
		db.run('BEGIN IMMEDIATE');
		try {
			const result = await work(new SqliteTables(db, mediaDirectory(this.#file)));
			db.run('COMMIT');
			return result;
		} catch (error) {
			db.rollback();
			throw error;
		}
	}

	async migrate(): Promise<void> {
		using owner = new FileOwner(this.#file);
		using db = new Connection(() => connectWriter(this.#file));
		this.#prepare(owner, db);
	}

	#prepare(owner: FileOwner, db: Connection): void {
		try {
			mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
			owner.claim();
			db.open();
			migrate(db);
			moveChunks(db, mediaDirectory(this.#file));
		} catch (error) {
			throw error instanceof RecadoError ? error : storeUnavailable(error);
		}
	}
}
