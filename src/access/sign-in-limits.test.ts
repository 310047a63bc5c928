import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { SignInLimits } from './sign-in-limits.ts';

function refusedAfter(take: () => unknown): number {
	for (let taken = 0; ; taken += 1) {
		try {
			take();
		} catch {
			return taken;
		}
	}
}

test('a name fails ten times in a row, then once each half minute, whatever the address', async () => {
	const clock = new FakeClock();
	const limits = new SignInLimits(clock);
	let asked = 0;
	const take = () => limits.take(`203.0.113.${asked++ % 250}`, 'ana');
	assert.equal(refusedAfter(take), 10);
	assert.throws(take, { code: 'sign_in_limited', retryAfterSeconds: 30 });
	await clock.advance(30_000);
	assert.equal(refusedAfter(take), 1);
	await clock.advance(3_600_000);
	assert.equal(refusedAfter(take), 10);
});

test('a refused try takes nothing of the other bucket, and what is given back is there again', () => {
	const limits = new SignInLimits(new FakeClock());
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1', 'ana')),
		10,
	);
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1')),
		40,
	);
	for (let right = 0; right < 100; right += 1) limits.take('203.0.113.2', 'bia')();
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.2', 'bia')),
		10,
	);
});

test('an IPv4 address is itself however it is written, an IPv6 one its network', () => {
	const limits = new SignInLimits(new FakeClock());
	const of = (...addresses: readonly string[]) => {
		let asked = 0;
		return refusedAfter(() => limits.take(addresses[asked++ % addresses.length] ?? ''));
	};
	assert.equal(of('203.0.113.1', '::ffff:203.0.113.1'), 50);
	assert.equal(of('2001:db8::1', '2001:db8:0:0:ffff::2'), 50);
	assert.equal(of('2001:db8:0:1::1'), 50);
});

test('however many ask, who failed last is remembered', () => {
	const limits = new SignInLimits(new FakeClock());
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1', 'ana')),
		10,
	);
	for (let one = 0; one < 4_000; one += 1) limits.take(`10.0.${one >> 8}.${one & 255}`, `name ${one}`);
	assert.throws(() => limits.take('203.0.113.9', 'ana'), { code: 'sign_in_limited' });
});

test('who may try no more cannot make it forget others by trying many names', () => {
	const limits = new SignInLimits(new FakeClock());
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1', 'ana')),
		10,
	);
	for (let one = 0; one < 12_000; one += 1) {
		try {
			limits.take('203.0.113.2', `name ${one}`);
		} catch {}
	}
	assert.throws(() => limits.take('203.0.113.9', 'ana'), { code: 'sign_in_limited' });
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1')),
		40,
	);
});
