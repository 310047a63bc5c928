/**
 * What can go wrong on the way of an attempt, as a class, a cause where more is known, and a sentence for people. Where a step of the guard or of the
 * connection fails it says so itself; what undici reports is told apart here, by its code alone.
 */
import type { AttemptErrorCause, AttemptErrorClass } from '../domain/attempt.ts';

export type FaultClass = Exclude<AttemptErrorClass, 'status'>;

export class AttemptFault extends Error {
	override readonly name = 'AttemptFault';
	readonly errorClass: FaultClass;
	readonly errorCause: AttemptErrorCause | undefined;

	/** @param about `cause`: the error behind it */
	constructor(
		errorClass: FaultClass,
		message: string,
		{ errorCause, ...about }: { readonly errorCause?: AttemptErrorCause | undefined; readonly cause?: unknown } = {},
	) {
		super(message, about);
		this.errorClass = errorClass;
		this.errorCause = errorCause;
	}
}

/** The code that Node, OpenSSL or undici gave an error; `unknown` where there is none. */
export function codeOf(error: unknown): string {
	if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code;
	return 'unknown';
}

/** The fault behind an error that undici handed to a request. */
export function faultOf(error: unknown): AttemptFault {
	if (error instanceof AttemptFault) return error;
	const code = codeOf(error);
	if (code.startsWith('HPE_'))
		return new AttemptFault('reset', `The answer was not HTTP (${code})`, { errorCause: 'not-http', cause: error });
	switch (code) {
		case 'UND_ERR_HEADERS_OVERFLOW':
			return new AttemptFault('too-large', 'The headers of the answer are too large', { cause: error });
		case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
			return new AttemptFault('reset', 'The answer ended before its announced length', { errorCause: 'cut-short', cause: error });
		case 'UND_ERR_INVALID_ARG':
		case 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH':
			return new AttemptFault('refused-by-guard', 'The request cannot be written as HTTP: one of its headers is not valid', {
				cause: error,
			});
		case 'UND_ERR_DESTROYED':
		case 'UND_ERR_CLOSED':
			return new AttemptFault('interrupted', 'The connection was closed by this gateway', { cause: error });
		default:
			return new AttemptFault('reset', `The receiver broke the connection off before its answer was complete (${code})`, { cause: error });
	}
}
