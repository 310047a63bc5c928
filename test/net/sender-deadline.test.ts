/** One deadline for the whole attempt, whatever phase it is in; and a shutdown that ends everything at once. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { Condition } from '../support/condition.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeResolver } from '../support/fake-resolver.ts';
import { startReceiver } from '../support/receiver.ts';
import { brief, failure, localSender, requestTo } from './sending.ts';

const deadlineMs = 150;

test('a receiver that hangs, drips or stops in its answer runs into the deadline', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	for (const [treatment, words] of [
		[{ kind: 'hang', when: 'before-headers' }, 'no answer came'],
		[{ kind: 'hang', when: 'after-headers' }, 'the answer did not end'],
		[{ kind: 'drip', everyMs: 10 }, 'the answer did not end'],
	] as const) {
		receiver.treatNext(treatment);
		const result = failure(await sender.send(requestTo(receiver.url(), { deadlineMs })));
		assert.equal(result.errorClass, 'timeout');
		assert.equal(result.message, `Not done within 150 ms: ${words}`);
		assert.ok(result.timings.totalMs >= deadlineMs - 2 && result.timings.totalMs < 2_000, `${result.timings.totalMs} ms`);
	}
	await receiver.openConnections(0);
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
});

test('a name server that hangs runs into the deadline, and the request is never sent', async () => {
	await using receiver = await startReceiver();
	const lookup = Promise.withResolvers<readonly string[]>();
	await using sender = await localSender({ resolver: new FakeResolver({ 'slow.hooks.test': lookup.promise }) });
	const result = failure(await sender.send(requestTo(receiver.url('/', 'slow.hooks.test'), { deadlineMs })));
	assert.equal(result.errorClass, 'timeout');
	assert.equal(result.message, 'Not done within 150 ms: still looking up the name');
	assert.equal(result.timings.dnsMs, undefined);
	lookup.resolve(['127.0.0.1']);
	assert.equal(brief(await sender.send(requestTo(receiver.url('/second', 'slow.hooks.test')))), '200');
	assert.deepEqual(
		receiver.requests.map((request) => request.path),
		['/second'],
	);
	assert.equal(receiver.connections.tcp, 1);
});

test('a handshake that hangs runs into the deadline, and its connection is closed', async () => {
	const sockets: Socket[] = [];
	const closed = new Condition();
	let open = 0;
	const mute = createServer((socket) => {
		sockets.push(socket);
		open += 1;
		socket.on('error', () => {});
		socket.on('close', () => {
			open -= 1;
			closed.notify();
		});
		socket.resume();
	}).listen(0, '127.0.0.1');
	await once(mute, 'listening');
	await using sender = await localSender();
	const { port } = mute.address() as AddressInfo;
	const result = failure(await sender.send(requestTo(`https://127.0.0.1:${port}/`, { deadlineMs })));
	assert.equal(result.errorClass, 'timeout');
	assert.equal(result.message, 'Not done within 150 ms: still in the TLS handshake');
	assert.ok(result.timings.connectMs !== undefined);
	assert.equal(result.timings.tlsMs, undefined);
	await closed.until(() => open === 0, 'the connection to be closed');
	mute.close();
});

test('a request that waits for a connection has its deadline too, and leaves the queue', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'hang', when: 'before-headers' } });
	const clock = new FakeClock();
	await using sender = await localSender({ clock, connectionsPerOrigin: 1 });
	const first = sender.send(requestTo(receiver.url('/first'), { deadlineMs: 2_000 }));
	const second = sender.send(requestTo(receiver.url('/second'), { deadlineMs: 1_000 }));
	const third = sender.send(requestTo(receiver.url('/third'), { deadlineMs: 9_000 }));
	await receiver.arrived(1);
	await clock.advance(1_000);
	assert.equal(failure(await second).message, 'Not done within 1000 ms: still waiting for a free connection');
	receiver.treat(200);
	await clock.advance(1_000);
	assert.equal(brief(await first), 'timeout');
	assert.equal(brief(await third), '200');
	assert.deepEqual(
		receiver.requests.map((request) => request.path),
		['/first', '/third'],
	);
	assert.equal(clock.pending, 0);
});

test('an aborted signal interrupts: under way, waiting for an answer, or before it began', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'hang', when: 'before-headers' } });
	await using sender = await localSender();
	const shutdown = new AbortController();
	const hanging = sender.send(requestTo(receiver.url(), { signal: shutdown.signal }));
	await receiver.arrived(1);
	const connecting = sender.send(requestTo(receiver.url(), { signal: shutdown.signal }));
	shutdown.abort();
	assert.equal(brief(await hanging), 'interrupted');
	assert.equal(brief(await connecting), 'interrupted');
	assert.equal(brief(await sender.send(requestTo(receiver.url(), { signal: shutdown.signal }))), 'interrupted');
	await receiver.openConnections(0);
	assert.equal(receiver.requests.length, 1);
});

test('closing the sender interrupts what is under way and ends every connection; closing it again does nothing', async () => {
	await using receiver = await startReceiver();
	const sender = await localSender();
	await sender.send(requestTo(receiver.url()));
	receiver.treat({ kind: 'hang', when: 'before-headers' });
	const hanging = sender.send(requestTo(receiver.url()));
	await receiver.arrived(2);
	await sender[Symbol.asyncDispose]();
	assert.equal(brief(await hanging), 'interrupted');
	await receiver.openConnections(0);
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), 'interrupted');
	await sender[Symbol.asyncDispose]();
});
