import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { keyPairFromBytes, keyPairKey, publicKeyText, secretFromBytes, secretKey, sign } from './signing.ts';

const secret = secretFromBytes(Buffer.alloc(32, 7));
const keyPair = keyPairFromBytes(Buffer.alloc(32, 9));

/** As a receiver does it who knows `whpk_…` and nothing else. */
function isSigned(publicKey: string, headers: Readonly<Record<string, string>>, body: string): boolean {
	const raw = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64');
	assert.equal(raw.length, 32);
	const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
	const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
	const signatures = (headers['webhook-signature'] ?? '').split(' ').filter((one) => one.startsWith('v1a,'));
	return signatures.some((one) => verify(null, content, key, Buffer.from(one.slice('v1a,'.length), 'base64')));
}

test('what is signed is verified by the reference library, whatever the bytes', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (text, id) => {
			const body = JSON.stringify({ text });
			const headers = sign([secretKey(secret)], id, Date.now(), body);
			assert.deepEqual(new Webhook(secret).verify(body, { ...headers }), { text });
		}),
	);
});

test('what a key pair signed is verified with its public half alone, whatever the bytes', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ minLength: 32, maxLength: 32 }), (text, bytes) => {
			const body = JSON.stringify({ text });
			const pair = keyPairFromBytes(bytes);
			assert.equal(isSigned(publicKeyText(pair), { ...sign([keyPairKey(pair)], 'dlv_1', 1, body) }, body), true);
			assert.equal(isSigned(publicKeyText(keyPair), { ...sign([keyPairKey(pair)], 'dlv_1', 1, body) }, body), false);
		}),
		{ numRuns: 30 },
	);
});

test('a signature is written in the base64 of the specification, not in the one of URLs', () => {
	for (let at = 0; at < 50; at += 1) {
		const signed = sign([secretKey(secret), keyPairKey(keyPair)], 'dlv_1', at * 1_000, '{}')['webhook-signature'];
		assert.match(signed, /^v1,[A-Za-z0-9+/]{43}= v1a,[A-Za-z0-9+/]{86}==$/);
	}
});

test('the key pair of a known seed is the one of RFC 8032, section 7.1', () => {
	const pair = keyPairFromBytes(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'));
	const publicHex = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
	assert.equal(publicKeyText(pair), `whpk_${Buffer.from(publicHex, 'hex').toString('base64')}`);
});

test('a changed body, id or time is refused', () => {
	const headers = { ...sign([secretKey(secret), keyPairKey(keyPair)], 'dlv_1', Date.now(), '{"a":1}') };
	const verifier = new Webhook(secret);
	const publicKey = publicKeyText(keyPair);
	assert.ok(verifier.verify('{"a":1}', headers));
	assert.ok(isSigned(publicKey, headers, '{"a":1}'));
	const later = String(Number(headers['webhook-timestamp']) + 1);
	for (const [body, change] of [
		['{"a":2}', {}],
		['{"a":1}', { 'webhook-id': 'dlv_2' }],
		['{"a":1}', { 'webhook-timestamp': later }],
	] as const) {
		assert.throws(() => verifier.verify(body, { ...headers, ...change }));
		assert.equal(isSigned(publicKey, { ...headers, ...change }, body), false);
	}
});

test('while keys are rotated all of them sign, v1 first where it is asked first', () => {
	const newer = secretFromBytes(Buffer.alloc(32, 8));
	const newerPair = keyPairFromBytes(Buffer.alloc(32, 10));
	const keys = [secretKey(newer), secretKey(secret), keyPairKey(newerPair), keyPairKey(keyPair)];
	const headers = { ...sign(keys, 'dlv_1', Date.now(), '{}') };
	for (const one of [newer, secret]) new Webhook(one).verify('{}', headers);
	for (const one of [newerPair, keyPair]) assert.ok(isSigned(publicKeyText(one), headers, '{}'));
	assert.deepEqual(
		headers['webhook-signature'].split(' ').map((one) => one.split(',')[0]),
		['v1', 'v1', 'v1a', 'v1a'],
	);
});
