/** What is kept about a contact. A step of its erasure is a transaction of its own, and locks its job: two processes may do the same one, in turns. */
import type { PersonalData } from '../../../ports/personal-data.ts';
import { type DocumentRow, toDocument } from '../../shared/document-row.ts';
import type { Database } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { isAgain } from '../store-fault.ts';
import { aboutContact, useOfContact } from './about-contact.ts';
import { eraseStep } from './erase-step.ts';

const DOCUMENTS_OF_PARENT: Statement = statement(
	'documents_of_parent',
	'SELECT * FROM documents WHERE parent_id = $1 ORDER BY collection, at, id LIMIT $2',
);
/** Media of it go with their message; these never got one. */
const DELETE_UPLOADS: Statement = statement(
	'media_delete_uploads',
	`WITH gone AS (
		DELETE FROM media WHERE id IN (SELECT id FROM media WHERE message_id IS NULL AND account_id = $1 AND created_at < $2 LIMIT $3)
		RETURNING 1
	) SELECT count(*) AS count FROM gone`,
);

/** A step that waited for others who waited for it is made again so often. */
const AGAIN_MAX = 5;

export function postgresPersonalData(db: Pick<Database, 'query' | 'transaction'>): PersonalData {
	return {
		about: (contactId) => aboutContact(db, contactId),
		useOf: (contactId) => useOfContact(db, contactId),
		documentsOf: async (parentId, limit) => (await db.query<DocumentRow>(DOCUMENTS_OF_PARENT, [parentId, limit])).map(toDocument),
		erase: async (jobId, limit, at, rules) => {
			for (let tries = 1; ; tries += 1) {
				try {
					return await db.transaction((queries) => eraseStep(queries, jobId, { limit, at, rules }));
				} catch (error) {
					if (!isAgain(error) || tries === AGAIN_MAX) throw error;
				}
			}
		},
		deleteUploads: async (accountId, before, limit) => {
			const [row] = await db.transaction((queries) => queries.query<{ count: number }>(DELETE_UPLOADS, [accountId, before, limit]));
			return row?.count ?? 0;
		},
	};
}
