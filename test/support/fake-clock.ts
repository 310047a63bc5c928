/** A clock that stands still until a test moves it; timers fire in the order of their times, and what they set off runs in between. */
import type { Clock, Timer } from '../../src/ports/clock.ts';

interface FakeTimer {
	readonly at: number;
	readonly fire: () => void;
}

export class FakeClock implements Clock {
	#now: number;
	#wallOffMs = 0;
	readonly #turns: number;
	#isBusy: () => boolean = () => false;
	/** In the order they were scheduled. */
	readonly #timers = new Set<FakeTimer>();

	/**
	 * Default: 2026-01-02 03:04:05 UTC. `turns` of the event loop pass between two timers: two let a group commit happen and be heard of; what
	 * takes several commits in a row needs more.
	 */
	constructor(now: number = Date.UTC(2026, 0, 2, 3, 4, 5), turns = 2) {
		this.#now = now;
		this.#turns = turns;
	}

	/** Time stands still while this is so: for what is answered by another process. */
	standStillWhile(isBusy: () => boolean): void {
		this.#isBusy = isBusy;
	}

	now(): number {
		return this.#now;
	}

	/** As `now`, but for what `stepWall` put it off by. */
	wall(): number {
		return this.#now + this.#wallOffMs;
	}

	schedule(delayMs: number, fire: () => void): Timer {
		// Times are whole milliseconds, and no timer is early.
		const timer = { at: Math.ceil(this.#now + Math.max(0, delayMs)), fire };
		this.#timers.add(timer);
		return { cancel: () => void this.#timers.delete(timer) };
	}

	/** How many timers wait. */
	get pending(): number {
		return this.#timers.size;
	}

	/** When the next one fires; undefined where none waits. */
	get nextAt(): number | undefined {
		return this.#first()?.at;
	}

	/** Moves on by so much. Whatever is due on the way fires at its own time; promise jobs and immediates run before the next one does. */
	async advance(ms: number): Promise<void> {
		await this.advanceTo(this.#now + ms);
	}

	async advanceTo(time: number): Promise<void> {
		await this.#settle();
		for (let timer = this.#first(); timer && timer.at <= time; timer = this.#first()) {
			this.#timers.delete(timer);
			this.#now = Math.max(this.#now, timer.at);
			timer.fire();
			await this.#settle();
		}
		this.#now = Math.max(this.#now, time);
	}

	/** Moves on to the next timer and fires what is due then. False where none waits. */
	async advanceToNext(): Promise<boolean> {
		await this.#settle();
		const next = this.#first();
		if (!next) return false;
		await this.advanceTo(next.at);
		return true;
	}

	/** Sets the time of day without firing anything, as a person or NTP does. */
	jumpTo(time: number): void {
		this.#now = time;
	}

	/** Puts the machine's clock forth or back; `now` goes on as it was. */
	stepWall(ms: number): void {
		this.#wallOffMs += ms;
	}

	async #settle(): Promise<void> {
		for (let turn = 0; turn < this.#turns; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
			if (this.#isBusy()) turn = -1;
		}
	}

	#first(): FakeTimer | undefined {
		let first: FakeTimer | undefined;
		for (const timer of this.#timers) if (!first || timer.at < first.at) first = timer;
		return first;
	}
}
