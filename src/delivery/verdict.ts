/** What the answer to an attempt means. Only 2xx is success, only 410 is final; everything else is what receivers say while they are being mended. */
import type { AttemptErrorClass } from '../domain/attempt.ts';
import type { OutboundResult } from '../ports/sender.ts';
import { parseRetryAfter } from './schedule.ts';

export type Verdict =
	| { readonly kind: 'delivered' }
	| {
			readonly kind: 'retry';
			readonly errorClass: AttemptErrorClass;
			readonly status?: number;
			readonly retryAfterMs?: number;
			/** 429: the webhook is to be slower, not the delivery alone. */
			readonly isTooMany: boolean;
	  }
	/** 410: the receiver says that it is gone for good. */
	| { readonly kind: 'gone' }
	/** We stopped it ourselves: it says nothing about the receiver. */
	| { readonly kind: 'interrupted' };

const GONE = 410;
const TOO_MANY_REQUESTS = 429;

export function judge(result: OutboundResult, now: number): Verdict {
	if (result.kind === 'failed') {
		const { errorClass } = result;
		return errorClass === 'interrupted' ? { kind: 'interrupted' } : { kind: 'retry', errorClass, isTooMany: false };
	}
	const { status } = result;
	if (status >= 200 && status < 300) return { kind: 'delivered' };
	if (status === GONE) return { kind: 'gone' };
	const retryAfterMs = parseRetryAfter(result.headers['retry-after'], now);
	return {
		kind: 'retry',
		errorClass: 'status',
		status,
		isTooMany: status === TOO_MANY_REQUESTS,
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
	};
}
