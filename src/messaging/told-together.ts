/**
 * What a channel tells in one go. It tells all of it again where something could not be stored; so what follows that in one of its turns waits
 * until then too, or it would overtake it.
 */
export class ToldTogether {
	readonly #works: Promise<void>[] = [];
	/** By turn, what failed in it. */
	readonly #failures = new Map<string, unknown>();

	/** @param inTurns does what it is given when the turns have come. */
	begin(turns: readonly string[], inTurns: (work: () => Promise<void>) => Promise<void>, work: () => Promise<void>): void {
		const mine = inTurns(() => this.#unlessFailed(turns, work));
		mine.catch(() => undefined); // heard at the end
		this.#works.push(mine);
	}

	/** Rejects with the first failure. In any case nothing is under way afterwards: whoever tells it again must not meet it. */
	async end(): Promise<void> {
		for (const outcome of await Promise.allSettled(this.#works)) if (outcome.status === 'rejected') throw outcome.reason;
	}

	async #unlessFailed(turns: readonly string[], work: () => Promise<void>): Promise<void> {
		try {
			for (const turn of turns) if (this.#failures.has(turn)) throw this.#failures.get(turn);
			await work();
		} catch (error) {
			for (const turn of turns) this.#failures.set(turn, error);
			throw error;
		}
	}
}
