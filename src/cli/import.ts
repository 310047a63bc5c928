/** `recado import`: a file of `recado export` into an empty store. */
import { importStore } from '../transfer/import-store.ts';
import type { Arguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { UsageError } from './failure.ts';
import { openTransferStore, progressLines, rowsIn, transferring } from './transferring.ts';

export const importCommand: Command = {
	name: 'import',
	summary: 'a file of "recado export" into an empty store',
	description: [
		'Reads a file that "recado export" wrote into the store of this configuration, which has to be empty, then reads everything again from the store and compares it with the checksums in the file. All of it is kept, or nothing. No gateway may run on the store meanwhile.',
		'Between SQLite and PostgreSQL either way: without RECADO_DATABASE_URL the store is the file in RECADO_DATA. Keep RECADO_SECRET_KEY as it was.',
	],
	options: {
		from: { value: 'FILE', meaning: 'the file to read' },
		environment: { value: 'FILE', meaning: 'variables from a file, as in: recado serve --environment FILE' },
	},
	examples: [
		'RECADO_DATABASE_URL=postgres://recado@db.example/recado recado import --from recado.jsonl.gz',
		'RECADO_DATA=./new recado import --from recado.jsonl.gz',
	],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const file = args.text('from');
	if (file === undefined) throw new UsageError('--from FILE says which file to read');
	const store = await openTransferStore(args, terminal);
	const sums = await transferring(() => importStore(store, file, progressLines(terminal)));
	terminal.print(`Imported ${rowsIn(sums)} rows from ${file}; the store has them all`);
	return EXIT.ok;
}
