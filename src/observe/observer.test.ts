import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createObserver } from './create-observer.ts';
import { createLogger, type LogLevel } from './logger.ts';
import { Metrics } from './metrics.ts';
import { silentObserver } from './observer.ts';

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
		accountId: 'acc_1',
		webhookId: 'whk_1',
		eventType: 'message.sent',
		number: 1,
		isProbe: false,
		isReplay: false,
		errorClass: 'timeout',
		timings: { totalMs: 20, connectMs: 3 },
		requestBytes: 600,
		outcome: 'retry',
		retryInMs: 5000,
		ageMs: 25,
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
	metrics.watchBacklog(() => (isBroken ? Promise.reject(new Error('no')) : Promise.resolve({ pending: 3, sending: 1, dead: 2 })));
	const first = await metrics.text();
	assert.match(first, /recado_deliveries_backlog\{state="pending"\} 3/);
	assert.match(first, /recado_event_loop_delay_seconds\{quantile="0.99"\}/);
	isBroken = true;
	assert.match(await metrics.text(), /process_resident_memory_bytes \d/);
});

test('the dispatcher is asked once at each reading, for all of its gauges', async () => {
	using metrics = new Metrics();
	let asked = 0;
	const circuits = { closed: 7, open: 2, recovering: 1 };
	metrics.watchDispatching(
		() => {
			asked += 1;
			return { inFlight: 3, inHand: 9, heldBytes: 6_000, circuits, ...(asked === 1 ? { oldestDueAt: 1_000 } : {}) };
		},
		() => 6_000,
	);
	const text = await metrics.text();
	assert.match(text, /recado_delivery_attempts_in_flight 3/);
	assert.match(text, /recado_deliveries_in_hand 9/);
	assert.match(text, /recado_deliveries_in_hand_bytes 6000/);
	assert.match(
		text,
		/recado_webhooks\{circuit="closed"\} 7\nrecado_webhooks\{circuit="open"\} 2\nrecado_webhooks\{circuit="recovering"\} 1/,
	);
	assert.match(text, /recado_oldest_due_seconds 5/);
	assert.match(await metrics.text(), /recado_oldest_due_seconds 0/);
	assert.equal(asked, 2);
});

test('a store that refuses for a while is told twice, and counted each time', async () => {
	const { lines, metrics, observer } = observed();
	using _ = metrics;
	observer.groupRefused(3);
	observer.groupRefused(5);
	observer.groupCommitted(2, 1.5);
	observer.groupCommitted(1, 0.2);
	assert.deepEqual(
		lines.map(({ event, level }) => [event, level]),
		[
			['store.refused', 'error'],
			['store.writes-again', 'warn'],
		],
	);
	const text = await metrics.text();
	assert.match(text, /recado_store_commits_refused_total 2/);
	assert.match(text, /recado_store_commit_operations_bucket\{le="1"\} 1\nrecado_store_commit_operations_bucket\{le="2"\} 2/);
	assert.match(text, /recado_store_commit_seconds_sum 0.0017/);
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
	const instance = { id: 'ins_1', phone: '5544' };
	const connected = { id: 'evt_1', type: 'instance.connected', accountId: 'acc_1', instance, at: 1, data: {} } as const;
	const delivery = { deliveryId: 'dlv_1', webhookId: 'whk_1' };
	const told = { instanceId: 'ins_1', observationId: 'o1', kind: 'message' };
	const job = {
		id: 'job_1',
		kind: 'replay',
		filter: { states: ['dead'], chatId: 'cht_private', seqMax: 9 },
		state: 'running',
		total: 6,
		done: 5,
		skipped: 1,
		cursor: 8,
		createdAt: 1,
		updatedAt: 2,
	} as const;
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
		to.eventsCommitted([connected, connected, connected, connected], 9);
		to.deliverySettled({
			...delivery,
			accountId: 'acc_1',
			eventType: 'message.sent',
			outcome: 'dead',
			attempts: 10,
			errorClass: 'status',
			isReplay: false,
			ageMs: 1000,
		});
		const again = { ...delivery, accountId: 'acc_1', eventType: 'message.sent', outcome: 'delivered', attempts: 1 } as const;
		to.deliverySettled({ ...again, isReplay: true, ageMs: 86_400_000 });
		to.deliverySettled({ ...again, isReplay: false, ageMs: 1000 });
		to.deliveryOvertaken(delivery);
		to.deliveryReplayed(delivery);
		to.deliveryDiscarded(delivery);
		to.circuitOpened({ webhookId: 'whk_1', errorClass: 'connect', failuresInARow: 5 });
		to.circuitClosed({ webhookId: 'whk_1', openForMs: 60_000 });
		to.webhookDisabled('whk_1', 'gone');
		to.webhookDeleted('whk_1');
		to.jobChanged(job);
		to.jobProgressed(job, { done: 5, skipped: 1 });
		to.deliveriesEnded({ webhookId: 'whk_1', outcome: 'dead', reason: 'expired', count: 6 });
		to.pruned(100);
		to.clockWentBack(3_600_000);
		to.requestAnswered({ requestId: 'r', dialect: 'recado', method: 'GET', route: '/x/:id', status: 200, durationMs: 2 });
		to.requestFailed({ requestId: 'r', method: 'GET', route: '/x/:id' }, new Error('y'));
		to.serving({ address: 'http://127.0.0.1:1', version: '1' });
		to.stopping('SIGINT');
		to.background('here', new Error('z'));
	};
	tell(observer);
	tell(silentObserver);
	assert.equal(lines.length, 27);
	assert.doesNotMatch(JSON.stringify(lines), /private|5544|Ana/);
	const text = await metrics.text();
	assert.match(text, /recado_events_committed_total 4/);
	assert.match(text, /recado_deliveries_created_total 9/);
	assert.match(text, /recado_deliveries_ended_total\{outcome="dead",reason="expired"\} 6/);
	assert.match(text, /recado_job_deliveries_total\{kind="replay",result="skipped"\} 1/);
	assert.match(text, /recado_clock_steps_back_total 1/);
	assert.match(text, /recado_deliveries_settled_total\{outcome="dead",error_class="status"\} 1/);
	assert.match(text, /recado_deliveries_settled_total\{outcome="delivered",error_class="none"\} 2/);
	assert.match(text, /recado_delivery_seconds_sum\{outcome="delivered"\} 1\n/, 'a replay says nothing of how long it takes');
	assert.match(text, /recado_http_request_seconds_count\{dialect="recado",method="GET",route="\/x\/:id",status="200"\} 1/);
});
