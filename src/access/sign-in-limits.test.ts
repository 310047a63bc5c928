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

const stranger = (name: string) => ({ name, isFamiliar: false });
const familiar = (name: string) => ({ name, isFamiliar: true });
/** The first of so many addresses with each call. */
function oneOf(addresses: number): () => string {
	let asked = 0;
	return () => `203.0.113.${asked++ % addresses}`;
}

test('a name fails ten times in a row from an address, then once each half minute', async () => {
	const clock = new FakeClock();
	const limits = new SignInLimits(clock);
	const take = () => limits.take('203.0.113.1', stranger('ana'));
	assert.equal(refusedAfter(take), 10);
	assert.throws(take, { code: 'sign_in_limited', retryAfterSeconds: 30 });
	await clock.advance(30_000);
	assert.equal(refusedAfter(take), 1);
	await clock.advance(3_600_000);
	assert.equal(refusedAfter(take), 10);
});

test('whoever guesses from one address, for however long, shuts out nobody but themselves', async () => {
	const clock = new FakeClock();
	const limits = new SignInLimits(clock);
	for (let minute = 0; minute < 24 * 60; minute += 1) {
		refusedAfter(() => limits.take('203.0.113.1', stranger('ana')));
		await clock.advance(60_000);
	}
	refusedAfter(() => limits.take('203.0.113.1', stranger('ana')));
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.2', stranger('ana'))),
		10,
	);
});

test('from all strange addresses together a name fails thirty times, then four times a minute; where it signed in before the way stays open', async () => {
	const clock = new FakeClock();
	const limits = new SignInLimits(clock);
	const address = oneOf(250);
	const take = () => limits.take(address(), stranger('ana'));
	assert.equal(refusedAfter(take), 30);
	assert.throws(take, { code: 'sign_in_limited', retryAfterSeconds: 15 });
	assert.equal(
		refusedAfter(() => limits.take('198.51.100.1', familiar('ana'))),
		10,
	);
	limits.take('198.51.100.1', familiar('bia'));
	await clock.advance(60_000);
	assert.equal(refusedAfter(take), 4);
});

test('a refused try takes nothing of the other buckets, and what is given back is there again', () => {
	const limits = new SignInLimits(new FakeClock());
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1', stranger('ana'))),
		10,
	);
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1')),
		40,
	);
	for (let right = 0; right < 100; right += 1) limits.take('203.0.113.2', stranger('bia'))();
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.2', stranger('bia'))),
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
		refusedAfter(() => limits.take('203.0.113.1', stranger('ana'))),
		10,
	);
	for (let one = 0; one < 4_000; one += 1) limits.take(`10.0.${one >> 8}.${one & 255}`, stranger(`name ${one}`));
	assert.throws(() => limits.take('203.0.113.1', stranger('ana')), { code: 'sign_in_limited' });
});

test('who may try no more cannot make it forget others by trying many names', () => {
	const limits = new SignInLimits(new FakeClock());
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1', stranger('ana'))),
		10,
	);
	for (let one = 0; one < 12_000; one += 1) {
		try {
			limits.take('203.0.113.2', stranger(`name ${one}`));
		} catch {}
	}
	assert.throws(() => limits.take('203.0.113.1', stranger('ana')), { code: 'sign_in_limited' });
	assert.equal(
		refusedAfter(() => limits.take('203.0.113.1')),
		40,
	);
});
