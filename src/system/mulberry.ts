/** Jitter and pacing: a small fast generator, seeded so that tests and the simulator can repeat themselves. Not for secrets. */
import type { Random } from '../ports/clock.ts';

/** mulberry32 (Tommy Ettinger, public domain). */
export function mulberry(seed: number): Random {
	let state = seed >>> 0;
	return {
		next(): number {
			state = (state + 0x6d2b79f5) >>> 0;
			let mixed = Math.imul(state ^ (state >>> 15), state | 1);
			mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
			return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
		},
	};
}
