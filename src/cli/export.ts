/** `recado export`: everything that a store keeps, as one file. */
import { exportStore } from '../transfer/export-store.ts';
import type { Arguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { UsageError } from './failure.ts';
import { openTransferStore, progressLines, rowsIn, transferring } from './transferring.ts';

export const exportCommand: Command = {
	name: 'export',
	summary: 'everything that is kept, as one file, to move to another store',
	description: [
		'Writes everything that the store of this configuration keeps into one file: JSON lines with a checksum for each table, packed where its name ends in .gz. No gateway may run on the store meanwhile; what was being sent is ready again in the file.',
		'Secrets stay sealed in it: whoever imports it needs the same RECADO_SECRET_KEY. It is for its owner alone, like the store itself: messages and phone numbers are readable in it.',
	],
	options: {
		to: { value: 'FILE', meaning: 'the file to make; it must not be there yet' },
		environment: { value: 'FILE', meaning: 'variables from a file, as in: recado serve --environment FILE' },
	},
	examples: ['recado export --to recado.jsonl.gz', 'recado export --to recado.jsonl --environment .env'],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const file = args.text('to');
	if (file === undefined) throw new UsageError('--to FILE says which file to make');
	const store = await openTransferStore(args, terminal);
	const sums = await transferring(() => exportStore(store, file, progressLines(terminal)));
	terminal.print(`Exported ${rowsIn(sums)} rows to ${file}`);
	return EXIT.ok;
}
