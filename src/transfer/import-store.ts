/**
 * Reads a file of `exportStore` into an empty store. What was written is read again and compared with what the file says of itself; only then
 * it is kept.
 */
import type { TableDump, TransferRow, TransferStore } from '../ports/transfer.ts';
import { allRows, charactersOf } from './all-rows.ts';
import { readLines } from './file-lines.ts';
import { type OnProgress, ProgressTeller } from './progress.ts';
import { differing, TableSums } from './table-sums.ts';
import { TransferFault } from './transfer-fault.ts';
import { type Line, parseLine, type Sums } from './transfer-format.ts';

/** Answers what was read. Throws `TransferFault` where the store has something, or the file is damaged or arrived otherwise. */
export function importStore(store: TransferStore, file: string, onProgress: OnProgress): Promise<Sums> {
	return store.open(async (tables) => {
		if (!(await tables.isEmpty())) throw new TransferFault('the store is not empty; import into a new one');
		const sums = await readInto(tables, file, onProgress);
		await verify(tables, sums, onProgress);
		return sums;
	});
}

async function readInto(tables: TableDump, file: string, onProgress: OnProgress): Promise<Sums> {
	const known = tables.tables();
	const lines = readLines(file);
	const counts = await headerOf(lines);
	const unknown = Object.keys(counts).find((table) => !known.includes(table));
	if (unknown !== undefined) throw new TransferFault(`the file has a table ${unknown}, which this version of recado does not know`);
	const progress = new ProgressTeller('importing', new Map(Object.entries(counts)), onProgress);
	const sums = new TableSums(known);
	const batches = new Batches(tables);
	for await (const text of lines) {
		const line = parseLine(text);
		if (line.kind === 'header') throw new TransferFault('the file is damaged: it begins anew in the middle');
		if (line.kind === 'trailer') {
			await batches.end();
			return compared(sums.end(), line.sums, await restOf(lines));
		}
		if (!known.includes(line.table)) throw new TransferFault(`the file is damaged: it has a row of ${line.table}`);
		sums.add(line.table, JSON.stringify(line.row));
		progress.count(line.table);
		await batches.add(line.table, line.row);
	}
	throw new TransferFault('the file ends too early: something of it is missing');
}

async function headerOf(lines: AsyncGenerator<string>): Promise<Readonly<Record<string, number>>> {
	const { value } = await lines.next();
	const line: Line | undefined = typeof value === 'string' ? parseLine(value) : undefined;
	if (line?.kind !== 'header') throw new TransferFault('this is no file that recado export wrote');
	return line.counts;
}

/** How many lines there are beyond the last one. */
async function restOf(lines: AsyncGenerator<string>): Promise<number> {
	let count = 0;
	for await (const _line of lines) count += 1;
	return count;
}

function compared(read: Sums, told: Sums, beyond: number): Sums {
	const [table] = differing(read, told);
	if (table !== undefined) throw new TransferFault(`the file is damaged: the rows of ${table} are not those that were written`);
	if (beyond > 0) throw new TransferFault('the file is damaged: it goes on after its end');
	return read;
}

/** What the store has now, in its own words. */
async function verify(tables: TableDump, sums: Sums, onProgress: OnProgress): Promise<void> {
	const progress = new ProgressTeller('verifying', await tables.counts(), onProgress);
	const found = new TableSums(tables.tables());
	for await (const { table, row } of allRows(tables)) {
		found.add(table, JSON.stringify(row));
		progress.count(table);
	}
	const [table] = differing(found.end(), sums);
	if (table !== undefined) throw new TransferFault(`the rows of ${table} arrived otherwise than they were sent; nothing of it was kept`);
}

const BATCH_CHARACTERS = 4_194_304;
const BATCH_ROWS = 1_000;

/** Rows of one table that are written together: while one batch is being written the next is read, so that neither waits for the other. */
class Batches {
	readonly #tables: TableDump;
	#table = '';
	#rows: TransferRow[] = [];
	#characters = 0;
	#writing: Promise<void> = Promise.resolve();

	constructor(tables: TableDump) {
		this.#tables = tables;
	}

	/** Rejects where a batch before could not be written. */
	async add(table: string, row: TransferRow): Promise<void> {
		if (table !== this.#table) await this.#flush();
		this.#table = table;
		this.#rows.push(row);
		this.#characters += charactersOf(row);
		if (this.#rows.length >= BATCH_ROWS || this.#characters >= BATCH_CHARACTERS) await this.#flush();
	}

	async end(): Promise<void> {
		await this.#flush();
		await this.#writing;
	}

	/** Hands over what there is as soon as the batch before is written. */
	async #flush(): Promise<void> {
		await this.#writing;
		if (this.#rows.length > 0) this.#writing = this.#tables.write(this.#table, this.#rows);
		// Whoever adds the next batch is told.
		this.#writing.catch(() => undefined);
		this.#rows = [];
		this.#characters = 0;
	}
}
