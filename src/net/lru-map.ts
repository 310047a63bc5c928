/** A map that holds a bounded number of entries: at the limit the one that was used longest ago goes, and its owner is told. */
export class LruMap<K, V> {
	readonly #entries = new Map<K, V>();
	readonly #entriesMax: number;
	readonly #onEvict: (value: V) => void;
	/** The key at the end: asked for again and again, it need not be moved. */
	#newest: K | undefined;

	constructor(entriesMax: number, onEvict: (value: V) => void = () => {}) {
		this.#entriesMax = entriesMax;
		this.#onEvict = onEvict;
	}

	/** Counts as a use. */
	get(key: K): V | undefined {
		const value = this.#entries.get(key);
		if (value === undefined || key === this.#newest) return value;
		this.#entries.delete(key);
		this.#entries.set(key, value);
		this.#newest = key;
		return value;
	}

	set(key: K, value: V): void {
		this.#entries.delete(key);
		this.#entries.set(key, value);
		this.#newest = key;
		if (this.#entries.size <= this.#entriesMax) return;
		for (const [oldest, evicted] of this.#entries) {
			this.#entries.delete(oldest);
			this.#onEvict(evicted);
			return;
		}
	}

	/** Forgets the entry where it still holds this very value: a newer one under the same key stays. */
	delete(key: K, value: V): void {
		if (this.#entries.get(key) === value) this.#entries.delete(key);
	}
}
