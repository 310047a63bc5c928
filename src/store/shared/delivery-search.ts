/**
 * Deliveries by what no index knows: an instance, an event type, a text in the payload. What the rest of the filter leaves is looked at newest first, a
 * stretch at a time: the embedded store does other things between two, and whoever finds enough in the first looks no further.
 */
import { setImmediate } from 'node:timers/promises';
import { DELIVERIES_LOOKED_AT_MAX, type DeliveryFilter } from '../../ports/deliveries.ts';
import type { PageRequest } from '../../ports/pages.ts';
import { cursorOf, type Place, placeOf } from './cursor.ts';

/** The first stretch; each following one is so many times as long. */
const STRETCH_FIRST = 500;
const STRETCH_MORE = 4;

export interface SearchedRow {
	readonly event_type: string;
	readonly instance_id: string | null;
	readonly body: string;
}

export type Wanted = Pick<DeliveryFilter, 'instanceId' | 'eventType' | 'text'>;

export function isSearch({ instanceId, eventType, text }: Wanted): boolean {
	return instanceId !== undefined || eventType !== undefined || text !== undefined;
}

/** Whether a row is what is asked for. Read it with its body where a text is. */
export function matcherOf({ instanceId, eventType, text }: Wanted): (row: SearchedRow) => boolean {
	const spellings = text === undefined ? undefined : spellingsOf(text);
	return (row) =>
		(instanceId === undefined || row.instance_id === instanceId) &&
		(eventType === undefined || row.event_type === eventType) &&
		(spellings === undefined || holdsAny(row.body.toLowerCase(), spellings));
}

function holdsAny(body: string, spellings: readonly string[]): boolean {
	return spellings.some((spelling) => body.includes(spelling));
}

/** In small letters, as it is written and as JSON escapes it: a person writes `"` and a line break as they are. */
export function spellingsOf(text: string): readonly string[] {
	return [...new Set([text, JSON.stringify(text).slice(1, -1)].map((one) => one.toLowerCase()))];
}

/** What came of looking at some: `hits` in order, of many only the first. */
export interface Looked<Row> {
	readonly hits: readonly Row[];
	readonly looked: number;
	/** Of the last one that was looked at. */
	readonly last: Place | undefined;
}

export interface Search<Row extends Place> {
	readonly page: PageRequest;
	/** No stretch is longer. */
	readonly stretchMax: number;
	/** Looks at up to `limit` after a place; answers one hit more than the page has, where there are so many. */
	readonly look: (after: Place | undefined, limit: number) => Looked<Row> | Promise<Looked<Row>>;
}

export interface SearchedPage<Row> {
	readonly rows: readonly Row[];
	readonly next?: string;
	readonly scanned: number;
}

export async function searchedPage<Row extends Place>({ page, stretchMax, look }: Search<Row>): Promise<SearchedPage<Row>> {
	const hits: Row[] = [];
	let after = placeOf(page);
	let scanned = 0;
	for (let stretch = STRETCH_FIRST; ; stretch = Math.min(stretchMax, stretch * STRETCH_MORE)) {
		const wish = Math.min(stretch, DELIVERIES_LOOKED_AT_MAX - scanned);
		const found = await look(after, wish);
		scanned += found.looked;
		hits.push(...found.hits);
		const last = hits[page.limit - 1];
		// One more than the page has says that another one follows.
		if (hits.length > page.limit && last) return { rows: hits.slice(0, page.limit), scanned, next: cursorOf(last) };
		if (found.looked < wish || !found.last) return { rows: hits, scanned };
		if (scanned >= DELIVERIES_LOOKED_AT_MAX) return { rows: hits, scanned, next: cursorOf(found.last) };
		after = found.last;
		await setImmediate();
	}
}
