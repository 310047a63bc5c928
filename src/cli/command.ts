/**
 * What a subcommand is: a description, from which its help and its page in the reference are made and its arguments are read, and what it
 * does. It gets everything it touches of the process through `Terminal`, so that tests can run it.
 */
import type { Environment } from '../config/environment.ts';
import type { Arguments, CommandOption } from './arguments.ts';
import type { ExitCode } from './exit-code.ts';
import type { Paint } from './paint.ts';

export interface Command {
	readonly name: string;
	/** Half a line for the list of commands. */
	readonly summary: string;
	/** A paragraph or two, wrapped by whoever shows it. */
	readonly description: readonly string[];
	readonly options: Readonly<Record<string, CommandOption>>;
	readonly examples: readonly string[];
	run(args: Arguments, terminal: Terminal): Promise<ExitCode>;
}

export interface Terminal {
	readonly environment: Environment;
	readonly paint: Paint;
	/** One line to standard output. */
	readonly print: (line: string) => void;
	/** One line to standard error. */
	readonly warn: (line: string) => void;
	/** Resolves when a person or a supervisor asks the process to stop. Whoever never asks leaves the signals alone. */
	readonly stopAsked: () => Promise<void>;
}
