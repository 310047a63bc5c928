/**
 * One attempt on the wire, from the moment it is wanted until its outcome is a value: *waiting* (for a free connection), *begun* (on
 * one, which may still be opening), *settled*. It settles once: by the end of the answer, by enough of it, by a fault, by its deadline
 * or by the shutdown, whichever comes first; what undici reports afterwards is not heard. Redirects are answers like any other:
 * nothing here reads `location` (threat: a public receiver that sends us on to a private address).
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { AttemptTimings } from '../domain/delivery.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { OutboundRequest, OutboundResult } from '../ports/sender.ts';
import { AnswerBody } from './answer-body.ts';
import { AttemptFault, faultOf } from './attempt-fault.ts';
import type { Connection, OpeningTimings } from './connection.ts';
import type { Interruptible, Interruptions } from './interruptions.ts';

/** Told when it is settled; `isReusable` where the connection is clean, ready for the next request. */
export type OnSettled = (exchange: Exchange, connection: Connection | undefined, isReusable: boolean) => void;

export interface ExchangeOptions {
	readonly request: OutboundRequest;
	readonly path: string;
	readonly clock: Clock;
	readonly interruptions: Interruptions;
	readonly resolve: (result: OutboundResult) => void;
	readonly onSettled: OnSettled;
}

export class Exchange implements Dispatcher.DispatchHandler, Interruptible {
	readonly #options: ExchangeOptions;
	readonly #body: AnswerBody;
	readonly #deadline: Timer;
	// Durations are taken from the monotonic clock of the process: the time of day may be set while we wait.
	readonly #begunAt: number = performance.now();
	#connection: Connection | undefined;
	#opening: OpeningTimings | undefined;
	#sentAt: number | undefined;
	#firstByteAt: number | undefined;
	#status = 0;
	#headers: Readonly<Record<string, string>> = {};
	#isSettled = false;

	constructor(options: ExchangeOptions) {
		const { request, clock } = options;
		this.#options = options;
		this.#body = new AnswerBody(request.responseBytesKept, request.responseBytesMax);
		this.#deadline = clock.schedule(request.deadlineMs, () => this.#onDeadline());
		options.interruptions.add(request.signal, this);
	}

	begin(connection: Connection): void {
		const { request, path } = this.#options;
		this.#connection = connection;
		connection.dispatch({ method: 'POST', path, headers: request.headers, body: request.body }, this);
	}

	interrupt(reason: string): void {
		this.#fail(new AttemptFault('interrupted', reason));
	}

	onRequestStart(): void {
		this.#sentAt = performance.now();
		this.#opening = this.#connection?.takeOpening();
	}

	onResponseStarted(): void {
		this.#firstByteAt ??= performance.now();
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
		this.#fail(new AttemptFault('timeout', `Not done within ${this.#options.request.deadlineMs} ms: ${this.#doing()}`));
	}

	#doing(): string {
		if (!this.#connection) return 'still waiting for a free connection';
		if (this.#sentAt === undefined) return `still ${this.#connection.doing}`;
		return this.#status === 0 ? 'no answer came' : 'the answer did not end';
	}

	#answer(isComplete: boolean): void {
		const { resolve } = this.#options;
		if (!this.#settle(isComplete)) return;
		resolve({ kind: 'answered', status: this.#status, headers: this.#headers, body: this.#body.text(), timings: this.#timings() });
	}

	#fail(fault: AttemptFault): void {
		const { resolve } = this.#options;
		if (!this.#settle(false)) return;
		resolve({ kind: 'failed', errorClass: fault.errorClass, message: fault.message, timings: this.#timings() });
	}

	#settle(isReusable: boolean): boolean {
		if (this.#isSettled) return false;
		this.#isSettled = true;
		this.#deadline.cancel();
		this.#options.interruptions.delete(this.#options.request.signal, this);
		this.#opening ??= this.#connection?.takeOpening();
		this.#options.onSettled(this, this.#connection, isReusable);
		return true;
	}

	#timings(): AttemptTimings {
		const { dnsMs, connectMs, tlsMs } = this.#opening ?? {};
		return {
			...(dnsMs === undefined ? {} : { dnsMs: round(dnsMs) }),
			...(connectMs === undefined ? {} : { connectMs: round(connectMs) }),
			...(tlsMs === undefined ? {} : { tlsMs: round(tlsMs) }),
			...(this.#firstByteAt === undefined || this.#sentAt === undefined ? {} : { firstByteMs: round(this.#firstByteAt - this.#sentAt) }),
			totalMs: round(performance.now() - this.#begunAt),
		};
	}
}

/** To a hundredth: finer is noise, and the timings of every attempt are stored. */
function round(ms: number): number {
	return Math.round(ms * 100) / 100;
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
	const flat: Record<string, string> = {};
	for (const name of Object.keys(headers)) {
		const value = headers[name];
		if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
	}
	return flat;
}
