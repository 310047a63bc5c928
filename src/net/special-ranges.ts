/**
 * The addresses that are nobody's public server, with the name that a refusal gives them: the IANA special-purpose registries
 * (RFC 6890 and its updates), a narrower range before the wider one that holds it. Where the registries mark an anycast service inside a
 * special range as global (192.0.0.9, 2001:1::1), it is refused all the same: no webhook lives there.
 */

export const SPECIAL_IPV4: readonly (readonly [cidr: string, name: string])[] = [
	['0.0.0.0/8', 'an address of "this network"'],
	['10.0.0.0/8', 'private'],
	['100.64.0.0/10', 'inside a carrier-grade NAT'],
	['127.0.0.0/8', 'loopback'],
	// Here live the metadata services of the clouds: 169.254.169.254.
	['169.254.0.0/16', 'link-local'],
	['172.16.0.0/12', 'private'],
	['192.0.0.0/24', 'set aside for protocols'],
	['192.0.2.0/24', 'set aside for documentation'],
	['192.88.99.0/24', 'a 6to4 relay'],
	['192.168.0.0/16', 'private'],
	['198.18.0.0/15', 'set aside for benchmarks'],
	['198.51.100.0/24', 'set aside for documentation'],
	['203.0.113.0/24', 'set aside for documentation'],
	['224.0.0.0/4', 'multicast'],
	['255.255.255.255/32', 'broadcast'],
	['240.0.0.0/4', 'reserved'],
];

/** All of IPv6 that was ever handed out as global unicast; what is outside is refused, whether it has a name below or not. */
export const GLOBAL_UNICAST_IPV6 = '2000::/3';

/**
 * The wrapped forms (NAT64, 6to4, Teredo, IPv4-compatible) are refused whatever they wrap: a translator on the way would take them to
 * the IPv4 address inside. IPv4-mapped addresses are not here: they are judged as the IPv4 address that they are.
 */
export const SPECIAL_IPV6: readonly (readonly [cidr: string, name: string])[] = [
	['::/128', 'unspecified'],
	['::1/128', 'loopback'],
	['::/96', 'an IPv4 address in IPv6 wrapping (IPv4-compatible)'],
	['::ffff:0:0:0/96', 'an IPv4 address in IPv6 wrapping (SIIT)'],
	['64:ff9b::/96', 'an IPv4 address in IPv6 wrapping (NAT64)'],
	['64:ff9b:1::/48', 'an IPv4 address in IPv6 wrapping (local NAT64)'],
	['100::/64', 'discarded'],
	['2001::/32', 'an IPv4 address in IPv6 wrapping (Teredo)'],
	['2001:10::/28', 'an ORCHID, not a place'],
	['2001:20::/28', 'an ORCHID, not a place'],
	['2001::/23', 'set aside for protocols'],
	['2001:db8::/32', 'set aside for documentation'],
	['2002::/16', 'an IPv4 address in IPv6 wrapping (6to4)'],
	['3fff::/20', 'set aside for documentation'],
	['5f00::/16', 'a segment routing identifier'],
	['fc00::/7', 'private (unique local)'],
	['fe80::/10', 'link-local'],
	['fec0::/10', 'private (site-local)'],
	['ff00::/8', 'multicast'],
];
