/** What `export`, `import` and `migrate` have in common: the store of the configuration, words for how far it is, and for what went wrong. */
import { readConfig } from '../config/read-config.ts';
import type { exportStore } from '../transfer/export-store.ts';
import type { OnProgress } from '../transfer/progress.ts';
import { TransferFault } from '../transfer/transfer-fault.ts';
import type { Arguments } from './arguments.ts';
import type { Terminal } from './command.ts';
import { CommandFailure } from './failure.ts';
import { environmentFor } from './serve.ts';

type TransferStore = Parameters<typeof exportStore>[0];

/** Nothing is opened yet. */
export async function openTransferStore(args: Arguments, terminal: Terminal): Promise<TransferStore> {
	const config = readConfig(environmentFor(args, terminal));
	const { createTransferStore } = await import('../stores.ts');
	return createTransferStore(config.store);
}

/** Standard output is for what a script reads. */
export function progressLines(terminal: Terminal): OnProgress {
	return ({ phase, table, done, total }) => terminal.warn(`${phase} ${table}: ${done} of ${total}`);
}

export function rowsIn(sums: Readonly<Record<string, { readonly count: number }>>): number {
	return Object.values(sums).reduce((rows, { count }) => rows + count, 0);
}

/** Throws CommandFailure for what a person can act on. */
export async function transferring<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw error instanceof TransferFault ? new CommandFailure(error.message) : error;
	}
}
