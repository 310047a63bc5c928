/**
 * How often one may fail to sign in: a bucket for each name and one for each address that asks, in the memory of this process. Whoever signs in gets back what
 * the try took, so that only failures count, and an office behind one address works. Beyond the limit nothing is compared.
 */
import ipaddr from 'ipaddr.js';
import { RecadoError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';

interface Limit {
	/** Failures in a row. */
	readonly room: number;
	/** Until one more is possible. */
	readonly everyMs: number;
}

/** Who guesses a password has some thousand guesses a day, which a password of eight characters outlasts; who mistypes theirs waits half a minute. */
const OF_NAME: Limit = { room: 10, everyMs: 30_000 };
/** One address may guess at several names, and may be that of a whole office. */
const OF_ADDRESS: Limit = { room: 50, everyMs: 6_000 };
/** Beyond it whoever failed longest ago is forgotten. */
const BUCKETS_MAX = 10_000;

interface Bucket {
	left: number;
	at: number;
}

export class SignInLimits {
	readonly #clock: Pick<Clock, 'now'>;
	/** Whoever tried last comes last. */
	readonly #buckets: Map<string, Bucket> = new Map();

	constructor(clock: Pick<Clock, 'now'>) {
		this.#clock = clock;
	}

	/** One try. Answers how to give it back. Throws sign_in_limited. */
	take(address: string, name?: string): () => void {
		const now = this.#clock.now();
		// Who may try no more makes no bucket either: with names that nobody has they would push out those that count.
		const taken = [this.#open(`from ${networkOf(address)}`, OF_ADDRESS, now)];
		if (name !== undefined) taken.push(this.#open(`name ${name}`, OF_NAME, now));
		for (const { bucket } of taken) bucket.left -= 1;
		return () => {
			for (const { bucket, limit } of taken) bucket.left = Math.min(limit.room, bucket.left + 1);
		};
	}

	/** One that has room. Throws sign_in_limited. */
	#open(key: string, limit: Limit, now: number): { readonly bucket: Bucket; readonly limit: Limit } {
		const bucket = this.#bucket(key, limit, now);
		if (bucket.left >= 1) return { bucket, limit };
		const seconds = Math.max(1, Math.ceil(((1 - bucket.left) * limit.everyMs) / 1_000));
		throw new RecadoError('sign_in_limited', { details: { seconds }, retryAfterSeconds: seconds });
	}

	/** As full as it is by now. */
	#bucket(key: string, { room, everyMs }: Limit, now: number): Bucket {
		const bucket = this.#buckets.get(key) ?? { left: room, at: now };
		bucket.left = Math.min(room, bucket.left + (now - bucket.at) / everyMs);
		bucket.at = now;
		this.#buckets.delete(key);
		this.#buckets.set(key, bucket);
		const [oldest] = this.#buckets.keys();
		if (this.#buckets.size > BUCKETS_MAX && oldest !== undefined) this.#buckets.delete(oldest);
		return bucket;
	}
}

/** An IPv4 address, or the network of an IPv6 one: whoever has one address of it has all of them. */
function networkOf(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
