/**
 * What the core needs of tracing: which trace something belongs to, and a span for each attempt. A trace is handed on as `traceparent` of
 * W3C Trace Context. Where nobody traces every answer is undefined, and asking costs next to nothing.
 */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { OutboundResult } from './sender.ts';

export interface Tracing {
	/** The trace that an event which is planned now belongs to: what its deliveries keep. */
	traceparentOf(event: DomainEvent): string | undefined;
	/** An attempt is about to be made. `end` has to be called, whatever becomes of it. */
	beginAttempt(attempt: AttemptBegun): AttemptSpan;
}

export interface AttemptBegun {
	readonly delivery: ClaimedDelivery;
	/** Counts from 1. */
	readonly number: number;
	/** For its host and port; the path is nobody's business. */
	readonly url: string;
}

export interface AttemptSpan {
	/** The header to send along; undefined: none. */
	readonly traceparent: string | undefined;
	/** For the log line. */
	readonly traceId: string | undefined;
	end(result: OutboundResult): void;
}
