/**
 * A histogram of milliseconds in buckets that grow with the value, four for each doubling: any two of them can be added up, and a quantile read from them
 * is right within a tenth, from a millisecond to years.
 */

const PER_DOUBLING = 4;
/** Up to 2^35 ms, which is more than the longest patience of a webhook (365 days); the last one has all that is beyond. */
const DOUBLINGS = 35;
/** The first is what took less than a millisecond. */
export const BUCKETS: number = 1 + DOUBLINGS * PER_DOUBLING;

export function bucketOf(ms: number): number {
	// Not `>= 1` turned round: what is no number belongs somewhere, too.
	if (!(ms >= 1)) return 0;
	return Math.min(BUCKETS - 1, 1 + Math.floor(Math.log2(ms) * PER_DOUBLING));
}

/** @param counts by bucket. @param part from 0 to 1. Undefined where nothing was counted. */
export function quantileOf(counts: ArrayLike<number>, part: number): number | undefined {
	let total = 0;
	for (let bucket = 0; bucket < counts.length; bucket += 1) total += counts[bucket] ?? 0;
	if (total === 0) return undefined;
	let left = part * total;
	for (let bucket = 0; bucket < counts.length; bucket += 1) {
		const here = counts[bucket] ?? 0;
		if (here > 0 && left <= here) return lowerEnd(bucket) + (left / here) * (lowerEnd(bucket + 1) - lowerEnd(bucket));
		left -= here;
	}
	return lowerEnd(BUCKETS);
}

function lowerEnd(bucket: number): number {
	return bucket === 0 ? 0 : 2 ** ((bucket - 1) / PER_DOUBLING);
}
