/** A trace from the caller's request to what the receiver gets: with a collector, which is sent the spans, and without one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCollector } from '../support/collector.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/receiver.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE}-${SPAN}-01`;

/** Sends one text by the API of Plugchat, and answers what arrives because of it. */
async function send(gateway: Gateway, traceparent?: string): Promise<ReceivedRequest> {
	const { token } = await gateway.account();
	const headers = { authorization: `Bearer ${token}` };
	const body = { value: { sendingMessage: gateway.receiver.url('/sent') } };
	await gateway.call('PUT', '/api/integrations/update-webhooks', { headers, body });
	const before = gateway.receiver.requests.length;
	const sent = await gateway.call('POST', '/api/whatsapp/send-text', {
		headers: { ...headers, ...(traceparent === undefined ? {} : { traceparent }) },
		body: { phone: '5544988887777', message: 'Olá' },
	});
	assert.equal(sent.status, 200);
	const arrived = (await gateway.receiver.arrived(before + 1))[before];
	assert.ok(arrived);
	return arrived;
}

test('a collector gets the request and the attempt as one trace, and the receiver is told which', async () => {
	await using collector = await startCollector();
	await using gateway = await startGateway({ environment: { RECADO_OTLP_URL: collector.url, RECADO_TRACE_RATIO: '0' } });
	const arrived = await send(gateway, TRACEPARENT);
	await gateway.stop();

	const server = await collector.span(({ kind }) => kind === 2, 'span of the request');
	assert.deepEqual([server.traceId, server.parentSpanId], [TRACE, SPAN]);
	assert.equal(server.attributes['http.route'], '/api/whatsapp/send-text');
	const client = await collector.span(({ kind }) => kind === 3, 'span of the attempt');
	assert.deepEqual([client.traceId, client.parentSpanId], [TRACE, server.spanId]);
	assert.equal(arrived.headers['traceparent'], `00-${TRACE}-${client.spanId}-01`);
});

test('without a collector the traceparent of the request is passed on as it came, on retries too', async () => {
	await using gateway = await startGateway({ environment: { RECADO_RETRY_SCHEDULE: '0s,10ms' } });
	gateway.receiver.treatNext(500);
	const first = await send(gateway, TRACEPARENT);
	const again = (await gateway.receiver.arrived(2))[1];
	assert.deepEqual([first.headers['traceparent'], again?.headers['traceparent']], [TRACEPARENT, TRACEPARENT]);
	assert.equal(first.headers['webhook-id'], again?.headers['webhook-id']);
});

test('a request without a trace, or with one that is none, sends none', async () => {
	await using gateway = await startGateway();
	assert.equal((await send(gateway)).headers['traceparent'], undefined);
	assert.equal((await send(gateway, '00-0-0-01')).headers['traceparent'], undefined);
});
