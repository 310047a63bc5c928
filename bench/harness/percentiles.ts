/** Percentiles of a set of times, by nearest rank: a value that was measured, never one between two. */

export interface Percentiles {
	readonly count: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
	readonly p999Ms: number;
	readonly maxMs: number;
}

export function percentilesOf(values: readonly number[]): Percentiles {
	const sorted = Float64Array.from(values).sort();
	const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);
	return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), p999Ms: at(0.999), maxMs: round(sorted.at(-1) ?? 0) };
}

export function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Three digits after the point. */
export function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}
