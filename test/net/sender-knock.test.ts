/** Knocking at receivers, over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { GuardedSender } from '../../src/net/guarded-sender.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeResolver } from '../support/fake-resolver.ts';

async function listening(): Promise<{ port: number; server: ReturnType<typeof createServer>; connections: () => number }> {
	let connections = 0;
	const server = createServer((socket) => {
		connections += 1;
		socket.resume();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	assert.ok(typeof address === 'object' && address !== null);
	return { port: address.port, server, connections: () => connections };
}

test('a receiver that accepts connections is there; one that does not is not', async () => {
	await using sender = new GuardedSender({ clock: new FakeClock(), allow: ['127.0.0.1/32'] });
	const { port, server } = await listening();
	assert.equal(await sender.knock(`https://127.0.0.1:${port}/hook`), true);
	server.close();
	await once(server, 'close');
	assert.equal(await sender.knock(`https://127.0.0.1:${port}/hook`), false);
});

test('nobody knocks where the guard lets no attempt through', async () => {
	const { port, server, connections } = await listening();
	const resolver = new FakeResolver({ 'inside.example': ['127.0.0.1'] });
	await using sender = new GuardedSender({ clock: new FakeClock(), allow: [], resolver });
	assert.equal(await sender.knock(`https://127.0.0.1:${port}/`), false);
	assert.equal(await sender.knock(`https://inside.example:${port}/`), false);
	assert.equal(await sender.knock(`https://unknown.example:${port}/`), false);
	assert.equal(connections(), 0);
	server.close();
});

test('of a receiver with several addresses one that accepts is enough', async () => {
	const { port, server } = await listening();
	const resolver = new FakeResolver({ 'two.example': ['127.0.0.2', '127.0.0.1'] });
	await using sender = new GuardedSender({ clock: new FakeClock(), allow: ['127.0.0.0/8'], resolver });
	assert.equal(await sender.knock(`https://two.example:${port}/`), true);
	server.close();
});
