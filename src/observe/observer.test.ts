import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger, type LogLevel } from './logger.ts';
import { Metrics } from './metrics.ts';
import { createObserver, silentObserver } from './observer.ts';

interface Line {
	readonly event: string;
	readonly level: string;
	readonly timings?: object;
	readonly err?: { readonly message: string; readonly stack: string };
}

function observed(level: LogLevel = 'debug') {
	const lines: Line[] = [];
	const logger = createLogger({ level, destination: { write: (line) => lines.push(JSON.parse(line)) } });
	const metrics = new Metrics();
	return { lines, logger, metrics, observer: createObserver({ logger, metrics }) };
}

test('an attempt is one wide line and a sample of its duration', async () => {
	const { lines, metrics, observer } = observed();
	using _ = metrics;
	observer.attemptMade({
		deliveryId: 'dlv_1',
		attemptId: 'att_1',
		webhookId: 'whk_1',
		eventType: 'message.sent',
		number: 1,
		errorClass: 'timeout',
		timings: { totalMs: 20, connectMs: 3 },
		outcome: 'retry',
		retryInMs: 5000,
	});
	assert.equal(lines.length, 1);
	assert.equal(lines[0]?.event, 'delivery.attempted');
	assert.equal(lines[0]?.level, 'warn');
	assert.deepEqual(lines[0]?.timings, { totalMs: 20, connectMs: 3 });
	const text = await metrics.text();
	assert.match(text, /recado_delivery_attempt_seconds_count\{outcome="retry",error_class="timeout"\} 1/);
	assert.match(text, /recado_delivery_retries_total\{error_class="timeout"\} 1/);
});

test('secrets never reach a line, whoever logs them', () => {
	const { lines, logger } = observed();
	logger.info({ token: 't-1', headers: { authorization: 'Bearer t-2', 'client-token': 't-3' }, a: { b: { secret: 't-4' } } }, 'x');
	assert.doesNotMatch(JSON.stringify(lines), /t-\d/);
	assert.match(JSON.stringify(lines), /\[secret\]/);
});

test('background errors keep their stack and are counted by place', async () => {
	const { lines, metrics, observer } = observed();
	using _ = metrics;
	observer.background('queue', new Error('broken'));
	const err = lines[0]?.err;
	assert.equal(err?.message, 'broken');
	assert.match(err?.stack ?? '', /observer\.test/);
	assert.match(await metrics.text(), /recado_background_errors_total\{where="queue"\} 1/);
});

test('the backlog is asked at each reading, and a failing store leaves the rest readable', async () => {
	using metrics = new Metrics();
	let isBroken = false;
	metrics.watchBacklog(
		() => (isBroken ? Promise.reject(new Error('no')) : Promise.resolve({ pending: 3, sending: 1, dead: 2, oldestDueAt: 1000 })),
		() => 6000,
	);
	const first = await metrics.text();
	assert.match(first, /recado_deliveries_backlog\{state="pending"\} 3/);
	assert.match(first, /recado_oldest_due_seconds 5/);
	assert.match(first, /recado_event_loop_delay_seconds\{quantile="0.99"\}/);
	isBroken = true;
	assert.match(await metrics.text(), /process_resident_memory_bytes \d/);
});

test('every other function tells its line and counter', async () => {
	const { lines, metrics, observer } = observed();
	using _ = metrics;
	const message = {
		id: 'msg_1',
		whatsappId: 'W1',
		accountId: 'acc_1',
		instanceId: 'ins_1',
		chatId: 'cht_1',
		fromMe: true,
		origin: 'api',
		content: { kind: 'text', text: 'private words' },
		status: 'failed',
		timeline: {},
		failure: { code: 'not_on_whatsapp', reason: 'no' },
		createdAt: 1,
		updatedAt: 1,
	} as const;
	const attendance = {
		id: 'atd_1',
		accountId: 'acc_1',
		instanceId: 'ins_1',
		chatId: 'cht_1',
		number: 1,
		status: 'progress',
		customer: { name: 'Ana', phone: '5544' },
		operators: [],
		requestedAt: 1,
		startedAt: 1,
		version: 1,
	} as const;
	const delivery = { deliveryId: 'dlv_1', webhookId: 'whk_1' };
	const told = { instanceId: 'ins_1', observationId: 'o1', kind: 'message' };
	const tell = (to: typeof observer): void => {
		to.messageAccepted(message);
		to.messageSent(message);
		to.messageFailed(message);
		to.observationJournalled(told);
		to.observationFailed(told, new Error('x'));
		to.instanceConnected({ id: 'ins_1', accountId: 'acc_1' });
		to.instanceDisconnected({ id: 'ins_1', accountId: 'acc_1' }, 'phone off');
		to.attendanceStarted(attendance);
		to.attendanceFinished(attendance);
		to.eventsCommitted(4);
		to.deliverySettled({ ...delivery, eventType: 'message.sent', outcome: 'dead', attempts: 10, errorClass: 'status', ageMs: 1000 });
		to.deliveryOvertaken(delivery);
		to.deliveryReplayed(delivery);
		to.circuitOpened('whk_1');
		to.circuitClosed('whk_1');
		to.webhookDisabled('whk_1', 'gone');
		to.requestAnswered({ requestId: 'r', dialect: 'recado', method: 'GET', route: '/x/:id', status: 200, durationMs: 2 });
		to.requestFailed({ requestId: 'r', method: 'GET', route: '/x/:id' }, new Error('y'));
		to.serving({ address: 'http://127.0.0.1:1', version: '1' });
		to.stopping('SIGINT');
		to.background('here', new Error('z'));
	};
	tell(observer);
	tell(silentObserver);
	assert.equal(lines.length, 20);
	assert.doesNotMatch(JSON.stringify(lines), /private words|5544|Ana/);
	const text = await metrics.text();
	assert.match(text, /recado_events_committed_total 4/);
	assert.match(text, /recado_deliveries_settled_total\{outcome="dead",error_class="status"\} 1/);
	assert.match(text, /recado_http_request_seconds_count\{dialect="recado",method="GET",route="\/x\/:id",status="200"\} 1/);
});
