/**
 * The body of an answer: a bounded piece is kept, a bounded amount is read. It is never decompressed (threat: a few kilobytes that
 * unfold to gigabytes); we ask for no encoding, and a receiver that uses one all the same gets a note in place of its text.
 */
export class AnswerBody {
	readonly #bytesKept: number;
	readonly #bytesMax: number;
	#chunks: Buffer[] = [];
	#kept = 0;
	#read = 0;
	#encoding: string | undefined;

	constructor(bytesKept: number, bytesMax: number) {
		this.#bytesKept = bytesKept;
		this.#bytesMax = bytesMax;
	}

	/** The value of its `content-encoding` header. */
	encodedAs(encoding: string | undefined): void {
		this.#encoding = encoding === undefined || encoding === 'identity' ? undefined : encoding.slice(0, ENCODING_CHARS_MAX);
	}

	take(chunk: Buffer): void {
		this.#read += chunk.length;
		const room = this.#bytesKept - this.#kept;
		if (room <= 0) return;
		const piece = chunk.length > room ? chunk.subarray(0, room) : chunk;
		this.#chunks.push(piece);
		this.#kept += piece.length;
	}

	/** More came than is read: nothing further is wanted. */
	get isOverfull(): boolean {
		return this.#read > this.#bytesMax;
	}

	/** What was kept, as UTF-8; a character that was cut in two is left out. */
	text(): string {
		if (this.#encoding !== undefined && this.#read > 0) return `(${this.#read} bytes of ${this.#encoding}, not decompressed)`;
		const [only, second] = this.#chunks;
		if (!only) return '';
		const bytes = second ? Buffer.concat(this.#chunks) : only;
		return this.#read > this.#kept ? new TextDecoder().decode(bytes, { stream: true }) : bytes.toString();
	}
}

/** The header is the receiver's to choose; the names of encodings are shorter. */
const ENCODING_CHARS_MAX = 20;
