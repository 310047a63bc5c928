/**
 * The `traceparent` header of W3C Trace Context (level 1, https://www.w3.org/TR/trace-context/). What comes from outside is believed only as far
 * as it has exactly that form; anything else is no trace, as the recommendation says, and never an error.
 */

export interface TraceContext {
	/** 32 hex digits. */
	readonly traceId: string;
	/** 16 hex digits: the span that asks. */
	readonly spanId: string;
	readonly isSampled: boolean;
}

/** Version 00 has 55 characters; a later version may go on after a dash, which we do not understand and do not pass on. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[\x20-\x7e]*)?$/;
const LENGTH_MAX = 512;
const SAMPLED = 0x01;

export function parseTraceparent(header: string | undefined): TraceContext | undefined {
	if (header === undefined || header.length > LENGTH_MAX) return undefined;
	const [, version, traceId, spanId, flags, rest] = TRACEPARENT.exec(header) ?? [];
	if (version === undefined || traceId === undefined || spanId === undefined || flags === undefined) return undefined;
	if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
	if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
	return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) !== 0 };
}

export function formatTraceparent({ traceId, spanId, isSampled }: TraceContext): string {
	return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}
