/**
 * Verifies the signature of a webhook as Standard Webhooks 1.0 describes it (github.com/standard-webhooks/standard-webhooks): HMAC-SHA256
 * over `id.timestamp.body` with the secret's bytes. Written here, apart from the gateway's own signing, so that each proves the other.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signature that is older or newer than this may be a recorded request played again. */
export const TIMESTAMP_TOLERANCE_SECONDS = 300;

export interface SignedRequest {
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	/** The bytes as they came: a body that was parsed and written again is another one. */
	readonly body: Uint8Array;
	/** Epoch milliseconds at which it came. */
	readonly receivedAt: number;
}

export type SignatureVerdict = { readonly isValid: true } | { readonly isValid: false; readonly reason: string };

/** Valid where one of the secrets (`whsec_…`) made one of the signatures: more than one of each exist while a secret is rotated. */
export function verifySignature(request: SignedRequest, secrets: readonly string[]): SignatureVerdict {
	const id = request.headers['webhook-id'];
	const timestamp = request.headers['webhook-timestamp'];
	const signature = request.headers['webhook-signature'];
	if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') {
		return { isValid: false, reason: 'the headers webhook-id, webhook-timestamp and webhook-signature are not all there' };
	}
	const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
	// Written so that a timestamp that is no number fails, too.
	if (!(Math.abs(request.receivedAt / 1_000 - seconds) <= TIMESTAMP_TOLERANCE_SECONDS)) {
		return { isValid: false, reason: `the timestamp is more than ${TIMESTAMP_TOLERANCE_SECONDS} s off` };
	}
	const given = signature
		.split(' ')
		.filter((each) => each.startsWith('v1,'))
		.map((each) => Buffer.from(each.slice('v1,'.length), 'base64'));
	const expected = secrets.map((secret) => hmac(secret, id, timestamp, request.body));
	const isValid = expected.some((each) => given.some((other) => other.length === each.length && timingSafeEqual(other, each)));
	return isValid ? { isValid } : { isValid, reason: 'no signature was made with a secret that is known here' };
}

function hmac(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
	return createHmac('sha256', secretBytes(secret)).update(`${id}.${timestamp}.`).update(body).digest();
}

function secretBytes(secret: string): Buffer {
	return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

/** `whsec_` and the Base64 of 24 to 64 bytes. */
export function isSigningSecret(text: string): boolean {
	const bytes = secretBytes(text).byteLength;
	return /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) && bytes >= 24 && bytes <= 64;
}
