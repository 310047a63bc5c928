/**
 * Blobs as rows, in chunks, for processes on several machines that have no disk in common. While one comes in, its content is not known yet: its chunks
 * stand under a name of their own, and that name is a blob that no link leads to, so what a process that ended had begun is swept as any other. Chunks are
 * written one by one: no transaction waits for whoever sends them.
 */
import { createHash, randomUUID } from 'node:crypto';
import { BLOB_GRACE_MS, type Blob, type Blobs, type ByteRange } from '../../../ports/blobs.ts';
import type { Clock } from '../../../ports/clock.ts';
import { CHUNK_BYTES, chunkCount, inChunks } from '../../shared/chunks.ts';
import type { Database, Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { storeUnavailable } from '../store-fault.ts';

const BEGIN: Statement = statement('blob_begin', 'INSERT INTO media_blobs (sha256, size, loose_at) VALUES ($1, 0, $2)');
const ADD: Statement = statement('blob_add', 'INSERT INTO media_chunks (blob, ordinal, bytes) VALUES ($1, $2, $3)');
/** Says whether it was there. Whoever deletes it at the same time waits for this, or this for whoever does. */
const NOTE: Statement = statement(
	'blob_note',
	`INSERT INTO media_blobs AS kept (sha256, size, loose_at) VALUES ($1, $2, $3)
	ON CONFLICT (sha256) DO UPDATE SET loose_at = greatest(kept.loose_at, excluded.loose_at)
	RETURNING xmax <> 0 AS "isKept"`,
);
const NAME: Statement = statement('blob_name', 'UPDATE media_chunks SET blob = $2 WHERE blob = $1');
const REMOVE_CHUNKS: Statement = statement('blob_remove_chunks', 'DELETE FROM media_chunks WHERE blob = $1');
const FORGET: Statement = statement('blob_forget', 'DELETE FROM media_blobs WHERE sha256 = $1 RETURNING 1');
const HOLD: Statement = statement('blob_hold', 'UPDATE media_blobs SET loose_at = greatest(loose_at, $2) WHERE sha256 = $1 RETURNING 1');
const FIND: Statement = statement('blob_find', 'SELECT size FROM media_blobs WHERE sha256 = $1');
const CHUNK: Statement = statement('blob_chunk', 'SELECT bytes FROM media_chunks WHERE blob = $1 AND ordinal = $2');
const LOOSE_BLOBS: Statement = statement(
	'blobs_loose',
	'SELECT sha256, loose_at AS "looseAt" FROM media_blobs WHERE loose_at < $1 ORDER BY loose_at LIMIT $2',
);
/** Before it is looked at for links: what waits for a link that is being deleted would otherwise see it still. */
const LOCK: Statement = statement('blob_lock', 'SELECT 1 FROM media_blobs WHERE sha256 = $1 AND loose_at = $2 FOR UPDATE');
const TIE: Statement = statement(
	'blob_tie',
	`UPDATE media_blobs SET loose_at = NULL
	WHERE sha256 = $1 AND loose_at = $2 AND EXISTS (SELECT 1 FROM media WHERE media.sha256 = $1) RETURNING 1`,
);

export class ChunkBlobs implements Blobs {
	readonly #db: Pick<Database, 'query' | 'transaction'>;
	readonly #clock: Clock;

	constructor({ db, clock }: { readonly db: Pick<Database, 'query' | 'transaction'>; readonly clock: Clock }) {
		this.#db = db;
		this.#clock = clock;
	}

	async put(bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
		const incoming = `incoming:${randomUUID()}`;
		await this.#db.query(BEGIN, [incoming, this.#clock.now()]);
		try {
			const blob = await this.#write(incoming, bytes);
			await this.#db.transaction((queries) => this.#name(queries, incoming, blob));
			return blob;
		} catch (error) {
			await this.#db.transaction((queries) => remove(queries, incoming)).catch(() => undefined);
			throw error;
		}
	}

	async hold(sha256: string): Promise<boolean> {
		return (await this.#db.query(HOLD, [sha256, this.#clock.now()])).length > 0;
	}

	async open(sha256: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined> {
		const [row] = await this.#db.query<{ size: number }>(FIND, [sha256]);
		return row && this.#read(sha256, range ?? { first: 0, last: row.size - 1 });
	}

	async sweep(limit: number): Promise<number> {
		const loose = await this.#db.query<{ sha256: string; looseAt: number }>(LOOSE_BLOBS, [this.#clock.now() - BLOB_GRACE_MS, limit]);
		for (const { sha256, looseAt } of loose) {
			await this.#db.transaction(async (queries) => {
				// Somebody held it meanwhile, or has deleted it.
				if ((await queries.query(LOCK, [sha256, looseAt])).length === 0) return;
				if ((await queries.query(TIE, [sha256, looseAt])).length === 0) await remove(queries, sha256);
			});
		}
		return loose.length;
	}

	async #write(incoming: string, bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
		const hash = createHash('sha256');
		let [size, ordinal] = [0, 0];
		for await (const chunk of inChunks(bytes)) {
			hash.update(chunk);
			await this.#db.query(ADD, [incoming, ordinal, chunk]);
			size += chunk.length;
			ordinal += 1;
		}
		return { sha256: hash.digest('hex'), size };
	}

	/** Bytes that are there already are not kept twice. What came in for longer than the grace was swept, its first chunks with it: it is refused. */
	async #name(queries: Queries, incoming: string, { sha256, size }: Blob): Promise<void> {
		if ((await queries.query(FORGET, [incoming])).length === 0)
			throw storeUnavailable(new Error('the bytes came too slowly, and were swept'));
		const [noted] = await queries.query<{ isKept: boolean }>(NOTE, [sha256, size, this.#clock.now()]);
		if (noted?.isKept !== true) await queries.query(NAME, [incoming, sha256]);
		else await queries.query(REMOVE_CHUNKS, [incoming]);
	}

	/** Throws store_unavailable where it is deleted meanwhile: an answer that merely ended early would take the next one on its connection for its rest. */
	async *#read(sha256: string, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
		for (let ordinal = Math.floor(first / CHUNK_BYTES); ordinal < chunkCount(last + 1); ordinal += 1) {
			const [row] = await this.#db.query<{ bytes: Buffer }>(CHUNK, [sha256, ordinal]);
			if (!row) throw storeUnavailable(new Error(`the blob ${sha256} was deleted while it was read`));
			const begin = ordinal * CHUNK_BYTES;
			yield row.bytes.subarray(Math.max(0, first - begin), last + 1 - begin);
		}
	}
}

async function remove(queries: Queries, blob: string): Promise<void> {
	await queries.query(REMOVE_CHUNKS, [blob]);
	await queries.query(FORGET, [blob]);
}
