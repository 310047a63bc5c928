/** Chance that repeats itself: each person draws from a row of their own, so that who does what does not depend on who was faster. */
import { createHash } from 'node:crypto';

export interface Chance {
	/** Whether something happens that happens in this part of all cases. */
	happens(part: number): boolean;
	/** A whole number, both ends included. */
	between(from: number, to: number): number;
	pick<T>(from: readonly [T, ...T[]]): T;
}

/** The same names, the same row. */
export function chanceOf(...names: readonly (string | number)[]): Chance {
	let drawn = 0;
	const next = (): number => {
		drawn += 1;
		return (
			createHash('sha256')
				.update([...names, drawn].join('/'))
				.digest()
				.readUInt32BE() /
			2 ** 32
		);
	};
	const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
	return {
		happens: (part) => next() < part,
		between,
		pick: (from) => from[between(0, from.length - 1)] ?? from[0],
	};
}
