/** What is under way and has to be waited for at a stop, and what is tried again while the store is away. */
import type { Observer } from '../observe/observer.ts';
import type { Clock } from '../ports/clock.ts';

/** Pause before a write that the store refused is tried again. */
const STORE_RETRY_MS = 250;

export class Running {
	readonly #clock: Clock;
	readonly #observer: Observer;
	readonly #running = new Set<Promise<void>>();
	readonly #interruption = new AbortController();

	constructor(parts: { readonly clock: Clock; readonly observer: Observer }) {
		this.#clock = parts.clock;
		this.#observer = parts.observer;
	}

	/** Aborted when the grace of a stop is over. */
	get signal(): AbortSignal {
		return this.#interruption.signal;
	}

	/** It must not reject. */
	track(work: Promise<void>): void {
		this.#running.add(work);
		void work.finally(() => this.#running.delete(work));
	}

	/** Tries until the store has it. Undefined after the grace of a stop: what stays `sending` is ready again at the next start. */
	async untilWritten<T>(where: string, write: () => Promise<T>): Promise<T | undefined> {
		for (;;) {
			try {
				return await write();
			} catch (error) {
				this.#observer.background(where, error);
				if (this.signal.aborted) return undefined;
				await new Promise<void>((resolve) => this.#clock.schedule(STORE_RETRY_MS, resolve));
			}
		}
	}

	/** Waits for everything, and interrupts what takes longer than the grace. */
	async end(graceMs: number): Promise<void> {
		const grace = this.#clock.schedule(graceMs, () => this.#interruption.abort());
		while (this.#running.size > 0) await Promise.all(this.#running);
		grace.cancel();
	}
}
