/**
 * Documents: small records of features that need no table of their own. Their lists are ordered by time, then id, and each is walked in an index.
 * And what lists of who waits are found by.
 */
import type { Migration } from './migration.ts';

const DOCUMENTS: string = `
CREATE TABLE documents (
	collection TEXT NOT NULL,
	id TEXT NOT NULL,
	account_id TEXT NOT NULL,
	parent_id TEXT,
	at INTEGER NOT NULL,
	version INTEGER NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (collection, id)
) STRICT;
CREATE INDEX documents_at ON documents (collection, at, id);
CREATE INDEX documents_account ON documents (collection, account_id, at, id);
CREATE INDEX documents_parent ON documents (collection, parent_id, at, id) WHERE parent_id IS NOT NULL;
`;

const LISTS: string = `
CREATE INDEX chats_waiting ON chats (instance_id, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX chats_waiting_department ON chats (account_id, department_id, waiting_since) WHERE waiting_since IS NOT NULL;
`;

export const documents: Migration = { version: 3, sql: [DOCUMENTS, LISTS].join('\n') };
