/**
 * Makes the HTTP requests of deliveries, and sees to it that none of them can be used against us. The guard is a row of small steps:
 * https only, no credentials, no address of ours written down (`url-rules`); one lookup, every address vetted (`vetted-addresses`,
 * `address-policy`); the connection pinned to what was vetted (`pinned-socket`); no redirect followed, one deadline for everything
 * (`exchange`); headers bounded (`connection`), body bounded and never decompressed (`answer-body`).
 */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Clock } from '../ports/clock.ts';
import type { OutboundRequest, OutboundResult, Sender, UrlRefusal } from '../ports/sender.ts';
import { type AddressPolicy, createAddressPolicy } from './address-policy.ts';
import type { FaultClass } from './attempt-fault.ts';
import type { ConnectionParts } from './connection.ts';
import { Exchange } from './exchange.ts';
import { Interruptions } from './interruptions.ts';
import { LruMap } from './lru-map.ts';
import { OriginPool } from './origin-pool.ts';
import type { Resolver } from './resolver.ts';
import { createSystemResolver } from './system-resolver.ts';
import { readTarget, type Target } from './url-rules.ts';

export interface GuardedSenderOptions {
	readonly clock: Clock;
	/** CIDRs that are let through besides public addresses. */
	readonly allow: readonly string[];
	/** PEM, one certificate or several, trusted besides the system's. */
	readonly ca?: string;
	/** Default: the DNS of this machine. */
	readonly resolver?: Resolver;
	/** Default 64. Requests beyond it wait for one of them, at most until their deadline. */
	readonly connectionsPerOrigin?: number;
	/** How long an idle connection is kept where the receiver does not say. Default 4 s: below the 5 s after which many servers close. */
	readonly keepAliveMs?: number;
	/** Default 1,000. At the limit the origin that was used longest ago ends its connections once they are idle. */
	readonly originsMax?: number;
}

/** A receiver has about this many URLs (Plugchat has seven): how many read URLs are kept is derived from how many origins are. */
const URLS_PER_ORIGIN = 8;
const CLOSED = 'Broken off because the gateway is shutting down';

export class GuardedSender implements Sender {
	readonly #clock: Clock;
	readonly #policy: AddressPolicy;
	readonly #parts: ConnectionParts;
	readonly #connectionsMax: number;
	readonly #targets: LruMap<string, Target | UrlRefusal>;
	readonly #pools: LruMap<string, OriginPool>;
	readonly #interruptions: Interruptions = new Interruptions(CLOSED);
	/** Also those that the map let go, until they are empty. */
	readonly #alive = new Set<OriginPool>();
	#isDisposed = false;

	/** Throws `configuration` where `allow` has something that is no CIDR. */
	constructor(options: GuardedSenderOptions) {
		const originsMax = options.originsMax ?? 1_000;
		this.#clock = options.clock;
		this.#policy = createAddressPolicy(options.allow);
		this.#connectionsMax = options.connectionsPerOrigin ?? 64;
		this.#targets = new LruMap(originsMax * URLS_PER_ORIGIN);
		this.#pools = new LruMap(originsMax, (pool) => pool.retire());
		this.#parts = {
			policy: this.#policy,
			resolver: options.resolver ?? createSystemResolver(),
			secureContext: trusting(options.ca),
			sessions: new LruMap(originsMax),
			keepAliveMs: options.keepAliveMs ?? 4_000,
		};
	}

	refuse(url: string): UrlRefusal | undefined {
		const target = readTarget(url, this.#policy);
		return 'code' in target ? target : undefined;
	}

	send(request: OutboundRequest): Promise<OutboundResult> {
		const target = this.#targetOf(request.url);
		if ('code' in target) return Promise.resolve(notBegun('refused-by-guard', target.message));
		if (this.#isDisposed || request.signal.aborted) return Promise.resolve(notBegun('interrupted', CLOSED));
		return new Promise((resolve) => {
			const pool = this.#poolOf(target);
			const exchange: Exchange = new Exchange({
				request,
				path: target.path,
				clock: this.#clock,
				interruptions: this.#interruptions,
				resolve,
				onSettled: (settled, connection, isReusable) => pool.settled(settled, connection, isReusable),
			});
			pool.run(exchange);
		});
	}

	/** Breaks off what is under way (as `interrupted`) and closes every connection. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isDisposed = true;
		for (const pool of this.#alive) pool.destroy(CLOSED);
	}

	/** The verdict on an URL depends on nothing but the URL and the options, and deliveries send to the same ones again and again. */
	#targetOf(url: string): Target | UrlRefusal {
		const known = this.#targets.get(url);
		if (known) return known;
		const target = readTarget(url, this.#policy);
		this.#targets.set(url, target);
		return target;
	}

	#poolOf(target: Target): OriginPool {
		const known = this.#pools.get(target.origin);
		if (known) return known;
		const pool = new OriginPool({
			target,
			parts: this.#parts,
			connectionsMax: this.#connectionsMax,
			onEmpty: (empty) => {
				this.#pools.delete(target.origin, empty);
				this.#alive.delete(empty);
			},
		});
		this.#pools.set(target.origin, pool);
		this.#alive.add(pool);
		return pool;
	}
}

function notBegun(errorClass: FaultClass, message: string): OutboundResult {
	return { kind: 'failed', errorClass, message, timings: { totalMs: 0 } };
}

/** An own authority is trusted besides those of Node and the system, not in their place. */
function trusting(ca: string | undefined): SecureContext {
	return createSecureContext(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] });
}
