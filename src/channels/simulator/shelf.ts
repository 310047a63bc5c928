/**
 * Records of one kind, in memory and in the channel state under one prefix. What an act puts on shelves becomes durable together: whoever runs the
 * act writes down `changes()` of all shelves, then calls `keep`; where that fails, or the act throws half way, `undo`.
 */
import type { ChannelStateChange } from '../../ports/channel.ts';
import { deletion } from './records.ts';

export class Shelf<T> {
	readonly #prefix: string;
	readonly #records: Map<string, T>;
	/** What each record that was touched was before. */
	readonly #before: Map<string, T | undefined> = new Map();

	constructor(prefix: string, records: Map<string, T>) {
		this.#prefix = prefix;
		this.#records = records;
	}

	get size(): number {
		return this.#records.size;
	}

	get(key: string): T | undefined {
		return this.#records.get(key);
	}

	entries(): MapIterator<[string, T]> {
		return this.#records.entries();
	}

	set(key: string, record: T): void {
		this.#remember(key);
		this.#records.set(key, record);
	}

	delete(key: string): void {
		this.#remember(key);
		this.#records.delete(key);
	}

	changes(): readonly ChannelStateChange[] {
		return [...this.#before.keys()].map((key) => {
			const value = this.#records.get(key);
			return value === undefined ? deletion(this.#prefix + key) : { key: this.#prefix + key, value };
		});
	}

	keep(): void {
		this.#before.clear();
	}

	undo(): void {
		for (const [key, before] of this.#before) {
			if (before === undefined) this.#records.delete(key);
			else this.#records.set(key, before);
		}
		this.#before.clear();
	}

	#remember(key: string): void {
		if (!this.#before.has(key)) this.#before.set(key, this.#records.get(key));
	}
}
