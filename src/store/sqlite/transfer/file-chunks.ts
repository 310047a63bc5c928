/** The files of media as rows of chunks, which is what they are in a store that has no disk of its own. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { TransferRow } from '../../../ports/transfer.ts';
import { CHUNK_BYTES, chunkCount } from '../../shared/chunks.ts';
import { blobFile } from '../blobs/blob-file.ts';
import type { Connection } from '../connection.ts';
import { storeUnavailable } from '../store-fault.ts';

const BLOBS_FROM = 'SELECT sha256, size FROM media_blobs WHERE sha256 >= ? ORDER BY sha256 LIMIT 100';

interface BlobRow {
	readonly sha256: string;
	readonly size: number;
}

/** After an import they are still rows, and files at the next start. */
export function areChunksFiles(db: Connection): boolean {
	return db.get('SELECT 1 FROM media_chunks LIMIT 1') === undefined;
}

export function countFileChunks(db: Connection): number {
	const sql = `SELECT coalesce(sum((size + ${CHUNK_BYTES - 1}) / ${CHUNK_BYTES}), 0) AS count FROM media_blobs`;
	return db.get<{ count: number }>(sql)?.count ?? 0;
}

/** Up to `limit` of them after this one, in the order of their blob and place. Throws `store_unavailable` where a file is missing. */
export function fileChunks(db: Connection, directory: string, after: TransferRow | undefined, limit: number): readonly TransferRow[] {
	const rows: TransferRow[] = [];
	let place = { blob: String(after?.['blob'] ?? ''), ordinal: Number(after?.['ordinal'] ?? -1) + 1 };
	for (;;) {
		const blobs = db.all<BlobRow>(BLOBS_FROM, place.blob);
		for (const blob of blobs) {
			const first = blob.sha256 === place.blob ? place.ordinal : 0;
			rows.push(...readChunks(directory, blob, first, limit - rows.length));
			if (rows.length === limit) return rows;
		}
		const last = blobs.at(-1);
		if (!last || last.sha256 === place.blob) return rows;
		place = { blob: last.sha256, ordinal: chunkCount(last.size) };
	}
}

function readChunks(directory: string, { sha256, size }: BlobRow, first: number, limit: number): TransferRow[] {
	const until = Math.min(chunkCount(size), first + limit);
	if (first >= until) return [];
	try {
		const file = openSync(blobFile(directory, sha256), 'r');
		try {
			return Array.from({ length: until - first }, (_none, index) => ({
				blob: sha256,
				ordinal: first + index,
				bytes: readAt(file, (first + index) * CHUNK_BYTES).toString('base64'),
			}));
		} finally {
			closeSync(file);
		}
	} catch (error) {
		throw storeUnavailable(error);
	}
}

function readAt(file: number, position: number): Buffer {
	const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
	let length = 0;
	for (let read = -1; read !== 0 && length < CHUNK_BYTES; length += read) {
		read = readSync(file, chunk, length, CHUNK_BYTES - length, position + length);
	}
	return chunk.subarray(0, length);
}
