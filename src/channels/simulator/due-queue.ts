/** Keys ordered by when they are due: a binary heap that knows where each key is, so that a key can be moved. */
export class DueQueue {
	readonly #heap: Entry[] = [];
	readonly #places: Map<string, number> = new Map();

	/** The key that is due first. */
	peek(): Readonly<Entry> | undefined {
		return this.#heap[0];
	}

	/** Puts a key at a time, or takes it out where the time is undefined. */
	set(key: string, at: number | undefined): void {
		const place = this.#places.get(key);
		if (at === undefined) {
			if (place !== undefined) this.#remove(place);
		} else if (place === undefined) {
			this.#heap.push({ key, at });
			this.#places.set(key, this.#heap.length - 1);
			this.#rise(this.#heap.length - 1);
		} else {
			this.#heap[place] = { key, at };
			this.#settle(place);
		}
	}

	#remove(place: number): void {
		const removed = this.#heap[place];
		const last = this.#heap.pop();
		if (removed === undefined || last === undefined) return;
		this.#places.delete(removed.key);
		if (removed === last) return;
		this.#heap[place] = last;
		this.#places.set(last.key, place);
		this.#settle(place);
	}

	#settle(place: number): void {
		if (!this.#rise(place)) this.#sink(place);
	}

	#rise(from: number): boolean {
		let place = from;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			if (!this.#isBefore(place, parent)) break;
			this.#swap(place, parent);
			place = parent;
		}
		return place !== from;
	}

	#sink(from: number): void {
		let place = from;
		for (;;) {
			const left = place * 2 + 1;
			const smaller = this.#isBefore(left + 1, left) ? left + 1 : left;
			if (!this.#isBefore(smaller, place)) return;
			this.#swap(place, smaller);
			place = smaller;
		}
	}

	#isBefore(one: number, other: number): boolean {
		const first = this.#heap[one];
		const second = this.#heap[other];
		return first !== undefined && second !== undefined && first.at < second.at;
	}

	#swap(one: number, other: number): void {
		const first = this.#heap[one];
		const second = this.#heap[other];
		if (first === undefined || second === undefined) return;
		this.#heap[one] = second;
		this.#heap[other] = first;
		this.#places.set(second.key, one);
		this.#places.set(first.key, other);
	}
}

interface Entry {
	readonly key: string;
	readonly at: number;
}
