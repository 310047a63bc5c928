/** The tables of a PostgreSQL database in the form that all stores have in common. */
import type { TableDump, TransferRow } from '../../../ports/transfer.ts';
import { TRANSFER_TABLES, type TransferTable, toTransferRow, transferTable } from '../../shared/transfer-tables.ts';
import type { Queries } from '../database.ts';
import { type SqlValue, statement } from '../statement.ts';
import { type FoldedNumbers, readFoldedNumbers } from './folded-numbers.ts';
import { writeRows } from './write-rows.ts';

/** What is settled tells it itself, what is not has a row in `work`; what was in hand is ready again. */
const DELIVERIES = `
	SELECT deliveries.seq, id, event_id, event_type, account_id, deliveries.webhook_id, instance_id, chat_id, deliveries.lane,
		coalesce(work.lane_place, 0) AS lane_place,
		CASE WHEN work.seq IS NULL THEN deliveries.state ELSE 'pending' END AS state,
		CASE WHEN work.state = 'sending' THEN work.created_at ELSE work.due_at END AS due_at,
		work.held_since, work.lane_free_at, coalesce(work.attempts, deliveries.attempts) AS attempts,
		CASE WHEN work.seq IS NULL THEN deliveries.last_error ELSE work.last_error END AS last_error,
		coalesce(work.is_overtaken, deliveries.is_overtaken) AS is_overtaken, deliveries.created_at,
		CASE WHEN work.seq IS NULL THEN deliveries.replayed_at ELSE work.replayed_at END AS replayed_at,
		settled_at, traceparent, body
	FROM deliveries LEFT JOIN work ON work.seq = deliveries.seq`;

export class PostgresTables implements TableDump {
	readonly #db: Queries;
	#numbers: Promise<FoldedNumbers> | undefined;

	/** `db` asks within one transaction. */
	constructor(db: Queries) {
		this.#db = db;
	}

	tables(): readonly string[] {
		return TRANSFER_TABLES.map(({ name }) => name);
	}

	async counts(): Promise<ReadonlyMap<string, number>> {
		const counts = new Map<string, number>();
		for (const name of this.tables()) {
			const [row] = await this.#db.query<{ count: number }>(statement(`transfer_count_${name}`, `SELECT count(*) AS count FROM ${name}`));
			counts.set(name, row?.count ?? 0);
		}
		return counts;
	}

	async rows(name: string, after: TransferRow | undefined, limit: number): Promise<readonly TransferRow[]> {
		const table = transferTable(name);
		this.#numbers ??= readFoldedNumbers(this.#db);
		const numbers = await this.#numbers;
		const place = after && numbers.unfolded(name, after);
		const values = place ? table.key.map((column) => place[column] ?? null) : [];
		const sql = `${selectOf(table)} ${placeCondition(table, values)} ORDER BY ${keyOf(table)} LIMIT $${values.length + 1}`;
		const page = statement(`transfer_${place ? 'next' : 'first'}_${name}`, sql);
		const rows = await this.#db.query<Record<string, unknown>>(page, [...values, limit]);
		return rows.map((row) => numbers.folded(name, toTransferRow(table, row)));
	}

	async write(name: string, rows: readonly TransferRow[]): Promise<void> {
		this.#numbers = undefined;
		await writeRows(this.#db, transferTable(name), rows);
	}

	async isEmpty(): Promise<boolean> {
		for (const name of this.tables()) {
			const rows = await this.#db.query(statement(`transfer_first_of_${name}`, `SELECT 1 FROM ${name} LIMIT 1`));
			if (rows.length > 0) return false;
		}
		return true;
	}
}

function selectOf(table: TransferTable): string {
	if (table.name === 'deliveries') return DELIVERIES;
	return `SELECT ${Object.keys(table.columns).join(', ')} FROM ${table.name}`;
}

function keyOf({ name, key }: TransferTable): string {
	return key.map((column) => `${name}.${column}`).join(', ');
}

function placeCondition(table: TransferTable, values: readonly SqlValue[]): string {
	return values.length === 0 ? '' : `WHERE (${keyOf(table)}) > (${values.map((_value, index) => `$${index + 1}`).join(', ')})`;
}
