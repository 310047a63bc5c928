/** Cursors of pages: where the last page ended, as numbers, written so that nobody is tempted to make one by hand. */
import { RecadoError } from '../../errors.ts';
import type { Page, PageRequest } from '../../ports/pages.ts';

/** The place of a row in an order: its leading key (a time, a number), and its row id among equals. */
export interface Place {
	readonly key: number;
	readonly seq: number;
}

/** What follows this page. Undefined for the first one. Throws `invalid_request` for a cursor that is none of ours. */
export function placeOf(page: PageRequest): Place | undefined {
	if (page.cursor === undefined) return undefined;
	const [key, seq, ...rest] = Buffer.from(page.cursor, 'base64url').toString('latin1').split(':').map(Number);
	if (key === undefined || seq === undefined || rest.length > 0 || !Number.isSafeInteger(key) || !Number.isSafeInteger(seq)) {
		const fault = { path: 'cursor', en: 'must be one that an earlier page gave', pt: 'deve ser um que uma página anterior devolveu' };
		throw new RecadoError('invalid_request', { faults: [fault] });
	}
	return { key, seq };
}

/** Cuts a page from rows of which one more than the limit was asked for. */
export function toPage<Row, T>(rows: readonly Row[], limit: number, place: (row: Row) => Place, toItem: (row: Row) => T): Page<T> {
	const kept = rows.slice(0, limit);
	const items = kept.map(toItem);
	const last = kept.at(-1);
	if (rows.length <= limit || last === undefined) return { items };
	return { items, next: cursorOf(place(last)) };
}

export function cursorOf({ key, seq }: Place): string {
	return Buffer.from(`${key}:${seq}`, 'latin1').toString('base64url');
}

/** A page of what was looked at up to a row: where that was not the last one there is, the next page goes on there. */
export function upTo<T>(seq: number | undefined, page: Page<T>): Page<T> {
	return seq === undefined || page.next !== undefined ? page : { ...page, next: cursorOf({ key: 0, seq }) };
}
