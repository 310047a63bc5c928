import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeResolver } from '../../test/support/fake-resolver.ts';
import { DnsCache } from './dns-cache.ts';

const NAME = 'hook.example.com';

function cacheOf(resolver: FakeResolver, namesMax = 10): { cache: DnsCache; clock: FakeClock } {
	const clock = new FakeClock();
	return { cache: new DnsCache({ resolver, clock, namesMax }), clock };
}

test('an answer is used for its time to live, then the name is asked again', async () => {
	const resolver = new FakeResolver();
	resolver.set(NAME, ['192.0.2.1'], ['192.0.2.2']);
	const { cache, clock } = cacheOf(resolver);
	assert.deepEqual(await cache.addressesOf(NAME), ['192.0.2.1']);
	await clock.advance(resolver.ttlMs - 1);
	assert.deepEqual(await cache.addressesOf(NAME), ['192.0.2.1']);
	assert.equal(resolver.lookups.length, 1);
	await clock.advance(1);
	assert.deepEqual(await cache.addressesOf(NAME), ['192.0.2.2']);
});

test('a time to live is at least a second and at most five minutes', async () => {
	for (const [ttlMs, usedMs] of [
		[0, 1_000],
		[86_400_000, 300_000],
	] as const) {
		const resolver = new FakeResolver({ [NAME]: ['192.0.2.1'] });
		resolver.ttlMs = ttlMs;
		const { cache, clock } = cacheOf(resolver);
		await cache.addressesOf(NAME);
		await clock.advance(usedMs - 1);
		await cache.addressesOf(NAME);
		assert.equal(resolver.lookups.length, 1);
		await clock.advance(1);
		await cache.addressesOf(NAME);
		assert.equal(resolver.lookups.length, 2);
	}
});

test('who asks at the same time shares one lookup; a failure and an empty answer are not kept', async () => {
	const resolver = new FakeResolver();
	resolver.set(NAME, 'ETIMEOUT', [], ['192.0.2.1']);
	const { cache } = cacheOf(resolver);
	const both = await Promise.allSettled([cache.addressesOf(NAME), cache.addressesOf(NAME)]);
	assert.deepEqual(
		both.map((result) => result.status),
		['rejected', 'rejected'],
	);
	assert.equal(resolver.lookups.length, 1);
	assert.deepEqual(await cache.addressesOf(NAME), []);
	assert.deepEqual(await cache.addressesOf(NAME), ['192.0.2.1']);
});

test('an open connection goes on while its name is asked again, and ends when the name has moved', async () => {
	const resolver = new FakeResolver();
	resolver.set(NAME, ['192.0.2.1', '192.0.2.2'], ['192.0.2.2']);
	const { cache, clock } = cacheOf(resolver);
	await cache.addressesOf(NAME);
	await clock.advance(resolver.ttlMs);
	assert.equal(cache.isCurrent(NAME, '192.0.2.1'), true);
	await clock.advance(0);
	assert.equal(cache.isCurrent(NAME, '192.0.2.1'), false);
	assert.equal(cache.isCurrent(NAME, '192.0.2.2'), true);
	assert.equal(resolver.lookups.length, 2);
});

test('a DNS that fails ends no connection and is asked once a second', async () => {
	const resolver = new FakeResolver();
	resolver.set(NAME, ['192.0.2.1'], 'ESERVFAIL');
	const { cache, clock } = cacheOf(resolver);
	await cache.addressesOf(NAME);
	await clock.advance(resolver.ttlMs);
	for (const lookups of [2, 3]) {
		assert.equal(cache.isCurrent(NAME, '192.0.2.1'), true);
		await clock.advance(999);
		assert.equal(cache.isCurrent(NAME, '192.0.2.1'), true);
		assert.equal(resolver.lookups.length, lookups);
		await clock.advance(1);
	}
	await assert.rejects(cache.addressesOf(NAME), { code: 'ESERVFAIL' }, 'a new connection needs an answer of today');
});

test('a clock that is set back makes no answer live longer', async () => {
	const resolver = new FakeResolver({ [NAME]: ['192.0.2.1'] });
	const { cache, clock } = cacheOf(resolver);
	await cache.addressesOf(NAME);
	clock.jumpTo(clock.now() - 3_600_000);
	await cache.addressesOf(NAME);
	assert.equal(resolver.lookups.length, 2);
	await cache.addressesOf(NAME);
	assert.equal(resolver.lookups.length, 2);
});

test('of more names than may be, the one used longest ago is forgotten', async () => {
	const resolver = new FakeResolver({ 'a.example': ['192.0.2.1'], 'b.example': ['192.0.2.2'] });
	const { cache } = cacheOf(resolver, 1);
	await cache.addressesOf('a.example');
	await cache.addressesOf('b.example');
	assert.equal(cache.isCurrent('a.example', '192.0.2.1'), false);
	await cache.addressesOf('a.example');
	assert.deepEqual(resolver.lookups, ['a.example', 'b.example', 'a.example']);
});
