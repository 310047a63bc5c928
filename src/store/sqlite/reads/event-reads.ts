/** Reads events, newest first: by their time, among equals by the order of commit; those of a chat by the order of commit, as its deliveries. */
import type { SQLInputValue } from 'node:sqlite';
import type { DomainEvent } from '../../../domain/event.ts';
import type { EventFilter, EventReads } from '../../../ports/store.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { fromJson } from '../../shared/row-values.ts';
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

interface EventRow {
	readonly seq: number;
	readonly id: string;
	readonly type: DomainEvent['type'];
	readonly account_id: string;
	readonly instance_id: string | null;
	readonly instance_phone: string | null;
	readonly chat_id: string | null;
	readonly at: number;
	readonly data: string;
}

function toEvent(row: EventRow): DomainEvent {
	const event = {
		id: row.id,
		type: row.type,
		accountId: row.account_id,
		instance: row.instance_id === null ? undefined : { id: row.instance_id, phone: row.instance_phone ?? '' },
		at: row.at,
		data: fromJson<DomainEvent['data']>(row.data),
		...(row.chat_id === null ? {} : { chatId: row.chat_id }),
	};
	// Type and data were written together, which the compiler cannot know of a row.
	return event as DomainEvent;
}
