/**
 * The numbers of deliveries and events without the gaps between partitions: each partition begins at a multiple of 2^36, and other engines have no
 * room for that. The order stays as it is, and whatever is in the first partition keeps its number.
 */
import { PARTITION_SIZE } from '../partition-functions.ts';

/** The highest number that a partition has. */
export interface PartitionTop {
	readonly ordinal: number;
	readonly top: number;
}

interface Stretch {
	/** The first number that can be in the partition, and the one it is told as. */
	readonly start: number;
	readonly foldedStart: number;
	readonly top: number;
}

export class SeqFold {
	readonly #stretches: readonly Stretch[];

	/** Of partitions that have something. */
	constructor(tops: readonly PartitionTop[]) {
		let foldedStart = 1;
		this.#stretches = [...tops]
			.sort((a, b) => a.ordinal - b.ordinal)
			.map(({ ordinal, top }) => {
				const stretch = { start: Math.max(1, ordinal * PARTITION_SIZE), foldedStart, top };
				foldedStart += top - stretch.start + 1;
				return stretch;
			});
	}

	/** Of a number that nothing has: the last one before it that something can have. */
	fold(seq: number): number {
		const [first] = this.#stretches;
		if (first === undefined) return seq;
		const index = this.#stretches.findLastIndex(({ start }) => start <= seq);
		const stretch = this.#stretches[index];
		if (stretch === undefined) return first.foldedStart - 1;
		const within = index === this.#stretches.length - 1 ? seq : Math.min(seq, stretch.top);
		return stretch.foldedStart + within - stretch.start;
	}

	/** The number that was told as this one. */
	unfold(folded: number): number {
		const stretch = this.#stretches.findLast(({ foldedStart }) => foldedStart <= folded);
		return stretch === undefined ? folded : stretch.start + folded - stretch.foldedStart;
	}
}
