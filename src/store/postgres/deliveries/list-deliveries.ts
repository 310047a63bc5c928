/** Pages of deliveries. What no index knows is looked for, see `shared/delivery-search.ts`. */
import type { DeliveryFilter, DeliveryPage } from '../../../ports/deliveries.ts';
import type { PageRequest } from '../../../ports/pages.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { isSearch, type Looked, searchedPage } from '../../shared/delivery-search.ts';
import type { Queries } from '../database.ts';
import { deliveriesQuery, type ListedRow } from './deliveries-query.ts';
import { toDelivery } from './find-delivery.ts';
import { lookThrough } from './look-through.ts';
import { seqSpanOf } from './seq-range.ts';

/** Looked at by one statement. What comes back of it is little, however many those are. */
const STRETCH_MAX = 8_000;

export async function listDeliveries(db: Queries, filter: DeliveryFilter, page: PageRequest): Promise<DeliveryPage> {
	const first = placeOf(page);
	const span = await seqSpanOf(db, filter.since, filter.until);
	if (isSearch(filter)) {
		const look = (after: Place | undefined, limit: number): Promise<Looked<ListedRow>> =>
			lookThrough(db, { filter, span, after, limit }, page.limit + 1);
		const { rows, ...found } = await searchedPage({ page, stretchMax: STRETCH_MAX, look });
		return { ...found, items: rows.map(toDelivery) };
	}
	const { statement, values } = deliveriesQuery({ filter, span, after: first, limit: page.limit });
	const rows = await db.query<ListedRow>(statement, values);
	return toPage(rows, page.limit, ({ key, seq }) => ({ key, seq }), toDelivery);
}
