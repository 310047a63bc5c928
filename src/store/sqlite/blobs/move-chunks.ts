/**
 * Before anything else: bytes that are still rows (of a version that kept media in the store, or of an import) become files, and what a process that
 * ended had begun to write is thrown away. A blob at a time; where the machine stops in between, the rest follows at the next start.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from '../connection.ts';
import { blobFile, DIRECTORY_MODE, FILE_MODE, incomingDirectory } from './blob-file.ts';

const NEXT = 'SELECT blob FROM media_chunks ORDER BY blob LIMIT 1';
const CHUNK = 'SELECT bytes FROM media_chunks WHERE blob = ? AND ordinal = ?';

/** Throws what the file system says. */
export function moveChunks(db: Connection, directory: string): void {
	rmSync(incomingDirectory(directory), { recursive: true, force: true });
	for (let next = db.get<{ blob: string }>(NEXT); next; next = db.get<{ blob: string }>(NEXT)) moveBlob(db, directory, next.blob);
	rmSync(incomingDirectory(directory), { recursive: true, force: true });
}

function moveBlob(db: Connection, directory: string, blob: string): void {
	const incoming = join(incomingDirectory(directory), 'moved');
	mkdirSync(dirname(incoming), { recursive: true, mode: DIRECTORY_MODE });
	const { sha256, size } = writeChunks(db, blob, incoming);
	const file = blobFile(directory, sha256);
	mkdirSync(dirname(file), { recursive: true, mode: DIRECTORY_MODE });
	renameSync(incoming, file);
	syncDirectory(dirname(file));
	syncDirectory(directory);
	db.transaction(() => {
		// Of a version that did not know its content by its hash.
		if (blob !== sha256) {
			db.run('INSERT INTO media_blobs (sha256, size, loose_at) VALUES (?, ?, 0) ON CONFLICT DO NOTHING', sha256, size);
			db.run('UPDATE media SET sha256 = ?, size = ? WHERE sha256 = ?', sha256, size, blob);
			db.run('DELETE FROM media_blobs WHERE sha256 = ?', blob);
		}
		db.run('DELETE FROM media_chunks WHERE blob = ?', blob);
	});
}

function writeChunks(db: Connection, blob: string, incoming: string): { readonly sha256: string; readonly size: number } {
	const hash = createHash('sha256');
	let size = 0;
	const file = openSync(incoming, 'w', FILE_MODE);
	try {
		for (let ordinal = 0; ; ordinal += 1) {
			const chunk = db.get<{ bytes: Uint8Array }>(CHUNK, blob, ordinal);
			if (!chunk) break;
			hash.update(chunk.bytes);
			for (let at = 0; at < chunk.bytes.length; ) at += writeSync(file, chunk.bytes, at);
			size += chunk.bytes.length;
		}
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	return { sha256: hash.digest('hex'), size };
}

function syncDirectory(directory: string): void {
	const folder = openSync(directory, 'r');
	fsyncSync(folder);
	closeSync(folder);
}
