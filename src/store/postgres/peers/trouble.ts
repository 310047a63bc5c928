/** What goes wrong again and again is told when it begins and when it is over. */
export type OnTrouble = (where: string, error: unknown) => void;

export class Trouble {
	readonly #where: string;
	readonly #onTrouble: OnTrouble;
	#since: number | undefined;

	constructor(where: string, onTrouble: OnTrouble) {
		this.#where = where;
		this.#onTrouble = onTrouble;
	}

	met(error: unknown): void {
		if (this.#since !== undefined) return;
		this.#since = performance.now();
		this.#onTrouble(this.#where, error);
	}

	over(): void {
		if (this.#since === undefined) return;
		const lastedMs = Math.round(performance.now() - this.#since);
		this.#since = undefined;
		this.#onTrouble(this.#where, new Error(`it works again, after ${lastedMs} ms`));
	}
}
