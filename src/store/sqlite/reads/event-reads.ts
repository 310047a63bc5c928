/** Reads events, newest first: by their time, among equals by the order of commit; those of a chat by the order of commit, as its deliveries. */
import type { SQLInputValue } from 'node:sqlite';
import type { EventFilter, EventReads } from '../../../ports/events.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { type EventRow, toEvent } from '../../shared/event-row.ts';
import type { Connection } from '../connection.ts';

export function eventReads(db: Connection): EventReads {
	return {
		event: async (id) => {
			const row = db.get<EventRow>('SELECT * FROM events WHERE id = ?', id);
			return row && toEvent(row);
		},
		list: async (filter, page) => {
			const query = eventsQuery(filter, placeOf(page), page.limit);
			const rows = db.all<EventRow>(query.sql, ...query.values);
			return toPage(rows, page.limit, (row) => ({ key: row.at, seq: row.seq }), toEvent);
		},
	};
}

export function eventsQuery(filter: EventFilter, after: Place | undefined, limit: number): { sql: string; values: SQLInputValue[] } {
	const terms: string[] = [];
	const values: SQLInputValue[] = [];
	const where = (term: string, ...given: readonly (SQLInputValue | undefined)[]): void => {
		if (given.includes(undefined)) return;
		terms.push(term);
		values.push(...(given as SQLInputValue[]));
	};
	where('chat_id = ?', filter.chatId);
	where('instance_id = ?', filter.instanceId);
	where('account_id = ?', filter.accountId);
	where('type = ?', filter.type);
	where('at >= ?', filter.since);
	where('at < ?', filter.until);
	// Spelled as in the partial index: the planner uses it only where it reads the index's own condition.
	if (filter.chatId === undefined && filter.instanceId !== undefined) terms.push('instance_id IS NOT NULL');
	const isByCommit = filter.chatId !== undefined;
	if (isByCommit) where('seq < ?', after?.seq);
	else where('at <= ? AND (at < ? OR seq < ?)', after?.key, after?.key, after?.seq);
	values.push(limit + 1);
	const condition = terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`;
	const order = isByCommit ? 'seq DESC' : 'at DESC, seq DESC';
	return { sql: `SELECT * FROM events INDEXED BY ${indexFor(filter)} ${condition} ORDER BY ${order} LIMIT ?`, values };
}

/** The narrowest first. */
function indexFor(filter: EventFilter): string {
	if (filter.chatId !== undefined) return 'events_chat';
	if (filter.instanceId !== undefined) return 'events_instance';
	return filter.accountId === undefined ? 'events_at' : 'events_account';
}
