/**
 * The connections of all origins that are open and carry nothing. Each costs a file descriptor and the memory of its TLS: there is a
 * bounded number of them, and at the limit the one that has rested longest is closed.
 */
import type { Connection } from './connection.ts';

export class RestingConnections {
	readonly #countMax: number;
	/** In the order in which they came to rest. */
	readonly #resting = new Set<Connection>();

	constructor(countMax: number) {
		this.#countMax = countMax;
	}

	add(connection: Connection): void {
		this.#resting.add(connection);
		if (this.#resting.size <= this.#countMax) return;
		for (const longest of this.#resting) {
			this.#resting.delete(longest);
			longest.evict();
			return;
		}
	}

	delete(connection: Connection): void {
		this.#resting.delete(connection);
	}
}
