/**
 * Pages of deliveries, newest first by the order of commit. The index is named for each filter, so that no page depends on a planner's guess.
 * Two have no index of their own, because it would cost on each delivery: those of a chat are found through its events, those of an account
 * through its webhooks. What no index knows at all is looked for (`shared/delivery-search.ts`).
 */
import type { SQLInputValue } from 'node:sqlite';
import type { DeliveryFilter, DeliveryPage } from '../../../ports/deliveries.ts';
import type { PageRequest } from '../../../ports/pages.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { isSearch, type Looked, matcherOf, searchedPage } from '../../shared/delivery-search.ts';
import { mergeFirst } from '../../shared/merge-first.ts';
import type { Connection } from '../connection.ts';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts';
import { seqEndOf, seqStartOf } from './seq-range.ts';

/** `key`: of its event, where the events lead. */
interface ListedRow extends DeliveryRow {
	readonly key: number;
}

/** Looked at in one go: some milliseconds, bodies and all, for which nothing else is done. */
const STRETCH_MAX = 500;

export async function listDeliveries(db: Connection, filter: DeliveryFilter, page: PageRequest): Promise<DeliveryPage> {
	const span = spanOf(db, filter);
	if (isSearch(filter)) {
		const matches = matcherOf(filter);
		const look = (after: Place | undefined, limit: number): Looked<ListedRow> => {
			// A walk reads one row more than it is asked for.
			const rows = rowsOf(db, { filter, ...span, after, limit: limit - 1 });
			return { hits: rows.filter(matches), looked: rows.length, last: rows.at(-1) };
		};
		const { rows, ...found } = await searchedPage({ page, stretchMax: STRETCH_MAX, look });
		return { ...found, items: rows.map((row) => toDelivery({ ...row, body: '' })) };
	}
	const rows = rowsOf(db, { filter, ...span, after: placeOf(page), limit: page.limit });
	return toPage(rows, page.limit, ({ key, seq }) => ({ key, seq }), toDelivery);
}

/** One page to read; one row more than it has, to know whether another follows. */
export interface DeliveryWalk {
	readonly filter: DeliveryFilter;
	/** Which row ids come into question at all: inclusive, exclusive. */
	readonly start: number;
	readonly end: number;
	readonly after: Place | undefined;
	readonly limit: number;
}

function spanOf(db: Connection, { since, until }: DeliveryFilter): { start: number; end: number } {
	return {
		start: since === undefined ? 0 : seqStartOf(db, since),
		end: until === undefined ? Number.MAX_SAFE_INTEGER : seqEndOf(db, until),
	};
}

function rowsOf(db: Connection, walk: DeliveryWalk): readonly ListedRow[] {
	const { filter, limit } = walk;
	const read = (query: Query): ListedRow[] => db.all<ListedRow>(query.sql, ...query.values);
	const { accountId, chatIds, ...rest } = filter;
	if (chatIds !== undefined) {
		return chatIds
			.flatMap((chatId) => rowsOf(db, { ...walk, filter: { ...rest, ...(accountId === undefined ? {} : { accountId }), chatId } }))
			.sort((a, b) => b.key - a.key || b.seq - a.seq)
			.slice(0, limit + 1);
	}
	if (accountId === undefined || isNarrow(filter)) return read(deliveriesQuery(walk));
	// Each webhook's own page, of which the newest make the account's: of no more webhooks than it has rows, those whose first is the newest.
	const heads = headsQuery({ ...walk, filter: rest }, accountId);
	const lists = db.all<{ webhook_id: string }>(heads.sql, ...heads.values).map(({ webhook_id }) => ({
		first: (count: number) => read(deliveriesQuery({ ...walk, filter: { ...rest, webhookId: webhook_id }, limit: count - 1 })),
	}));
	return mergeFirst(lists, limit + 1, (a, b) => b.seq - a.seq);
}

export const WEBHOOKS_OF_ACCOUNT: string = 'SELECT webhook_id FROM account_webhooks WHERE account_id = ?';

