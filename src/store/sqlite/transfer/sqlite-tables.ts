/** The tables of an SQLite file in the form that all stores have in common. */
import type { SQLInputValue } from 'node:sqlite';
import type { TableDump, TransferRow } from '../../../ports/transfer.ts';
import { TRANSFER_TABLES, type TransferTable, toTransferRow, transferTable } from '../../shared/transfer-tables.ts';
import type { Connection } from '../connection.ts';
import { ATTEMPT_KEYS } from '../deliveries/record-attempt.ts';
import { areChunksFiles, countFileChunks, fileChunks } from './file-chunks.ts';

/** Columns that the file does not have as they are told: what was in hand is ready again, and what is settled stands in no lane. */
const EXPRESSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	deliveries: {
		state: "CASE state WHEN 'sending' THEN 'pending' ELSE state END",
		lane_place: unsettled('lane_place', '0'),
		due_at: "CASE state WHEN 'pending' THEN due_at WHEN 'sending' THEN created_at END",
		held_since: unsettled('held_since', 'NULL'),
		lane_free_at: unsettled('lane_free_at', 'NULL'),
	},
	attempts: { delivery_seq: `seq / ${ATTEMPT_KEYS}`, number: `seq % ${ATTEMPT_KEYS}` },
};

function unsettled(column: string, otherwise: string): string {
	return `CASE WHEN state IN ('pending', 'sending') THEN ${column} ELSE ${otherwise} END`;
}

export class SqliteTables implements TableDump {
	readonly #db: Connection;
	readonly #mediaDirectory: string;

	constructor(db: Connection, mediaDirectory: string) {
		this.#db = db;
		this.#mediaDirectory = mediaDirectory;
	}

	tables(): readonly string[] {
		return TRANSFER_TABLES.map(({ name }) => name);
	}

	async counts(): Promise<ReadonlyMap<string, number>> {
		const count = (name: string): number =>
			this.#isOfFiles(name)
				? countFileChunks(this.#db)
				: (this.#db.get<{ count: number }>(`SELECT count(*) AS count FROM ${name}`)?.count ?? 0);
		return new Map(this.tables().map((name) => [name, count(name)]));
	}

	async rows(name: string, after: TransferRow | undefined, limit: number): Promise<readonly TransferRow[]> {
		if (this.#isOfFiles(name)) return fileChunks(this.#db, this.#mediaDirectory, after, limit);
		const table = transferTable(name);
		const columns = Object.keys(table.columns).map((column) => `${EXPRESSIONS[name]?.[column] ?? column} AS "${column}"`);
		const { columns: key, values } = placeIn(table, after);
		const condition = values.length === 0 ? '' : `WHERE (${key}) > (${values.map(() => '?').join(', ')})`;
		const sql = `SELECT ${columns.join(', ')} FROM ${name} ${condition} ORDER BY ${key} LIMIT ?`;
		return this.#db.all<Record<string, unknown>>(sql, ...values, limit).map((row) => toTransferRow(table, row));
	}

	async write(name: string, rows: readonly TransferRow[]): Promise<void> {
		const table = transferTable(name);
		const columns = Object.keys(table.columns);
		const insert =
			name === 'attempts'
				? `INSERT INTO attempts (seq, is_probe, record) VALUES (?1 * ${ATTEMPT_KEYS} + ?2, ?3, ?4)`
				: `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
		for (const row of rows) this.#db.run(insert, ...columns.map((column) => toInput(table, row, column)));
	}

	async isEmpty(): Promise<boolean> {
		return this.tables().every((name) => this.#db.get(`SELECT 1 FROM ${name} LIMIT 1`) === undefined);
	}

	#isOfFiles(name: string): boolean {
		return name === 'media_chunks' && areChunksFiles(this.#db);
	}
}

/** Attempts stand under keys that begin with their delivery's. */
function placeIn(table: TransferTable, after: TransferRow | undefined): { columns: string; values: SQLInputValue[] } {
	if (table.name === 'attempts') {
		return { columns: 'seq', values: after ? [Number(after['delivery_seq']) * ATTEMPT_KEYS + Number(after['number'])] : [] };
	}
	return { columns: table.key.join(', '), values: after ? table.key.map((column) => after[column] ?? null) : [] };
}

function toInput(table: TransferTable, row: TransferRow, column: string): SQLInputValue {
	const value = row[column] ?? null;
	return table.columns[column] === 'bytes' ? Buffer.from(String(value), 'base64') : value;
}
