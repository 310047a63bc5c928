/** The bytes of a medium on their way in: looked at, and counted. */
import { MEDIA_HEAD_BYTES } from '../domain/media-type.ts';
import { RecadoError } from '../errors.ts';

/** RFC 2397, Base64 only: `data:image/png;base64,…`, parameters such as `codecs` kept. */
const DATA_URI = /^data:([\w.+-]+\/[\w.+-]+(?:;[\w.+-]+=[^;,]+)*);base64,([A-Za-z0-9+/\s]+={0,2})$/;

/** Undefined where it is none. */
export function readDataUri(text: string): { readonly mimeType: string; readonly bytes: Buffer } | undefined {
	const [, mimeType, base64] = DATA_URI.exec(text) ?? [];
	return mimeType === undefined || base64 === undefined ? undefined : { mimeType, bytes: Buffer.from(base64, 'base64') };
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

export interface Looked {
	/** The first few, fewer where there are no more. */
	readonly head: Uint8Array;
	/** All of them, to be read once. Throws `body_too_large` beyond the limit. */
	readonly all: AsyncIterable<Uint8Array>;
	/** Where `all` is not wanted: whoever sends them is told. */
	leave(): Promise<void>;
}

/** Throws what `bytes` throws. */
export async function lookAt(bytes: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Looked> {
	const source = bytes[Symbol.asyncIterator]();
	const begun: Uint8Array[] = [];
	let length = 0;
	while (length < MEDIA_HEAD_BYTES) {
		const { value, done } = await source.next();
		if (done === true) break;
		begun.push(value);
		length += value.length;
	}
	const whole = Buffer.concat(begun);
	return {
		head: whole.subarray(0, MEDIA_HEAD_BYTES),
		all: bounded(whole, source, bytesMax),
		leave: async () => {
			await source.return?.();
		},
	};
}

async function* bounded(begun: Uint8Array, rest: AsyncIterator<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
	let length = 0;
	const counted = (piece: Uint8Array): Uint8Array => {
		length += piece.length;
		if (length > bytesMax) throw tooLarge(bytesMax);
		return piece;
	};
	try {
		yield counted(begun);
		for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield counted(next.value);
	} finally {
		await rest.return?.();
	}
}

export function tooLarge(limit: number): RecadoError {
	return new RecadoError('body_too_large', { details: { limit } });
}
