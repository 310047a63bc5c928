/** The real time and real timers. */
import type { Clock, Timer } from '../ports/clock.ts';

/** Node fires at once what is further away than this (setTimeout takes a 32-bit delay), so longer waits are cut in pieces. */
const TIMEOUT_MS_MAX = 2_147_483_647;

export const systemClock: Clock = {
	now: () => Date.now(),
	schedule(delayMs: number, fire: () => void): Timer {
		let handle: NodeJS.Timeout;
		const wait = (leftMs: number): void => {
			const pieceMs = Math.min(leftMs, TIMEOUT_MS_MAX);
			handle = setTimeout(() => (leftMs > pieceMs ? wait(leftMs - pieceMs) : fire()), pieceMs);
		};
		wait(Math.max(0, delayMs));
		return { cancel: () => clearTimeout(handle) };
	},
};
