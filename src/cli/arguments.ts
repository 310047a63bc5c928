/** The arguments of a subcommand, read by its own description: an unknown option is refused with the one that was probably meant. */
import { parseArgs } from 'node:util';
import { nearest } from '../config/nearest.ts';
import { UsageError } from './failure.ts';

export interface CommandOption {
	/** The name of its value in the help (`PORT`); undefined: a switch. */
	readonly value?: string;
	readonly short?: string;
	readonly isRepeatable?: true;
	readonly default?: string;
	readonly meaning: string;
}

export interface Arguments {
	/** The value of an option, its default, or undefined. */
	text(name: string): string | undefined;
	isSet(name: string): boolean;
	/** Every value of a repeatable option. */
	all(name: string): readonly string[];
	/** A whole number within bounds; throws UsageError. */
	integer(name: string, bounds: { readonly min: number; readonly max: number }): number | undefined;
}

/** Throws UsageError. */
export function readArguments(written: readonly string[], options: Readonly<Record<string, CommandOption>>): Arguments {
	const values = parse(written, options);
	const all = (name: string): readonly string[] => [values[name] ?? options[name]?.default ?? []].flat().map(String);
	const text = (name: string): string | undefined => all(name).at(-1);
	return {
		all,
		text,
		isSet: (name) => values[name] === true,
		integer(name, bounds) {
			const given = text(name);
			if (given === undefined) return undefined;
			const number = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
			if (number >= bounds.min && number <= bounds.max) return number;
			throw new UsageError(`--${name} must be a whole number from ${bounds.min} to ${bounds.max}, not "${given}"`);
		},
	};
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(written: readonly string[], options: Readonly<Record<string, CommandOption>>): Values {
	const described = Object.entries(options).map(([name, option]) => {
		const type = option.value === undefined ? ('boolean' as const) : ('string' as const);
		return [
			name,
			{ type, multiple: option.isRepeatable === true, ...(option.short === undefined ? {} : { short: option.short }) },
		] as const;
	});
	try {
		return parseArgs({ args: [...written], options: Object.fromEntries(described), strict: true, allowPositionals: false }).values;
	} catch (error) {
		throw new UsageError(explain(error, written, options));
	}
}

function explain(error: unknown, written: readonly string[], options: Readonly<Record<string, CommandOption>>): string {
	const names = Object.keys(options);
	const unknown = written.find((argument) => argument.startsWith('--') && !names.includes(nameIn(argument)));
	if (unknown !== undefined) {
		const meant = nearest(nameIn(unknown), names);
		return `unknown option --${nameIn(unknown)}${meant === undefined ? '' : `; did you mean --${meant}?`}`;
	}
	const message = error instanceof Error ? error.message : String(error);
	// Node.js adds advice about positional arguments that start with a dash; no command here takes any.
	return (message.split('. ')[0] ?? message).replace(/^./, (letter) => letter.toLowerCase());
}

function nameIn(argument: string): string {
	return argument.replace(/^--/, '').split('=')[0] ?? '';
}
