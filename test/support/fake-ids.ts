/** Ids that count: the same in every run, different from each other, and sorted by age like the real ones. */
import { createHash } from 'node:crypto';
import type { IdPrefix, Ids } from '../../src/ports/clock.ts';

export class FakeIds implements Ids {
	#count = 0;

	next(prefix: IdPrefix): string {
		return `${prefix}_${this.#digits(32)}`;
	}

	nextWhatsappId(): string {
		return `3EB0${this.#digits(18).toUpperCase()}`;
	}

	nextToken(): string {
		return createHash('sha256').update(this.#digits(8)).digest('base64url');
	}

	#digits(length: number): string {
		this.#count += 1;
		return this.#count.toString(16).padStart(length, '0');
	}
}
