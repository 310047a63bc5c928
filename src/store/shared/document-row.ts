/** A row of `documents`, and the document that it is. */
import type { StoredDocument } from '../../ports/documents.ts';
import { fromJson, present } from './row-values.ts';

export interface DocumentRow {
	readonly collection: string;
	readonly id: string;
	readonly account_id: string;
	readonly parent_id: string | null;
	readonly at: number;
	readonly version: number;
	readonly value: string;
}

export function toDocument(row: DocumentRow): StoredDocument {
	return {
		collection: row.collection,
		id: row.id,
		accountId: row.account_id,
		at: row.at,
		value: fromJson<unknown>(row.value),
		version: row.version,
		...present({ parentId: row.parent_id }),
	};
}
