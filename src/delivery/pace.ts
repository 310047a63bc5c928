/**
 * How fast one webhook is served. Its window (attempts in flight) grows by one with each success up to its concurrency, so that a receiver that
 * has just come back is not overrun, and is halved by what says that it is too much: a timeout, a 429. A 429 also makes the webhook pause, and a
 * rate, where it has one, spaces the beginnings of attempts.
 */

/** What a webhook begins with, before anything is known of its receiver: a hanging one holds no more than this. */
const FIRST_WINDOW = 8;

/** After a recovery: the probe that got through has shown that one at a time is not too much. */
const RECOVERY_WINDOW = 2;

/** The pause after a 429 without `Retry-After`; it doubles while 429s follow each other. */
const PAUSE_MS = 1_000;

/** A receiver may not silence a webhook for longer with one answer. */
const PAUSE_MS_MAX = 5 * 60 * 1_000;

/** How much of a rate may be begun at once: attempts that were due a moment ago. */
const BURST_MS = 50;

export interface PaceLimits {
	/** Attempts in flight. */
	readonly concurrency: number;
	/** Attempts begun in a second; undefined: as fast as they go. */
	readonly ratePerSecond?: number | undefined;
}

export class Pace {
	#window = FIRST_WINDOW;
	#isRecovering = false;
	#pausedUntil = 0;
	#pauses = 0;
	/** When the next attempt would begin if they were spaced evenly. */
	#nextAt = 0;

	/** Attempts that may be in flight now. */
	window({ concurrency }: PaceLimits): number {
		return Math.min(this.#window, concurrency);
	}

	/** The window has not yet grown to what it was before. */
	isRecovering(limits: PaceLimits): boolean {
		return this.#isRecovering && this.#window < limits.concurrency;
	}

	/** When the next attempt may begin; not later than now: at once. */
	readyAt(): number {
		return Math.max(this.#pausedUntil, this.#nextAt - BURST_MS);
	}

	/** A rate that was changed counts from now on: what the one before had spaced out is not waited for. */
	rerate(): void {
		this.#nextAt = 0;
	}

	get pausedUntil(): number {
		return this.#pausedUntil;
	}

	begun(now: number, { ratePerSecond }: PaceLimits): void {
		if (ratePerSecond === undefined) return;
		this.#nextAt = Math.max(this.#nextAt, now) + 1_000 / ratePerSecond;
	}

	succeeded({ concurrency }: PaceLimits): void {
		this.#pauses = 0;
		if (this.#window < concurrency) this.#window += 1;
	}

	timedOut(limits: PaceLimits): void {
		this.#window = Math.max(1, Math.floor(this.window(limits) / 2));
	}

	/** Answers until when. */
	tooMany(now: number, retryAfterMs: number | undefined, limits: PaceLimits): number {
		this.timedOut(limits);
		const pauseMs = Math.min(retryAfterMs ?? PAUSE_MS * 2 ** Math.min(this.#pauses, 30), PAUSE_MS_MAX);
		this.#pauses += 1;
		this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
		return this.#pausedUntil;
	}

	/** The receiver is back, or another one. */
	restart(): void {
		this.#window = RECOVERY_WINDOW;
		this.#isRecovering = true;
		this.#pausedUntil = 0;
		this.#pauses = 0;
	}
}
