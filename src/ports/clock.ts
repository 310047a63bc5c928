/** Time and randomness, handed in so that tests own them. */

export interface Clock {
	/**
	 * Epoch milliseconds, whole: for due times and for whatever is written down. It never goes back: where the machine's clock is put back, it goes
	 * on by itself, a little slower, until that one has caught up.
	 */
	now(): number;
	/** Epoch milliseconds as the machine says: only for what others compare with their own clocks (signatures, tokens, certificates). It may go back. */
	wall(): number;
	/** Calls `fire` once, not before `delayMs` have passed. */
	schedule(delayMs: number, fire: () => void): Timer;
}

export interface Timer {
	/** Safe when called twice or after it fired. */
	cancel(): void;
}

export interface Random {
	/** At least 0, below 1. Not for secrets. */
	next(): number;
}

/** The kinds of ids, by prefix. */
export type IdPrefix =
	| 'acc'
	| 'ins'
	| 'app'
	| 'dep'
	| 'opr'
	| 'cat'
	| 'itm'
	| 'ctc'
	| 'cht'
	| 'msg'
	| 'atd'
	| 'evt'
	| 'whk'
	| 'dlv'
	| 'att'
	| 'jrn'
	| 'job'
	| 'med'
	| 'tok'
	/** The service desk: the transfer of an attendance, a note, a custom button, a quick reply. */
	| 'trf'
	| 'nte'
	| 'btn'
	| 'qrp'
	/** Access: a partner, a subscription, an entry of the audit log. */
	| 'par'
	| 'sub'
	| 'aud'
	/** An entry in the history of a webhook. */
	| 'his';

export interface Ids {
	/** A new id: the prefix, `_` and 32 hex digits that begin with the time (UUID version 7, RFC 9562), so that ids sort by age. */
	next(prefix: IdPrefix): string;
	/** A message id in the manner of WhatsApp's own: `3EB0` and 18 upper-case hex digits. */
	nextWhatsappId(): string;
	/** 256 random bits, base64url: tokens and secrets. */
	nextToken(): string;
}
