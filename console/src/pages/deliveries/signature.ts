/** Checks the signature of an attempt in the browser, by Standard Webhooks 1.0, and nothing of the gateway's: a proof of its own. */

/** `v1`: HMAC-SHA256 with a secret that both know. `v1a`: ed25519, checked with the public half alone. */
export type Verdict =
	| { readonly kind: 'valid'; readonly scheme: 'v1' | 'v1a'; readonly computed?: string }
	| { readonly kind: 'invalid'; readonly scheme: 'v1' | 'v1a'; readonly computed?: string }
	/** What was given is neither `whsec_…` nor `whpk_…`. */
	| { readonly kind: 'no-key' }
	/** Browsers do it on https and on this machine alone; ed25519 not each of them. */
	| { readonly kind: 'unavailable' };

export interface Signed {
	/** `prefix` with the body behind it is what was signed. */
	readonly prefix: string;
	readonly body: string;
	/** `v1,…` and `v1a,…` */
	readonly values: readonly string[];
}

/** @param key `whsec_…` or `whpk_…` */
export async function checkSignature(signed: Signed, key: string): Promise<Verdict> {
	const [, kind, encoded = ''] = /^(whsec|whpk)_([A-Za-z0-9+/]+={0,2})$/.exec(key.trim()) ?? [];
	const bytes = bytesOf(encoded);
	if (kind === undefined || !bytes) return { kind: 'no-key' };
	if (globalThis.crypto?.subtle === undefined) return { kind: 'unavailable' };
	return kind === 'whsec' ? await checkHmac(signed, bytes) : await checkEd25519(signed, bytes);
}

async function checkHmac(signed: Signed, secret: Uint8Array<ArrayBuffer>): Promise<Verdict> {
	const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
	const made = new Uint8Array(await crypto.subtle.sign('HMAC', key, contentOf(signed)));
	const computed = `v1,${btoa(String.fromCharCode(...made))}`;
	return { kind: signed.values.includes(computed) ? 'valid' : 'invalid', scheme: 'v1', computed };
}

async function checkEd25519(signed: Signed, publicKey: Uint8Array<ArrayBuffer>): Promise<Verdict> {
	const given = signed.values.flatMap((value) => (value.startsWith('v1a,') ? (bytesOf(value.slice('v1a,'.length)) ?? []) : []));
	try {
		const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
		const right = await Promise.all(given.map((signature) => crypto.subtle.verify('Ed25519', key, signature, contentOf(signed))));
		return { kind: right.some(Boolean) ? 'valid' : 'invalid', scheme: 'v1a' };
	} catch (error) {
		// A key of another length is none; a browser without ed25519 says so.
		return { kind: error instanceof DOMException && error.name === 'NotSupportedError' ? 'unavailable' : 'no-key' };
	}
}

function contentOf({ prefix, body }: Signed): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(prefix + body);
}

/** Undefined where it is no Base64. */
function bytesOf(encoded: string): Uint8Array<ArrayBuffer> | undefined {
	try {
		return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
	} catch {
		return undefined;
	}
}
