/**
 * Where the bytes of media are: each content once, by its SHA-256, however many links lead to it (table `media`). Each store brings its own: files
 * beside the embedded one, rows in a database that several machines share. A port, so that they can go elsewhere.
 *
 * A blob that no link leads to is *loose*, and goes with a sweep. One that was just put or held is loose as well, for as long as its link is not
 * committed: it is left alone for `BLOB_GRACE_MS`, within which the link has to follow.
 */

/** Longer than any request that takes media: a carousel of ten that are downloaded one after the other. */
export const BLOB_GRACE_MS = 600_000;

export interface Blob {
	/** Hexadecimal. */
	readonly sha256: string;
	/** Bytes. */
	readonly size: number;
}

/** Both included, from 0; within the blob. */
export interface ByteRange {
	readonly first: number;
	readonly last: number;
}

export interface Blobs {
	/** Durable once it resolves. Rejects with what `bytes` throws, and with `store_unavailable`; nothing is left of it then. */
	put(bytes: AsyncIterable<Uint8Array>): Promise<Blob>;
	/** A further link to one that is there is about to be committed. False where it is not there (any more). */
	hold(sha256: string): Promise<boolean>;
	/** All of it, or a part. Undefined where it is not there. */
	open(sha256: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined>;
	/** Deletes blobs that no link leads to; looks at up to `limit` of those that are loose. Answers at how many: fewer means that none is left for now. */
	sweep(limit: number): Promise<number>;
}
