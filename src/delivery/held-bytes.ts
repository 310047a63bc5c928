/**
 * The memory budget for what is in hand. A webhook may take more while its own part is less than a quarter of what is free: one with a large
 * backlog is left plenty while it is alone, and however many backlogs there are, something stays free for the others (a dynamic
 * threshold, as switches share their buffers: Choudhury and Hahne, 1998).
 */
import { hasShare, SHARE } from './share.ts';

/** A delivery beside its body: its ids, its lane, its objects. */
const OVERHEAD_BYTES = 1_024;

/** At most: JavaScript keeps text of plain letters in half of it. */
const BYTES_PER_CHARACTER = 2;

export class HeldBytes {
	readonly #max: number;
	#used = 0;

	constructor(max: number) {
		this.#max = max;
	}

	get used(): number {
		return this.#used;
	}

	get free(): number {
		return Math.max(0, this.#max - this.#used);
	}

	/** How many bytes of bodies one claim may bring: a share of what is free, whatever characters they are of. */
	get claimBytes(): number {
		return Math.ceil((this.free * SHARE) / BYTES_PER_CHARACTER);
	}

	/** Whether somebody who holds so many may hold more. */
	hasShare(own: number): boolean {
		return hasShare(own, this.free);
	}

	add(bytes: number): void {
		this.#used += bytes;
	}
}

/** What a delivery with this body takes. */
export function weightOf(body: string): number {
	return OVERHEAD_BYTES + BYTES_PER_CHARACTER * body.length;
}
