/**
 * What is worth telling, one function each: the log line and the counters of a thing come from one place and cannot tell different stories.
 * Lines carry ids, never texts, phone numbers, URLs or secrets.
 */

import type { AttemptErrorCause, AttemptErrorClass, AttemptTimings } from '../domain/attempt.ts';
import type { Attendance } from '../domain/attendance.ts';
import type { DomainEvent, EventType } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Job } from '../ports/jobs.ts';
import type { StoreWatch } from '../ports/store-watch.ts';

export interface Observer extends StoreWatch {
	/** A caller's message is queued and durable. */
	messageAccepted(message: Message): void;
	/** The channel took it. */
	messageSent(message: Message): void;
	messageFailed(message: Message): void;
	/** A channel told something, and it is durable. */
	observationJournalled(told: ObservationTold): void;
	/** An observation is kept in the journal, but its effects could not be worked out. */
	observationFailed(told: ObservationTold, error: unknown): void;
	instanceConnected(instance: InstanceTold): void;
	instanceDisconnected(instance: InstanceTold, reason: string): void;
	attendanceStarted(attendance: Attendance): void;
	attendanceFinished(attendance: Attendance): void;
	/** A write unit with these events, and so many deliveries of them, is durable. */
	eventsCommitted(events: readonly DomainEvent[], deliveries: number): void;
	/** One HTTP request of a delivery ended, and was not interrupted by a shutdown: the wide line. */
	attemptMade(attempt: AttemptTold): void;
	deliverySettled(delivery: DeliveryTold): void;
	/** A head left its lane after holding it too long. */
	deliveryOvertaken(delivery: { readonly deliveryId: string; readonly webhookId: string }): void;
	deliveryReplayed(delivery: { readonly deliveryId: string; readonly webhookId: string }): void;
	deliveryDiscarded(delivery: { readonly deliveryId: string; readonly webhookId: string }): void;
	circuitOpened(circuit: CircuitOpenedTold): void;
	circuitClosed(circuit: { readonly webhookId: string; readonly openForMs: number }): void;
	/** The gateway disabled a webhook by itself: a person has to look. */
	webhookDisabled(webhookId: string, reason: string): void;
	/** What was left of a webhook that is being deleted was cancelled or delivered: it is gone. */
	webhookDeleted(webhookId: string): void;
	/** A job was made, or is in another state now. */
	jobChanged(job: Job): void;
	/** A batch of a job is durable; `done` and `skipped` are of this batch. */
	jobProgressed(job: Job, batch: { readonly done: number; readonly skipped: number }): void;
	/** Deliveries of a webhook ended without an attempt: too old (`dead`), or their webhook is being deleted (`cancelled`). */
	deliveriesEnded(told: DeliveriesEndedTold): void;
	/** Retention deleted so many rows. */
	pruned(rows: number): void;
	requestAnswered(request: RequestTold): void;
	/** A request met an error that nobody expected; the caller was told the request id only. */
	requestFailed(request: { readonly requestId: string; readonly method: string; readonly route: string }, error: unknown): void;
	/** A pooler stands before the database: other processes are not heard, but looked for. */
	peersPolled(): void;
	/** This process is no member any more; what it had in hand is somebody else's. */
	leaseLost(dropped: LeaseLostTold): void;
	/** The machine's clock was put back, or stands before what the store has already; the gateway goes on with its own until it has caught up. */
	clockWentBack(byMs: number): void;
	/** The console was not built: its pages are not there. */
	consoleMissing(directory: string): void;
	serving(server: { readonly address: string; readonly version: string }): void;
	stopping(reason: string): void;
	/** An error that has no caller to tell; `where` names the place. */
	background(where: string, error: unknown): void;
}

export interface ObservationTold {
	readonly instanceId: string;
	readonly observationId: string;
	readonly kind: string;
}

export interface InstanceTold {
	readonly id: string;
	readonly accountId: string;
}

