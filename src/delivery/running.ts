/** What is under way and has to be waited for at a stop, and what is tried again while the store is away. */
import type { Observer } from '../observe/observer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Peers } from '../ports/peers.ts';
import { isLeaseLost, Tenure } from './tenure.ts';

/** Pause before a write that the store refused is tried again. */
const STORE_RETRY_MS = 250;

export interface RunningParts {
	readonly clock: Clock;
	readonly observer: Observer;
	readonly peers: Pick<Peers, 'holds'>;
}

export class Running {
	readonly #parts: RunningParts;
	readonly #running = new Set<Promise<void>>();
	#tenure: Tenure;
	#isGraceOver = false;

	constructor(parts: RunningParts) {
		this.#parts = parts;
		this.#tenure = new Tenure(parts.peers);
	}

	/** The present one: to be asked for before something comes in hand. */
	get tenure(): Tenure {
		return this.#tenure;
	}

	/** The lease was lost: attempts under way end now, and nothing is written of what is in hand. */
	lose(): void {
		this.#tenure.end();
		this.#tenure = new Tenure(this.#parts.peers);
		if (this.#isGraceOver) this.#tenure.interrupt();
	}

	/** It must not reject. */
	track(work: Promise<void>): void {
		this.#running.add(work);
		void work.finally(() => this.#running.delete(work));
	}

	/**
	 * Tries until the store has it. Undefined after the grace of a stop (what stays `sending` is ready again at the next start), and once `tenure` is
	 * over (whoever took over has made it ready). That the store says so first is no error, and not the last word: the lease may have been late only.
	 */
	async untilWritten<T>(where: string, write: () => Promise<T>, tenure?: Tenure): Promise<T | undefined> {
		const { clock, observer } = this.#parts;
		while (!tenure?.isOver) {
			try {
				return await write();
			} catch (error) {
				if (tenure?.isOver) return undefined;
				if (!isLeaseLost(error)) observer.background(where, error);
				if (this.#isGraceOver) return undefined;
				await new Promise<void>((resolve) => clock.schedule(STORE_RETRY_MS, resolve));
			}
		}
		return undefined;
	}

	/** Waits for everything, and interrupts what takes longer than the grace. */
	async end(graceMs: number): Promise<void> {
		const grace = this.#parts.clock.schedule(graceMs, () => {
			this.#isGraceOver = true;
			this.#tenure.interrupt();
		});
		while (this.#running.size > 0) await Promise.all(this.#running);
		grace.cancel();
	}
}
