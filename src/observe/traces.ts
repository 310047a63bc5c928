/**
 * Traces from the request that began something to the attempts that follow from it. Which trace a request belongs to is known while it is being
 * answered (an asynchronous context, entered only where there is a trace) and, for a message that it sends, by the message's id afterwards:
 * its events are made later, by the queue of its instance and by what the phone tells.
 *
 * Who makes spans is handed in. Without it there are none, and the `traceparent` of a request is passed on to receivers as it came.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DomainEvent } from '../domain/event.ts';
import type { AttemptBegun, AttemptSpan, Tracing } from '../ports/tracing.ts';
import { formatTraceparent, parseTraceparent, type TraceContext } from './trace-context.ts';

export interface RequestBegun {
	readonly method: string;
	/** The pattern, not the address: some have tokens in their paths. */
	readonly route: string;
}

/** The trace of a request that is being answered. */
export interface RequestTrace {
	readonly traceId: string;
	readonly traceparent: string;
	/** Answered: what goes on in its asynchronous context from now on is not its work. */
	end(status: number): void;
}

/** Makes spans and sends them somewhere. */
export interface Spans extends AsyncDisposable {
	request(begun: RequestBegun, parent: TraceContext | undefined): RequestTrace;
	/** @param origin the trace that its delivery belongs to. */
	attempt(begun: AttemptBegun, origin: TraceContext | undefined): AttemptSpan;
}

/** Messages whose trace is remembered; at the limit the one that was accepted first is forgotten, and its later events belong to no trace. */
const MESSAGES_MAX = 10_000;

export class Traces implements Tracing {
	readonly #spans: Spans | undefined;
	readonly #current = new AsyncLocalStorage<OpenRequest>();
	readonly #ofMessages = new Map<string, string>();

	constructor(spans?: Spans) {
		this.#spans = spans;
	}

	/** Undefined where there is nothing to trace. Otherwise `end` has to be called, and `run` for what the request does. */
	beginRequest(begun: RequestBegun, traceparent: string | undefined): RequestTrace | undefined {
		if (traceparent === undefined && !this.#spans) return undefined;
		const parent = parseTraceparent(traceparent);
		if (this.#spans) return new OpenRequest(this.#spans.request(begun, parent));
		return parent && new OpenRequest({ traceId: parent.traceId, traceparent: formatTraceparent(parent), end: () => {} });
	}

	/** What `work` begins belongs to the trace, also after it returned, until the request is answered. */
	run(trace: RequestTrace, work: () => void): void {
		if (trace instanceof OpenRequest) this.#current.run(trace, work);
		else work();
	}

	/** A message was accepted in the request that is being answered: what happens to it later belongs to the same trace. */
	carry(messageId: string): void {
		const traceparent = this.#open();
		if (traceparent === undefined) return;
		for (const first of this.#ofMessages.keys()) {
			if (this.#ofMessages.size < MESSAGES_MAX) break;
			this.#ofMessages.delete(first);
		}
		this.#ofMessages.set(messageId, traceparent);
	}

	/**
	 * Only what is certain: events of a message by its id, and those of an attendance, which are made by the request itself. Everything else comes out of
	 * loops that work for many, and whose asynchronous context is that of whoever happened to start them.
	 */
	traceparentOf(event: DomainEvent): string | undefined {
		if ('message' in event.data) return this.#ofMessages.size === 0 ? undefined : this.#ofMessages.get(event.data.message.id);
		return 'attendance' in event.data ? this.#open() : undefined;
	}

	beginAttempt(begun: AttemptBegun): AttemptSpan {
		const { traceparent } = begun.delivery;
		if (this.#spans) return this.#spans.attempt(begun, parseTraceparent(traceparent));
		if (traceparent === undefined) return NO_SPAN;
		return { traceparent, traceId: parseTraceparent(traceparent)?.traceId, end: () => {} };
	}

	#open(): string | undefined {
		const request = this.#current.getStore();
		return request?.isOpen ? request.traceparent : undefined;
	}
}

class OpenRequest implements RequestTrace {
	readonly #trace: RequestTrace;
	isOpen = true;

	constructor(trace: RequestTrace) {
		this.#trace = trace;
	}

	get traceId(): string {
		return this.#trace.traceId;
	}

	get traceparent(): string {
		return this.#trace.traceparent;
	}

	end(status: number): void {
		this.isOpen = false;
		this.#trace.end(status);
	}
}

const NO_SPAN: AttemptSpan = { traceparent: undefined, traceId: undefined, end: () => {} };
