/** The lines of a file, written and read one after the other; packed where its name ends in `.gz`. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { TransferFault } from './transfer-fault.ts';

const NEWLINE = 0x0a;

/** A chunk is what goes through the stream at once: many short lines. */
const CHUNK_CHARACTERS = 65_536;

/** Written beside it and put in its place when all of it is on the disk, for its owner alone. Throws where there is such a file already. */
export async function writeLines(file: string, lines: AsyncIterable<string>): Promise<void> {
	const part = `${file}.part`;
	const reserved = await open(file, 'wx', 0o600).catch((cause: unknown) => {
		throw new TransferFault(`${file} cannot be made: ${reasonOf(cause)}`, { cause });
	});
	await reserved.close();
	try {
		const written = createWriteStream(part, { mode: 0o600, flush: true });
		await pipeline(Readable.from(chunksOf(lines)), packing(file), written);
		if (!written.closed) await once(written, 'close');
		await rename(part, file);
	} catch (error) {
		await Promise.all([rm(part, { force: true }), rm(file, { force: true })]);
		throw isOfFile(error) ? new TransferFault(`${file} cannot be written: ${reasonOf(error)}`, { cause: error }) : error;
	}
}

/** Holds one line and one chunk in memory. */
export async function* readLines(file: string): AsyncGenerator<string> {
	const source = createReadStream(file);
	const unpacked = isPacked(file) ? createGunzip() : new PassThrough();
	const piping = pipeline(source, unpacked);
	// Told to whoever reads, below.
	piping.catch(() => undefined);
	try {
		yield* linesOf(unpacked);
		await piping;
	} catch (cause) {
		if (!isOfFile(cause)) throw cause;
		throw new TransferFault(`${file} cannot be read: ${reasonOf(cause)}`, { cause });
	}
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
	let begun: Buffer[] = [];
	for await (const chunk of chunks) {
		let start = 0;
		for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
			yield Buffer.concat([...begun, chunk.subarray(start, end)]).toString();
			begun = [];
			start = end + 1;
		}
		if (start < chunk.length) begun.push(chunk.subarray(start));
	}
	if (begun.length > 0) yield Buffer.concat(begun).toString();
}

async function* chunksOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
	let chunk = '';
	for await (const line of lines) {
		chunk += `${line}\n`;
		if (chunk.length < CHUNK_CHARACTERS) continue;
		yield Buffer.from(chunk);
		chunk = '';
	}
	if (chunk !== '') yield Buffer.from(chunk);
}

function packing(file: string): Transform {
	return isPacked(file) ? createGzip() : new PassThrough();
}

function isPacked(file: string): boolean {
	return file.endsWith('.gz');
}

/** Of the file system or of unpacking, which both have a code. */
function isOfFile(error: unknown): boolean {
	return (
		error instanceof Error &&
		'code' in error &&
		typeof error.code === 'string' &&
		/^(E[A-Z]+|Z_[A-Z_]+|ERR_STREAM[A-Z_]*)$/.test(error.code)
	);
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
