/** Reads events, newest first: by their time, among equals by the order of commit; those of a chat by the order of commit, as its deliveries. */
import type { DomainEvent } from '../../../domain/event.ts';
import type { EventFilter, EventReads } from '../../../ports/store.ts';
import { type Place, placeOf, toPage } from '../../shared/cursor.ts';
import { fromJson } from '../../shared/row-values.ts';
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
