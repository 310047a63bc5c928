/**
 * Media as links to blobs: each content once, in chunks (`blobs/chunk-blobs.ts`). A link lives 30 days unless it says otherwise. Gateways before this
 * look for the bytes with the link, so they cannot go on beside newer ones.
 */
import { CHUNK_BYTES } from '../../shared/chunks.ts';
import type { Migration } from './migration.ts';

const MEDIA: string = `
CREATE TABLE media_blobs (
	sha256 text COLLATE "C" PRIMARY KEY,
	size bigint NOT NULL,
	-- Since when no link is known to lead to it; NULL: one does.
	loose_at bigint
);
CREATE INDEX media_blobs_loose ON media_blobs (loose_at) WHERE loose_at IS NOT NULL;
CREATE TABLE media_chunks (
	blob text COLLATE "C" NOT NULL,
	ordinal bigint NOT NULL,
	bytes bytea NOT NULL,
	PRIMARY KEY (blob, ordinal)
);
-- Pictures and sound are compressed already, and a part of a chunk is never wanted from the middle of a packed one.
ALTER TABLE media_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE media
	ADD COLUMN sha256 text COLLATE "C",
	ADD COLUMN size bigint,
	ADD COLUMN expires_at bigint,
	ADD COLUMN message_id text COLLATE "C";
UPDATE media SET sha256 = encode(sha256(bytes), 'hex'), size = length(bytes),
	expires_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 2592000000;
INSERT INTO media_blobs SELECT DISTINCT sha256, size, 0 FROM media;
INSERT INTO media_chunks
SELECT sha256, ordinal, substr(bytes, (ordinal * ${CHUNK_BYTES} + 1)::int, ${CHUNK_BYTES})
FROM (SELECT DISTINCT ON (sha256) sha256, bytes FROM media ORDER BY sha256) AS contents,
	generate_series(0::bigint, (length(bytes) - 1) / ${CHUNK_BYTES}) AS ordinal
WHERE length(bytes) > 0;
ALTER TABLE media ALTER COLUMN expires_at SET NOT NULL, DROP COLUMN bytes;
CREATE INDEX media_sha256 ON media (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX media_message ON media (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX media_expires ON media (expires_at);
`;

/**
 * Whoever deletes a message, and for whatever reason, its media go; a blob is looked at by the next sweep, unless it was put just now. Blobs are
 * taken in the order of their names, so that two that delete never wait for each other.
 */
const TRIGGERS: string = `
CREATE FUNCTION release_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM media USING gone WHERE media.message_id = gone.id;
	RETURN NULL;
END $$;
CREATE TRIGGER messages_media AFTER DELETE ON messages REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION release_media();
CREATE FUNCTION loosen_blobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM 1 FROM media_blobs WHERE sha256 IN (SELECT sha256 FROM gone) ORDER BY sha256 FOR UPDATE;
	UPDATE media_blobs SET loose_at = coalesce(loose_at, 0) WHERE sha256 IN (SELECT sha256 FROM gone);
	RETURN NULL;
END $$;
CREATE TRIGGER media_loose AFTER DELETE ON media REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION loosen_blobs();
`;

export const media: Migration = { version: 5, compatibleFrom: 5, sql: MEDIA + TRIGGERS };
