/** How lists are handed out: a page at a time, by a cursor or by a number, and how far each goes. */

export interface Page<T> {
	readonly items: readonly T[];
	/** Hand it in again for what follows; undefined at the end. Opaque. */
	readonly next?: string;
}

export interface PageRequest {
	readonly limit: number;
	readonly cursor?: string;
}

/** A page by how many come before it: what comes next may move meanwhile. `invalid_request` (`page`) where that is LISTED_MAX or more. */
export interface OffsetRequest {
	readonly limit: number;
	readonly offset: number;
}

/**
 * So far lists go that are paged by number, and so far they are counted: all that comes before a page is walked past for it. What is further down is
 * found by narrowing the filter, in time for one.
 */
export const LISTED_MAX = 100_000;

/**
 * So many rows are looked at, newest first, for what no index knows: a status, a text. What is older is found by narrowing the rest of the filter. That is
 * a few hundredths of a second, for which the embedded store does nothing else.
 */
export const LOOKED_AT_MAX = 10_000;
