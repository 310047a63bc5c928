/** So many at a time for each key; whoever comes later waits, in the order of coming. */

export class Turns {
	readonly #max: number;
	readonly #taken = new Map<string, number>();
	readonly #waiting = new Map<string, (() => void)[]>();

	constructor(max: number) {
		this.#max = max;
	}

	async run<T>(key: string, work: () => Promise<T>): Promise<T> {
		await this.#take(key);
		try {
			return await work();
		} finally {
			this.#give(key);
		}
	}

	#take(key: string): Promise<void> | undefined {
		const taken = this.#taken.get(key) ?? 0;
		if (taken < this.#max) {
			this.#taken.set(key, taken + 1);
			return undefined;
		}
		const waiting = this.#waiting.get(key) ?? [];
		this.#waiting.set(key, waiting);
		return new Promise((resolve) => waiting.push(resolve));
	}

	/** A turn that ends is the next one's. */
	#give(key: string): void {
		const waiting = this.#waiting.get(key);
		const next = waiting?.shift();
		if (waiting?.length === 0) this.#waiting.delete(key);
		const taken = (this.#taken.get(key) ?? 1) - 1;
		if (next) next();
		else if (taken === 0) this.#taken.delete(key);
		else this.#taken.set(key, taken);
	}
}
