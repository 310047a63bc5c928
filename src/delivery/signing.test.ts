import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { secretFromBytes, sign, signingKey } from './signing.ts';

const secret = secretFromBytes(Buffer.alloc(32, 7));

test('what is signed is verified by the reference library, whatever the bytes', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (text, id) => {
			const body = JSON.stringify({ text });
			const headers = sign([signingKey(secret)], id, Date.now(), body);
			assert.deepEqual(new Webhook(secret).verify(body, { ...headers }), { text });
		}),
	);
});

test('a changed body, id or time is refused', () => {
	const headers = sign([signingKey(secret)], 'dlv_1', Date.now(), '{"a":1}');
	const verifier = new Webhook(secret);
	assert.throws(() => verifier.verify('{"a":2}', { ...headers }));
	assert.throws(() => verifier.verify('{"a":1}', { ...headers, 'webhook-id': 'dlv_2' }));
	assert.throws(() => verifier.verify('{"a":1}', { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }));
});

test('while a secret is rotated both sign', () => {
	const newer = secretFromBytes(Buffer.alloc(32, 8));
	const headers = sign([signingKey(newer), signingKey(secret)], 'dlv_1', Date.now(), '{}');
	for (const one of [newer, secret]) new Webhook(one).verify('{}', { ...headers });
	assert.equal(headers['webhook-signature'].split(' ').length, 2);
});
