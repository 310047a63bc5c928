/**
 * Makes the HTTP requests of deliveries, and sees to it that none of them can be used against us. The guard is a row of small steps:
 * https only, no credentials, no address of ours written down (`url-rules`); one answer of DNS (`dns-cache`), every address vetted
 * (`vetted-addresses`, `address-policy`); the connection pinned to what was vetted (`pinned-socket`); no redirect followed, one deadline
 * for everything (`exchange`); headers bounded (`connection`), body bounded and never decompressed (`answer-body`).
 */
import type { Clock } from '../ports/clock.ts';
import type { OutboundRequest, OutboundResult, Sender, UrlRefusal } from '../ports/sender.ts';
import { type AddressPolicy, createAddressPolicy } from './address-policy.ts';
import type { FaultClass } from './attempt-fault.ts';
import type { ConnectionParts } from './connection.ts';
import { DnsCache } from './dns-cache.ts';
import { Exchange } from './exchange.ts';
import { knock } from './knock.ts';
import { LruMap } from './lru-map.ts';
import { OriginPool } from './origin-pool.ts';
import type { Resolver } from './resolver.ts';
import { RestingConnections } from './resting-connections.ts';
import { createSystemResolver } from './system-resolver.ts';
import { trusting } from './trust.ts';
import { readTarget, type Target } from './url-rules.ts';

export interface GuardedSenderOptions {
	readonly clock: Clock;
	/** CIDRs that are let through besides public addresses. */
	readonly allow: readonly string[];
	/** PEM, one certificate or several, trusted besides the system's. */
	readonly ca?: string;
	/** Default: the DNS of this machine. */
	readonly resolver?: Resolver;
	/** How long an idle connection is kept where the receiver does not say. Default 4 s: below the 5 s after which many servers close. */
	readonly keepAliveMs?: number;
	/** Default 512. At the limit the idle connection that has rested longest is closed. Those in use are as many as requests are under way. */
	readonly idleConnectionsMax?: number;
}

/** How many receivers are remembered: their URLs as read, addresses and TLS sessions. At the limit the one used longest ago is forgotten. */
const HOSTS_MAX = 5_000;
/** A receiver has about this many URLs (Plugchat has seven). */
const URLS_PER_HOST = 8;
const CLOSED = 'Broken off by this gateway';

export class GuardedSender implements Sender {
	readonly #clock: Clock;
	readonly #policy: AddressPolicy;
	readonly #parts: ConnectionParts;
	readonly #resting: RestingConnections;
	readonly #targets: LruMap<string, Target | UrlRefusal> = new LruMap(HOSTS_MAX * URLS_PER_HOST);
	/** Those with an open connection, by origin. */
	readonly #pools = new Map<string, OriginPool>();
	readonly #watched = new WeakSet<AbortSignal>();
	#isDisposed = false;

	/** Throws `configuration` where `allow` has something that is no CIDR. */
	constructor(options: GuardedSenderOptions) {
		const { clock, resolver = createSystemResolver() } = options;
		this.#clock = clock;
		this.#policy = createAddressPolicy(options.allow);
		this.#resting = new RestingConnections(options.idleConnectionsMax ?? 512);
		this.#parts = {
			policy: this.#policy,
			dns: new DnsCache({ resolver, clock, namesMax: HOSTS_MAX }),
			secureContext: trusting(options.ca),
			sessions: new LruMap(HOSTS_MAX),
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
		this.#watch(request.signal);
		const pool = this.#poolOf(target);
		return new Promise((resolve) => pool.run(new Exchange({ request, path: target.path, clock: this.#clock, lender: pool, resolve })));
	}

	async knock(url: string): Promise<boolean> {
		const target = this.#targetOf(url);
		return !('code' in target) && !this.#isDisposed && knock(target, this.#parts.dns, this.#policy);
	}

	/** Breaks off what is under way (as `interrupted`) and closes every connection. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isDisposed = true;
		for (const pool of [...this.#pools.values()]) pool.destroy(CLOSED);
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
			resting: this.#resting,
			onEmpty: () => this.#pools.delete(target.origin),
		});
		this.#pools.set(target.origin, pool);
		return pool;
	}

	/** A shutdown has one signal for every attempt: it gets one listener, which looks for its attempts among the connections. */
	#watch(signal: AbortSignal): void {
		if (this.#watched.has(signal)) return;
		this.#watched.add(signal);
		const interruptAll = (): void => {
			for (const pool of [...this.#pools.values()]) pool.interrupt(CLOSED, signal);
		};
		signal.addEventListener('abort', interruptAll, { once: true });
	}
}

function notBegun(errorClass: FaultClass, message: string): OutboundResult {
	return { kind: 'failed', errorClass, message, timings: { totalMs: 0 } };
}
