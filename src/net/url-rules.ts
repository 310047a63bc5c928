/** What an URL must be before anything is looked up: each rule a step that answers why it refuses, undefined where it does not. */
import { isIP } from 'node:net';
import type { UrlRefusal } from '../ports/sender.ts';
import type { AddressPolicy } from './address-policy.ts';
import { isLocalhost, permittedLoopbacks } from './localhost.ts';

/** Where a request goes. */
export interface Target {
	/** `https://host:port`, lower case, or `http:` where that is taken: requests with the same one share connections. */
	readonly origin: string;
	/** A name without the dot of the root at its end, or an address without brackets. */
	readonly hostname: string;
	readonly port: number;
	/** With the query; the fragment stays at home. */
	readonly path: string;
}

/** What a webhook may be, and what a medium. */
export type Scheme = 'https:' | 'http:';

const HTTPS_ALONE: ReadonlySet<string> = new Set<Scheme>(['https:']);

export function readTarget(text: string, policy: AddressPolicy, schemes: ReadonlySet<string> = HTTPS_ALONE): Target | UrlRefusal {
	const url = isWrittenOut(text) ? URL.parse(text) : null;
	if (!url) return { code: 'not_a_url', message: 'This is not an URL' };
	const hostname = hostnameOf(url);
	const refusal = refuseScheme(url, schemes) ?? refuseCredentials(url) ?? refuseHost(hostname, policy);
	if (refusal) return refusal;
	const defaultPort = url.protocol === 'http:' ? 80 : 443;
	return { origin: url.origin, hostname, port: url.port === '' ? defaultPort : Number(url.port), path: url.pathname + url.search };
}

/** What the URL parser would quietly mend (spaces, backslashes, a missing host) is more likely a mistake than meant. */
function isWrittenOut(text: string): boolean {
	return !/[\s\\]/.test(text) && !/^https?:(?!\/\/[^/])/i.test(text);
}

/** Threat: payloads and signatures read or changed on the way, and receivers that nobody authenticated. */
function refuseScheme(url: URL, schemes: ReadonlySet<string>): UrlRefusal | undefined {
	if (schemes.has(url.protocol)) return undefined;
	return { code: 'not_https', message: `Only https is possible, not ${url.protocol.slice(0, -1)}` };
}

/** Threat: passwords in plain sight in lists and logs, and URLs that look like another host (`https://bank.example@evil.example`). */
function refuseCredentials(url: URL): UrlRefusal | undefined {
	if (url.username === '' && url.password === '') return undefined;
	return { code: 'has_credentials', message: 'User name and password must not be in the URL' };
}

/**
 * Threat: an address of our own network, written down. The URL parser has made 0x7f.1, 2130706433 and 0177.0.0.1 into 127.0.0.1 by now.
 * Names other than localhost are judged by what they resolve to, when a connection is opened.
 */
function refuseHost(hostname: string, policy: AddressPolicy): UrlRefusal | undefined {
	if (isLocalhost(hostname) && permittedLoopbacks(policy).length === 0) {
		return { code: 'address_refused', message: `${hostname} is this machine itself`, host: hostname };
	}
	const reason = isIP(hostname) === 0 ? undefined : policy.refusal(hostname);
	return reason === undefined ? undefined : { code: 'address_refused', message: `${hostname} is ${reason}`, host: hostname };
}

function hostnameOf(url: URL): string {
	const { hostname } = url;
	if (hostname.startsWith('[')) return hostname.slice(1, -1);
	return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}
