/** Pages of deliveries, newest first. The index is named for each filter, so that no page depends on a planner's guess. */
import type { SQLInputValue } from 'node:sqlite';
import type { Delivery } from '../../../domain/delivery.ts';
import type { DeliveryFilter, Page, PageRequest } from '../../../ports/store.ts';
import type { Connection } from '../connection.ts';
import { type Place, placeOf, toPage } from '../cursor.ts';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts';

export function listDeliveries(db: Connection, filter: DeliveryFilter, page: PageRequest): Page<Delivery> {
	const query = deliveriesQuery(filter, placeOf(page), page.limit);
	const rows = db.all<DeliveryRow>(query.sql, ...query.values);
	return toPage(rows, page.limit, (row) => ({ key: row.created_at, seq: row.seq }), toDelivery);
}

/** The statement of a page and its values; one row more than the page has, to know whether another follows. */
export function deliveriesQuery(filter: DeliveryFilter, after: Place | undefined, limit: number): { sql: string; values: SQLInputValue[] } {
	const terms: string[] = [];
	const values: SQLInputValue[] = [];
	const where = (term: string, ...given: readonly (SQLInputValue | undefined)[]): void => {
		if (given.includes(undefined)) return;
		terms.push(term);
		values.push(...(given as SQLInputValue[]));
	};
	where('event_id = ?', filter.eventId);
	where('chat_id = ?', filter.chatId);
	where('webhook_id = ?', filter.webhookId);
	where('account_id = ?', filter.accountId);
	// Spelled as in the partial indexes: the planner uses one only where it reads the index's own condition.
	if (filter.state === 'sending') terms.push("state = 'sending'");
	else where('state = ?', filter.state);
	if (isAtRest(filter)) terms.push("state NOT IN ('sending', 'delivered')");
	where('created_at >= ?', filter.since);
	where('created_at < ?', filter.until);
	where('created_at <= ?', after?.key);
	where('(created_at < ? OR seq < ?)', after?.key, after?.seq);
	values.push(limit + 1);
	const condition = terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
	const sql = `SELECT ${DELIVERY_COLUMNS}, '' AS body FROM deliveries INDEXED BY ${indexFor(filter)} ${condition}
		ORDER BY created_at DESC, seq DESC LIMIT ?`;
	return { sql, values };
}

/** The narrowest first. */
function indexFor(filter: DeliveryFilter): string {
	if (filter.eventId !== undefined) return 'deliveries_event';
	if (filter.state === 'sending') return 'deliveries_sending';
	if (filter.chatId !== undefined) return 'deliveries_chat';
	if (filter.webhookId !== undefined) return isAtRest(filter) ? 'deliveries_webhook_state' : 'deliveries_webhook';
	if (isAtRest(filter)) return 'deliveries_state';
	return filter.accountId === undefined ? 'deliveries_created' : 'deliveries_account';
}

/** Pending, dead or cancelled. */
function isAtRest(filter: DeliveryFilter): boolean {
	return filter.state !== undefined && filter.state !== 'sending' && filter.state !== 'delivered';
}
