import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DomainEvent } from '../../src/domain/event.ts';
import { type Spans, Traces } from '../../src/observe/traces.ts';
import { until } from '../support/waiting.ts';
import { startWorld } from './support.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const attendanceEvent = { type: 'attendance.started', data: { attendance: {} } } as unknown as DomainEvent;
const POST = {
	method: 'POST',
	url: '/small/things',
	headers: { authorization: 'Bearer me', 'content-type': 'application/json' },
	payload: { name: 'x' },
} as const;

test('what a request does belongs to its trace, also after its body was read and it waited', async () => {
	const traces = new Traces();
	await using world = await startWorld({ traces });
	const address = await world.server.listen({ host: '127.0.0.1', port: 0 });
	const seen: (string | undefined)[] = [];
	world.onMake = async () => {
		await new Promise((resolve) => setImmediate(resolve));
		seen.push(traces.traceparentOf(attendanceEvent));
	};
	const send = (traceparent?: string) =>
		fetch(`${address}${POST.url}`, {
			method: 'POST',
			headers: { ...POST.headers, ...(traceparent === undefined ? {} : { traceparent }) },
			body: JSON.stringify(POST.payload),
		});
	await send(TRACEPARENT);
	await send();
	await send('nonsense');
	assert.deepEqual(seen, [TRACEPARENT, undefined, undefined]);
	// An answer may be read before whoever notes it has been told.
	await until(() => world.answered.length === 3, { what: 'all to be told', withinMs: 60_000 });
	assert.deepEqual(
		world.answered.map(({ traceId }) => traceId),
		[TRACE, undefined, undefined],
		'the access log says which trace it was',
	);
});

test('a request is told by its route and ended with its status; those of machines are not traced', async () => {
	const told: unknown[] = [];
	const spans: Spans = {
		request: ({ method, route }, parent) => ({
			traceId: TRACE,
			traceparent: TRACEPARENT,
			end: (status) => told.push([method, route, parent?.traceId, status]),
		}),
		attempt: () => assert.fail(),
		[Symbol.asyncDispose]: () => Promise.resolve(),
	};
	await using world = await startWorld({ traces: new Traces(spans) });
	const { app } = world.server;
	await app.inject({ url: '/small/things/secret-token', headers: { authorization: 'Bearer me', traceparent: TRACEPARENT } });
	await app.inject({ url: '/small/broken', headers: { authorization: 'Bearer me' } });
	await app.inject({ url: '/nowhere' });
	for (const url of ['/health', '/ready', '/metrics']) await app.inject({ url });
	assert.deepEqual(told, [
		['GET', '/small/things/:id', TRACE, 200],
		['GET', '/small/broken', undefined, 500],
		['GET', '(unknown)', undefined, 404],
	]);
});
