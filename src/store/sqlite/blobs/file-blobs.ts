/**
 * Blobs as files. One is written under a name of its own, synced, and renamed to that of its content, so that what stands there is whole, whenever the
 * machine stops. Which ones there are, and since when no link leads to them, the store says (table `media_blobs`): it is noted before the
 * file is in its place, and forgotten after it is gone, so that no file is ever without its row.
 *
 * Putting, holding and deleting the same content go one after the other: this process is the only one that works on the directory.
 */
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Serial } from '../../../domain/serial.ts';
import { BLOB_GRACE_MS, type Blob, type Blobs, type ByteRange } from '../../../ports/blobs.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Connection } from '../connection.ts';
import type { GroupWriter } from '../group-writer.ts';
import { storeUnavailable } from '../store-fault.ts';
import { blobFile, DIRECTORY_MODE, FILE_MODE, incomingDirectory } from './blob-file.ts';

export interface FileBlobsOptions {
	readonly directory: string;
	readonly reader: Connection;
	readonly writer: GroupWriter;
	readonly clock: Clock;
}

const NOTE = `
	INSERT INTO media_blobs (sha256, size, loose_at) VALUES (?, ?, ?)
	ON CONFLICT (sha256) DO UPDATE SET loose_at = max(coalesce(loose_at, 0), excluded.loose_at)`;
const HOLD = 'UPDATE media_blobs SET loose_at = max(coalesce(loose_at, 0), ?) WHERE sha256 = ?';
const LOOSE_BLOBS = `
	SELECT sha256, loose_at AS looseAt FROM media_blobs INDEXED BY media_blobs_loose WHERE loose_at < ? ORDER BY loose_at LIMIT ?`;
const TIE = `
	UPDATE media_blobs SET loose_at = NULL
	WHERE sha256 = ?1 AND loose_at = ?2 AND EXISTS (SELECT 1 FROM media WHERE sha256 = ?1)`;
const IS_LOOSE = 'SELECT 1 FROM media_blobs WHERE sha256 = ? AND loose_at = ?';
const FORGET = 'DELETE FROM media_blobs WHERE sha256 = ? AND loose_at = ?';

interface Loose {
	readonly sha256: string;
	readonly looseAt: number;
}

export class FileBlobs implements Blobs {
	readonly #directory: string;
	readonly #reader: Connection;
	readonly #writer: GroupWriter;
	readonly #clock: Clock;
	readonly #serial = new Serial();

	constructor({ directory, reader, writer, clock }: FileBlobsOptions) {
		this.#directory = directory;
		this.#reader = reader;
		this.#writer = writer;
		this.#clock = clock;
	}

	async put(bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
		const incoming = join(incomingDirectory(this.#directory), randomUUID());
		try {
			const blob = await write(incoming, bytes);
			await this.#serial.run(blob.sha256, () => this.#place(incoming, blob));
			return blob;
		} catch (error) {
			throw isOfFileSystem(error) ? storeUnavailable(error) : error;
		} finally {
			await rm(incoming, { force: true }).catch(() => undefined);
		}
	}

	hold(sha256: string): Promise<boolean> {
		return this.#serial.run(sha256, async () => {
			const now = this.#clock.now();
			return (await this.#writer.submit((db) => db.run(HOLD, now, sha256))) > 0;
		});
	}

	async open(sha256: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined> {
		const part = range === undefined ? {} : { start: range.first, end: range.last };
		// Opened before anything is answered: afterwards it can be read to its end, even if it is deleted meanwhile.
		const file = await open(blobFile(this.#directory, sha256)).catch((error: unknown) => {
			if (isMissing(error)) return undefined;
			throw storeUnavailable(error);
		});
		return file?.createReadStream(part);
	}

	async sweep(limit: number): Promise<number> {
		const loose = this.#reader.all<Loose>(LOOSE_BLOBS, this.#clock.now() - BLOB_GRACE_MS, limit);
		for (const blob of loose) await this.#serial.run(blob.sha256, () => this.#end(blob));
		return loose.length;
	}

	async #place(incoming: string, { sha256, size }: Blob): Promise<void> {
		const file = blobFile(this.#directory, sha256);
		const now = this.#clock.now();
		await this.#writer.submit((db) => db.run(NOTE, sha256, size, now));
		if (await exists(file)) return;
		await mkdir(dirname(file), { recursive: true, mode: DIRECTORY_MODE });
		await rename(incoming, file);
		await sync(dirname(file));
		await sync(this.#directory);
	}

	/** A link that was committed since the blob became loose ties it; otherwise nothing can lead to it any more but a put or a hold, which wait. */
	async #end({ sha256, looseAt }: Loose): Promise<void> {
		const isTied = (await this.#writer.submit((db) => db.run(TIE, sha256, looseAt))) > 0;
		if (isTied || this.#reader.get(IS_LOOSE, sha256, looseAt) === undefined) return;
		await rm(blobFile(this.#directory, sha256), { force: true });
		await this.#writer.submit((db) => db.run(FORGET, sha256, looseAt));
	}
}

/** Written and synced, not yet in its place. */
async function write(incoming: string, bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
	await mkdir(dirname(incoming), { recursive: true, mode: DIRECTORY_MODE });
	const hash = createHash('sha256');
	let size = 0;
	await using file = await open(incoming, 'wx', FILE_MODE);
	for await (const piece of bytes) {
		hash.update(piece);
		size += piece.length;
		await file.writeFile(piece);
	}
	await file.sync();
	return { sha256: hash.digest('hex'), size };
}

/** What a folder says of its files is durable by itself only after this. */
async function sync(directory: string): Promise<void> {
	await using folder = await open(directory);
	await folder.sync();
}

async function exists(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}

function isMissing(error: unknown): boolean {
	return isOfFileSystem(error) && error.code === 'ENOENT';
}

function isOfFileSystem(error: unknown): error is Error & { readonly code: string } {
	return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
