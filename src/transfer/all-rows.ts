/** All rows of a store, a page at a time: a page is as large as memory allows, whether its rows are notes or pictures. */
import type { TableDump, TransferRow } from '../ports/transfer.ts';

/** What a page comes to at most, as far as the one before it tells. */
const PAGE_CHARACTERS = 4_194_304;
/** The first may be a large one. */
const PAGE_ROWS_FIRST = 1;
const PAGE_ROWS_MAX = 2_000;
const GROWTH_MAX = 4;

export interface TableRow {
	readonly table: string;
	readonly row: TransferRow;
}

/** Table by table, in the order of their keys. While the rows of one page are handed out the next is read. */
export async function* allRows(tables: TableDump): AsyncGenerator<TableRow> {
	for (const table of tables.tables()) {
		let limit = PAGE_ROWS_FIRST;
		let reading: Promise<readonly TransferRow[]> | undefined = tables.rows(table, undefined, limit);
		while (reading) {
			const rows: readonly TransferRow[] = await reading;
			const isLast = rows.length < limit;
			limit = nextLimit(rows);
			reading = isLast ? undefined : tables.rows(table, rows.at(-1), limit);
			// Whoever asks for the first of its rows is told.
			reading?.catch(() => undefined);
			for (const row of rows) yield { table, row };
		}
	}
}

function nextLimit(rows: readonly TransferRow[]): number {
	const characters = rows.reduce((sum, row) => sum + charactersOf(row), 0);
	const fitting = Math.floor((PAGE_CHARACTERS * rows.length) / Math.max(1, characters));
	return Math.max(1, Math.min(fitting, rows.length * GROWTH_MAX, PAGE_ROWS_MAX));
}

/** About as much as it takes in memory. */
export function charactersOf(row: TransferRow): number {
	return Object.values(row).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
}
