/**
 * How many requests a credential may make: a token bucket each, in the memory of this process. The processes that share a store each give their part of the
 * rate, by how many they are: together they let through about what one would. What arrives beyond it is refused before its body is read.
 */
import { RecadoError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';

export interface RateLimitOptions {
	/** Of one credential, where it has no limit of its own; 0: no limit. */
	readonly requestsPerSecond: number;
	/** How many may come at once after a silence. */
	readonly burst: number;
}

export interface RateLimitParts {
	readonly clock: Pick<Clock, 'now'>;
	/** How many processes share the rate. */
	readonly members: () => number;
	readonly options: RateLimitOptions;
}

interface Bucket {
	left: number;
	at: number;
}

/** Beyond it those that are full again are forgotten: they are as good as new. */
const BUCKETS_MAX = 10_000;

export class RateLimits {
	readonly #parts: RateLimitParts;
	readonly #buckets: Map<string, Bucket> = new Map();

	constructor(parts: RateLimitParts) {
		this.#parts = parts;
	}

	/** One request. Throws rate_limited, with the seconds after which there is room again. */
	take(key: string, requestsPerSecond?: number): void {
		const { clock, members, options } = this.#parts;
		const whole = requestsPerSecond ?? options.requestsPerSecond;
		if (whole === 0) return;
		const rate = whole / Math.max(1, members());
		// A limit of its own bursts for as long as the usual one does.
		const room = Math.max(1, requestsPerSecond === undefined ? options.burst : this.#burstOf(requestsPerSecond));
		const now = clock.now();
		const bucket = this.#bucket(key, room, now);
		bucket.left = Math.min(room, bucket.left + ((now - bucket.at) * rate) / 1_000);
		bucket.at = now;
		if (bucket.left < 1) {
			throw new RecadoError('rate_limited', {
				details: { limit: whole },
				retryAfterSeconds: Math.max(1, Math.ceil((1 - bucket.left) / rate)),
			});
		}
		bucket.left -= 1;
	}

	#burstOf(requestsPerSecond: number): number {
		const { requestsPerSecond: usual, burst } = this.#parts.options;
		return usual === 0 ? requestsPerSecond : Math.ceil((requestsPerSecond * burst) / usual);
	}

	#bucket(key: string, room: number, now: number): Bucket {
		const there = this.#buckets.get(key);
		if (there) return there;
		if (this.#buckets.size >= BUCKETS_MAX) this.#forget(now);
		const made = { left: room, at: now };
		this.#buckets.set(key, made);
		return made;
	}

	/** Whoever asked for nothing for a minute has a full one, or lost a little: better than to grow without end. */
	#forget(now: number): void {
		for (const [key, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(key);
		if (this.#buckets.size >= BUCKETS_MAX) this.#buckets.clear();
	}
}
