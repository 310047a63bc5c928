/** When a failed delivery is tried again. */
import type { Random } from '../ports/clock.ts';

/** Jitter only adds, so that a schedule is a promise of the earliest time: up to a tenth of the delay. */
const JITTER_SHARE = 0.1;

/** A receiver may ask for patience (Retry-After), but not for more than the longest delay of the default schedule. */
const RETRY_AFTER_MS_MAX = 24 * 60 * 60 * 1000;

export interface RetryQuestion {
	readonly scheduleMs: readonly number[];
	readonly patienceMs: number;
	/** Attempts made, the failed one included. */
	readonly attempts: number;
	readonly createdAt: number;
	readonly now: number;
	readonly retryAfterMs?: number | undefined;
}

/** The time of the next attempt; undefined where the schedule is spent or the delivery is older than its webhook's patience. */
export function nextAttemptAt(question: RetryQuestion, random: Random): number | undefined {
	const { scheduleMs, patienceMs, attempts, createdAt, now } = question;
	const delayMs = scheduleMs[attempts];
	if (delayMs === undefined || now - createdAt > patienceMs) return undefined;
	const asked = Math.min(question.retryAfterMs ?? 0, RETRY_AFTER_MS_MAX);
	return now + Math.max(Math.round(delayMs * (1 + JITTER_SHARE * random.next())), asked);
}

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), as milliseconds from now; undefined where it says neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	if (header === undefined) return undefined;
	if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * 1000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
