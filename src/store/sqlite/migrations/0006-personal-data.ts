/** What the erasure of a contact is found by: its chats, its aliases, the documents that hang on either, and uploads that belong to no message. */
import type { Migration } from './migration.ts';

const INDEXES: string = `
CREATE INDEX contact_aliases_contact ON contact_aliases (contact_id);
CREATE INDEX chats_contact ON chats (contact_id);
CREATE INDEX documents_of_parent ON documents (parent_id, collection, at, id) WHERE parent_id IS NOT NULL;
CREATE INDEX media_uploads ON media (account_id, created_at) WHERE message_id IS NULL;
`;

export const personalData: Migration = { version: 6, sql: INDEXES };
