/** Pages of documents, of one list or of several merged by time: a cursor is the last one's place. */
import { RecadoError } from '../errors.ts';
import type { Collection, DocumentFilter, DocumentReads, StoredDocument } from '../ports/documents.ts';
import type { Page, PageRequest } from '../ports/pages.ts';

export interface DocumentPlace {
	readonly at: number;
	readonly id: string;
}

export type ListFilter = Omit<DocumentFilter, 'collection' | 'after' | 'limit'>;

export async function pageOfDocuments<T>(
	reads: DocumentReads,
	list: Collection<T>,
	filter: ListFilter,
	page: PageRequest,
): Promise<Page<StoredDocument<T>>> {
	const after = placeOfCursor(page);
	const found = await list.list(reads, { ...filter, limit: page.limit + 1, ...(after === undefined ? {} : { after }) });
	return cut(found, page.limit, ({ at, id }) => ({ at, id }));
}

/** Cuts a page from what was found, of which one more than the limit was asked for. */
export function cut<T>(found: readonly T[], limit: number, place: (one: T) => DocumentPlace): Page<T> {
	const items = found.slice(0, limit);
	const last = items.at(-1);
	if (found.length <= limit || last === undefined) return { items };
	const { at, id } = place(last);
	return { items, next: Buffer.from(`${at}:${id}`).toString('base64url') };
}

/** Throws invalid_request for a cursor that is none of ours. */
export function placeOfCursor({ cursor }: PageRequest): DocumentPlace | undefined {
	if (cursor === undefined) return undefined;
	const [, at = '', id = ''] = /^(-?\d{1,16}):(.+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
	if (id === '') {
		const fault = { path: 'cursor', en: 'must be one that an earlier page gave', pt: 'deve ser um que uma página anterior devolveu' };
		throw new RecadoError('invalid_request', { faults: [fault] });
	}
	return { at: Number(at), id };
}
