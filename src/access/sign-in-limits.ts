/**
 * How often one may fail to sign in, in the memory of this process: buckets for the address that asks, for a name from that address, and for a name from all
 * addresses together from which it never signed in. So whoever guesses shuts out themselves, and not the person whose name they know: that person's own
 * addresses are no part of what strangers spend. Whoever signs in gets back what the try took, so that only failures count, and an office behind one address
 * works. Beyond the limit nothing is compared.
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

/** Who mistypes their password waits half a minute. */
const OF_NAME_FROM_ADDRESS: Limit = { room: 10, everyMs: 30_000 };
/** Some thousand guesses a day however many addresses they come from, which a password of eight characters outlasts; twice what one address can spend, so that one alone spends it for nobody. */
const OF_NAME_FROM_STRANGERS: Limit = { room: 30, everyMs: OF_NAME_FROM_ADDRESS.everyMs / 2 };
/** One address may guess at several names, and may be that of a whole office. */
const OF_ADDRESS: Limit = { room: 50, everyMs: 6_000 };
/** Beyond it whoever failed longest ago is forgotten. */
const BUCKETS_MAX = 20_000;

interface Bucket {
	left: number;
	at: number;
}

/** Who tries to sign in as whom. */
export interface TriedName {
	readonly name: string;
	/** This name signed in from this address before. */
	readonly isFamiliar: boolean;
}

export class SignInLimits {
	readonly #clock: Pick<Clock, 'now'>;
	/** Whoever tried last comes last. */
	readonly #buckets: Map<string, Bucket> = new Map();

	constructor(clock: Pick<Clock, 'now'>) {
		this.#clock = clock;
	}

	/** One try. Answers how to give it back. Throws sign_in_limited. */
	take(address: string, tried?: TriedName): () => void {
		const now = this.#clock.now();
		const network = networkOf(address);
		// Who may try no more makes no bucket either: with names that nobody has they would push out those that count.
		const taken = [this.#open(`from ${network}`, OF_ADDRESS, now)];
		if (tried) {
			taken.push(this.#open(`name ${network} ${tried.name}`, OF_NAME_FROM_ADDRESS, now));
			if (!tried.isFamiliar) taken.push(this.#open(`strangers ${tried.name}`, OF_NAME_FROM_STRANGERS, now));
		}
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
export function networkOf(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
