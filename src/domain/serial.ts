/**
 * One thing at a time per key, in the order of asking; different keys do not wait for each other. For decisions that read a record and write
 * the whole of it: made at the same time, the later one would undo the earlier.
 */

export class Serial {
	readonly #tails = new Map<string, Promise<unknown>>();

	run<T>(key: string, work: () => Promise<T>): Promise<T> {
		const before = this.#tails.get(key);
		const mine = before ? before.then(work, work) : work();
		this.#tails.set(key, mine);
		const forget = (): void => {
			if (this.#tails.get(key) === mine) this.#tails.delete(key);
		};
		mine.then(forget, forget);
		return mine;
	}
}
