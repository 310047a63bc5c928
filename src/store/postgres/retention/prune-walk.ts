/**
 * A span of one table, walked in the order of commit from where the last walk ended, a stretch at a time: what may go goes, what has to stay (an old
 * delivery that is still waiting) is passed over once, and not looked at again with every call.
 */
import { ints } from '../arrays.ts';
import type { Queries } from '../database.ts';
import type { Statement } from '../statement.ts';

export interface Prunable {
	/** Rows after a place, in order, with their time and whether they may go (`is_over`). Values: the place, the end, what is old, how many. */
	readonly select: Statement;
	/** Removes those of the rows `$1` that may still go; answers how many as `count`. */
	readonly remove: Statement;
}

export interface PrunableRow {
	readonly seq: number;
	/** When it came. */
	readonly at: number;
	readonly is_over: boolean;
}

export interface Stretch {
	readonly removed: number;
	/** Nothing old is left in the span. */
	readonly isEnd: boolean;
	/** Where all rows are too young, whatever follows is as well: times are nearly in order. */
	readonly isYoung: boolean;
}

/** Rows that are looked at in one write. */
const STRETCH = 1_000;
/** What was passed over is looked at again when so much more has become old. */
const AGAIN_MS = 86_400_000;

export class PruneWalk {
	readonly #table: Prunable;
	/** Exclusive. */
	readonly #start: number;
	readonly #end: number;
	#place: number;
	#begunBefore = Number.NEGATIVE_INFINITY;

	/** Of rows from `start` up to, and without, `end`. */
	constructor(table: Prunable, start = 0, end: number = Number.MAX_SAFE_INTEGER) {
		this.#table = table;
		this.#start = start - 1;
		this.#end = end;
		this.#place = this.#start;
	}

	/** Looks at one stretch and removes up to `limit` of it. `moved` is to be called once that is durable. */
	async step(db: Queries, before: number, limit: number): Promise<Stretch & { readonly moved: () => void }> {
		const isAnew = before >= this.#begunBefore + AGAIN_MS;
		let place = isAnew ? this.#start : this.#place;
		const rows = await db.query<PrunableRow>(this.#table.select, [place, this.#end, before, STRETCH]);
		const over: number[] = [];
		let young = 0;
		let isFull = false;
		for (const row of rows) {
			if (row.at >= before) young += 1;
			isFull = row.is_over && over.length === limit;
			if (isFull) break;
			if (row.is_over) over.push(row.seq);
			// Among those that are young the walk begins again next time.
			if (young === 0) place = row.seq;
		}
		const removed = await this.#remove(db, over);
		const isYoung = !isFull && rows.length > 0 && young === rows.length;
		const isEnd = !isFull && (rows.length < STRETCH || isYoung);
		if (!isFull && !isEnd) place = rows.at(-1)?.seq ?? place;
		return { removed, isEnd, isYoung, moved: () => this.#moveTo(place, isAnew, before) };
	}

	async #remove(db: Queries, seqs: readonly number[]): Promise<number> {
		if (seqs.length === 0) return 0;
		const [row] = await db.query<{ count: number }>(this.#table.remove, [ints(seqs)]);
		return row?.count ?? 0;
	}

	#moveTo(place: number, isAnew: boolean, before: number): void {
		this.#place = place;
		if (isAnew) this.#begunBefore = before;
	}
}
