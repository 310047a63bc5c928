/** Links to media. The bytes that they lead to are told of in `blobs.ts`. */
import type { Blob } from './blobs.ts';

/** A link to a medium: whoever knows its id may have the bytes until it expires. */
export interface StoredMedium {
	/** `med_…` with 128 random bits at least. */
	readonly id: string;
	readonly accountId: string;
	readonly mimeType: string;
	readonly fileName?: string;
	/** Undefined where it is reserved, and the bytes are still to come. */
	readonly blob?: Blob;
	readonly createdAt: number;
	readonly expiresAt: number;
	/** With which message it is deleted; undefined for what was uploaded by itself. */
	readonly messageId?: string;
}

export interface MediaReads {
	/** Also one that is expired and not deleted yet. */
	medium(id: string): Promise<StoredMedium | undefined>;
}

export interface MediaWork {
	/** Deletes links that expired before `before`, up to `limit` of them. Answers how many. */
	expire(before: number, limit: number): Promise<number>;
}
