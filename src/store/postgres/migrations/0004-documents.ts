/**
 * Documents: small records of features that need no table of their own. Their lists are ordered by time, then id, and each is walked in an index.
 * And what lists of who waits are found by.
 */
import type { Migration } from './migration.ts';

const DOCUMENTS: string = `
CREATE TABLE documents (
	collection text COLLATE "C" NOT NULL,
	id text COLLATE "C" NOT NULL,
	account_id text COLLATE "C" NOT NULL,
	parent_id text COLLATE "C",
	at bigint NOT NULL,
	version bigint NOT NULL,
	value text NOT NULL,
	PRIMARY KEY (collection, id)
);
CREATE INDEX documents_at ON documents (collection, at, id);
CREATE INDEX documents_account ON documents (collection, account_id, at, id);
CREATE INDEX documents_parent ON documents (collection, parent_id, at, id) WHERE parent_id IS NOT NULL;
`;

const LISTS: string = `
CREATE INDEX chats_waiting ON chats (instance_id, waiting_since, seq) WHERE waiting_since IS NOT NULL;
-- A department is looked for by its id, and none by an empty one.
CREATE INDEX chats_waiting_department ON chats (account_id, coalesce(department_id, ''), waiting_since, seq) WHERE waiting_since IS NOT NULL;
`;

export const documents: Migration = { version: 4, compatibleFrom: 2, sql: [DOCUMENTS, LISTS].join('\n') };
