/**
 * Chance that repeats itself: a number between 0 and 1 that depends on a seed and on what it is drawn for, and on nothing else. Drawn
 * this way instead of from a running sequence, a delay is the same after a restart and in whatever order phones act.
 */

/** At least 0, below 1. */
export function chance(seed: number | string, ...drawnFor: readonly (number | string)[]): number {
	return mulberry32(fnv1a([seed, ...drawnFor].join('\n')));
}

/** FNV-1a, 32 bits (draft-eastlake-fnv). */
function fnv1a(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return hash >>> 0;
}

/** The first draw of Tommy Ettinger's mulberry32; mixes neighbouring seeds well apart. */
function mulberry32(seed: number): number {
	const state = (seed + 0x6d2b79f5) | 0;
	let mixed = Math.imul(state ^ (state >>> 15), state | 1);
	mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
	return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
