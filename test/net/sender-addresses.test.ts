/** What becomes of connections when the name of a receiver leads elsewhere, fails, or begins to lie, over the real network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeResolver } from '../support/fake-resolver.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { brief, closedAtBothEnds, localSender, requestTo } from './sending.ts';

const HOST = 'hook.hooks.test';
/** Both are this machine: a receiver before and after it moved. */
const ALLOW = ['127.0.0.1/32', '127.0.0.2/32'];

interface Move extends AsyncDisposable {
	readonly before: Receiver;
	readonly after: Receiver;
}

/** Two receivers at the same port of two addresses. */
async function startMove(): Promise<Move> {
	await using started = new AsyncDisposableStack();
	const before = started.use(await startReceiver());
	const after = started.use(await startReceiver({ host: '127.0.0.2', port: before.port }));
	const owned = started.move();
	return { before, after, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

test('connections opened within the time to live of an answer share its lookup', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'answer', status: 200, close: true } });
	const resolver = new FakeResolver({ [HOST]: ['127.0.0.1'] });
	await using sender = await localSender({ resolver, clock: new FakeClock() });
	const all = await Promise.all(Array.from({ length: 5 }, () => sender.send(requestTo(receiver.url('/', HOST)))));
	assert.ok(all.every((result) => brief(result) === '200'));
	assert.equal(brief(await sender.send(requestTo(receiver.url('/', HOST)))), '200');
	assert.equal(receiver.connections.tcp, 6);
	assert.deepEqual(resolver.lookups, [HOST]);
});

test('a receiver that moved is found after the time to live, and the connection to its old address is closed', async () => {
	await using move = await startMove();
	const { before, after } = move;
	const resolver = new FakeResolver();
	resolver.set(HOST, ['127.0.0.1'], ['127.0.0.2']);
	const clock = new FakeClock();
	await using sender = await localSender({ resolver, clock, allow: ALLOW });
	const send = async (): Promise<string> => brief(await sender.send(requestTo(before.url('/', HOST))));
	assert.equal(await send(), '200');
	assert.equal(await send(), '200');
	await clock.advance(resolver.ttlMs);
	assert.equal(await send(), '200', 'the open connection carries on while the name is asked again');
	assert.equal(before.requests.length, 3);
	assert.equal(await send(), '200');
	assert.equal(after.requests.length, 1);
	await before.openConnections(0);
	assert.deepEqual(resolver.lookups, [HOST, HOST]);
});

test('an open connection outlives a DNS that fails', async () => {
	await using receiver = await startReceiver();
	const resolver = new FakeResolver();
	resolver.set(HOST, ['127.0.0.1'], 'ETIMEOUT');
	const clock = new FakeClock();
	await using sender = await localSender({ resolver, clock });
	for (let number = 1; number <= 3; number++) {
		assert.equal(brief(await sender.send(requestTo(receiver.url('/', HOST)))), '200');
		await clock.advance(resolver.ttlMs);
	}
	assert.equal(receiver.connections.tcp, 1);
	assert.ok(resolver.lookups.length > 1);
});

test('a name that turns to a refused address loses its open connection and gets no other', async () => {
	await using move = await startMove();
	const { before, after } = move;
	const resolver = new FakeResolver();
	resolver.set(HOST, ['127.0.0.1'], ['127.0.0.2']);
	const clock = new FakeClock();
	await using sender = await localSender({ resolver, clock, allow: ['127.0.0.1/32'] });
	const send = async (): Promise<string> => brief(await sender.send(requestTo(before.url('/', HOST))));
	assert.equal(await send(), '200');
	await clock.advance(resolver.ttlMs);
	assert.equal(await send(), '200');
	assert.equal(await send(), 'refused-by-guard');
	assert.equal(await send(), 'refused-by-guard', 'the cached answer is vetted like a new one');
	assert.equal(resolver.lookups.length, 2);
	await before.openConnections(0);
	assert.equal(after.connections.tcp, 0);
});

test('a session of the old address is no hindrance at the new one', async () => {
	await using move = await startMove();
	const { before, after } = move;
	const resolver = new FakeResolver();
	resolver.set(HOST, ['127.0.0.1'], ['127.0.0.2']);
	const clock = new FakeClock();
	await using sender = await localSender({ resolver, clock, allow: ALLOW });
	await sender.send(requestTo(before.url('/', HOST)));
	before.dropConnections();
	await closedAtBothEnds();
	await clock.advance(resolver.ttlMs);
	assert.equal(brief(await sender.send(requestTo(before.url('/', HOST)))), '200');
	assert.deepEqual(after.connections, { tcp: 1, full: 1, resumed: 0 });
});
