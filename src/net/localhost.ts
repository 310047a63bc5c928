/** The names that always mean this machine (RFC 6761, section 6.3). They are never asked of DNS, where anybody could answer otherwise. */
import type { AddressPolicy } from './address-policy.ts';

export function isLocalhost(hostname: string): boolean {
	return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** Those of the two loopback addresses that the operator allowed: a receiver listens on one of them, seldom on both. */
export function permittedLoopbacks(policy: AddressPolicy): readonly string[] {
	return ['127.0.0.1', '::1'].filter((address) => policy.refusal(address) === undefined);
}
