import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecadoError } from '../errors.ts';
import { createAddressPolicy } from './address-policy.ts';

const strict = createAddressPolicy([]);

test('addresses that are nobody’s public server are refused, each with its name', () => {
	const refused: Readonly<Record<string, RegExp>> = {
		'0.0.0.0': /this network/,
		'0.1.2.3': /this network/,
		'10.0.0.0': /private/,
		'10.255.255.255': /private/,
		'100.64.0.0': /carrier-grade/,
		'100.127.255.255': /carrier-grade/,
		'127.0.0.1': /loopback/,
		'127.255.255.255': /loopback/,
		'169.254.0.1': /link-local/,
		'169.254.169.254': /link-local/,
		'172.16.0.0': /private/,
		'172.31.255.255': /private/,
		'192.0.0.8': /protocols/,
		'192.0.2.1': /documentation/,
		'192.88.99.1': /6to4/,
		'192.168.0.1': /private/,
		'198.18.0.1': /benchmarks/,
		'198.19.255.255': /benchmarks/,
		'198.51.100.7': /documentation/,
		'203.0.113.7': /documentation/,
		'224.0.0.1': /multicast/,
		'239.255.255.255': /multicast/,
		'240.0.0.1': /reserved/,
		'255.255.255.255': /broadcast/,
		'::': /unspecified/,
		'::1': /loopback/,
		'::127.0.0.1': /IPv4-compatible/,
		'::8.8.8.8': /IPv4-compatible/,
		'::ffff:127.0.0.1': /loopback/,
		'::ffff:7f00:1': /loopback/,
		'::ffff:10.0.0.1': /private/,
		'::ffff:169.254.169.254': /link-local/,
		'::ffff:0:127.0.0.1': /SIIT/,
		'64:ff9b::127.0.0.1': /NAT64/,
		'64:ff9b::8.8.8.8': /NAT64/,
		'64:ff9b:1::1': /NAT64/,
		'100::1': /discarded/,
		'2001::1': /Teredo/,
		'2001:10::1': /ORCHID/,
		'2001:20::1': /ORCHID/,
		'2001:2::1': /protocols/,
		'2001:db8::1': /documentation/,
		'2002:7f00:1::1': /6to4/,
		'3fff::1': /documentation/,
		'5f00::1': /segment routing/,
		'fc00::1': /unique local/,
		'fd12:3456:789a::1': /unique local/,
		'fe80::1': /link-local/,
		'fe80::1%eth0': /link-local/,
		'febf::1': /link-local/,
		'fec0::1': /site-local/,
		'ff02::1': /multicast/,
		'4000::1': /not global unicast/,
		'1::1': /not global unicast/,
		'hook.example.com': /not an IP address/,
		'': /not an IP address/,
		'0x7f.1': /not an IP address/,
		'010.0.0.1': /not an IP address/,
	};
	for (const [address, name] of Object.entries(refused)) assert.match(strict.refusal(address) ?? 'allowed', name, address);
});

test('public addresses are not refused', () => {
	for (const address of [
		'1.1.1.1',
		'9.255.255.255',
		'11.0.0.0',
		'100.63.255.255',
		'100.128.0.0',
		'126.255.255.255',
		'128.0.0.0',
		'172.15.255.255',
		'172.32.0.0',
		'192.0.1.0',
		'198.17.255.255',
		'198.20.0.0',
		'223.255.255.255',
		'::ffff:8.8.8.8',
		'2001:200::1',
		'2001:4860:4860::8888',
		'2606:4700::1111',
		'2804:14d::1',
	]) {
		assert.equal(strict.refusal(address), undefined, address);
	}
});

test('the allow-list opens what it names, in IPv4-mapped form too, and nothing beside it', () => {
	const policy = createAddressPolicy(['10.1.0.0/16', 'fd00:1::/32', '192.168.7.7', '::1', '::ffff:172.16.0.0/112']);
	for (const address of ['10.1.0.0', '10.1.255.255', '::ffff:10.1.2.3', 'fd00:1::9', '192.168.7.7', '::1', '172.16.200.1']) {
		assert.equal(policy.refusal(address), undefined, address);
	}
	for (const address of ['10.0.255.255', '10.2.0.0', '::ffff:10.2.0.1', 'fd00:2::1', '192.168.7.6', '::2', '172.17.0.1', '127.0.0.1']) {
		assert.ok(policy.refusal(address), address);
	}
	// Wrapped forms of an allowed range are other addresses.
	for (const address of ['::10.1.0.1', '64:ff9b::10.1.0.1', '2002:a01:1::']) assert.ok(policy.refusal(address), address);
});

