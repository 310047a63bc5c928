/** A row of `events`, and the event that it is. */
import type { DomainEvent } from '../../domain/event.ts';
import { fromJson } from './row-values.ts';

export interface EventRow {
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

export function toEvent(row: EventRow): DomainEvent {
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
