import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimedDelivery } from '../../src/domain/delivery.ts';
import { createOtlpSpans } from '../../src/observe/otlp-spans.ts';
import { type Spans, Traces } from '../../src/observe/traces.ts';
import type { OutboundResult } from '../../src/ports/sender.ts';
import { startCollector } from '../support/collector.ts';

const NOW = 1_000_000;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SEND = { method: 'POST', route: '/instances/:id/send-text' };
const URL_OF_RECEIVER = 'https://receiver.example:8443/hooks/secret-path';
const OK: OutboundResult = { kind: 'answered', status: 204, headers: {}, body: '', timings: { totalMs: 3 } };

function spansTo(url: string, change: { sampleRatio?: number; onLost?: (error: unknown) => void } = {}): Spans {
	return createOtlpSpans({ url, sampleRatio: 1, version: '1.2.3', now: () => NOW, onLost: () => {}, ...change });
}

function delivery(change: Partial<ClaimedDelivery> = {}): ClaimedDelivery {
	return {
		id: 'dlv_1',
		seq: 1,
		eventType: 'message.sent',
		webhookId: 'whk_1',
		body: '{}',
		attempts: 0,
		createdAt: NOW - 20,
		isOvertaken: false,
		isReplay: false,
		...change,
	};
}

test('from the request that came with a traceparent to the attempt, in its trace', async () => {
	await using collector = await startCollector();
	await using spans = spansTo(collector.url);
	const traces = new Traces(spans);

	const request = traces.beginRequest(SEND, `00-${TRACE}-${SPAN}-01`);
	const attempt = traces.beginAttempt({ delivery: delivery({ traceparent: request?.traceparent ?? '' }), number: 1, url: URL_OF_RECEIVER });
	attempt.end(OK);
	request?.end(200);
	await spans[Symbol.asyncDispose]();

	const server = await collector.span(({ kind }) => kind === 2, 'span of the request');
	assert.deepEqual([server.traceId, server.parentSpanId, server.name], [TRACE, SPAN, 'POST /instances/:id/send-text']);
	assert.equal(server.attributes['http.response.status_code'], 200);
	assert.deepEqual([server.resource['service.name'], server.resource['service.version']], ['recado', '1.2.3']);

	const client = await collector.span(({ kind }) => kind === 3, 'span of the attempt');
	assert.deepEqual([client.traceId, client.parentSpanId], [TRACE, server.spanId]);
	assert.equal(attempt.traceparent, `00-${TRACE}-${client.spanId}-01`, 'what the receiver is sent');
	assert.equal(attempt.traceId, TRACE);
	assert.deepEqual(client.attributes, {
		'http.request.method': 'POST',
		'server.address': 'receiver.example',
		'server.port': 8443,
		'recado.delivery.id': 'dlv_1',
		'recado.webhook.id': 'whk_1',
		'recado.event.type': 'message.sent',
		'recado.attempt.number': 1,
		'recado.attempt.is_replay': false,
		'http.response.status_code': 204,
	});
	assert.doesNotMatch(JSON.stringify(collector.spans), /secret-path/);
});

test('attempts that failed say how', async () => {
	await using collector = await startCollector();
	await using spans = spansTo(collector.url);
	const traces = new Traces(spans);
	const begun = { delivery: delivery(), number: 2, url: URL_OF_RECEIVER };
	traces.beginAttempt(begun).end({ ...OK, status: 503 });
	traces.beginAttempt(begun).end({ kind: 'failed', errorClass: 'timeout', message: 'no answer in time', timings: { totalMs: 15_000 } });
	await spans[Symbol.asyncDispose]();

	const refused = await collector.span(({ attributes }) => attributes['error.type'] === '503', 'span of the refused attempt');
	assert.deepEqual([refused.attributes['http.response.status_code'], refused.status.code], [503, 2]);
	const failed = await collector.span(({ attributes }) => attributes['error.type'] === 'timeout', 'span of the failed attempt');
	assert.deepEqual(failed.status, { code: 2, message: 'no answer in time' });
});

test('a late attempt is a trace of its own, linked to where it comes from, and recorded where that was', async () => {
	await using collector = await startCollector();
	await using spans = spansTo(collector.url, { sampleRatio: 0 });
	const traces = new Traces(spans);
	const late = (flags: string) => delivery({ traceparent: `00-${TRACE}-${SPAN}-${flags}`, createdAt: NOW - 3_600_000 });
	const unrecorded = traces.beginAttempt({ delivery: late('00'), number: 4, url: URL_OF_RECEIVER });
	unrecorded.end(OK);
	const recorded = traces.beginAttempt({ delivery: late('01'), number: 4, url: URL_OF_RECEIVER });
	recorded.end(OK);
	await spans[Symbol.asyncDispose]();

	const client = await collector.span(({ kind }) => kind === 3, 'span of the late attempt');
	assert.equal(client.traceId, recorded.traceId);
	assert.notEqual(client.traceId, TRACE);
	assert.equal(client.parentSpanId, undefined);
	assert.deepEqual(
		client.links.map(({ traceId, spanId }) => [traceId, spanId]),
		[[TRACE, SPAN]],
	);
	assert.match(unrecorded.traceparent ?? '', /-00$/);
	assert.equal(collector.spans.length, 1);
});

test('what the caller or the ratio does not want is passed on, but not sent', async () => {
	await using collector = await startCollector();
	{
		await using spans = spansTo(collector.url, { sampleRatio: 0 });
		const traces = new Traces(spans);
		const unsampled = traces.beginRequest(SEND, `00-${TRACE}-${SPAN}-00`);
		assert.match(unsampled?.traceparent ?? '', new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
		unsampled?.end(200);
		const own = traces.beginRequest(SEND, undefined);
		assert.match(own?.traceparent ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
		own?.end(500);
		traces.beginRequest(SEND, `00-${TRACE}-${SPAN}-01`)?.end(200);
	}
	assert.deepEqual(
		collector.spans.map(({ traceId }) => traceId),
		[TRACE],
		'and what was left is sent at the end',
	);
});

test('a collector that takes nothing is told of once', async () => {
	await using collector = await startCollector();
	const lost: unknown[] = [];
	{
		await using spans = spansTo(`${collector.url}/nowhere`, { onLost: (error) => lost.push(error) });
		new Traces(spans).beginRequest(SEND, undefined)?.end(200);
	}
	assert.equal(lost.length, 1);
	assert.deepEqual(collector.spans, []);
});
