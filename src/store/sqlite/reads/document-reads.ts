/** Reads documents. Those of a parent are found by it alone: it is of one account, so the account only says that it is the right one. */
import type { SQLInputValue } from 'node:sqlite';
import { type DocumentFilter, type DocumentReads, SETTINGS_COLLECTIONS, type StoredDocument } from '../../../ports/documents.ts';
import { type DocumentRow, toDocument } from '../../shared/document-row.ts';
import type { Connection } from '../connection.ts';
import type { ReadCache } from './read-cache.ts';

const DOCUMENT = 'SELECT * FROM documents WHERE collection = ? AND id = ?';

export function documentReads(db: Connection, cache: ReadCache): DocumentReads {
	const document = (collection: string, id: string): StoredDocument | undefined => {
		const row = db.get<DocumentRow>(DOCUMENT, collection, id);
		return row && toDocument(row);
	};
	return {
		document: async (collection, id) =>
			SETTINGS_COLLECTIONS.has(collection) ? cache.getOrNothing(collection, id, () => document(collection, id)) : document(collection, id),
		documents: async (filter) => {
			const { sql, values } = documentsQuery(filter);
			return db.all<DocumentRow>(sql, ...values).map(toDocument);
		},
		documentIds: async (filter) => {
			const { sql, values } = documentsQuery(filter, 'id');
			return db.all<Pick<DocumentRow, 'id'>>(sql, ...values).map(({ id }) => id);
		},
	};
}

export function documentsQuery(filter: DocumentFilter, columns: '*' | 'id' = '*'): { sql: string; values: SQLInputValue[] } {
	const { collection, accountId, parentId, from, to, order, after, limit } = filter;
	const isNewest = order === 'newest';
	const terms = ['collection = ?'];
	const values: SQLInputValue[] = [collection];
	const where = (term: string, ...given: (SQLInputValue | undefined)[]): void => {
		if (given.includes(undefined)) return;
		terms.push(term);
		for (const value of given) values.push(value ?? null);
	};
	where('parent_id = ?', parentId);
	where('account_id = ?', accountId);
	where('at >= ?', from);
	where('at <= ?', to);
	where(`(at, id) ${isNewest ? '<' : '>'} (?, ?)`, after?.at, after?.id);
	const direction = isNewest ? 'DESC' : 'ASC';
	const found = `FROM documents INDEXED BY ${indexFor(filter)} WHERE ${terms.join(' AND ')}`;
	return { sql: `SELECT ${columns} ${found} ORDER BY at ${direction}, id ${direction} LIMIT ?`, values: [...values, limit] };
}

/** The narrowest. */
function indexFor({ accountId, parentId }: DocumentFilter): string {
	if (parentId !== undefined) return 'documents_parent';
	return accountId === undefined ? 'documents_at' : 'documents_account';
}
