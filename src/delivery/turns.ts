/** Lines that may begin an attempt take turns, one attempt each. A line that has to wait for something is out until it is added again. */
import type { Clock } from '../ports/clock.ts';
import type { Handler } from './handler.ts';
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';
import type { Running } from './running.ts';
import type { Waker } from './waker.ts';

/** How many of those that wait for a share are looked at when something becomes free; the others are next. */
const UNCROWDED_MAX = 32;

export interface TurnsParts {
	readonly clock: Clock;
	readonly lines: Lines;
	readonly running: Running;
	readonly handler: Handler;
	readonly waker: Waker;
}

export class Turns {
	readonly #parts: TurnsParts;
	/** The next one first. */
	readonly #lines = new Set<Line>();
	/** Lines that were refused a share of what all have in common. */
	readonly #crowded = new Set<Line>();

	constructor(parts: TurnsParts) {
		this.#parts = parts;
	}

	add(line: Line): void {
		this.#lines.add(line);
	}

	/** It waits for a share of what all have in common. */
	crowd(line: Line): void {
		this.#crowded.add(line);
	}

	delete(line: Line): void {
		this.#lines.delete(line);
	}

	/** It is gone. */
	forget(line: Line): void {
		this.#lines.delete(line);
		this.#crowded.delete(line);
	}

	/** Something that all have in common became free: some of those who wait for it may try again. */
	*uncrowded(): Iterable<Line> {
		let left = UNCROWDED_MAX;
		for (const line of this.#crowded) {
			if (left === 0) return;
			left -= 1;
			this.#crowded.delete(line);
			yield line;
		}
	}

	/** Until nobody may begin one more. */
	take(): void {
		// A line that is added again while this goes on comes round again.
		for (const line of this.#lines) {
			this.#lines.delete(line);
			if (this.#begin(line) && line.inHand > 0) this.#lines.add(line);
		}
	}

	/** False where the line has to wait for something. */
	#begin(line: Line): boolean {
		const { clock, lines, running, handler, waker } = this.#parts;
		const limits = lines.limitsOf(line.webhookId);
		if (lines.isClosed(line) || line.inFlight >= line.pace.window(limits)) return false;
		const now = clock.now();
		const readyAt = lines.readyAt(line, now);
		if (readyAt > now) {
			waker.wakeAt(line.webhookId, readyAt);
			return false;
		}
		if (!lines.hasShareOfAttempts(line)) {
			this.#crowded.add(line);
			return false;
		}
		const delivery = line.takeFirst();
		if (!delivery) return false;
		line.pace.begun(now, limits);
		running.track(handler.handle(line, delivery));
		return true;
	}
}
