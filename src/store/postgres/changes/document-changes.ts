/** Writes documents, each put with the next version: anew, over the one that the decision was made on, or over whatever is there. */
import type { DocumentPut } from '../../../ports/documents.ts';
import type { Batch, Cell, Column, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, refusedUnlessWritten, unnested } from './sheets.ts';

const COLUMNS: Readonly<Record<string, Column>> = {
	collection: 'text',
	id: 'text',
	account_id: 'text',
	parent_id: 'text',
	at: 'int',
	value: 'text',
};
const NAMES: string = Object.keys(COLUMNS).join(', ');
const INSERTION = `INSERT INTO documents AS kept (${NAMES}, version) SELECT given.*, 1 FROM ${unnested(COLUMNS)} AS given (${NAMES})`;

const PUT: Sheet = {
	phase: 'records',
	statement: statement(
		'documents_put',
		`${INSERTION} ON CONFLICT (collection, id) DO UPDATE SET account_id = excluded.account_id, parent_id = excluded.parent_id,
			at = excluded.at, value = excluded.value, version = kept.version + 1`,
	),
	columns: Object.values(COLUMNS),
};
const INSERT: Sheet = {
	phase: 'records',
	statement: statement(
		'documents_insert',
		`WITH written AS (${INSERTION} ON CONFLICT DO NOTHING RETURNING 1) ${refusedUnlessWritten('document')}`,
	),
	columns: Object.values(COLUMNS),
};
const REPLACE: Sheet = {
	phase: 'records',
	statement: statement(
		'documents_replace',
		`WITH written AS (
			UPDATE documents SET account_id = given.account_id, parent_id = given.parent_id, at = given.at, value = given.value,
				version = given.expected + 1
			FROM ${unnested({ ...COLUMNS, expected: 'int' })} AS given (${NAMES}, expected)
			WHERE documents.collection = given.collection AND documents.id = given.id AND documents.version = given.expected RETURNING 1
		) ${refusedUnlessWritten('document')}`,
	),
	columns: [...Object.values(COLUMNS), 'int'],
};
const DELETE: Sheet = {
	phase: 'records',
	statement: statement(
		'documents_delete',
		`DELETE FROM documents USING unnest($1::text[], $2::text[]) AS given (collection, id)
		WHERE documents.collection = given.collection AND documents.id = given.id`,
	),
	columns: ['text', 'text'],
};

export function putDocument(batch: Batch, { document, expected }: DocumentPut): void {
	const { collection, id, accountId, parentId, at, value } = document;
	const cells: Cell[] = [collection, id, accountId, parentId, at, JSON.stringify(value)];
	const key = keyOf(collection, id);
	if (expected === undefined) addLocked(batch, PUT, cells, key);
	else if (expected === 0) addLocked(batch, INSERT, cells, key);
	else addLocked(batch, REPLACE, [...cells, expected], key);
}

export function deleteDocument(batch: Batch, collection: string, id: string): void {
	addLocked(batch, DELETE, [collection, id], keyOf(collection, id));
}

function keyOf(collection: string, id: string): string {
	return `documents/${collection}/${id}`;
}
