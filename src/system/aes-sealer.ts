/** Secrets at rest: AES-256-GCM under the gateway's key, with the key's fingerprint in front so that a rotation knows what is old. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { RecadoError } from '../errors.ts';
import type { HashToken, Sealer } from '../ports/secrets.ts';

/** NIST SP 800-38D: a random 96-bit nonce is safe for 2^32 messages under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export class AesSealer implements Sealer {
	readonly #current: SealingKey;
	readonly #keys: ReadonlyMap<string, SealingKey>;

	/** Keys of 32 bytes; the previous one is only read with. */
	constructor(key: Uint8Array, previous?: Uint8Array) {
		this.#current = sealingKey(key);
		const keys = previous ? [sealingKey(previous), this.#current] : [this.#current];
		this.#keys = new Map(keys.map((one) => [one.id, one]));
	}

	seal(plain: string): string {
		const nonce = randomBytes(NONCE_BYTES);
		const cipher = createCipheriv('aes-256-gcm', this.#current.key, nonce);
		const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
		return `${this.#current.id}.${sealed.toString('base64url')}`;
	}

	unseal(sealed: string): string {
		const [keyId, text] = sealed.split('.', 2);
		const key = this.#keys.get(keyId ?? '');
		const bytes = Buffer.from(text ?? '', 'base64url');
		if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) throw new RecadoError('secret_unreadable');
		try {
			const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, NONCE_BYTES));
			decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
			return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
		} catch (cause) {
			throw new RecadoError('secret_unreadable', { cause });
		}
	}

	isStale(sealed: string): boolean {
		return !sealed.startsWith(`${this.#current.id}.`);
	}
}

interface SealingKey {
	readonly id: string;
	readonly key: Uint8Array;
}

function sealingKey(key: Uint8Array): SealingKey {
	return { id: createHash('sha256').update('recado sealing key').update(key).digest('hex').slice(0, 8), key };
}

export const hashToken: HashToken = (token) => createHash('sha256').update(token).digest('hex');
