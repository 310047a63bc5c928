/** The answers to requests with an `Idempotency-Key`: asking twice is asking once. */

/** The first answer to a request that carried an `Idempotency-Key`. */
export interface IdempotencyRecord {
	/** Whose key it is: dialect, owner and operation. Unique together with `key`. */
	readonly scope: string;
	readonly key: string;
	/** SHA-256, hex, of the request's body. */
	readonly fingerprint: string;
	readonly status: number;
	/** The answer's JSON, sealed (it may carry tokens). */
	readonly sealedBody: string;
	readonly createdAt: number;
}

export interface IdempotencyReads {
	find(scope: string, key: string): Promise<IdempotencyRecord | undefined>;
}
