/** Writes documents, each put with the next version: anew, over the one that the decision was made on, or over whatever is there. */
import type { DocumentPut } from '../../../ports/documents.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const PUT = `
	INSERT INTO documents (account_id, parent_id, at, value, collection, id, version) VALUES (?, ?, ?, ?, ?, ?, 1)
	ON CONFLICT (collection, id) DO UPDATE SET account_id = excluded.account_id, parent_id = excluded.parent_id, at = excluded.at,
		value = excluded.value, version = version + 1`;
const INSERT = `
	INSERT INTO documents (account_id, parent_id, at, value, collection, id, version) VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING`;
const REPLACE = `
	UPDATE documents SET account_id = ?, parent_id = ?, at = ?, value = ?, version = version + 1
	WHERE collection = ? AND id = ? AND version = ?`;

export function putDocument(db: Connection, { document, expected }: DocumentPut): Refusal {
	const { collection, id, accountId, parentId, at, value } = document;
	const cells = [accountId, parentId ?? null, at, JSON.stringify(value), collection, id];
	if (expected === undefined) return refusedUnless(db.run(PUT, ...cells), 'document');
	return refusedUnless(expected === 0 ? db.run(INSERT, ...cells) : db.run(REPLACE, ...cells, expected), 'document');
}

export function deleteDocument(db: Connection, collection: string, id: string): void {
	db.run('DELETE FROM documents WHERE collection = ? AND id = ?', collection, id);
}
