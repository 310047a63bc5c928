/**
 * Signatures of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): `v1` with a
 * secret that the receiver shares, `v1a` with a key pair of ours, whose public half checks and cannot sign.
 */
import { createHmac, createPrivateKey, createPublicKey, createSecretKey, type KeyObject, sign as signWith } from 'node:crypto';
import type { SignatureScheme } from '../domain/webhook.ts';

const SECRET_PREFIX = 'whsec_';
const PUBLIC_KEY_PREFIX = 'whpk_';

/** PKCS #8 of an ed25519 key (RFC 8410, section 7) up to the 32 bytes that are the key. */
const PKCS8_HEAD: Buffer = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A signing key prepared once: importing it for each signature costs more than the signature. */
export interface SigningKey {
	readonly scheme: SignatureScheme;
	readonly key: KeyObject;
}

/** From `whsec_` and base64. */
export function secretKey(secret: string): SigningKey {
	return { scheme: 'v1', key: createSecretKey(Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')) };
}

/** From what `keyPairFromBytes` made. */
export function keyPairKey(pkcs8: string): SigningKey {
	return { scheme: 'v1a', key: createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' }) };
}

/** 24 to 64 random bytes (the specification's bounds) as they are shown to people. */
export function secretFromBytes(bytes: Uint8Array): string {
	return `${SECRET_PREFIX}${Buffer.from(bytes).toString('base64')}`;
}

/** An ed25519 key pair from 32 random bytes: PKCS #8 and base64. Both halves are in it. */
export function keyPairFromBytes(bytes: Uint8Array): string {
	return Buffer.concat([PKCS8_HEAD, bytes]).toString('base64');
}

/** The public half as it is shown to people: `whpk_` and the base64 of its 32 bytes. */
export function publicKeyText(pkcs8: string): string {
	const { x = '' } = createPublicKey(keyPairKey(pkcs8).key).export({ format: 'jwk' });
	return `${PUBLIC_KEY_PREFIX}${Buffer.from(x, 'base64url').toString('base64')}`;
}

export interface Signed {
	readonly 'webhook-id': string;
	/** Epoch seconds. */
	readonly 'webhook-timestamp': string;
	/** One signature for each key that signs, separated by spaces, in the order of the keys. */
	readonly 'webhook-signature': string;
}

/** The three headers for one attempt. The body is signed as it is sent, byte for byte. */
export function sign(keys: readonly SigningKey[], deliveryId: string, atMs: number, body: string): Signed {
	const timestamp = String(Math.floor(atMs / 1000));
	const content = `${deliveryId}.${timestamp}.${body}`;
	const signatures = keys.map((key) => `${key.scheme},${signatureOf(key, content)}`);
	return { 'webhook-id': deliveryId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function signatureOf({ scheme, key }: SigningKey, content: string): string {
	switch (scheme) {
		case 'v1':
			return createHmac('sha256', key).update(content).digest('base64');
		case 'v1a':
			return signWith(null, Buffer.from(content), key).toString('base64');
	}
}
