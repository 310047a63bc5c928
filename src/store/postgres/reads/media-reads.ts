/** Reads links to media, and deletes those that are over. */
import type { MediaReads, MediaWork } from '../../../ports/media.ts';
import { type MediumRow, toMedium } from '../../shared/medium-row.ts';
import type { Database } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const MEDIUM: Statement = statement('medium', 'SELECT * FROM media WHERE id = $1');
const EXPIRE: Statement = statement(
	'media_expire',
	`WITH gone AS (
		DELETE FROM media WHERE id IN (SELECT id FROM media WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) RETURNING 1
	) SELECT count(*) AS count FROM gone`,
);

export function postgresMedia(db: Pick<Database, 'query' | 'transaction'>): MediaReads & MediaWork {
	return {
		medium: async (id) => {
			const [row] = await db.query<MediumRow>(MEDIUM, [id]);
			return row && toMedium(row);
		},
		expire: async (before, limit) => {
			const [row] = await db.transaction((queries) => queries.query<{ count: number }>(EXPIRE, [before, limit]));
			return row?.count ?? 0;
		},
	};
}
