/** Connections are reused, bounded and let go; TLS sessions are resumed, but not those of somebody who failed to prove who he is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testAuthority } from '../support/certificates.ts';
import { FakeResolver } from '../support/fake-resolver.ts';
import { startReceiver } from '../support/receiver.ts';
import { answered, brief, closedAtBothEnds, localSender, requestTo } from './sending.ts';

test('twenty requests in sequence use one connection', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	for (let number = 1; number <= 20; number++) {
		const { timings } = answered(await sender.send(requestTo(receiver.url(`/${number}`))));
		assert.equal(timings.tlsMs !== undefined, number === 1, 'only a fresh connection has a handshake');
	}
	assert.equal(receiver.connections.tcp, 1);
});

test('requests at the same time use a connection each, and further ones use those again', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	for (let round = 0; round < 3; round++) {
		const results = await Promise.all(Array.from({ length: 8 }, () => sender.send(requestTo(receiver.url(`/${round}`)))));
		assert.ok(results.every((result) => brief(result) === '200'));
	}
	assert.equal(receiver.connections.tcp, 8);
	assert.equal(receiver.requests.length, 24);
});

test('webhooks that hang take no connection from another one at the same origin', async () => {
	await using receiver = await startReceiver({
		treat: ({ path }) => (path === '/well' ? 200 : { kind: 'hang', when: 'before-headers' }),
	});
	await using sender = await localSender();
	const hanging = Array.from({ length: 160 }, (_, index) => sender.send(requestTo(receiver.url(`/hangs/${index % 5}`))));
	await receiver.arrived(hanging.length);
	assert.equal(brief(await sender.send(requestTo(receiver.url('/well')))), '200');
	await sender[Symbol.asyncDispose]();
	assert.ok((await Promise.all(hanging)).every((result) => brief(result) === 'interrupted'));
});

test('a receiver that closes after each answer gets a new connection each time, with the TLS session resumed', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'answer', status: 200, close: true } });
	await using sender = await localSender();
	for (let number = 1; number <= 5; number++) {
		const { timings } = answered(await sender.send(requestTo(receiver.url())));
		assert.ok(timings.tlsMs !== undefined);
	}
	assert.deepEqual(receiver.connections, { tcp: 5, full: 1, resumed: 4 });
});

test('an idle connection that the receiver drops is replaced without a failure', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	receiver.dropConnections();
	await closedAtBothEnds();
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	assert.equal(receiver.connections.tcp, 2);
});

test('of two connections one is closed, and the other goes on beside a new one', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	receiver.treatNext({ kind: 'answer', status: 200, close: true });
	for (let round = 0; round < 2; round++) {
		const both = await Promise.all([sender.send(requestTo(receiver.url())), sender.send(requestTo(receiver.url()))]);
		assert.deepEqual(both.map(brief), ['200', '200']);
		await receiver.openConnections(round === 0 ? 1 : 2);
	}
	assert.equal(receiver.connections.tcp, 3);
});

test('a request that is interrupted before it was written to its reused connection is never written', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	const shutdown = new AbortController();
	await sender.send(requestTo(receiver.url('/first')));
	const second = sender.send(requestTo(receiver.url('/second'), { signal: shutdown.signal }));
	shutdown.abort();
	assert.equal(brief(await second), 'interrupted');
	await sender.send(requestTo(receiver.url('/third')));
	await receiver.openConnections(1);
	assert.deepEqual(
		receiver.requests.map((request) => request.path),
		['/first', '/third'],
	);
	assert.equal(receiver.connections.tcp, 2);
});

test('idle connections end after a while', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'answer', status: 200, headers: { connection: 'keep-alive' } } });
	await using sender = await localSender({ keepAliveMs: 40 });
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	await receiver.openConnections(0);
});

test('of more idle connections than may be, over all origins, the one that has rested longest is closed', async () => {
	await using first = await startReceiver();
	await using second = await startReceiver();
	await using sender = await localSender({ idleConnectionsMax: 2 });
	await sender.send(requestTo(first.url()));
	await Promise.all([sender.send(requestTo(second.url())), sender.send(requestTo(second.url()))]);
	await first.openConnections(0);
	await second.openConnections(2);
	await sender.send(requestTo(first.url()));
	await second.openConnections(1);
	assert.equal(brief(await sender.send(requestTo(second.url()))), '200');
	assert.deepEqual([first.connections.tcp, second.connections.tcp], [2, 2]);
});

test('where none may be idle, each request has its own connection', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender({ idleConnectionsMax: 0 });
	for (let number = 1; number <= 2; number++) assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	assert.equal(receiver.connections.tcp, 2);
	await receiver.openConnections(0);
});

test('the certificate is checked again after a session of a wrong name (TLS 1.2)', async () => {
	const authority = await testAuthority();
	const certificate = await authority.issue({ names: ['other.hooks.test'] });
	await using receiver = await startReceiver({ certificate, maxVersion: 'TLSv1.2' });
	await using sender = await localSender({ resolver: new FakeResolver({ 'hook.hooks.test': ['127.0.0.1'] }) });
	for (let number = 1; number <= 3; number++) {
		assert.equal(brief(await sender.send(requestTo(receiver.url('/', 'hook.hooks.test')))), 'tls');
	}
	assert.equal(receiver.requests.length, 0);
	assert.equal(receiver.connections.resumed, 0);
});

test('after a handshake that failed, the next one is a full one', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'answer', status: 200, close: true } });
	await using sender = await localSender();
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	receiver.cutHandshakes(1);
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), 'tls');
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	assert.deepEqual(receiver.connections, { tcp: 3, full: 2, resumed: 0 });
});

test('sessions are resumed with TLS 1.2 too', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'answer', status: 200, close: true }, maxVersion: 'TLSv1.2' });
	await using sender = await localSender();
	await sender.send(requestTo(receiver.url()));
	await sender.send(requestTo(receiver.url()));
	assert.deepEqual(receiver.connections, { tcp: 2, full: 1, resumed: 1 });
});
