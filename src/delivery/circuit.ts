/**
 * The circuit of one webhook: whether its receiver is worth trying. It opens on failures in a row, whichever lanes they come from; while it is
 * open one delivery at a time is sent as a probe, at growing intervals, and no attempt of any schedule is spent. One success closes it.
 *
 * Five different deliveries that fail with no success between them are no longer the fault of a message. Where the receiver was not even
 * reached no message can be at fault: two failures some seconds apart are enough, so that a webhook with a single chat is probed soon
 * instead of waiting for the long pauses of a schedule.
 */
import type { AttemptErrorClass } from '../domain/attempt.ts';
import type { WebhookFailing } from '../domain/webhook.ts';

export interface CircuitOptions {
	/** The pause before the first probe; it doubles with each. */
	readonly probeMs: number;
	/** The longest pause between two probes. */
	readonly probeCeilingMs: number;
}

/** So many different deliveries in a row, or so many failures to reach the receiver. */
const FAILURES_MAX = 5;

/** Two failures to reach the receiver are no blip when they are so far apart. */
const UNREACHED_MS = 3_000;

/** Jitter only adds, up to a tenth: receivers that many webhooks share are not probed by all of them in step. */
const JITTER_SHARE = 0.1;

/** What fails before a receiver has seen a message. */
const UNREACHED: ReadonlySet<AttemptErrorClass> = new Set(['dns', 'connect', 'tls', 'refused-by-guard']);

/** What a proxy answers where the receiver behind it is not there (RFC 9110, 15.6.3 to 15.6.5). */
const PROXY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

export interface Failure {
	readonly deliveryId: string;
	readonly errorClass: AttemptErrorClass;
	readonly status?: number | undefined;
	readonly at: number;
}

export class Circuit {
	readonly #options: CircuitOptions;
	readonly #failed = new Set<string>();
	#failuresInARow = 0;
	#firstFailureAt = 0;
	#isReached = false;
	#errorClass: AttemptErrorClass | undefined;
	#open: { readonly since: number; probes: number; nextProbeAt: number } | undefined;

	/** @param failing as it was when an earlier process ended: open, and probed at once. */
	constructor(options: CircuitOptions, failing?: WebhookFailing) {
		this.#options = options;
		if (!failing) return;
		this.#open = { since: failing.since, probes: 0, nextProbeAt: 0 };
		this.#errorClass = failing.errorClass;
	}

	/** Another process found out that it fails. Nothing changes where that is known. */
	open({ since, errorClass }: WebhookFailing, now: number, random: number): void {
		if (this.#open) return;
		this.#open = { since, probes: 0, nextProbeAt: now + this.#pauseMs(0, random) };
		this.#errorClass = errorClass;
	}

	get isOpen(): boolean {
		return this.#open !== undefined;
	}

	get openSince(): number | undefined {
		return this.#open?.since;
	}

	/** While it is open; undefined otherwise. */
	get nextProbeAt(): number | undefined {
		return this.#open?.nextProbeAt;
	}

	/** Whether what failed latest was the connection itself: then a knock is enough to find out that the receiver is back. */
	get isUnreached(): boolean {
		return this.#open !== undefined && this.#errorClass === 'connect';
	}

	/** A receiver that did not accept connections does: the next probe need not wait. */
	answersAgain(now: number): void {
		if (this.#open) this.#open.nextProbeAt = Math.min(this.#open.nextProbeAt, now);
	}

	get failuresInARow(): number {
		return this.#failuresInARow;
	}

	/** Of the latest failure of the row. */
	get errorClass(): AttemptErrorClass | undefined {
		return this.#errorClass;
	}

	/** Answers whether this failure opened it. */
	failed(failure: Failure, random: number): boolean {
		if (this.#failuresInARow === 0) this.#firstFailureAt = failure.at;
		this.#failuresInARow += 1;
		this.#isReached ||= isReached(failure);
		this.#errorClass = failure.errorClass;
		if (this.#failed.size < FAILURES_MAX) this.#failed.add(failure.deliveryId);
		if (this.#open || !this.#isEnough(failure.at)) return false;
		this.#open = { since: failure.at, probes: 0, nextProbeAt: failure.at + this.#pauseMs(0, random) };
		return true;
	}

	/** A probe did not get through: the next one is later. */
	probeFailed(at: number, random: number): void {
		if (!this.#open) return;
		this.#open.probes += 1;
		this.#open.nextProbeAt = at + this.#pauseMs(this.#open.probes, random);
	}

	/** The receiver wants no probe before that. */
	notBefore(time: number): void {
		if (this.#open) this.#open.nextProbeAt = Math.max(this.#open.nextProbeAt, time);
	}

	/** Answers whether this success closed it. */
	succeeded(): boolean {
		const wasOpen = this.#open !== undefined;
		this.#open = undefined;
		if (this.#failuresInARow > 0) {
			this.#failuresInARow = 0;
			this.#isReached = false;
			this.#errorClass = undefined;
			this.#failed.clear();
		}
		return wasOpen;
	}

	#isEnough(at: number): boolean {
		if (this.#failed.size >= FAILURES_MAX) return true;
		if (this.#isReached) return false;
		return this.#failuresInARow >= FAILURES_MAX || (this.#failuresInARow >= 2 && at - this.#firstFailureAt >= UNREACHED_MS);
	}

	#pauseMs(probes: number, random: number): number {
		const pauseMs = Math.min(this.#options.probeMs * 2 ** Math.min(probes, 30), this.#options.probeCeilingMs);
		return Math.round(pauseMs * (1 + JITTER_SHARE * random));
	}
}

function isReached({ errorClass, status }: Failure): boolean {
	return !UNREACHED.has(errorClass) && !(status !== undefined && PROXY_STATUSES.has(status));
}
