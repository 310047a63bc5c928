/** Writes everything that a store keeps into one file. */
import type { TableDump, TransferStore } from '../ports/transfer.ts';
import { allRows } from './all-rows.ts';
import { writeLines } from './file-lines.ts';
import { type OnProgress, ProgressTeller } from './progress.ts';
import { TableSums } from './table-sums.ts';
import { headerLine, rowLine, type Sums, trailerLine } from './transfer-format.ts';

/** Answers what was written. Throws `TransferFault` where the file is there already or cannot be made. */
export function exportStore(store: TransferStore, file: string, onProgress: OnProgress): Promise<Sums> {
	return store.open(async (tables) => {
		const written: { sums: Sums } = { sums: {} };
		await writeLines(file, linesOf(tables, onProgress, written));
		return written.sums;
	});
}

async function* linesOf(tables: TableDump, onProgress: OnProgress, written: { sums: Sums }): AsyncGenerator<string> {
	const counts = await tables.counts();
	const progress = new ProgressTeller('exporting', counts, onProgress);
	const sums = new TableSums(tables.tables());
	yield headerLine(counts);
	for await (const { table, row } of allRows(tables)) {
		const json = JSON.stringify(row);
		sums.add(table, json);
		progress.count(table);
		yield rowLine(table, json);
	}
	written.sums = sums.end();
	yield trailerLine(written.sums);
}
