/**
 * The guard's lookup: one answer for a name, each of its addresses judged, and the result is what the connection is pinned to. An answer
 * from the cache is judged like a new one.
 * Threats: a name that resolves to an address of ours; and DNS rebinding, where a second lookup would answer otherwise than the first.
 */
import { isIP } from 'node:net';
import type { AttemptErrorCause } from '../domain/attempt.ts';
import type { AddressPolicy } from './address-policy.ts';
import { AttemptFault, codeOf } from './attempt-fault.ts';
import type { DnsCache } from './dns-cache.ts';
import { isLocalhost, permittedLoopbacks } from './localhost.ts';

/** The addresses to connect to; at least one. Throws an `AttemptFault` of class dns or refused-by-guard. */
export async function vettedAddresses(hostname: string, dns: DnsCache, policy: AddressPolicy): Promise<readonly string[]> {
	const addresses = await resolveOnce(hostname, dns, policy);
	for (const address of addresses) {
		// One bad address refuses all: an honest name has none, and the order of an answer is the answerer's choice.
		const reason = policy.refusal(address);
		if (reason !== undefined) throw new AttemptFault('refused-by-guard', describe(hostname, address, reason));
	}
	return addresses;
}

async function resolveOnce(hostname: string, dns: DnsCache, policy: AddressPolicy): Promise<readonly string[]> {
	// An address is vetted like any other answer: Node connects to it without a lookup that could stop it.
	if (isIP(hostname) !== 0) return [hostname];
	if (isLocalhost(hostname)) {
		const loopbacks = permittedLoopbacks(policy);
		if (loopbacks.length > 0) return loopbacks;
		throw new AttemptFault('refused-by-guard', `${hostname} is this machine itself`);
	}
	const addresses = await askDns(hostname, dns);
	if (addresses.length > 0) return addresses;
	throw new AttemptFault('dns', `${hostname} has no address (ENODATA)`, { errorCause: 'name-unknown' });
}

async function askDns(hostname: string, dns: DnsCache): Promise<readonly string[]> {
	try {
		return await dns.addressesOf(hostname);
	} catch (error) {
		const code = codeOf(error);
		throw new AttemptFault('dns', `${hostname} cannot be resolved (${code})`, { errorCause: DNS_CAUSES[code], cause: error });
	}
}

/** By the codes of c-ares and of getaddrinfo (nodejs.org/api/dns.html#error-codes). */
const DNS_CAUSES: Readonly<Record<string, AttemptErrorCause>> = {
	ENOTFOUND: 'name-unknown',
	ENODATA: 'name-unknown',
	EAI_AGAIN: 'dns-unavailable',
	ESERVFAIL: 'dns-unavailable',
	EREFUSED: 'dns-unavailable',
	ETIMEOUT: 'dns-unavailable',
};

function describe(hostname: string, address: string, reason: string): string {
	return hostname === address ? `${address} is ${reason}` : `${hostname} resolves to ${address}, which is ${reason}`;
}
