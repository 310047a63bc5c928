/**
 * Media as links to blobs: each content once, in a file beside the store (`blobs/file-blobs.ts`). What was kept as rows becomes chunks, as an import
 * leaves them, and is moved into files when the store is opened (`blobs/move-chunks.ts`). A link lives 30 days unless it says otherwise.
 */
import type { Migration } from './migration.ts';

const MEDIA: string = `
ALTER TABLE media RENAME TO old_media;
CREATE TABLE media (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL,
	mime_type TEXT NOT NULL,
	file_name TEXT,
	sha256 TEXT,
	size INTEGER,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	message_id TEXT
) STRICT;
CREATE INDEX media_sha256 ON media (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX media_message ON media (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX media_expires ON media (expires_at);
CREATE TABLE media_blobs (
	sha256 TEXT PRIMARY KEY,
	size INTEGER NOT NULL,
	-- Since when no link is known to lead to it; NULL: one does.
	loose_at INTEGER
) STRICT;
CREATE INDEX media_blobs_loose ON media_blobs (loose_at) WHERE loose_at IS NOT NULL;
CREATE TABLE media_chunks (
	blob TEXT NOT NULL,
	ordinal INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (blob, ordinal)
) STRICT;
INSERT INTO media SELECT id, account_id, mime_type, file_name, 'row:' || id, length(bytes), created_at, unixepoch() * 1000 + 2592000000, NULL FROM old_media;
INSERT INTO media_blobs SELECT 'row:' || id, length(bytes), NULL FROM old_media;
INSERT INTO media_chunks SELECT 'row:' || id, 0, bytes FROM old_media;
DROP TABLE old_media;
`;

/** Whoever deletes a message, and for whatever reason, its media go; a blob is looked at by the next sweep, unless it was put just now. */
const TRIGGERS: string = `
CREATE TRIGGER messages_media AFTER DELETE ON messages BEGIN
	DELETE FROM media WHERE message_id = OLD.id;
END;
CREATE TRIGGER media_loose AFTER DELETE ON media WHEN OLD.sha256 IS NOT NULL BEGIN
	UPDATE media_blobs SET loose_at = coalesce(loose_at, 0) WHERE sha256 = OLD.sha256;
END;
`;

export const media: Migration = { version: 4, sql: MEDIA + TRIGGERS };
