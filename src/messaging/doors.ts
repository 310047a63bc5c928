/**
 * Many at a time inside, by key, or one who needs the room for itself: what is done at an instance, and its coming or going. Whoever closes
 * the door waits for those inside, and keeps others outside meanwhile. Nobody inside may enter again.
 *
 * Between seeing that a door is open and going through it there is no `await`, not even a function's own: another one would go through as well.
 */

export class Doors {
	readonly #inside = new Map<string, Set<Promise<unknown>>>();
	readonly #closed = new Map<string, Promise<void>>();

	async enter<T>(key: string, work: () => Promise<T>): Promise<T> {
		for (let closed = this.#closed.get(key); closed; closed = this.#closed.get(key)) await closed;
		const inside = this.#inside.get(key) ?? new Set<Promise<unknown>>();
		const mine = work();
		this.#inside.set(key, inside.add(mine));
		try {
			return await mine;
		} finally {
			inside.delete(mine);
			if (inside.size === 0) this.#inside.delete(key);
		}
	}

	async close<T>(key: string, work: () => Promise<T>): Promise<T> {
		for (let closed = this.#closed.get(key); closed; closed = this.#closed.get(key)) await closed;
		const closed = Promise.withResolvers<void>();
		this.#closed.set(key, closed.promise);
		try {
			await Promise.allSettled(this.#inside.get(key) ?? []);
			return await work();
		} finally {
			this.#closed.delete(key);
			closed.resolve();
		}
	}
}
