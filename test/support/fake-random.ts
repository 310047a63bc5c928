/** Randomness that a test chooses. For one that varies but repeats itself there is `mulberry` in src/system. */
import type { Random } from '../../src/ports/clock.ts';

/** These values in a circle. */
export function fixedRandom(...values: readonly number[]): Random {
	let turn = 0;
	return {
		next(): number {
			const value = values[turn % values.length] ?? 0;
			turn += 1;
			return value;
		},
	};
}
