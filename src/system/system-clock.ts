/**
 * The real time and real timers. The machine's clock may be put back (a person, NTP, a restored virtual machine), and what is due by it would
 * sleep until it has caught up. So `now` follows it forth, and where it stands behind goes on without it, a little slower than time passes: what is
 * due soon is due soon, and after a while both show the same again.
 *
 * Its line begins where `now` agreed with the machine's clock last, and rises with the monotonic clock. A machine's clock that is not below the line is
 * right, and the line begins anew there; one that is below it is waited for.
 */
import type { Clock, Timer } from '../ports/clock.ts';

export interface RawClocks {
	/** Epoch milliseconds, as the machine says. */
	readonly wall: () => number;
	/** Milliseconds that pass whatever is done to the machine's clock. */
	readonly monotonic: () => number;
}

/** Node fires at once what is further away than this (setTimeout takes a 32-bit delay), so longer waits are cut in pieces. */
const TIMEOUT_MS_MAX = 2_147_483_647;

/** How fast the line rises: an hour is made up for in ten. Clocks that merely run apart differ by far less, and stay above it. */
const PACE = 0.9;

/** What is less is no step but NTP at its work, and nobody needs to hear of it. */
const STEP_MS_MIN = 1_000;

const MACHINE: RawClocks = { wall: () => Date.now(), monotonic: () => performance.now() };

export class SystemClock implements Clock {
	readonly #raw: RawClocks;
	readonly #onWentBack: (byMs: number) => void;
	/** The line. */
	#from: number;
	#fromMonotonic: number;
	#last: number;
	/** The reading before, to see a step. */
	#wall: number;
	#monotonic: number;

	/** @param onWentBack told once each time the machine's clock was put back, and by how much. It may not ask this clock. */
	constructor(onWentBack: (byMs: number) => void, raw: RawClocks = MACHINE) {
		this.#raw = raw;
		this.#onWentBack = onWentBack;
		this.#wall = raw.wall();
		this.#monotonic = raw.monotonic();
		this.#from = this.#wall;
		this.#fromMonotonic = this.#monotonic;
		this.#last = this.#wall;
	}

	now(): number {
		const wall = this.#raw.wall();
		const monotonic = this.#raw.monotonic();
		const lostMs = this.#wall + (monotonic - this.#monotonic) - wall;
		this.#wall = wall;
		this.#monotonic = monotonic;
		const line = this.#from + (monotonic - this.#fromMonotonic) * PACE;
		if (wall >= line) {
			this.#from = wall;
			this.#fromMonotonic = monotonic;
		}
		this.#last = Math.max(this.#last, wall, Math.floor(line));
		if (lostMs > STEP_MS_MIN) this.#onWentBack(Math.round(lostMs));
		return this.#last;
	}

	wall(): number {
		return this.#raw.wall();
	}

	/** `now` is not before this: what was written before a restart, by a clock that has been put back since, must not lie in the future. */
	raise(floor: number): void {
		const behindMs = floor - this.now();
		if (behindMs <= 0) return;
		this.#last = floor;
		this.#from = floor;
		this.#fromMonotonic = this.#monotonic;
		if (behindMs > STEP_MS_MIN) this.#onWentBack(behindMs);
	}

	schedule(delayMs: number, fire: () => void): Timer {
		let handle: NodeJS.Timeout;
		const wait = (leftMs: number): void => {
			const pieceMs = Math.min(leftMs, TIMEOUT_MS_MAX);
			handle = setTimeout(() => (leftMs > pieceMs ? wait(leftMs - pieceMs) : fire()), pieceMs);
		};
		wait(Math.max(0, delayMs));
		return { cancel: () => clearTimeout(handle) };
	}
}

/** For those who only wait: nobody is told of steps. */
export const systemClock: Clock = new SystemClock(() => {});