/** The webhooks of an account that have the newest deliveries, of all that there are or were. */
export function headsQuery(walk: DeliveryWalk, accountId: string): Query {
	const { terms, values } = conditionsOf(walk);
	const index = isAtRest(walk.filter) ? 'deliveries_webhook_state' : 'deliveries_webhook';
	const condition = ['webhook_id = owned.webhook_id', ...terms].join(' AND ');
	const sql = `SELECT webhook_id FROM (
		SELECT owned.webhook_id,
			(SELECT seq FROM deliveries INDEXED BY ${index} WHERE ${condition} ORDER BY seq DESC LIMIT 1) AS head
		FROM account_webhooks AS owned WHERE owned.account_id = ?
	) WHERE head IS NOT NULL ORDER BY head DESC LIMIT ?`;
	return { sql, values: [...values, accountId, walk.limit + 1] };
}

/** What is asked for is found by something narrower than the account. */
function isNarrow({ eventId, chatId, webhookId, state }: DeliveryFilter): boolean {
	return eventId !== undefined || chatId !== undefined || webhookId !== undefined || state === 'sending';
}

interface Query {
	readonly sql: string;
	readonly values: readonly SQLInputValue[];
}

export function deliveriesQuery(walk: DeliveryWalk): Query {
	const { filter, limit } = walk;
	const { terms, values } = conditionsOf(walk);
	const isByChat = isLedByEvents(filter);
	const condition = terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
	const key = isByChat ? 'events.seq' : 'deliveries.seq';
	const order = isByChat ? 'events.seq DESC, deliveries.seq DESC' : 'deliveries.seq DESC';
	const body = filter.text === undefined ? "''" : 'deliveries.body';
	const sql = `SELECT ${DELIVERY_COLUMNS}, ${body} AS body, ${key} AS key FROM ${sourceFor(filter)} ${condition} ORDER BY ${order} LIMIT ?`;
	return { sql, values: [...values, limit + 1] };
}

/** The events lead to the deliveries of a chat. */
function isLedByEvents({ chatId, eventId }: DeliveryFilter): boolean {
	return chatId !== undefined && eventId === undefined;
}

function conditionsOf({ filter, start, end, after }: DeliveryWalk): {
	readonly terms: readonly string[];
	readonly values: readonly SQLInputValue[];
} {
	const terms: string[] = [];
	const values: SQLInputValue[] = [];
	const where = (term: string, ...given: readonly (SQLInputValue | undefined)[]): void => {
		if (given.includes(undefined)) return;
		terms.push(term);
		values.push(...(given as SQLInputValue[]));
	};
	const isByChat = isLedByEvents(filter);
	where(isByChat ? 'events.chat_id = ?' : 'deliveries.chat_id = ?', filter.chatId);
	if (isByChat) where('events.seq <= ? AND (events.seq < ? OR deliveries.seq < ?)', after?.key, after?.key, after?.seq);
	else where('deliveries.seq < ?', after?.seq);
	where('event_id = ?', filter.eventId);
	where('webhook_id = ?', filter.webhookId);
	where('deliveries.account_id = ?', filter.accountId);
	where('state = ?', filter.state);
	// Spelled as in the partial indexes: the planner uses one only where it reads the index's own condition.
	if (isAtRest(filter)) terms.push("state NOT IN ('sending', 'delivered')");
	if (filter.state !== undefined && filter.state !== 'delivered') terms.push("state <> 'delivered'");
	if (filter.since !== undefined) where('deliveries.seq >= ? AND created_at >= ?', start, filter.since);
	if (filter.until !== undefined) where('deliveries.seq < ? AND created_at < ?', end, filter.until);
	return { terms, values };
}

/** The narrowest first. CROSS JOIN keeps the events first, in the order of their index. */
function sourceFor(filter: DeliveryFilter): string {
	if (filter.eventId !== undefined) return 'deliveries INDEXED BY deliveries_event';
	if (filter.chatId !== undefined) {
		return 'events INDEXED BY events_chat CROSS JOIN deliveries INDEXED BY deliveries_event ON deliveries.event_id = events.id';
	}
	if (filter.state === 'sending') return 'deliveries INDEXED BY deliveries_state';
	if (filter.webhookId !== undefined)
		return `deliveries INDEXED BY ${isAtRest(filter) ? 'deliveries_webhook_state' : 'deliveries_webhook'}`;
	return isAtRest(filter) ? 'deliveries INDEXED BY deliveries_state' : 'deliveries NOT INDEXED';
}

/** Pending, dead or cancelled. */
export function isAtRest(filter: Pick<DeliveryFilter, 'state'>): boolean {
	return filter.state !== undefined && filter.state !== 'sending' && filter.state !== 'delivered';
}
