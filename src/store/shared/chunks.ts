/** Bytes in pieces of one size: as a database keeps them, and as all stores hand them over. */

/** Small enough to be held by the thousand, large enough that a video has few of them. */
export const CHUNK_BYTES = 262_144;

export function chunkCount(size: number): number {
	return Math.ceil(size / CHUNK_BYTES);
}

/** All of one size but the last; none where there are no bytes. */
export async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	let begun: Uint8Array[] = [];
	let length = 0;
	for await (const piece of bytes) {
		begun.push(piece);
		length += piece.length;
		if (length < CHUNK_BYTES) continue;
		const whole = Buffer.concat(begun);
		let at = 0;
		for (; at + CHUNK_BYTES <= length; at += CHUNK_BYTES) yield whole.subarray(at, at + CHUNK_BYTES);
		begun = at < length ? [whole.subarray(at)] : [];
		length -= at;
	}
	if (length > 0) yield Buffer.concat(begun);
}
