/** The observer that writes the log and counts the metrics. */
import type { Attendance } from '../domain/attendance.ts';
import type { Message } from '../domain/message.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { Observer } from './observer.ts';
import type { Traces } from './traces.ts';

/** @param parts `traces`: where what is accepted belongs to a trace, that is remembered. */
export function createObserver(parts: Parts): Observer {
	return { ...tellMessaging(parts), ...tellDelivery(parts), ...tellWebhooks(parts), ...tellUpkeep(parts), ...tellGateway(parts) };
}

interface Parts {
	readonly logger: Logger;
	readonly metrics: Metrics;
	readonly traces?: Pick<Traces, 'carry'>;
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

function tellMessaging({ logger, metrics, traces }: Parts): Pick<Observer, MessagingTold> {
	return {
		messageAccepted(message) {
			traces?.carry(message.id);
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
	| 'deliveryDiscarded';

function tellDelivery({ logger, metrics }: Parts): Pick<Observer, DeliveryTellers> {
	return {
		eventsCommitted(events, deliveries) {
			metrics.eventsCommitted.inc(events.length);
			metrics.deliveriesCreated.inc(deliveries);
		},
		attemptMade(attempt) {
			const errorClass = attempt.errorClass ?? 'none';
			metrics.attemptSeconds.observe(attempt.timings.totalMs / 1000, attempt.outcome, errorClass);
			if (attempt.outcome === 'retry') metrics.retries.inc({ error_class: errorClass });
			logger[attempt.outcome === 'delivered' ? 'info' : 'warn'](attempt, 'delivery.attempted');
		},
		deliverySettled(delivery) {
			metrics.deliveriesSettled.inc({ outcome: delivery.outcome, error_class: delivery.errorClass ?? 'none' });
			if (!delivery.isReplay) metrics.deliverySeconds.observe(delivery.ageMs / 1000, delivery.outcome);
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
		deliveryDiscarded(delivery) {
			metrics.deliveriesDiscarded.inc();
			logger.info(delivery, 'delivery.discarded');
		},
	};
}

type WebhookTellers = 'circuitOpened' | 'circuitClosed' | 'webhookDisabled' | 'webhookDeleted';

function tellWebhooks({ logger, metrics }: Parts): Pick<Observer, WebhookTellers> {
	return {
		circuitOpened(circuit) {
			metrics.circuitChanges.inc({ to: 'open' });
			logger.warn(circuit, 'circuit.opened');
		},
		circuitClosed(circuit) {
			metrics.circuitChanges.inc({ to: 'closed' });
			logger.info(circuit, 'circuit.closed');
		},
		webhookDisabled(webhookId, reason) {
			metrics.webhooksDisabled.inc();
			logger.error({ webhookId, reason }, 'webhook.disabled');
		},
		webhookDeleted(webhookId) {
			logger.info({ webhookId }, 'webhook.deleted');
		},
	};
}

type UpkeepTellers =
	| 'groupCommitted'
	| 'groupRefused'
	| 'jobChanged'
	| 'jobProgressed'
	| 'deliveriesEnded'
	| 'pruned'
	| 'peersPolled'
	| 'consoleMissing'
	| 'leaseLost'
	| 'clockWentBack';

/** What the gateway does by itself, in batches: a line for each change and none for each batch, which `debug` shows. */
function tellUpkeep({ logger, metrics }: Parts): Pick<Observer, UpkeepTellers> {
	// A full disk refuses hundreds of groups a second: the first one is told, and how many there were when it is over.
	let refusedGroups = 0;
	return {
		groupCommitted(operations, durationMs) {
			metrics.commitOperations.observe(operations);
			metrics.commitSeconds.observe(durationMs / 1000);
			if (refusedGroups > 0) logger.warn({ refusedGroups }, 'store.writes-again');
			refusedGroups = 0;
		},
		groupRefused(operations) {
			metrics.commitsRefused.inc();
			if (refusedGroups === 0) logger.error({ operations }, 'store.refused');
			refusedGroups += 1;
		},
		jobChanged(job) {
			const { id, kind, state, total, done, skipped } = job;
			logger.info({ jobId: id, kind, state, total, done, skipped }, 'job.changed');
		},
		jobProgressed(job, batch) {
			metrics.jobDeliveries.inc({ kind: job.kind, result: 'done' }, batch.done);
			metrics.jobDeliveries.inc({ kind: job.kind, result: 'skipped' }, batch.skipped);
			logger.debug({ jobId: job.id, kind: job.kind, ...batch, doneOfAll: job.done, total: job.total }, 'job.progressed');
		},
		deliveriesEnded(told) {
			metrics.deliveriesEnded.inc({ outcome: told.outcome, reason: told.reason }, told.count);
			logger.warn(told, 'deliveries.ended');
		},
		pruned(rows) {
			metrics.rowsPruned.inc(rows);
			logger.debug({ rows }, 'store.pruned');
		},
		consoleMissing(directory) {
			logger.warn({ directory, reason: 'there is nothing built: npm run build:console' }, 'console.missing');
		},
		peersPolled() {
			logger.warn(
				{ reason: 'RECADO_DATABASE_POOLER=transaction: no LISTEN, other processes are looked for once a second' },
				'peers.polled',
			);
		},
		leaseLost(dropped) {
			logger.warn(dropped, 'lease.lost');
		},
		clockWentBack(byMs) {
			metrics.clockStepsBack.inc();
			logger.warn({ byMs }, 'clock.went-back');
		},
	};
}

type GatewayTellers = 'requestAnswered' | 'requestFailed' | 'serving' | 'stopping' | 'background';

function tellGateway({ logger, metrics }: Parts): Pick<Observer, GatewayTellers> {
	return {
		requestAnswered(request) {
			const { dialect, method, route, status } = request;
			metrics.requestSeconds.observe(request.durationMs / 1000, dialect, method, route, String(status));
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
