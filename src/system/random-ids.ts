/** Ids and tokens from the operating system's randomness. */
import { randomBytes } from 'node:crypto';
import type { Clock, IdPrefix, Ids } from '../ports/clock.ts';

/** One call into the operating system fills ids for a while: it costs more than everything else here. */
const POOL_BYTES = 4096;

/** Ids that sort by the time of their making, also within a millisecond of one process. */
export class RandomIds implements Ids {
	readonly #clock: Clock;
	#pool: Buffer = Buffer.alloc(0);
	#at = 0;
	#lastMs = 0;
	#sequence = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** UUID version 7 (RFC 9562): 48 bits of milliseconds, then (method 1 of section 6.2) a counter, then random bits. */
	next(prefix: IdPrefix): string {
		const now = this.#clock.now();
		if (now > this.#lastMs) {
			this.#lastMs = now;
			this.#sequence = 0;
		} else if (this.#sequence === 0xfff) {
			this.#lastMs += 1;
			this.#sequence = 0;
		} else {
			this.#sequence += 1;
		}
		const random = this.#take(8);
		random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
		const time = this.#lastMs.toString(16).padStart(12, '0');
		const sequence = this.#sequence.toString(16).padStart(3, '0');
		return `${prefix}_${time}7${sequence}${random.toString('hex')}`;
	}

	/** Begins with the time, too: ids that grow are written side by side in an index, random ones all over it. */
	nextWhatsappId(): string {
		const time = this.#clock.now().toString(16).padStart(12, '0').slice(1);
		const random = this.#take(4).toString('hex').slice(1);
		return `3EB0${time}${random}`.toUpperCase();
	}

	nextToken(): string {
		return randomBytes(32).toString('base64url');
	}

	#take(bytes: number): Buffer {
		if (this.#at + bytes > this.#pool.length) {
			this.#pool = randomBytes(POOL_BYTES);
			this.#at = 0;
		}
		this.#at += bytes;
		return Buffer.from(this.#pool.subarray(this.#at - bytes, this.#at));
	}
}
