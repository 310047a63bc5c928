/** One HTTP request made for a delivery, and how it ended. */

export type AttemptErrorClass =
	| 'dns'
	| 'connect'
	| 'tls'
	| 'timeout'
	| 'reset'
	| 'status'
	| 'too-large'
	| 'refused-by-guard'
	| 'interrupted';

/** What exactly went wrong, of a class where more than that is known: told by the system, by OpenSSL, or by what was waited for. */
export type AttemptErrorCause =
	| 'name-unknown'
	| 'dns-unavailable'
	| 'connection-refused'
	| 'unreachable'
	| 'connect-timeout'
	| 'certificate-expired'
	| 'certificate-not-yet-valid'
	| 'certificate-revoked'
	| 'certificate-self-signed'
	| 'certificate-untrusted'
	| 'certificate-of-other-name'
	| 'certificate-unfit'
	| 'handshake-failed'
	| 'late-for-connection'
	| 'late-in-dns'
	| 'late-in-connect'
	| 'late-in-tls'
	| 'late-first-byte'
	| 'late-end'
	| 'not-http'
	| 'cut-short';

/**
 * How long each phase took, milliseconds, and the one in which the attempt failed up to then; a reused connection has no dns, connect or tls. What is left of `totalMs` was spent waiting for a connection.
 */
export interface AttemptTimings {
	readonly dnsMs?: number;
	readonly connectMs?: number;
	readonly tlsMs?: number;
	/** From the request to the first byte of the answer. */
	readonly firstByteMs?: number;
	/** From the first byte to the end of the answer, where that was a millisecond or more: most answers come in one piece. */
	readonly bodyMs?: number;
	readonly totalMs: number;
}

export interface Attempt {
	/** `att_…` */
	readonly id: string;
	readonly deliveryId: string;
	/** Counts from 1, and from 1 again after a replay. A probe has the number of the attempt that it did not spend. */
	readonly number: number;
	readonly startedAt: number;
	readonly url: string;
	/** As sent, but for the values of the webhook's own headers, which are secrets. */
	readonly requestHeaders: Readonly<Record<string, string>>;
	readonly status?: number;
	readonly responseHeaders?: Readonly<Record<string, string>>;
	/** Bounded; undefined where nothing came. */
	readonly responseBody?: string;
	readonly errorClass?: AttemptErrorClass;
	readonly errorCause?: AttemptErrorCause;
	/** English, for logs and whoever repairs it. */
	readonly errorMessage?: string;
	readonly timings: AttemptTimings;
	/** It was made while the circuit was open, and failed: it counts for nothing. Of a delivery only the latest is kept. */
	readonly isProbe?: boolean;
}
