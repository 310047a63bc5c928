/**
 * Readers of plain values: each takes what stands in a variable and answers the value, or what was expected instead. They never show the
 * text they were given, because the caller knows the variable and some texts are secrets.
 */
import { resolve } from 'node:path';

export type Reader<T> = (text: string, files: Files) => Reading<T>;
export type Reading<T> = { readonly value: T } | { readonly expected: Words };

/** What a value has to be, so that it can follow the variable's name: `must be …`. */
export interface Words {
	readonly en: string;
	readonly pt: string;
}

/** The file system, handed in so that reading a configuration stays a pure function. */
export interface Files {
	/** Throws where the file cannot be read. */
	readText(path: string): string;
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTES_PER_UNIT: Readonly<Record<string, number>> = { '': 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 };

export function integer(bounds: { readonly min: number; readonly max: number }): Reader<number> {
	return (text) => {
		const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
		if (value >= bounds.min && value <= bounds.max) return { value };
		return {
			expected: {
				en: `must be a whole number from ${bounds.min} to ${bounds.max}`,
				pt: `deve ser um número inteiro de ${bounds.min} a ${bounds.max}`,
			},
		};
	};
}

/** A name that somebody else gave. */
export const word: Reader<string> = (text) => {
	if (/^[\x21-\x7e]{1,500}$/.test(text)) return { value: text };
	return { expected: { en: 'must be visible ASCII characters without blanks', pt: 'deve ter caracteres ASCII visíveis, sem espaços' } };
};

/** A part of a whole: `0`, `0.05`, `1`. */
export const part: Reader<number> = (text) => {
	const value = /^(0|1|[01]?\.\d{1,9})$/.test(text) ? Number(text) : Number.NaN;
	if (value >= 0 && value <= 1) return { value };
	return { expected: { en: 'must be a number from 0 to 1, like 0.05', pt: 'deve ser um número de 0 a 1, como 0.05' } };
};

/** Bytes: `8192`, `64KiB`, `20MiB`. The bounds are written the same way. */
export function bytes(bounds: { readonly min: string; readonly max: string }): Reader<number> {
	const min = bytesOf(bounds.min);
	const max = bytesOf(bounds.max);
	return (text) => {
		const value = bytesOf(text);
		if (value >= min && value <= max) return { value };
		return {
			expected: {
				en: `must be a number of bytes from ${bounds.min} to ${bounds.max}, like 65536, 64KiB or 20MiB`,
				pt: `deve ser um número de bytes de ${bounds.min} a ${bounds.max}, como 65536, 64KiB ou 20MiB`,
			},
		};
	};
}

function bytesOf(text: string): number {
	const match = /^(\d{1,12})(KiB|MiB|GiB)?$/.exec(text);
	return match ? Number(match[1]) * (BYTES_PER_UNIT[match[2] ?? ''] ?? Number.NaN) : Number.NaN;
}

/** A duration: `500ms`, `30s`, `10m`, `24h`, `3d`. The bounds are written the same way. */
export function duration(bounds: { readonly min: string; readonly max: string }): Reader<number> {
	const min = millisecondsOf(bounds.min);
	const max = millisecondsOf(bounds.max);
	return (text) => {
		const value = millisecondsOf(text);
		if (value >= min && value <= max) return { value };
		return {
			expected: {
				en: `must be a duration from ${bounds.min} to ${bounds.max}, like 500ms, 30s, 10m, 24h or 3d`,
				pt: `deve ser uma duração de ${bounds.min} a ${bounds.max}, como 500ms, 30s, 10m, 24h ou 3d`,
			},
		};
	};
}

/** Durations separated by commas, at least one. */
export function durations(bounds: { readonly max: string; readonly countMax: number }): Reader<readonly number[]> {
	const max = millisecondsOf(bounds.max);
	return (text) => {
		const value = items(text).map(millisecondsOf);
		if (value.length > 0 && value.length <= bounds.countMax && value.every((each) => each >= 0 && each <= max)) return { value };
		return {
			expected: {
				en: `must be 1 to ${bounds.countMax} durations separated by commas, each up to ${bounds.max}, like 0s,5s,5m,2h`,
				pt: `deve ser de 1 a ${bounds.countMax} durações separadas por vírgula, cada uma até ${bounds.max}, como 0s,5s,5m,2h`,
			},
		};
	};
}

function millisecondsOf(text: string): number {
	const match = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text);
	return match ? Number(match[1]) * (MS_PER_UNIT[match[2] ?? ''] ?? Number.NaN) : Number.NaN;
}

export function oneOf<T extends string>(choices: readonly T[]): Reader<T> {
	return (text) => {
		const value = choices.find((choice) => choice === text);
		if (value !== undefined) return { value };
		return { expected: { en: `must be one of ${choices.join(', ')}`, pt: `deve ser um destes: ${choices.join(', ')}` } };
	};
}

/** A directory, made absolute; whether it can be written to is found out when it is opened. */
export const directory: Reader<string> = (text) => ({ value: resolve(text) });

/** The parts of a list separated by commas, without blanks around them and without empty ones. */
export function items(text: string): readonly string[] {
	return text
		.split(',')
		.map((item) => item.trim())
		.filter((item) => item !== '');
}
