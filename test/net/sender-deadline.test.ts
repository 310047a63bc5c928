/** One deadline for the whole attempt, whatever phase it is in; and a shutdown that ends everything at once. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { Condition } from '../support/condition.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeResolver } from '../support/fake-resolver.ts';
import { startReceiver } from '../support/receiver.ts';
import { begin, brief, failure, localSender, requestTo } from './sending.ts';

const deadlineMs = 150;

test('a receiver that hangs, drips or stops in its answer runs into the deadline', async () => {
	await using receiver = await startReceiver();
	const clock = new FakeClock();
	await using sender = await localSender({ clock });
	for (const [treatment, words] of [
		[{ kind: 'hang', when: 'before-headers' }, 'no answer came'],
		[{ kind: 'hang', when: 'after-headers' }, 'the answer did not end'],
		[{ kind: 'drip', everyMs: 10 }, 'the answer did not end'],
	] as const) {
		const begun = await begin({ sender, receiver, treatment }, { deadlineMs });
		await clock.advance(deadlineMs - 1);
		assert.equal(clock.pending, 1, 'it has until its deadline');
		await clock.advance(1);
		const result = failure(await begun.result);
		assert.equal(result.errorClass, 'timeout');
		assert.equal(result.message, `Not done within 150 ms: ${words}`);
	}
	await receiver.openConnections(1);
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	assert.equal(clock.pending, 0);
});

test('a name server that hangs runs into the deadline, and the request is never sent', async () => {
	await using receiver = await startReceiver();
	const lookup = Promise.withResolvers<readonly string[]>();
	await using sender = await localSender({ resolver: new FakeResolver({ 'slow.hooks.test': lookup.promise }) });
	const result = failure(await sender.send(requestTo(receiver.url('/', 'slow.hooks.test'), { deadlineMs })));
	assert.equal(result.errorClass, 'timeout');
	assert.equal(result.message, 'Not done within 150 ms: still looking up the name');
	assert.ok((result.timings.dnsMs ?? 0) > 0, 'the phase that was under way has its time');
	assert.equal(result.timings.connectMs, undefined);
	lookup.resolve(['127.0.0.1']);
	assert.equal(brief(await sender.send(requestTo(receiver.url('/second', 'slow.hooks.test')))), '200');
	assert.deepEqual(
		receiver.requests.map((request) => request.path),
		['/second'],
	);
	assert.equal(receiver.connections.tcp, 1);
});

test('a handshake that hangs runs into the deadline, and its connection is closed', async () => {
	await using host = await startMuteHost();
	const clock = new FakeClock();
	await using sender = await localSender({ clock });
	const sending = sender.send(requestTo(host.url, { deadlineMs }));
	await host.greeted();
	await clock.advance(deadlineMs);
	const result = failure(await sending);
	assert.equal(result.errorClass, 'timeout');
	assert.equal(result.message, 'Not done within 150 ms: still in the TLS handshake');
	assert.ok(result.timings.connectMs !== undefined);
	assert.ok((result.timings.tlsMs ?? 0) > 0, 'the phase that was under way has its time');
	assert.equal(result.timings.firstByteMs, undefined);
	await host.connected(0);
});

test('an answer in time leaves no timer behind, and each attempt has its own deadline', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'hang', when: 'before-headers' } });
	const clock = new FakeClock();
	await using sender = await localSender({ clock });
	const long = sender.send(requestTo(receiver.url('/long'), { deadlineMs: 2_000 }));
	const short = sender.send(requestTo(receiver.url('/short'), { deadlineMs: 1_000 }));
	await receiver.arrived(2);
	receiver.treat(200);
	assert.equal(brief(await sender.send(requestTo(receiver.url('/well'), { deadlineMs: 500 }))), '200');
	assert.equal(clock.pending, 2);
	await clock.advance(1_000);
	assert.equal(failure(await short).message, 'Not done within 1000 ms: no answer came');
	assert.equal(clock.pending, 1);
	await clock.advance(1_000);
	assert.equal(brief(await long), 'timeout');
	assert.equal(clock.pending, 0);
});

test('of many connections only so many are opened at a time; who waits for one has a deadline too, and may be interrupted', async () => {
	await using host = await startMuteHost();
	const clock = new FakeClock();
	await using sender = await localSender({ clock });
	const shutdown = new AbortController();
	const opening = Array.from({ length: 32 }, () => sender.send(requestTo(host.url, { deadlineMs: 2_000 })));
	const waiting = sender.send(requestTo(host.url, { deadlineMs: 1_000 }));
	const interrupted = sender.send(requestTo(host.url, { deadlineMs: 1_000, signal: shutdown.signal }));
	await host.connected(32);
	shutdown.abort();
	assert.equal(brief(await interrupted), 'interrupted');
	await clock.advance(1_000);
	assert.equal(failure(await waiting).message, 'Not done within 1000 ms: still waiting for a connection');
	const late = sender.send(requestTo(host.url, { deadlineMs: 5_000 }));
	await clock.advance(1_000);
	for (const result of await Promise.all(opening))
		assert.match(failure(result).message, /^Not done within 2000 ms: still (connecting|in the TLS handshake)$/);
	await host.connected(1, 33);
	await clock.advance(4_000);
	assert.equal(brief(await late), 'timeout');
	assert.equal(host.accepted, 33);
	assert.equal(clock.pending, 0);
});

test('a signal interrupts its own attempts and no other', async () => {
	const gate = Promise.withResolvers<number>();
	await using receiver = await startReceiver({ treat: () => gate.promise });
	await using sender = await localSender();
	const one = new AbortController();
	const first = sender.send(requestTo(receiver.url('/first'), { signal: one.signal }));
	const second = sender.send(requestTo(receiver.url('/second')));
	await receiver.arrived(2);
	one.abort();
	assert.equal(brief(await first), 'interrupted');
	gate.resolve(202);
	assert.equal(brief(await second), '202');
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

interface MuteHost extends AsyncDisposable {
	readonly url: string;
	/** TCP connections so far. */
	readonly accepted: number;
	/** Resolves when so many are open, and so many were taken at least. */
	connected(count: number, takenMin?: number): Promise<void>;
	/** Resolves when somebody has begun a handshake. */
	greeted(): Promise<void>;
}

/** Takes TCP connections and says nothing. */
async function startMuteHost(): Promise<MuteHost> {
	const sockets = new Set<Socket>();
	const changed = new Condition(() => `${sockets.size} are open`);
	let accepted = 0;
	let isGreeted = false;
	const server = createServer((socket) => {
		accepted += 1;
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => {
			sockets.delete(socket);
			changed.notify();
		});
		socket.on('data', () => {
			isGreeted = true;
			changed.notify();
		});
		changed.notify();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `https://127.0.0.1:${port}/`,
		get accepted() {
			return accepted;
		},
		connected: (count, takenMin = 0) => changed.until(() => sockets.size === count && accepted >= takenMin, `${count} open connections`),
		greeted: () => changed.until(() => isGreeted, 'the beginning of a handshake'),
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
