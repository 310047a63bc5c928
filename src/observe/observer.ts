/**
 * What is worth telling, one function each: the log line and the counters of a thing come from one place and cannot tell different stories.
 * Lines carry ids, never texts, phone numbers, URLs or secrets.
 */
import type { Attendance } from '../domain/attendance.ts';
import type { AttemptErrorClass, AttemptTimings } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

export interface Observer {
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
	/** A write unit with so many events is durable. */
	eventsCommitted(count: number): void;
	/** One HTTP request of a delivery ended: the wide line. */
	attemptMade(attempt: AttemptTold): void;
	deliverySettled(delivery: DeliveryTold): void;
	/** A head left its lane after holding it too long. */
	deliveryOvertaken(delivery: { readonly deliveryId: string; readonly webhookId: string }): void;
	deliveryReplayed(delivery: { readonly deliveryId: string; readonly webhookId: string }): void;
	circuitOpened(webhookId: string): void;
	circuitClosed(webhookId: string): void;
	/** The gateway disabled a webhook by itself: a person has to look. */
	webhookDisabled(webhookId: string, reason: string): void;
	requestAnswered(request: RequestTold): void;
	/** A request met an error that nobody expected; the caller was told the request id only. */
	requestFailed(request: { readonly requestId: string; readonly method: string; readonly route: string }, error: unknown): void;
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

export interface AttemptTold {
	readonly deliveryId: string;
	readonly attemptId: string;
	readonly webhookId: string;
	readonly eventType: EventType;
	/** Counts from 1. */
	readonly number: number;
	readonly status?: number | undefined;
	readonly errorClass?: AttemptErrorClass | undefined;
	readonly errorMessage?: string | undefined;
	readonly timings: AttemptTimings;
	/** What it means for the delivery. */
	readonly outcome: 'delivered' | 'retry' | 'dead' | 'released';
	readonly retryInMs?: number | undefined;
}

export interface DeliveryTold {
	readonly deliveryId: string;
	readonly webhookId: string;
	readonly eventType: EventType;
	readonly outcome: 'delivered' | 'dead' | 'cancelled';
	readonly attempts: number;
	readonly errorClass?: AttemptErrorClass | undefined;
	/** From its commit to now. */
	readonly ageMs: number;
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
}

export function createObserver(parts: { readonly logger: Logger; readonly metrics: Metrics }): Observer {
	return { ...tellMessaging(parts), ...tellDelivery(parts), ...tellGateway(parts) };
}

interface Parts {
	readonly logger: Logger;
	readonly metrics: Metrics;
}

type MessagingTold =
	| 'messageAccepted'
	| 'messageSent'
	| 'messageFailed'
	| 'observationJournalled'
	| 'observationFailed'
	| 'instanceConnected'
	| 'instanceDisconnected'
	| 'attendanceStarted'
	| 'attendanceFinished';

function tellMessaging({ logger, metrics }: Parts): Pick<Observer, MessagingTold> {
	return {
		messageAccepted(message) {
			metrics.messagesAccepted.inc({ kind: message.content.kind });
			logger.debug(messageLine(message), 'message.accepted');
		},
		messageSent(message) {
			metrics.messagesSent.inc({ kind: message.content.kind });
			logger.info(messageLine(message), 'message.sent');
		},
		messageFailed(message) {
			metrics.messagesFailed.inc({ code: message.failure?.code ?? 'unknown' });
			logger.warn({ ...messageLine(message), failure: message.failure }, 'message.failed');
		},
		observationJournalled(told) {
			metrics.observations.inc({ kind: told.kind, outcome: 'journalled' });
			logger.debug(told, 'observation.journalled');
		},
		observationFailed(told, error) {
			metrics.observations.inc({ kind: told.kind, outcome: 'failed' });
			logger.error({ ...told, err: error }, 'observation.failed');
		},
		instanceConnected(instance) {
			metrics.instanceChanges.inc({ to: 'connected' });
			logger.info({ instanceId: instance.id, accountId: instance.accountId }, 'instance.connected');
		},
		instanceDisconnected(instance, reason) {
			metrics.instanceChanges.inc({ to: 'disconnected' });
			logger.warn({ instanceId: instance.id, accountId: instance.accountId, reason }, 'instance.disconnected');
		},
		attendanceStarted(attendance) {
			metrics.attendances.inc({ step: 'started' });
			logger.info(attendanceLine(attendance), 'attendance.started');
		},
		attendanceFinished(attendance) {
			metrics.attendances.inc({ step: 'finished' });
			logger.info(attendanceLine(attendance), 'attendance.finished');
		},
	};
}

type DeliveryTellers =
	| 'eventsCommitted'
	| 'attemptMade'
	| 'deliverySettled'
	| 'deliveryOvertaken'
	| 'deliveryReplayed'
	| 'circuitOpened'
	| 'circuitClosed'
	| 'webhookDisabled';

function tellDelivery({ logger, metrics }: Parts): Pick<Observer, DeliveryTellers> {
	return {
		eventsCommitted(count) {
			metrics.eventsCommitted.inc(count);
		},
		attemptMade(attempt) {
			const errorClass = attempt.errorClass ?? 'none';
			metrics.attemptSeconds.observe({ outcome: attempt.outcome, error_class: errorClass }, attempt.timings.totalMs / 1000);
			if (attempt.outcome === 'retry') metrics.retries.inc({ error_class: errorClass });
			logger[attempt.outcome === 'delivered' ? 'info' : 'warn'](attempt, 'delivery.attempted');
		},
		deliverySettled(delivery) {
			metrics.deliveriesSettled.inc({ outcome: delivery.outcome, error_class: delivery.errorClass ?? 'none' });
			metrics.deliverySeconds.observe({ outcome: delivery.outcome }, delivery.ageMs / 1000);
			// A delivered one is told by its attempt already.
			if (delivery.outcome !== 'delivered') logger.warn(delivery, 'delivery.settled');
		},
		deliveryOvertaken(delivery) {
			metrics.deliveriesOvertaken.inc();
			logger.warn(delivery, 'delivery.overtaken');
		},
		deliveryReplayed(delivery) {
			metrics.deliveriesReplayed.inc();
			logger.info(delivery, 'delivery.replayed');
		},
		circuitOpened(webhookId) {
			metrics.circuitChanges.inc({ to: 'open' });
			logger.warn({ webhookId }, 'circuit.opened');
		},
		circuitClosed(webhookId) {
			metrics.circuitChanges.inc({ to: 'closed' });
			logger.info({ webhookId }, 'circuit.closed');
		},
		webhookDisabled(webhookId, reason) {
			metrics.webhooksDisabled.inc();
			logger.error({ webhookId, reason }, 'webhook.disabled');
		},
	};
}

type GatewayTellers = 'requestAnswered' | 'requestFailed' | 'serving' | 'stopping' | 'background';

function tellGateway({ logger, metrics }: Parts): Pick<Observer, GatewayTellers> {
	return {
		requestAnswered(request) {
			const { dialect, method, route, status } = request;
			metrics.requestSeconds.observe({ dialect, method, route, status: String(status) }, request.durationMs / 1000);
			logger[status >= 500 ? 'warn' : 'debug'](request, 'http.answered');
		},
		requestFailed(request, error) {
			logger.error({ ...request, err: error }, 'http.failed');
		},
		serving(server) {
			logger.info(server, 'gateway.serving');
		},
		stopping(reason) {
			logger.info({ reason }, 'gateway.stopping');
		},
		background(where, error) {
			metrics.backgroundErrors.inc({ where });
			logger.error({ where, err: error }, 'gateway.background-error');
		},
	};
}

function messageLine(message: Message): object {
	return { messageId: message.id, instanceId: message.instanceId, chatId: message.chatId, kind: message.content.kind };
}

function attendanceLine(attendance: Attendance): object {
	return { attendanceId: attendance.id, accountId: attendance.accountId, chatId: attendance.chatId, number: attendance.number };
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
	circuitOpened: nothing,
	circuitClosed: nothing,
	webhookDisabled: nothing,
	requestAnswered: nothing,
	requestFailed: nothing,
	serving: nothing,
	stopping: nothing,
	background: nothing,
};
