/** The lookup of names against a DNS server of its own: both families, the way to the hosts file, and failures by their code. */
import assert from 'node:assert/strict';
import { promises as dns } from 'node:dns';
import { test } from 'node:test';
import type { Resolver } from '../../src/net/resolver.ts';
import { createSystemResolver } from '../../src/net/system-resolver.ts';
import { type FakeDnsServer, startDnsServer } from '../support/fake-dns-server.ts';

function resolverFor(server: FakeDnsServer, timeoutMs = 60_000): Resolver {
	const servers = new dns.Resolver({ timeout: timeoutMs, tries: 1 });
	servers.setServers([server.address]);
	return createSystemResolver(servers);
}

test('every address of both families is answered', async () => {
	await using server = await startDnsServer({
		'both.example': { a: ['192.0.2.1', '192.0.2.2'], aaaa: ['2001:db8::1'] },
		'four.example': { a: ['192.0.2.1'] },
		'six.example': { aaaa: ['2001:db8::2'] },
	});
	const resolver = resolverFor(server);
	assert.deepEqual((await resolver.resolve('both.example')).addresses, ['192.0.2.1', '192.0.2.2', '2001:db8::1']);
	assert.deepEqual((await resolver.resolve('four.example')).addresses, ['192.0.2.1']);
	assert.deepEqual((await resolver.resolve('six.example')).addresses, ['2001:db8::2']);
});

test('an answer lives as long as the shortest of its records', async () => {
	await using server = await startDnsServer({
		'both.example': { a: ['192.0.2.1'], aaaa: ['2001:db8::1'], ttlSeconds: { a: 300, aaaa: 20 } },
		'four.example': { a: ['192.0.2.1'], ttlSeconds: { a: 0 } },
	});
	const resolver = resolverFor(server);
	assert.equal((await resolver.resolve('both.example')).ttlMs, 20_000);
	assert.equal((await resolver.resolve('four.example')).ttlMs, 0);
});

test('a name that DNS does not know is looked for in the hosts file', async () => {
	await using server = await startDnsServer({});
	const { addresses, ttlMs } = await resolverFor(server).resolve('localhost');
	assert.equal(ttlMs, 5_000);
	assert.ok(
		addresses.every((address) => address === '127.0.0.1' || address === '::1'),
		addresses.join(),
	);
});

test('a silent or failing server is a failure with its code, at once', async () => {
	await using server = await startDnsServer({ 'silent.example': 'silent', 'broken.example': 2 });
	await assert.rejects(resolverFor(server, 50).resolve('silent.example'), { code: 'ETIMEOUT' });
	await assert.rejects(resolverFor(server).resolve('broken.example'), { code: 'ESERVFAIL' });
});
