/** Events, which are written once and never change. */
import type { DomainEvent, EventType } from '../domain/event.ts';
import type { Page, PageRequest } from './pages.ts';

export interface EventFilter {
	readonly accountId?: string;
	readonly instanceId?: string;
	readonly chatId?: string;
	readonly type?: EventType;
	readonly since?: number;
	readonly until?: number;
}

export interface EventReads {
	event(id: string): Promise<DomainEvent | undefined>;
	/** Newest first, by when they happened; those of a chat by the order of commit. */
	list(filter: EventFilter, page: PageRequest): Promise<Page<DomainEvent>>;
}
