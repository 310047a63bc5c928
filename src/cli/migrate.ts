/** `recado migrate`: the store brought to the schema of this version, ahead of the gateways. */
import type { Arguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { openTransferStore } from './transferring.ts';

export const migrateCommand: Command = {
	name: 'migrate',
	summary: 'brings the store to the schema of this version, then ends',
	description: [
		'Brings the store of this configuration to the schema of this version. Each gateway does so itself when it starts; this is for whoever wants it done before the first of the new ones starts. The user of the database needs the same rights either way: to own what is in it. Where nothing is to be done it changes nothing.',
	],
	options: {
		environment: { value: 'FILE', meaning: 'variables from a file, as in: recado serve --environment FILE' },
	},
	examples: ['recado migrate', 'recado migrate --environment .env'],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const store = await openTransferStore(args, terminal);
	await store.migrate();
	terminal.print('The store has the schema of this version');
	return EXIT.ok;
}
