import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { isSigningSecret, type SignedRequest, TIMESTAMP_TOLERANCE_SECONDS, verifySignature } from './verify-signature.ts';

const NOW = 1_800_000_000_000;

function newSecret(): string {
	return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Signed by the reference implementation. */
function signed(secret: string, body: string, at: number = NOW): SignedRequest {
	const signature = new Webhook(secret).sign('dlv_1', new Date(at), body);
	const headers = { 'webhook-id': 'dlv_1', 'webhook-timestamp': String(Math.floor(at / 1_000)), 'webhook-signature': signature };
	return { headers, body: Buffer.from(body), receivedAt: NOW };
}

suite('verifySignature', () => {
	test('accepts what the reference implementation signs, whatever the body', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ minLength: 24, maxLength: 64 }), (body, bytes) => {
				const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
				assert(verifySignature(signed(secret, body), [secret]).isValid);
			}),
			{ numRuns: 50 },
		);
	});

	test('refuses a body, an id or a timestamp that was changed, and another secret', () => {
		const secret = newSecret();
		const right = signed(secret, '{"a":1}');
		const verdict = (change: Partial<SignedRequest>, secrets = [secret]): boolean =>
			verifySignature({ ...right, ...change }, secrets).isValid;
		assert.equal(verdict({}), true);
		assert.equal(verdict({ body: Buffer.from('{"a":2}') }), false);
		assert.equal(verdict({ headers: { ...right.headers, 'webhook-id': 'dlv_2' } }), false);
		assert.equal(verdict({ headers: { ...right.headers, 'webhook-timestamp': String(NOW / 1_000 + 1) } }), false);
		assert.equal(verdict({}, [newSecret()]), false);
		assert.equal(verdict({}, []), false);
	});

	test('accepts any of several signatures and secrets, as during a rotation', () => {
		const [old, current] = [newSecret(), newSecret()];
		const both = signed(old, 'x');
		const headers = {
			...both.headers,
			'webhook-signature': `${signed(current, 'x').headers['webhook-signature']} ${both.headers['webhook-signature']} v1a,AAAA`,
		};
		assert(verifySignature({ ...both, headers }, [old]).isValid);
		assert(verifySignature({ ...both, headers }, [current]).isValid);
		assert(verifySignature(both, [current, old]).isValid);
	});

	test('refuses a timestamp beyond the tolerance on either side, and one that is no number', () => {
		const secret = newSecret();
		const tolerance = TIMESTAMP_TOLERANCE_SECONDS * 1_000;
		assert(verifySignature(signed(secret, 'x', NOW - tolerance), [secret]).isValid);
		assert(!verifySignature(signed(secret, 'x', NOW - tolerance - 1_000), [secret]).isValid);
		assert(!verifySignature(signed(secret, 'x', NOW + tolerance + 1_000), [secret]).isValid);
		const right = signed(secret, 'x');
		assert(!verifySignature({ ...right, headers: { ...right.headers, 'webhook-timestamp': 'now' } }, [secret]).isValid);
	});

	test('refuses missing headers and broken signatures without throwing', () => {
		const secret = newSecret();
		const right = signed(secret, 'x');
		for (const name of Object.keys(right.headers)) {
			const verdict = verifySignature({ ...right, headers: { ...right.headers, [name]: undefined } }, [secret]);
			assert(!verdict.isValid && verdict.reason.includes('headers'));
		}
		for (const signature of ['', 'v1,', 'v1,AAAA', 'v2,AAAA', 'nonsense']) {
			assert(!verifySignature({ ...right, headers: { ...right.headers, 'webhook-signature': signature } }, [secret]).isValid);
		}
	});
});

test('isSigningSecret knows the form of Standard Webhooks', () => {
	assert(isSigningSecret(newSecret()));
	for (const wrong of ['', 'whsec_', 'whsec_c2hvcnQ=', newSecret().slice('whsec_'.length), 'whsec_not base64!'])
		assert(!isSigningSecret(wrong), wrong);
});
