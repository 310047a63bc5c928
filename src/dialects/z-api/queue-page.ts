/**
 * Pages of the queue for `POST queue`. The paging state is where the page before ended, in the order in which messages may go, so that
 * what was sent or removed in between moves nothing.
 */
import type { Message } from '../../domain/message.ts';
import { RecadoError } from '../../errors.ts';

export interface QueuePage {
	readonly items: readonly Message[];
	/** '' at the end. */
	readonly pagingState: string;
	readonly hasMore: boolean;
}

/** Throws invalid_request for a paging state that this gateway did not give. */
export function queuePage(queue: readonly Message[], pageSize: number, pagingState: string): QueuePage {
	const after = pagingState === '' ? undefined : readPagingState(pagingState);
	const waiting = [...queue].sort(inQueueOrder).filter((message) => after === undefined || inQueueOrder(message, after) > 0);
	const items = waiting.slice(0, pageSize);
	const last = items.at(-1);
	const hasMore = waiting.length > items.length;
	return { items, pagingState: hasMore && last ? writePagingState(last) : '', hasMore };
}

type Position = Pick<Message, 'id' | 'createdAt' | 'dueAt'>;

/** Due time, then age: the ids begin with the time. */
function inQueueOrder(a: Position, b: Position): number {
	const byTime = (a.dueAt ?? a.createdAt) - (b.dueAt ?? b.createdAt);
	if (byTime !== 0) return byTime;
	return a.id < b.id ? -1 : Number(a.id > b.id);
}

function writePagingState(last: Position): string {
	return Buffer.from(`${last.dueAt ?? last.createdAt}:${last.id}`).toString('base64url');
}

function readPagingState(pagingState: string): Position {
	const [, time, id] = /^(\d+):(msg_[\da-f]{32})$/.exec(Buffer.from(pagingState, 'base64url').toString()) ?? [];
	if (time === undefined || id === undefined) {
		throw new RecadoError('invalid_request', {
			faults: [{ path: 'pagingState', en: 'must be one that an earlier page gave', pt: 'deve ser o de uma página anterior' }],
		});
	}
	return { id, createdAt: Number(time) };
}
