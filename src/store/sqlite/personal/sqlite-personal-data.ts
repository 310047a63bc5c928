/** What is kept about a contact; its erasure is submitted, a step at a time, to the same groups as the commits. */
import type { PersonalData } from '../../../ports/personal-data.ts';
import { type DocumentRow, toDocument } from '../../shared/document-row.ts';
import type { Connection } from '../connection.ts';
import type { GroupWriter } from '../group-writer.ts';
import { aboutContact, useOfContact } from './about-contact.ts';
import { eraseStep } from './erase-step.ts';

const DOCUMENTS_OF_PARENT = `
	SELECT * FROM documents INDEXED BY documents_of_parent WHERE parent_id = ? ORDER BY collection, at, id LIMIT ?`;
/** Media of it go with their message; these never got one. */
const DELETE_UPLOADS = `
	DELETE FROM media WHERE id IN (
		SELECT id FROM media INDEXED BY media_uploads WHERE message_id IS NULL AND account_id = ? AND created_at < ? LIMIT ?
	)`;

export function sqlitePersonalData(reader: Connection, writer: GroupWriter): PersonalData {
	return {
		about: async (contactId) => aboutContact(reader, contactId),
		useOf: async (contactId) => useOfContact(reader, contactId),
		documentsOf: async (parentId, limit) => reader.all<DocumentRow>(DOCUMENTS_OF_PARENT, parentId, limit).map(toDocument),
		erase: (jobId, limit, at, rules) => writer.submit((db) => eraseStep(db, jobId, { limit, at, rules })),
		deleteUploads: (accountId, before, limit) => writer.submit((db) => db.run(DELETE_UPLOADS, accountId, before, limit)),
	};
}
