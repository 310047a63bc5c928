/** Signatures of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md), version v1. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';

/** A signing key prepared once: importing it for each signature costs more than the signature. */
export type SigningKey = KeyObject;

/** From `whsec_` and base64. */
export function signingKey(secret: string): SigningKey {
	return createSecretKey(Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64'));
}

/** 24 to 64 random bytes (the specification's bounds) as they are shown to people. */
export function secretFromBytes(bytes: Uint8Array): string {
	return `${SECRET_PREFIX}${Buffer.from(bytes).toString('base64')}`;
}

export interface Signed {
	readonly 'webhook-id': string;
	/** Epoch seconds. */
	readonly 'webhook-timestamp': string;
	/** One `v1,` signature for each key that signs, separated by spaces. */
	readonly 'webhook-signature': string;
}

/** The three headers for one attempt. The body is signed as it is sent, byte for byte. */
export function sign(keys: readonly SigningKey[], deliveryId: string, atMs: number, body: string): Signed {
	const timestamp = String(Math.floor(atMs / 1000));
	const content = `${deliveryId}.${timestamp}.${body}`;
	const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`);
	return { 'webhook-id': deliveryId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
