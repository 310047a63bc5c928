/** A first-in, first-out queue that stays quick when it is long: a phone that is off may have a hundred thousand messages waiting. */
export class Fifo<T> {
	#items: T[] = [];
	#head = 0;

	get size(): number {
		return this.#items.length - this.#head;
	}

	peek(): T | undefined {
		return this.#items[this.#head];
	}

	/** First in, first told. */
	*[Symbol.iterator](): IterableIterator<T> {
		for (let index = this.#head; index < this.#items.length; index++) yield this.#items[index] as T;
	}

	push(item: T): void {
		this.#items.push(item);
	}

	/** Takes the first one out. The space of what was taken is given back when it is half of the whole, so that each item is copied once at most. */
	shift(): T | undefined {
		if (this.size === 0) return undefined;
		const item = this.#items[this.#head];
		this.#head++;
		if (this.#head * 2 >= this.#items.length) {
			this.#items = this.#items.slice(this.#head);
			this.#head = 0;
		}
		return item;
	}
}
