/**
 * Finds out whether a receiver is there at all, without a request: the guard's lookup, and a TCP connection that is closed as soon as it stands.
 * Far cheaper than an attempt, so a receiver that was switched off is noticed soon after it is back.
 */
import { connect, isIP } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';
import type { DnsCache } from './dns-cache.ts';
import type { Target } from './url-rules.ts';
import { vettedAddresses } from './vetted-addresses.ts';

/** A receiver that takes longer to accept a connection is not back yet. */
const KNOCK_MS = 1_000;

/** An attempt goes from one address to the next too. Of a name with more, some are enough. */
const ADDRESSES_MAX = 3;

export async function knock({ hostname, port }: Target, dns: DnsCache, policy: AddressPolicy): Promise<boolean> {
	let addresses: readonly string[];
	try {
		addresses = await vettedAddresses(hostname, dns, policy);
	} catch {
		return false;
	}
	for (const address of addresses.slice(0, ADDRESSES_MAX)) if (await accepts(address, port)) return true;
	return false;
}

function accepts(address: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host: address, port, family: isIP(address) });
		// Nobody waits for it at a stop.
		socket.unref();
		const end = (isThere: boolean): void => {
			socket.destroy();
			resolve(isThere);
		};
		socket.setTimeout(KNOCK_MS, () => end(false));
		socket.once('connect', () => end(true));
		// Kept for the life of the socket: none of its errors may be without a listener.
		socket.on('error', () => end(false));
	});
}
