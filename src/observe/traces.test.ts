import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DomainEvent } from '../domain/event.ts';
import { Traces } from './traces.ts';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const SEND = { method: 'POST', route: '/send' };

function messageEvent(id: string): DomainEvent {
	return { type: 'message.sent', data: { message: { id } } } as unknown as DomainEvent;
}
const attendanceEvent = { type: 'attendance.started', data: { attendance: {} } } as unknown as DomainEvent;
const presenceEvent = { type: 'chat.presence', data: {} } as unknown as DomainEvent;

/** What `work` answers, in the context of the request. */
function within<T>(traces: Traces, traceparent: string | undefined, work: () => T): T {
	const request = traces.beginRequest(SEND, traceparent);
	if (!request) return work();
	let answer: { readonly value: T } | undefined;
	traces.run(request, () => {
		answer = { value: work() };
	});
	request.end(200);
	assert.ok(answer);
	return answer.value;
}

test('a request without a traceparent is no trace where nobody makes spans', () => {
	const traces = new Traces();
	assert.equal(traces.beginRequest(SEND, undefined), undefined);
	assert.equal(traces.beginRequest(SEND, 'nonsense'), undefined);
	within(traces, undefined, () => traces.carry('msg_1'));
	assert.equal(traces.traceparentOf(messageEvent('msg_1')), undefined);
});

test('what happens to a message later belongs to the trace of the request that sent it', () => {
	const traces = new Traces();
	within(traces, TRACEPARENT, () => traces.carry('msg_1'));
	assert.equal(traces.traceparentOf(messageEvent('msg_1')), TRACEPARENT);
	assert.equal(traces.traceparentOf(messageEvent('msg_2')), undefined);
	assert.equal(
		within(traces, TRACEPARENT, () => traces.traceparentOf(messageEvent('msg_2'))),
		undefined,
		'another message, whatever request is being answered',
	);
});

test('an attendance belongs to the request that is being answered; what loops tell to none', async () => {
	const traces = new Traces();
	const answered = Promise.withResolvers<void>();
	const [during, presence, after] = within(traces, TRACEPARENT, () => [
		traces.traceparentOf(attendanceEvent),
		traces.traceparentOf(presenceEvent),
		answered.promise.then(() => traces.traceparentOf(attendanceEvent)),
	]);
	assert.deepEqual([during, presence], [TRACEPARENT, undefined]);
	answered.resolve();
	assert.equal(await after, undefined, 'a loop that the request started goes on without it');
});

test('the messages of so many requests are remembered, and no more', () => {
	const traces = new Traces();
	within(traces, TRACEPARENT, () => {
		for (let number = 0; number <= 10_000; number++) traces.carry(`msg_${number}`);
	});
	assert.equal(traces.traceparentOf(messageEvent('msg_0')), undefined);
	assert.equal(traces.traceparentOf(messageEvent('msg_1')), TRACEPARENT);
	assert.equal(traces.traceparentOf(messageEvent('msg_10000')), TRACEPARENT);
});

test('without spans an attempt passes on what its delivery kept, as it came', () => {
	const traces = new Traces();
	const begun = { delivery: { id: 'dlv_1' } as never, number: 1, url: 'https://receiver.example' };
	assert.deepEqual(traces.beginAttempt(begun).traceparent, undefined);
	const passed = traces.beginAttempt({ ...begun, delivery: { id: 'dlv_1', traceparent: TRACEPARENT } as never });
	assert.deepEqual([passed.traceparent, passed.traceId], [TRACEPARENT, TRACEPARENT.slice(3, 35)]);
});
