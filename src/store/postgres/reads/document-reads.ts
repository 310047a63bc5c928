/** Reads documents. Those of a parent are found by it alone: it is of one account, so the account only says that it is the right one. */
import { type DocumentFilter, type DocumentReads, SETTINGS_COLLECTIONS, type StoredDocument } from '../../../ports/documents.ts';
import { type DocumentRow, toDocument } from '../../shared/document-row.ts';
import type { Queries } from '../database.ts';
import { type Bound, type Statement, statement } from '../statement.ts';
import { Conditions } from './conditions.ts';
import { type ReadCache, settingsKey } from './read-cache.ts';

const DOCUMENT: Statement = statement('document', 'SELECT * FROM documents WHERE collection = $1 AND id = $2');

export function documentReads(db: Queries, cache: ReadCache): DocumentReads {
	const document = async (collection: string, id: string): Promise<StoredDocument | undefined> => {
		const [row] = await db.query<DocumentRow>(DOCUMENT, [collection, id]);
		return row && toDocument(row);
	};
	return {
		document: (collection, id) =>
			SETTINGS_COLLECTIONS.has(collection)
				? cache.getOrNothing('documents', settingsKey(collection, id), () => document(collection, id))
				: document(collection, id),
		documents: async (filter) => {
			const query = documentsQuery(filter);
			return (await db.query<DocumentRow>(query.statement, query.values)).map(toDocument);
		},
		documentIds: async (filter) => {
			const query = documentsQuery(filter, 'id');
			return (await db.query<Pick<DocumentRow, 'id'>>(query.statement, query.values)).map(({ id }) => id);
		},
	};
}

export function documentsQuery(filter: DocumentFilter, columns: '*' | 'id' = '*'): Bound {
	const { collection, accountId, parentId, from, to, order, after, limit } = filter;
	const isNewest = order === 'newest';
	const { name, text, values } = new Conditions()
		.where('collection', 'collection = $', collection)
		.where('parent', 'parent_id = $', parentId)
		.where('account', 'account_id = $', accountId)
		.where('from', 'at >= $', from)
		.where('to', 'at <= $', to)
		.where('after', `(at, id) ${isNewest ? '<' : '>'} ($::bigint, $::text)`, after?.at, after?.id);
	const direction = isNewest ? 'DESC' : 'ASC';
	const sql = `SELECT ${columns} FROM documents WHERE ${text} ORDER BY at ${direction}, id ${direction} LIMIT $${values.length + 1}`;
	return { statement: statement(`${columns === '*' ? 'documents' : 'document_ids'}_${order}_${name}`, sql), values: [...values, limit] };
}
