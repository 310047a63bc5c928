/**
 * One connection to the SQLite file with its prepared statements, kept by their text. The writer and the reader are the two that a store has;
 * in WAL mode neither waits for the other. A fault of the store comes out as `store_unavailable`, anything else as SQLite told it.
 */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { faultOrSame } from './store-fault.ts';

export class Connection implements Disposable {
	readonly #connect: () => DatabaseSync;
	readonly #statements: Map<string, Prepared> = new Map();
	#db: DatabaseSync | undefined;

	/** Connects at `open`. */
	constructor(connect: () => DatabaseSync) {
		this.#connect = connect;
	}

	open(): void {
		try {
			this.#db ??= this.#connect();
		} catch (error) {
			throw faultOrSame(error);
		}
	}

	/** Answers how many rows were changed. */
	run(sql: string, ...values: SQLInputValue[]): number {
		try {
			return Number(this.#prepared(sql).statement.run(...values).changes);
		} catch (error) {
			throw faultOrSame(error);
		}
	}

	/** Answers the row id of what was inserted; undefined where a conflict kept it out. */
	insert(sql: string, ...values: SQLInputValue[]): number | undefined {
		try {
			const { changes, lastInsertRowid } = this.#prepared(sql).statement.run(...values);
			return Number(changes) === 0 ? undefined : Number(lastInsertRowid);
		} catch (error) {
			throw faultOrSame(error);
		}
	}

	/** The first row. The caller names its shape: it stands in the same file as the statement. */
	get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
		try {
			const { statement, columns } = this.#prepared(sql);
			const found: Values | undefined = statement.get(...values) as unknown as Values | undefined;
			return found && (toRow(columns, found) as Row);
		} catch (error) {
			throw faultOrSame(error);
		}
	}

	all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
		try {
			const { statement, columns } = this.#prepared(sql);
			const found = statement.all(...values) as unknown as Values[];
			return found.map((one) => toRow(columns, one) as Row);
		} catch (error) {
			throw faultOrSame(error);
		}
	}

	/** Several statements without values, run rarely: not kept. */
	exec(sql: string): void {
		this.#opened().exec(sql);
	}

	/** All of it or, where it throws, nothing. */
	transaction(work: () => void): void {
		this.run('BEGIN IMMEDIATE');
		try {
			work();
			this.run('COMMIT');
		} catch (error) {
			this.rollback();
			throw error;
		}
	}

	/** Ends a transaction without effect. Some faults (a full disk) have ended it already. */
	rollback(): void {
		if (this.#db?.isTransaction) this.run('ROLLBACK');
	}

	/** Safe when called twice or before `open`. */
	[Symbol.dispose](): void {
		this.#statements.clear();
		this.#db?.close();
		this.#db = undefined;
	}

	#prepared(sql: string): Prepared {
		const kept = this.#statements.get(sql);
		if (kept) return kept;
		const statement = this.#opened().prepare(sql);
		statement.setReturnArrays(true);
		const prepared = { statement, columns: statement.columns().map(({ name }) => name) };
		this.#statements.set(sql, prepared);
		return prepared;
	}

	#opened(): DatabaseSync {
		if (this.#db === undefined) throw new Error('the store is not open');
		return this.#db;
	}
}

/** The schema does not change while it is open: the columns stay what they are. */
interface Prepared {
	readonly statement: StatementSync;
	readonly columns: readonly string[];
}

type Values = readonly SQLOutputValue[];

/** `node:sqlite` makes objects that are dictionaries: to make them, and to read them, takes several times as long as these. */
function toRow(columns: readonly string[], values: Values): object {
	const row: Record<string, SQLOutputValue | undefined> = {};
	let index = 0;
	for (const name of columns) {
		row[name] = values[index];
		index += 1;
	}
	return row;
}

/** While another process (a backup, a shell) holds the lock. The event loop stands still meanwhile, so it is short; then `store_unavailable`. */
const BUSY_TIMEOUT_MS = 500;
const READER_CACHE_KIB = 64 * 1_024;
/**
 * Nearly each commit splits a page of some index, whereupon SQLite walks through everything in the cache to find pages beyond the end of the file: with 64 MiB
 * a commit takes a third of a millisecond longer. What is not in it is in the system's own cache, microseconds away.
 */
const WRITER_CACHE_KIB = 16 * 1_024;
/**
 * What a commit writes beside the ends of tables is a page here and there, of each chat's indexes: the more there is, the fewer of them are met twice.
 * With few chats larger pages cost the same.
 */
const PAGE_BYTES = 4_096;
/** 32 MiB of log between two checkpoints, each of which costs a sync of the main file. */
const CHECKPOINT_PAGES = (32 * 1_024 * 1_024) / PAGE_BYTES;
/** What the log file shrinks to after it had to grow. */
const LOG_BYTES_KEPT = 64 * 1_024 * 1_024;

/** Opens the file for writing, for its owner alone, and makes it where it is missing. */
export function connectWriter(file: string): DatabaseSync {
	closeSync(openSync(file, 'a', 0o600));
	const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: false });
	db.exec(`
		PRAGMA page_size = ${PAGE_BYTES};
		PRAGMA journal_mode = WAL;
		PRAGMA synchronous = FULL;
		PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
		PRAGMA journal_size_limit = ${LOG_BYTES_KEPT};
		PRAGMA cache_size = -${WRITER_CACHE_KIB};
		PRAGMA temp_store = MEMORY;
	`);
	return db;
}

/** A second connection, for reads. The writer has to be open. */
export function connectReader(file: string): DatabaseSync {
	const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: false });
	db.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}; PRAGMA temp_store = MEMORY;`);
	// SQLite's own lower() knows ASCII alone.
	db.function('contains_text', { deterministic: true }, (text, part) =>
		typeof text === 'string' && typeof part === 'string' && text.toLowerCase().includes(part) ? 1 : 0,
	);
	return db;
}
