/** Reads links to media, and deletes those that are over. */
import type { MediaReads, MediaWork } from '../../../ports/media.ts';
import { type MediumRow, toMedium } from '../../shared/medium-row.ts';
import type { Connection } from '../connection.ts';
import type { GroupWriter } from '../group-writer.ts';

const EXPIRE = 'DELETE FROM media WHERE id IN (SELECT id FROM media WHERE expires_at < ? ORDER BY expires_at LIMIT ?)';

export function sqliteMedia(db: Connection, writer: GroupWriter): MediaReads & MediaWork {
	return {
		medium: async (id) => {
			const row = db.get<MediumRow>('SELECT * FROM media WHERE id = ?', id);
			return row && toMedium(row);
		},
		expire: (before, limit) => writer.submit((writing) => writing.run(EXPIRE, before, limit)),
	};
}