test('what is no CIDR is a fault of the configuration', () => {
	for (const text of [
		'',
		'10.0.0.0/33',
		'10.0.0.0/',
		'10.0.0/8',
		'10.0.0.0/8/9',
		'fd00::/129',
		'localhost',
		'10.0.0.0/-1',
		'10.0.0.0/0x8',
	]) {
		assert.throws(
			() => createAddressPolicy([text]),
			(error) => error instanceof RecadoError && error.code === 'configuration',
			text,
		);
	}
});

const ipv4 = fc.integer({ min: 0, max: 0xffffffff });
const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
const cidr4 = fc.tuple(ipv4, fc.integer({ min: 0, max: 32 }));

test('property: an IPv4 address passes when it is in an allowed range or public, and for no other reason', () => {
	fc.assert(
		fc.property(fc.array(cidr4, { maxLength: 4 }), ipv4, fc.nat(), (ranges, anywhere, pick) => {
			const near = ranges[pick % Math.max(1, ranges.length)];
			const allow = createAddressPolicy(ranges.map(([base, bits]) => `${dotted(base)}/${bits}`));
			// At the edges of a range is where an error would be.
			const edges = near === undefined ? [] : [-1, 0, 1, 2 ** (32 - near[1]) - 1, 2 ** (32 - near[1])].map((by) => firstOf(near) + by);
			for (const address of [anywhere, ...edges.filter((edge) => edge >= 0 && edge <= 0xffffffff)]) {
				const isNamed = ranges.some(([base, bits]) => bits === 0 || address >>> (32 - bits) === base >>> (32 - bits));
				const isPublic = strict.refusal(dotted(address)) === undefined;
				assert.equal(allow.refusal(dotted(address)) === undefined, isNamed || isPublic, dotted(address));
				assert.equal(allow.refusal(`::ffff:${dotted(address)}`) === undefined, isNamed || isPublic, `::ffff:${dotted(address)}`);
			}
		}),
	);
});

const ipv6 = fc.oneof(
	fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
	// Half of the addresses from where the special ranges are.
	fc.bigInt({ min: 0n, max: 2n ** 112n - 1n }).map((low) => (0xfd00n << 112n) | low),
);

test('property: an IPv6 address passes when it is in an allowed range or public, and for no other reason', () => {
	fc.assert(
		fc.property(ipv6, fc.integer({ min: 0, max: 128 }), ipv6, fc.integer({ min: 0, max: 127 }), (base, bits, anywhere, flip) => {
			const allow = createAddressPolicy([`${colons(base)}/${bits}`]);
			for (const address of [anywhere, base, base ^ (1n << BigInt(flip))]) {
				// Mapped addresses are judged as IPv4 ones, which the property above is about.
				if (address >> 32n === 0xffffn) continue;
				const shift = BigInt(128 - bits);
				const isNamed = address >> shift === base >> shift;
				const isPublic = strict.refusal(colons(address)) === undefined;
				assert.equal(allow.refusal(colons(address)) === undefined, isNamed || isPublic, colons(address));
			}
		}),
	);
});

test('property: an address is judged the same however it is written', () => {
	const policy = createAddressPolicy(['10.0.0.0/8', 'fd00::/8', '64:ff9b::/96']);
	const prefixes = fc.constantFrom(0n, 0xffffn, 0xffff0000n, 0x64ff9b0000000000000000n << 8n, 0x20010db8n << 64n, 0xfd00n << 80n);
	fc.assert(
		fc.property(prefixes, ipv4, (prefix, tail) => {
			const groups = colons((prefix << 32n) | BigInt(tail));
			const inDots = `${groups.slice(0, 30)}${dotted(tail)}`;
			const short = new URL(`https://[${groups}]`).hostname.slice(1, -1);
			const shortInDots = short.replace(/^::(ffff:)?[0-9a-f]*:[0-9a-f]+$/, (_whole, mapped = '') => `::${mapped}${dotted(tail)}`);
			for (const text of [inDots, short, shortInDots, groups.toUpperCase()]) {
				assert.equal(policy.refusal(text), policy.refusal(groups), `${text} and ${groups}`);
			}
		}),
	);
});

function firstOf([base, bits]: readonly [number, number]): number {
	return bits === 0 ? 0 : ((base >>> (32 - bits)) << (32 - bits)) >>> 0;
}

function colons(address: bigint): string {
	const digits = address.toString(16).padStart(32, '0');
	return (digits.match(/.{4}/g) ?? []).join(':');
}
