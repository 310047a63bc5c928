/** `docs/reference/cli.md`, made from the descriptions of the commands by `npm run reference`; a test fails where the file differs. */
import type { Command } from './command.ts';
import { EXIT_CODES, optionForm, optionMeaning } from './help.ts';

export function commandsPage(commands: readonly Command[]): string {
	return [
		'<!-- Made from src/cli by `npm run reference`; do not edit. -->',
		'# The command',
		'',
		'`recado <command> [options]`; in a clone: `npm run recado -- <command> [options]`. `--help` after any command tells what stands here.',
		'Colours appear on a terminal alone and honour `NO_COLOR`. What a script reads comes on standard output, everything else on standard error.',
		'',
		'| exit code | meaning |',
		'|---|---|',
		...EXIT_CODES.map(([code, meaning]) => `| ${code} | ${meaning} |`),
		'',
		...commands.flatMap(commandSection),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

function commandSection(command: Command): readonly string[] {
	const rows = Object.entries(command.options).map(([name, option]) => `| \`${optionForm(name, option)}\` | ${optionMeaning(option)} |`);
	return [
		`## recado ${command.name}`,
		'',
		...command.description.flatMap((paragraph) => [paragraph, '']),
		'| option | meaning |',
		'|---|---|',
		...rows,
		'',
		'```sh',
		...command.examples,
		'```',
		'',
	];
}
