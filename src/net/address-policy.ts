/**
 * Which addresses the gateway may connect to: public ones, and those that the operator named. Threat: a webhook is an URL that a stranger
 * chose, and a request from here reaches what strangers cannot reach (SSRF): this machine, its network, the metadata service of its cloud.
 */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { RecadoError } from '../errors.ts';
import { GLOBAL_UNICAST_IPV6, SPECIAL_IPV4, SPECIAL_IPV6 } from './special-ranges.ts';

export interface AddressPolicy {
	/** Why this address is refused, as the end of a sentence that begins with it; undefined where it may be connected to. */
	refusal(address: string): string | undefined;
}

/**
 * The policy with its exceptions: CIDRs, or single addresses. An IPv4 range opens the same range in IPv4-mapped form, which the operating
 * system treats as the same; nothing else is opened by it. Throws `configuration` for a text that is neither.
 */
export function createAddressPolicy(allow: readonly string[]): AddressPolicy {
	const allowed = allow.map(parseAllowed);
	return {
		refusal(text: string): string | undefined {
			if (isIP(text) === 0) return 'not an IP address';
			const address = unmapped(parseAddress(text));
			if (allowed.some((range) => range.holds(address))) return undefined;
			return specialName(address);
		},
	};
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

interface Range {
	holds(address: Address): boolean;
}

interface NamedRange extends Range {
	readonly name: string;
}

const named = ([cidr, name]: readonly [string, string]): NamedRange => ({ ...rangeOf(...ipaddr.parseCIDR(cidr)), name });
const special: readonly NamedRange[] = [...SPECIAL_IPV4, ...SPECIAL_IPV6].map(named);
const globalUnicast = rangeOf(...ipaddr.parseCIDR(GLOBAL_UNICAST_IPV6));

function specialName(address: Address): string | undefined {
	const found = special.find((range) => range.holds(address));
	if (found) return found.name;
	return address.kind() === 'ipv4' || globalUnicast.holds(address) ? undefined : 'not global unicast';
}

function rangeOf(base: Address, bits: number): Range {
	const kind = base.kind();
	return { holds: (address) => address.kind() === kind && address.match(base, bits) };
}

/** An IPv4-mapped range is the IPv4 range inside, as mapped addresses are judged as IPv4 ones. */
function parseAllowed(text: string): Range {
	const [base = '', prefix, ...rest] = text.trim().split('/');
	const family = isIP(base);
	const width = family === 4 ? 32 : 128;
	const bits = prefix === undefined ? width : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
	if (family === 0 || rest.length > 0 || !(bits <= width)) {
		throw new RecadoError('configuration', { details: { faults: `"${text}" is not a CIDR like 10.0.0.0/8 or fd00::/8` } });
	}
	const address = parseAddress(base);
	const inner = bits >= 96 ? unmapped(address) : address;
	return inner === address ? rangeOf(address, bits) : rangeOf(inner, bits - 96);
}

/** ipaddr.js reads ::10.1.0.1 as ::ffff:10.1.0.1, which is another address; so it gets the last 32 bits in hexadecimal. */
function parseAddress(text: string): Address {
	if (isIP(text) === 4) return ipaddr.parse(text);
	return ipaddr.parse(
		text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)/, (_tail, ...octets: string[]) => hexadecimal(octets.slice(0, 4).map(Number))),
	);
}

function hexadecimal([a = 0, b = 0, c = 0, d = 0]: readonly number[]): string {
	return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function unmapped(address: Address): Address {
	return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}
