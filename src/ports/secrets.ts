/** What keeps secrets at rest: sealed with the gateway's key, tokens as hashes. */

export interface Sealer {
	/** Encrypts a short text (authenticated). */
	seal(plain: string): string;
	/** Decrypts what `seal` made, under the current key or a previous one. Throws `secret_unreadable` where neither fits. */
	unseal(sealed: string): string;
	/** Sealed under a key that is being rotated out. */
	isStale(sealed: string): boolean;
}

/** SHA-256, hex. Tokens have 256 random bits, so a fast hash is enough. */
export type HashToken = (token: string) => string;

/** Passwords of people are kept as hashes that are slow to guess. */
export interface Passwords {
	hash(password: string): Promise<string>;
	/** Takes as long for a wrong one as for the right one. */
	fits(password: string, hash: string): Promise<boolean>;
}

/** Secrets of the gateway itself (the key that signs JWTs), and the renewal of everything sealed when the key is rotated. */
export interface SealedSecrets {
	get(name: string): Promise<string | undefined>;
	/** Keeps the first one put: answers what is kept. */
	putIfAbsent(name: string, sealed: string): Promise<string>;
	/** Seals again whatever `reseal` answers a new value for (webhook secrets and headers, gateway secrets, answers by idempotency key). Answers how many. */
	resealAll(reseal: (sealed: string) => string | undefined): Promise<number>;
}
