/** The first rows of many lists together, each of them in order: of each its head is read, and more only of those that come into question. */

export interface SortedList<Row> {
	/** Up to so many from its beginning. */
	first(limit: number): readonly Row[];
}

/** A list that is used up to its `place`. */
interface Source<Row> {
	readonly list: SortedList<Row>;
	asked: number;
	rows: readonly Row[];
	place: number;
}

/** Of a list that gave all it was asked for, so many times as much is asked next. */
const MORE = 4;

/** `compare`: below zero where the first of both comes before the other. */
export function mergeFirst<Row>(lists: readonly SortedList<Row>[], limit: number, compare: (a: Row, b: Row) => number): readonly Row[] {
	const [only] = lists;
	if (only !== undefined && lists.length === 1) return only.first(limit);
	const sources = lists.map((list): Source<Row> => ({ list, asked: 1, rows: list.first(1), place: 0 }));
	const merged: Row[] = [];
	while (merged.length < limit) {
		let next: { readonly source: Source<Row>; readonly row: Row } | undefined;
		for (const source of sources) {
			const row = currentOf(source, limit);
			if (row !== undefined && (next === undefined || compare(row, next.row) < 0)) next = { source, row };
		}
		if (next === undefined) break;
		merged.push(next.row);
		next.source.place += 1;
	}
	return merged;
}

/** Undefined where nothing is left of it. */
function currentOf<Row>(source: Source<Row>, limit: number): Row | undefined {
	if (source.place === source.asked && source.rows.length === source.asked) {
		source.asked = Math.min(limit, source.asked * MORE);
		source.rows = source.list.first(source.asked);
	}
	return source.rows[source.place];
}
