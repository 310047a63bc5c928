/**
 * Names are asked of the DNS servers directly (c-ares), not by `getaddrinfo`: that one takes a thread of libuv's four for as long as a
 * server is silent, so four webhooks with a dead DNS would hold up every other. It is asked for what DNS does not know (hosts file, mDNS).
 */
import { promises as dns } from 'node:dns';
import { codeOf } from './attempt-fault.ts';
import type { Resolution, Resolver } from './resolver.ts';

/** The first wait for a DNS server and how often it is asked; c-ares doubles the wait each time, so a silent one costs 3 s. */
const QUERY = { timeout: 1_000, tries: 2 };

/** Quick answers that the name is not in DNS, or that there is no DNS server; a silent server is not among them. */
const NOT_IN_DNS: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED']);

/** `getaddrinfo` does not say how long its answer lives; a person who edits the hosts file expects it to count soon. */
const LOCAL_TTL_MS = 5_000;

export function createSystemResolver(servers: dns.Resolver = new dns.Resolver(QUERY)): Resolver {
	return { resolve: (hostname) => lookUp(servers, hostname) };
}

async function lookUp(servers: dns.Resolver, hostname: string): Promise<Resolution> {
	const [ipv4, ipv6] = await Promise.allSettled([servers.resolve4(hostname, { ttl: true }), servers.resolve6(hostname, { ttl: true })]);
	const found = [...(ipv4.status === 'fulfilled' ? ipv4.value : []), ...(ipv6.status === 'fulfilled' ? ipv6.value : [])];
	if (found.length > 0) {
		return { addresses: found.map((record) => record.address), ttlMs: Math.min(...found.map((record) => record.ttl)) * 1_000 };
	}
	for (const failure of [ipv4, ipv6]) {
		if (failure.status === 'rejected' && !NOT_IN_DNS.has(codeOf(failure.reason))) throw failure.reason;
	}
	const local = await dns.lookup(hostname, { all: true, order: 'ipv4first' });
	return { addresses: local.map((entry) => entry.address), ttlMs: LOCAL_TTL_MS };
}
