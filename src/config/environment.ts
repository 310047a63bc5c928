/**
 * The one place that reads the environment. It answers raw strings, of the variables that are ours and of those that tell how a terminal
 * wants to be written to; what they mean is decided by `readConfig`.
 */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type Environment = Readonly<Record<string, string>>;

/** Variables that are not ours but speak to every command-line tool (no-color.org). */
const TERMINAL_VARIABLES: ReadonlySet<string> = new Set(['NO_COLOR', 'TERM']);

/**
 * What the process was given. Variables of `file` (lines of `NAME=value`) stand in where the process has none of that name.
 * Throws the file system's error where the file cannot be read.
 */
export function readEnvironment(file?: string): Environment {
	const given: NodeJS.ProcessEnv = process.env;
	const fromFile: NodeJS.Dict<string> = file === undefined ? {} : parseEnv(readFileSync(file, 'utf8'));
	const ours: Record<string, string> = {};
	for (const [name, value] of [...Object.entries(fromFile), ...Object.entries(given)]) {
		if (value !== undefined && (name.startsWith('RECADO_') || TERMINAL_VARIABLES.has(name))) ours[name] = value;
	}
	return ours;
}
