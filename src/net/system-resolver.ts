/**
 * Names are asked of the DNS servers directly (c-ares), not by `getaddrinfo`: that one takes a thread of libuv's four for as long as a
 * server is silent, so four webhooks with a dead DNS would hold up every other. It is asked for what DNS does not know (hosts file, mDNS).
 */
import { promises as dns } from 'node:dns';
import { codeOf } from './attempt-fault.ts';
import type { Resolver } from './resolver.ts';

/** The first wait for a DNS server and how often it is asked; c-ares doubles the wait each time, so a silent one costs 3 s. */
const QUERY = { timeout: 1_000, tries: 2 };

/** Quick answers that the name is not in DNS, or that there is no DNS server; a silent server is not among them. */
const NOT_IN_DNS: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED']);

export function createSystemResolver(servers: dns.Resolver = new dns.Resolver(QUERY)): Resolver {
	const asked = new Map<string, Promise<readonly string[]>>();
	return {
		/** Connections that open at the same time share one lookup. */
		resolve(hostname: string): Promise<readonly string[]> {
			const running = asked.get(hostname);
			if (running) return running;
			const lookup = lookUp(servers, hostname).finally(() => asked.delete(hostname));
			asked.set(hostname, lookup);
			return lookup;
		},
	};
}

async function lookUp(servers: dns.Resolver, hostname: string): Promise<readonly string[]> {
	const [ipv4, ipv6] = await Promise.allSettled([servers.resolve4(hostname), servers.resolve6(hostname)]);
	const found = [...(ipv4.status === 'fulfilled' ? ipv4.value : []), ...(ipv6.status === 'fulfilled' ? ipv6.value : [])];
	if (found.length > 0) return found;
	for (const failure of [ipv4, ipv6]) {
		if (failure.status === 'rejected' && !NOT_IN_DNS.has(codeOf(failure.reason))) throw failure.reason;
	}
	const local = await dns.lookup(hostname, { all: true, order: 'ipv4first' });
	return local.map((entry) => entry.address);
}
