/** What the answer to an attempt means. Only 2xx is success, only 410 is final; everything else is what receivers say while they are being mended. */
import type { AttemptErrorClass } from '../domain/delivery.ts';
import type { OutboundResult } from '../ports/sender.ts';
import { parseRetryAfter } from './schedule.ts';

export type Verdict =
	| { readonly kind: 'delivered' }
	| { readonly kind: 'retry'; readonly errorClass: AttemptErrorClass; readonly retryAfterMs?: number }
	/** 410: the receiver says that it is gone for good. */
	| { readonly kind: 'gone' }
	/** We stopped it ourselves: it says nothing about the receiver. */
	| { readonly kind: 'interrupted' };

const GONE = 410;

export function judge(result: OutboundResult, now: number): Verdict {
	if (result.kind === 'failed') {
		return result.errorClass === 'interrupted' ? { kind: 'interrupted' } : { kind: 'retry', errorClass: result.errorClass };
	}
	if (result.status >= 200 && result.status < 300) return { kind: 'delivered' };
	if (result.status === GONE) return { kind: 'gone' };
	const retryAfterMs = parseRetryAfter(result.headers['retry-after'], now);
	return { kind: 'retry', errorClass: 'status', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
