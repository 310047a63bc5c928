/** The help texts, made from the commands' descriptions. */
import type { CommandOption } from './arguments.ts';
import type { Command } from './command.ts';

const COLUMNS = 100;

export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
	['0', 'it worked, or was stopped as asked'],
	['1', 'it failed: the last lines say why and what to do'],
	['2', 'the command line is wrong'],
	['78', 'the configuration has faults; all of them are listed'],
];

/** `recado --help`. */
export function overview(commands: readonly Command[]): string {
	return [
		'Recado: a self-hosted messaging gateway. Messages in, signed and ordered webhooks out.',
		'',
		'usage: recado <command> [options]',
		'',
		'commands',
		...table(commands.map((command) => [command.name, command.summary])),
		'',
		'options',
		...table([
			['--help, -h', 'this text, or that of a command: recado <command> --help'],
			['--version', 'the version, then stop'],
		]),
		'',
		'exit codes',
		...table(EXIT_CODES),
		'',
		'First time here? Run "recado dev" (in a clone: npm start). It needs no configuration.',
	].join('\n');
}

/** `recado <command> --help`. */
export function commandHelp(command: Command): string {
	return [
		`usage: recado ${command.name} [options]`,
		'',
		...command.description.flatMap((paragraph) => [...wrap(paragraph, COLUMNS), '']),
		'options',
		...table(Object.entries(command.options).map(([name, option]) => [optionForm(name, option), optionMeaning(option)])),
		'',
		'examples',
		...command.examples.map((example) => `  ${example}`),
	].join('\n');
}

export function optionForm(name: string, option: CommandOption): string {
	const value = option.value === undefined ? '' : ` ${option.value}`;
	return `--${name}${value}${option.short === undefined ? '' : `, -${option.short}`}`;
}

export function optionMeaning(option: CommandOption): string {
	const more = [option.isRepeatable ? 'repeatable' : '', option.default === undefined ? '' : `default ${option.default}`].filter(Boolean);
	return more.length === 0 ? option.meaning : `${option.meaning} (${more.join(', ')})`;
}

/** Two columns, the second one wrapped beside the first. */
function table(rows: readonly (readonly [string, string])[]): readonly string[] {
	const width = Math.max(...rows.map(([first]) => first.length));
	return rows.flatMap(([first, second]) =>
		wrap(second, COLUMNS - width - 4).map((line, index) => `  ${(index === 0 ? first : '').padEnd(width)}  ${line}`.trimEnd()),
	);
}

function wrap(text: string, columns: number): readonly string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
