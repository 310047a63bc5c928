/** Writes links to media. That a blob has lost its last link is noted by a trigger (migration 4). */
import type { Blob } from '../../../ports/blobs.ts';
import type { Change } from '../../../ports/changes.ts';
import type { StoredMedium } from '../../../ports/media.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const INSERT = `
	INSERT INTO media (id, account_id, mime_type, file_name, sha256, size, created_at, expires_at, message_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT DO NOTHING`;
const FILL = 'UPDATE media SET sha256 = ?, size = ?, mime_type = ? WHERE id = ? AND sha256 IS NULL';
const ATTACH = 'UPDATE media SET message_id = ? WHERE id = ? AND account_id = ? AND message_id IS NULL';
const RELEASE = 'DELETE FROM media WHERE message_id = ?';

export function insertMedium(db: Connection, medium: StoredMedium): Refusal {
	const { id, accountId, mimeType, fileName, blob, createdAt, expiresAt, messageId } = medium;
	const place = [blob?.sha256 ?? null, blob?.size ?? null];
	const inserted = db.run(INSERT, id, accountId, mimeType, fileName ?? null, ...place, createdAt, expiresAt, messageId ?? null);
	return refusedUnless(inserted, 'exists');
}

export function fillMedium(db: Connection, id: string, mimeType: string, { sha256, size }: Blob): Refusal {
	return refusedUnless(db.run(FILL, sha256, size, mimeType, id), 'missing');
}

export function attachMedia(db: Connection, { ids, accountId, messageId }: Extract<Change, { kind: 'media.attach' }>): void {
	for (const id of ids) db.run(ATTACH, messageId, id, accountId);
}

export function releaseMedia(db: Connection, messageId: string): void {
	db.run(RELEASE, messageId);
}
