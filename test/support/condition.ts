/** Waiting for something to become true, woken by signals: no sleeping, no polling. A generous limit turns a hang into a message. */
import { systemClock } from '../../src/system/system-clock.ts';

/** Far more than anything takes on a machine that is slow and busy with other tests as well: only what hangs lasts so long. */
const WITHIN_MS = 60_000;

export class Condition {
	readonly #waiting = new Set<() => void>();
	readonly #describe: () => string;

	/** `describe` says how things stand when a wait is given up. */
	constructor(describe: () => string = () => 'nothing more is known') {
		this.#describe = describe;
	}

	/** Something changed: everybody looks again. */
	notify(): void {
		for (const look of [...this.#waiting]) look();
	}

	/** Resolves when it is true, at once where it is already; rejects after `withinMs`. */
	until(isTrue: () => boolean, what: string, withinMs: number = WITHIN_MS): Promise<void> {
		if (isTrue()) return Promise.resolve();
		return new Promise((resolve, reject) => {
			// Of the real clock, whichever one is under test: it only ends what would hang.
			const limit = systemClock.schedule(withinMs, () => {
				this.#waiting.delete(look);
				reject(new Error(`Waited ${withinMs} ms in vain for ${what}; ${this.#describe()}`));
			});
			const look = (): void => {
				if (!isTrue()) return;
				this.#waiting.delete(look);
				limit.cancel();
				resolve();
			};
			this.#waiting.add(look);
		});
	}
}
