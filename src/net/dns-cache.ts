/**
 * The answers of DNS, each for its time to live. Only addresses are kept, never a verdict on them: whoever takes them vets them. A failure
 * is not kept: the next attempt asks anew. An answer that is past its time opens no connection, but it does not hold up one that is open
 * already: that one goes on while the name is asked again beside it, and ends when the new answer no longer has its address.
 */
import type { Clock } from '../ports/clock.ts';
import { LruMap } from './lru-map.ts';
import type { Resolver } from './resolver.ts';

/** A name that claims to change all the time is asked once a second, one that never changes each five minutes: receivers move. */
const TTL_MS_MIN = 1_000;
const TTL_MS_MAX = 300_000;

export interface DnsCacheOptions {
	readonly resolver: Resolver;
	readonly clock: Clock;
	/** At the limit the name that was used longest ago is forgotten. */
	readonly namesMax: number;
}

interface Answer {
	readonly addresses: readonly string[];
	readonly until: number;
	/** Not before this time is it asked again for the sake of open connections, so that a DNS that fails is not flooded. */
	askAgainAt: number;
}

export class DnsCache {
	readonly #resolver: Resolver;
	readonly #clock: Clock;
	readonly #answers: LruMap<string, Answer>;
	readonly #asked = new Map<string, Promise<readonly string[]>>();

	constructor(options: DnsCacheOptions) {
		this.#resolver = options.resolver;
		this.#clock = options.clock;
		this.#answers = new LruMap(options.namesMax);
	}

	/** For a new connection. Rejects as the resolver does. Who asks at the same time shares one lookup. */
	async addressesOf(hostname: string): Promise<readonly string[]> {
		const known = this.#answers.get(hostname);
		return known && isAhead(known.until, this.#clock.now()) ? known.addresses : this.#ask(hostname);
	}

	/** Whether the name leads to this address, by the latest answer: an open connection to it may be used again. */
	isCurrent(hostname: string, address: string): boolean {
		const known = this.#answers.get(hostname);
		if (!known) return false;
		const now = this.#clock.now();
		if (!isAhead(known.askAgainAt, now)) {
			known.askAgainAt = now + TTL_MS_MIN;
			// A DNS that fails proves nothing about a receiver that answers.
			this.#ask(hostname).catch(() => {});
		}
		return known.addresses.includes(address);
	}

	#ask(hostname: string): Promise<readonly string[]> {
		const running = this.#asked.get(hostname);
		if (running) return running;
		const lookup = this.#look(hostname).finally(() => this.#asked.delete(hostname));
		this.#asked.set(hostname, lookup);
		return lookup;
	}

	async #look(hostname: string): Promise<readonly string[]> {
		const { addresses, ttlMs } = await this.#resolver.resolve(hostname);
		const until = this.#clock.now() + Math.min(TTL_MS_MAX, Math.max(TTL_MS_MIN, ttlMs));
		if (addresses.length > 0) this.#answers.set(hostname, { addresses, until, askAgainAt: until });
		return addresses;
	}
}

/** What is further ahead than an answer can live is left over from a clock that was set back since. */
function isAhead(time: number, now: number): boolean {
	return now < time && time - now <= TTL_MS_MAX;
}
