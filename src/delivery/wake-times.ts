/**
 * Who wants to be woken when: a binary heap. An entry that was overtaken by an earlier one of the same webhook is passed over when its time comes, or
 * dropped when such entries are more than the others: one that is woken often and sleeps for a day at last would leave one each time.
 */

/** So many overtaken entries are not worth the trouble. */
const OVERTAKEN_MIN = 64;

export class WakeTimes {
	#heap: { readonly at: number; readonly webhookId: string }[] = [];
	/** The earliest time of each. */
	readonly #earliest = new Map<string, number>();

	/** Nothing happens where an earlier time of it is noted already. */
	add(webhookId: string, at: number): void {
		const known = this.#earliest.get(webhookId);
		if (known !== undefined && known <= at) return;
		this.#earliest.set(webhookId, at);
		this.#heap.push({ at, webhookId });
		this.#rise(this.#heap.length - 1);
		if (this.#heap.length > 2 * this.#earliest.size + OVERTAKEN_MIN) this.#dropOvertaken();
	}

	/** How many entries there are, those that were overtaken included. */
	get size(): number {
		return this.#heap.length;
	}

	/** When the first one is due; undefined where nobody waits. */
	nextAt(): number | undefined {
		return this.#heap[0]?.at;
	}

	/** Takes those whose time has come, each once. */
	take(now: number): string[] {
		const due: string[] = [];
		for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
			this.#removeFirst();
			if (this.#earliest.get(first.webhookId) !== first.at) continue;
			this.#earliest.delete(first.webhookId);
			due.push(first.webhookId);
		}
		return due;
	}

	/** What is in order is a heap. */
	#dropOvertaken(): void {
		this.#heap = [...this.#earliest].map(([webhookId, at]) => ({ at, webhookId })).sort((one, other) => one.at - other.at);
	}

	#removeFirst(): void {
		const last = this.#heap.pop();
		if (!last || this.#heap.length === 0) return;
		this.#heap[0] = last;
		this.#sink(0);
	}

	#rise(from: number): void {
		for (let index = from; index > 0; ) {
			const parent = (index - 1) >> 1;
			if (!this.#isEarlier(index, parent)) return;
			this.#swap(index, parent);
			index = parent;
		}
	}

	#sink(from: number): void {
		for (let index = from; ; ) {
			const left = 2 * index + 1;
			const child = this.#isEarlier(left + 1, left) ? left + 1 : left;
			if (!this.#isEarlier(child, index)) return;
			this.#swap(index, child);
			index = child;
		}
	}

	#isEarlier(one: number, other: number): boolean {
		return (this.#heap[one]?.at ?? Number.POSITIVE_INFINITY) < (this.#heap[other]?.at ?? Number.POSITIVE_INFINITY);
	}

	#swap(one: number, other: number): void {
		const [a, b] = [this.#heap[one], this.#heap[other]];
		if (!a || !b) return;
		this.#heap[one] = b;
		this.#heap[other] = a;
	}
}
