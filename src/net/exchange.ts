/**
 * One attempt on the wire, from the moment it is wanted until its outcome is a value: *waiting* (while many connections are being
 * opened), *begun* (on one, which may still be opening), *settled*. It settles once: by the end of the answer, by enough of it, by a fault,
 * by its deadline or by the shutdown, whichever comes first; what undici reports afterwards is not heard. Between the wish and the first byte
 * may lie a lookup, a handshake and a wait for both: whether it may still begin is asked right before that byte. Redirects are answers like any
 * other: nothing here reads `location` (threat: a public receiver that sends us on to a private address).
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { AttemptErrorCause, AttemptTimings } from '../domain/attempt.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { OutboundRequest, OutboundResult } from '../ports/sender.ts';
import { AnswerBody } from './answer-body.ts';
import { AttemptFault, faultOf } from './attempt-fault.ts';
import type { Carried, Connection, OpeningStep, OpeningTimings } from './connection.ts';

export interface Lender {
	/** The outcome is known; `isReusable` where the connection is clean, ready for the next request. */
	settled(exchange: Exchange, connection: Connection | undefined, isReusable: boolean): void;
}

export interface ExchangeOptions {
	readonly request: OutboundRequest;
	readonly path: string;
	readonly clock: Clock;
	/** Whose connection it is going to be. */
	readonly lender: Lender;
	readonly resolve: (result: OutboundResult) => void;
}

export class Exchange implements Carried {
	readonly #request: OutboundRequest;
	readonly #path: string;
	readonly #lender: Lender;
	readonly #resolve: (result: OutboundResult) => void;
	readonly #body: AnswerBody;
	readonly #deadline: Timer;
	// Durations are taken from the monotonic clock of the process: the time of day may be set while we wait.
	readonly #begunAt: number = performance.now();
	#connection: Connection | undefined;
	#opening: OpeningTimings | undefined;
	#sentAt = 0;
	#firstByteAt = 0;
	#status = 0;
	#headers: Readonly<Record<string, string>> = {};
	#isSettled = false;

	constructor({ request, path, clock, lender, resolve }: ExchangeOptions) {
		this.#request = request;
		this.#path = path;
		this.#lender = lender;
		this.#resolve = resolve;
		this.#body = new AnswerBody(request.responseBytesKept, request.responseBytesMax);
		this.#deadline = clock.schedule(request.deadlineMs, () => this.#onDeadline());
	}

	begin(connection: Connection): void {
		const { method = 'POST', headers, body } = this.#request;
		this.#connection = connection;
		connection.dispatch({ method, path: this.#path, headers, body: method === 'GET' ? null : body }, this);
	}

	interrupt(reason: string, signal?: AbortSignal): void {
		if (signal === undefined || signal === this.#request.signal) this.#fail(new AttemptFault('interrupted', reason));
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		if (this.#request.mayBegin?.() === false) {
			// undici writes nothing more of a request that was aborted here.
			controller.abort(new AttemptFault('interrupted', 'Not begun: the delivery is not ours any more'));
			return;
		}
		this.#sentAt = performance.now();
		this.#opening = this.#connection?.takeOpening();
	}

	onResponseStarted(): void {
		if (this.#firstByteAt === 0) this.#firstByteAt = performance.now();
	}

	onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
		// 103 Early Hints and the like: the answer is still to come.
		if (status < 200) return;
		this.#status = status;
		this.#headers = flatten(headers);
		this.#body.encodedAs(this.#headers['content-encoding']);
	}

	onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
		this.#body.take(chunk);
		if (this.#body.isOverfull) this.#answer(false);
	}

	onResponseEnd(): void {
		this.#answer(true);
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
		this.#fail(faultOf(error));
	}

	#onDeadline(): void {
		const [errorCause, missing] = this.#missing();
		this.#fail(new AttemptFault('timeout', `Not done within ${this.#request.deadlineMs} ms: ${missing}`, { errorCause }));
	}

	#missing(): readonly [AttemptErrorCause, string] {
		if (!this.#connection) return ['late-for-connection', 'still waiting for a connection'];
		if (this.#sentAt === 0) return [LATE_IN[this.#connection.doing], `still ${this.#connection.doing}`];
		return this.#status === 0 ? ['late-first-byte', 'no answer came'] : ['late-end', 'the answer did not end'];
	}

	#answer(isComplete: boolean): void {
		if (!this.#settle(isComplete)) return;
		this.#resolve({
			kind: 'answered',
			status: this.#status,
			headers: this.#headers,
			body: this.#body.text(),
			timings: this.#timings(),
		});
	}

	#fail(fault: AttemptFault): void {
		if (!this.#settle(false)) return;
		const { errorClass, errorCause, message } = fault;
		this.#resolve({ kind: 'failed', errorClass, ...(errorCause === undefined ? {} : { errorCause }), message, timings: this.#timings() });
	}

	#settle(isReusable: boolean): boolean {
		if (this.#isSettled) return false;
		this.#isSettled = true;
		this.#deadline.cancel();
		this.#opening ??= this.#connection?.takeOpening();
		this.#lender.settled(this, this.#connection, isReusable);
		return true;
	}

	/** The phases that ended, and the one in which it failed, up to then. */
	#timings(): AttemptTimings {
		const now = performance.now();
		const totalMs = round(now - this.#begunAt);
		const opening = this.#opening;
		const firstByteAt = this.#firstByteAt === 0 ? now : this.#firstByteAt;
		const bodyMs = now - firstByteAt;
		const firstByteMs = round(firstByteAt - this.#sentAt);
		if (!opening && this.#sentAt > 0 && bodyMs < BODY_MS_TOLD) return { firstByteMs, totalMs };
		const { dnsMs, connectMs, tlsMs } = opening ?? {};
		return {
			...(dnsMs === undefined ? {} : { dnsMs: round(dnsMs) }),
			...(connectMs === undefined ? {} : { connectMs: round(connectMs) }),
			...(tlsMs === undefined ? {} : { tlsMs: round(tlsMs) }),
			...(this.#sentAt === 0 ? {} : { firstByteMs }),
			...(bodyMs < BODY_MS_TOLD ? {} : { bodyMs: round(bodyMs) }),
			totalMs,
		};
	}
}

const LATE_IN: Readonly<Record<OpeningStep, AttemptErrorCause>> = {
	connecting: 'late-in-connect',
	'looking up the name': 'late-in-dns',
	'in the TLS handshake': 'late-in-tls',
	// It has the connection, and the machine no time for it.
	'about to send': 'late-for-connection',
};

/** Below it the answer came in one piece: not worth its place in every attempt that is stored. */
const BODY_MS_TOLD = 1;

/** To a hundredth: finer is noise, and the timings of every attempt are stored. */
function round(ms: number): number {
	return Math.round(ms * 100) / 100;
}

/** Only a header that came twice needs a copy: undici made the object for us alone. */
function flatten(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
	return isFlat(headers)
		? headers
		: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}

function isFlat(headers: IncomingHttpHeaders): headers is Record<string, string> {
	for (const name in headers) if (typeof headers[name] !== 'string') return false;
	return true;
}
