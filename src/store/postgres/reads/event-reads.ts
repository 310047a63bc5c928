/** Reads events, newest first: by their time, among equals by the order of commit; those of a chat by the order of commit, as its deliveries. */
import type { EventFilter, EventReads } from '../../../ports/events.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { type EventRow, toEvent } from '../../shared/event-row.ts';
import type { Queries } from '../database.ts';
import { type Bound, type Statement, statement } from '../statement.ts';
import { Conditions } from './conditions.ts';

export const FIND: Statement = statement('event_find', 'SELECT * FROM events WHERE id = $1');

export function eventReads(db: Queries): EventReads {
	return {
		event: async (id) => {
			const [row] = await db.query<EventRow>(FIND, [id]);
			return row && toEvent(row);
		},
		list: async (filter, page) => {
			const query = eventsQuery(filter, placeOf(page), page.limit);
			const rows = await db.query<EventRow>(query.statement, query.values);
			return toPage(rows, page.limit, (row) => ({ key: row.at, seq: row.seq }), toEvent);
		},
	};
}

/** Planned anew each time: which index is the narrowest depends on what is asked for. */
export function eventsQuery(filter: EventFilter, after: Place | undefined, limit: number): Bound {
	const conditions = new Conditions()
		.where('chat', 'chat_id = $', filter.chatId)
		.where('instance', 'instance_id = $', filter.instanceId)
		.where('account', 'account_id = $', filter.accountId)
		.where('type', 'type = $', filter.type)
		.where('since', 'at >= $', filter.since)
		.where('until', 'at < $', filter.until);
	const isByCommit = filter.chatId !== undefined;
	if (isByCommit) conditions.where('after', 'seq < $', after?.seq);
	else conditions.where('after', '(at, seq) < ($, $)', after?.key, after?.seq);
	const values = [...conditions.values, limit + 1];
	const order = isByCommit ? 'seq DESC' : 'at DESC, seq DESC';
	const text = `SELECT * FROM events WHERE ${conditions.text || 'true'} ORDER BY ${order} LIMIT $${values.length}`;
	return { statement: statement('', text), values };
}
