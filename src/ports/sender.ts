/** Makes one HTTP request for a delivery. The guard, the pool and the limits are behind it. */
import type { AttemptErrorCause, AttemptErrorClass, AttemptTimings } from '../domain/attempt.ts';

export interface OutboundRequest {
	readonly url: string;
	/** Default: POST. A GET carries no body. */
	readonly method?: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** For the whole attempt: waiting for a connection, DNS, connect, TLS, request and answer. */
	readonly deadlineMs: number;
	/** How much of the answer is kept. */
	readonly responseBytesKept: number;
	/** Beyond this the answer is not read on, and the attempt counts by its status. */
	readonly responseBytesMax: number;
	/** Aborted at shutdown, or where the delivery is not ours any more: the attempt ends as `interrupted`. */
	readonly signal: AbortSignal;
	/** Asked when the connection is there, right before the first byte of the request: where it says no, none leaves, and the attempt ends as `interrupted`. */
	readonly mayBegin?: () => boolean;
}

/** Any answer, whatever its status, is `answered`. A redirect is an answer: it is never followed. */
export type OutboundResult =
	| {
			readonly kind: 'answered';
			readonly status: number;
			readonly headers: Readonly<Record<string, string>>;
			readonly body: string;
			readonly timings: AttemptTimings;
	  }
	| {
			readonly kind: 'failed';
			readonly errorClass: Exclude<AttemptErrorClass, 'status'>;
			/** Where more is known. */
			readonly errorCause?: AttemptErrorCause;
			readonly message: string;
			readonly timings: AttemptTimings;
	  };

export interface Sender extends AsyncDisposable {
	/** Never rejects: whatever goes wrong is a value. */
	send(request: OutboundRequest): Promise<OutboundResult>;
	/**
	 * Whether the receiver of an URL accepts connections, found out without a request and within a second. Says nothing of what it would answer.
	 * Never rejects.
	 */
	knock(url: string): Promise<boolean>;
	/**
	 * Whether an URL may become a webhook: https, no credentials in it, and no address literal or `localhost` name that the guard refuses.
	 * Names are not resolved here; they are checked at each connect. Answers the reason of a refusal, undefined where it may.
	 */
	refuse(url: string): UrlRefusal | undefined;
}

export interface UrlRefusal {
	readonly code: 'not_a_url' | 'not_https' | 'has_credentials' | 'address_refused';
	/** English, one sentence without what may be a secret, for logs and our own dialect. */
	readonly message: string;
	/** The name or address, where that is what is refused. */
	readonly host?: string;
}
