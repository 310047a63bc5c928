/** Ids and tokens from the operating system's randomness. */
import { randomBytes } from 'node:crypto';
import type { Clock, IdPrefix, Ids } from '../ports/clock.ts';

/** One call into the operating system fills ids for a while: it costs more than everything else here. */
const POOL_BYTES = 4096;

/** The two digits of each byte: to ask a buffer of a few bytes for them takes ten times as long as to look them up. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Ids that sort by the time of their making, also within a millisecond of one process. */
export class RandomIds implements Ids {
	readonly #clock: Clock;
	#pool: Buffer = Buffer.alloc(0);
	#at = 0;
	#lastMs = 0;
	/** Its 12 digits. */
	#time = '0'.repeat(12);
	#sequence = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** UUID version 7 (RFC 9562): 48 bits of milliseconds, then (method 1 of section 6.2) a counter, then random bits. */
	next(prefix: IdPrefix): string {
		const now = this.#clock.now();
		if (now > this.#lastMs) this.#begin(now);
		else if (this.#sequence === 0xfff) this.#begin(this.#lastMs + 1);
		else this.#sequence += 1;
		const sequence = hexOf(this.#sequence >> 8).slice(1) + hexOf(this.#sequence & 0xff);
		const variant = hexOf((this.#byte() & 0x3f) | 0x80);
		return `${prefix}_${this.#time}7${sequence}${variant}${this.#digits(7)}`;
	}

	/** Begins with the time, too: ids that grow are written side by side in an index, random ones all over it. */
	nextWhatsappId(): string {
		const time = this.#clock.now().toString(16).padStart(12, '0').slice(1);
		return `3EB0${time}${this.#digits(4).slice(1)}`.toUpperCase();
	}

	nextToken(): string {
		return randomBytes(32).toString('base64url');
	}

	/** A millisecond. */
	#begin(ms: number): void {
		this.#lastMs = ms;
		this.#time = ms.toString(16).padStart(12, '0');
		this.#sequence = 0;
	}

	/** Of so many random bytes. */
	#digits(bytes: number): string {
		let digits = '';
		for (let left = bytes; left > 0; left -= 1) digits += hexOf(this.#byte());
		return digits;
	}

	#byte(): number {
		if (this.#at === this.#pool.length) {
			this.#pool = randomBytes(POOL_BYTES);
			this.#at = 0;
		}
		const byte = this.#pool[this.#at] ?? 0;
		this.#at += 1;
		return byte;
	}
}

function hexOf(byte: number): string {
	return HEX[byte] ?? '';
}