/** One attempt: everything that a person needs to know of it without looking elsewhere. */
export interface AttemptTold {
	readonly deliveryId: string;
	readonly attemptId: string;
	readonly accountId: string;
	readonly webhookId: string;
	readonly eventType: EventType;
	/** Counts from 1. */
	readonly number: number;
	/** Made while the circuit was open. */
	readonly isProbe: boolean;
	readonly isReplay: boolean;
	readonly status?: number | undefined;
	readonly errorClass?: AttemptErrorClass | undefined;
	readonly errorCause?: AttemptErrorCause | undefined;
	readonly errorMessage?: string | undefined;
	readonly timings: AttemptTimings;
	readonly requestBytes: number;
	/** Of the answer's body, what was kept. */
	readonly responseBytesKept?: number | undefined;
	/** What it means for the delivery. */
	readonly outcome: 'delivered' | 'retry' | 'dead' | 'probed';
	readonly retryInMs?: number | undefined;
	/** From the commit of the delivery to the end of the attempt. */
	readonly ageMs: number;
	readonly traceId?: string | undefined;
}

export interface DeliveryTold {
	readonly deliveryId: string;
	readonly accountId: string;
	readonly webhookId: string;
	readonly eventType: EventType;
	readonly outcome: 'delivered' | 'dead' | 'cancelled';
	readonly attempts: number;
	readonly errorClass?: AttemptErrorClass | undefined;
	/** A person sent it again: its age says little. */
	readonly isReplay: boolean;
	/** From its commit to now. */
	readonly ageMs: number;
}

export interface CircuitOpenedTold {
	readonly webhookId: string;
	/** Of the failure that opened it. */
	readonly errorClass: AttemptErrorClass;
	readonly failuresInARow: number;
}

export interface DeliveriesEndedTold {
	/** Undefined where the webhook is gone. */
	readonly accountId?: string;
	readonly webhookId: string;
	readonly outcome: 'dead' | 'cancelled';
	readonly reason: 'expired' | 'webhook-deleted';
	readonly count: number;
}

export interface LeaseLostTold {
	/** Attempts that were broken off. */
	readonly underWay: number;
	/** Deliveries in hand whose attempt had not begun. */
	readonly waiting: number;
}

export interface RequestTold {
	readonly requestId: string;
	/** The dialect, or `gateway` for /health and its like. */
	readonly dialect: string;
	readonly method: string;
	/** The pattern, not the address: Z-API has tokens in its paths. */
	readonly route: string;
	readonly status: number;
	readonly durationMs: number;
	readonly errorCode?: string | undefined;
	readonly isReplayed?: boolean | undefined;
	readonly traceId?: string | undefined;
}

const nothing = (): void => {};

/** Tells nobody: for tests that are about something else. */
export const silentObserver: Observer = {
	messageAccepted: nothing,
	messageSent: nothing,
	messageFailed: nothing,
	observationJournalled: nothing,
	observationFailed: nothing,
	instanceConnected: nothing,
	instanceDisconnected: nothing,
	attendanceStarted: nothing,
	attendanceFinished: nothing,
	eventsCommitted: nothing,
	attemptMade: nothing,
	deliverySettled: nothing,
	deliveryOvertaken: nothing,
	deliveryReplayed: nothing,
	deliveryDiscarded: nothing,
	circuitOpened: nothing,
	circuitClosed: nothing,
	webhookDisabled: nothing,
	webhookDeleted: nothing,
	jobChanged: nothing,
	jobProgressed: nothing,
	deliveriesEnded: nothing,
	pruned: nothing,
	groupCommitted: nothing,
	groupRefused: nothing,
	requestAnswered: nothing,
	requestFailed: nothing,
	peersPolled: nothing,
	consoleMissing: nothing,
	leaseLost: nothing,
	clockWentBack: nothing,
	serving: nothing,
	stopping: nothing,
	background: nothing,
};
