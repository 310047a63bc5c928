/** Finds the subcommand, reads its arguments, runs it, and turns what went wrong into words and an exit code. */
import { readFileSync } from 'node:fs';
import { configurationFaults } from '../config/configuration-faults.ts';
import { expectedFailure } from '../config/expected-failure.ts';
import { nearest } from '../config/nearest.ts';
import { readArguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { CommandFailure, UsageError } from './failure.ts';
import { commandHelp, overview } from './help.ts';

export async function run(written: readonly string[], commands: readonly Command[], terminal: Terminal): Promise<ExitCode> {
	const [name, ...rest] = written;
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(rest[0], commands, terminal);
	if (name === '--version') {
		terminal.print(version());
		return EXIT.ok;
	}
	const command = commands.find((each) => each.name === name);
	if (!command) return refuse(unknownCommand(name, commands), undefined, terminal);
	if (rest.includes('--help') || rest.includes('-h')) {
		terminal.print(commandHelp(command));
		return EXIT.ok;
	}
	try {
		return await command.run(readArguments(rest, command.options), terminal);
	} catch (error) {
		return tell(error, command, terminal);
	}
}

function help(name: string | undefined, commands: readonly Command[], terminal: Terminal): ExitCode {
	const command = commands.find((each) => each.name === name);
	if (name !== undefined && !command) return refuse(unknownCommand(name, commands), undefined, terminal);
	terminal.print(command ? commandHelp(command) : overview(commands));
	return EXIT.ok;
}

function unknownCommand(name: string, commands: readonly Command[]): string {
	const names = commands.map((each) => each.name);
	const meant = nearest(name, names);
	if (meant !== undefined) return `unknown command "${name}"; did you mean ${meant}?`;
	return `unknown command "${name}"; the commands are ${names.join(', ')}`;
}

function refuse(message: string, command: Command | undefined, terminal: Terminal): ExitCode {
	terminal.warn(`recado${command ? ` ${command.name}` : ''}: ${message}`);
	terminal.warn(`Try: recado ${command ? `${command.name} ` : ''}--help`);
	return EXIT.usage;
}

function tell(error: unknown, command: Command, terminal: Terminal): ExitCode {
	if (error instanceof UsageError) return refuse(error.message, command, terminal);
	if (error instanceof CommandFailure) {
		terminal.warn(`recado ${command.name}: ${error.message}`);
		return EXIT.failed;
	}
	const faults = configurationFaults(error);
	if (faults) {
		terminal.warn(`recado ${command.name}: the configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}`);
		for (const fault of faults) terminal.warn(`  ${fault}`);
		terminal.warn('Every option is described in docs/reference/configuration.md.');
		return EXIT.configuration;
	}
	const unexpected = error instanceof Error ? (error.stack ?? error.message) : String(error);
	terminal.warn(`recado ${command.name}: ${expectedFailure(error) ?? unexpected}`);
	return EXIT.failed;
}

export function version(): string {
	const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
	return manifest !== null && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : 'unknown';
}
