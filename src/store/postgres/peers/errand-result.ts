/** How an errand ended, as text: what it answered, or what it threw, told so that it can be thrown again by whoever sent it. */
import { ERRORS, type ErrorCode, type ErrorDetails, type Fault, RecadoError } from '../../../errors.ts';

type Result =
	| { readonly value?: unknown }
	| {
			readonly error: {
				readonly code: string;
				readonly message: string;
				readonly details: ErrorDetails;
				readonly faults: readonly Fault[];
				readonly retryAfterSeconds?: number | undefined;
			};
	  };

export function answered(value: unknown): string {
	return JSON.stringify({ value } satisfies Result);
}

/** Of errors that nobody expected their words alone are told. */
export function thrown(error: unknown): string {
	const known = error instanceof RecadoError ? error : new RecadoError('internal');
	const message = error instanceof Error ? error.message : String(error);
	const { code, details, faults, retryAfterSeconds } = known;
	return JSON.stringify({ error: { code, message, details, faults, retryAfterSeconds } } satisfies Result);
}

/** What it answered; throws what it threw. */
export function read(text: string): unknown {
	const result = JSON.parse(text) as Result;
	if (!('error' in result)) return result.value;
	const { code, message, details, faults, retryAfterSeconds } = result.error;
	throw new RecadoError(isKnown(code) ? code : 'internal', {
		details,
		faults,
		cause: new Error(`told by the process that owns the instance: ${message}`),
		...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
	});
}

/** A newer version may know others. */
function isKnown(code: string): code is ErrorCode {
	return Object.hasOwn(ERRORS, code);
}
