/**
 * One table, walked in the order of commit from where the last walk ended, a stretch at a time: what may go goes, what has to stay (an old
 * delivery that is still waiting) is passed over once, and not looked at again with every call.
 */
import type { Connection } from '../connection.ts';

export interface Prunable {
	/** Rows after a place, in order, with their time and whether they may go (`is_over`). Values: the place, what is old, how many. */
	readonly select: string;
	remove(db: Connection, row: PrunableRow): void;
}

export interface PrunableRow {
	readonly seq: number;
	/** When it came. */
	readonly at: number;
	readonly is_over: number;
}

export interface Stretch {
	readonly removed: number;
	/** How many rows of it are too young. Times are nearly in order: where all are, the end of what is old is reached. */
	readonly isEnd: boolean;
}

/** Rows that are looked at in one write. */
const STRETCH = 1_000;
/** What was passed over is looked at again when so much more has become old. */
const AGAIN_MS = 86_400_000;

export class PruneWalk {
	readonly #table: Prunable;
	#place = 0;
	#begunBefore = Number.NEGATIVE_INFINITY;

	constructor(table: Prunable) {
		this.#table = table;
	}

	/** Looks at one stretch and removes up to `limit` of it. `moved` is to be called once that is durable. */
	step(db: Connection, before: number, limit: number): Stretch & { readonly moved: () => void } {
		const isAnew = before >= this.#begunBefore + AGAIN_MS;
		let place = isAnew ? 0 : this.#place;
		const rows = db.all<PrunableRow>(this.#table.select, place, before, STRETCH);
		let [removed, young] = [0, 0];
		for (const row of rows) {
			if (row.at >= before) young += 1;
			if (row.is_over === 1) {
				if (removed === limit) return { removed, isEnd: false, moved: () => this.#moveTo(place, isAnew, before) };
				this.#table.remove(db, row);
				removed += 1;
			}
			// Among those that are young the walk begins again next time.
			if (young === 0) place = row.seq;
		}
		const isEnd = rows.length < STRETCH || young === rows.length;
		if (!isEnd) place = rows.at(-1)?.seq ?? place;
		return { removed, isEnd, moved: () => this.#moveTo(place, isAnew, before) };
	}

	#moveTo(place: number, isAnew: boolean, before: number): void {
		this.#place = place;
		if (isAnew) this.#begunBefore = before;
	}
}
