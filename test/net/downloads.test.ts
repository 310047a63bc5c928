/** Fetching media from URLs of strangers: what a real server may do, and where the guard says no. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { GuardedDownloads } from '../../src/net/guarded-downloads.ts';
import type { Resolver } from '../../src/net/resolver.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeResolver } from '../support/fake-resolver.ts';
import { MEDIA_FILES } from '../support/media-files.ts';
import { startMediaServer } from '../support/media-server.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

type Options = Partial<ConstructorParameters<typeof GuardedDownloads>[0]>;

function downloadsFor({ ca }: Pick<Receiver, 'ca'>, options: Options = {}): GuardedDownloads {
	return new GuardedDownloads({ clock: systemClock, allow: ['127.0.0.1/32'], ca, ...options });
}

async function fetched(
	downloads: GuardedDownloads,
	url: string,
	deadlineMs = 60_000,
): Promise<{ mimeType: string | undefined; bytes: Buffer }> {
	const { mimeType, bytes } = await downloads.open({ url, deadlineMs });
	return { mimeType, bytes: Buffer.concat(await Array.fromAsync(bytes)) };
}

function unreachable(reason: RegExp): (error: { code?: string; details?: { reason?: string } }) => boolean {
	return ({ code, details }) => {
		assert.equal(code, 'media_unreachable');
		assert.match(details?.reason ?? '', reason);
		return true;
	};
}

describe('downloads', () => {
	test('bytes come as they are, with what the server says of them', async () => {
		await using server = await startMediaServer();
		await using downloads = downloadsFor(server);
		const { size, bytes } = await downloads.open({ url: server.url('/png'), deadlineMs: 60_000 });
		assert.equal(size, MEDIA_FILES.png.bytes.length);
		assert.ok(Buffer.concat(await Array.fromAsync(bytes)).equals(MEDIA_FILES.png.bytes));
		assert.equal((await fetched(downloads, server.url('/png'))).mimeType, 'image/png');
		const [request] = server.requests;
		assert.deepEqual([request?.method, request?.headers['accept-encoding']], ['GET', 'identity']);
	});

	test('http is taken for media', async () => {
		const server = createServer((_request, response) => response.end('plain')).listen(0, '127.0.0.1');
		await once(server, 'listening');
		await using _closing = { [Symbol.asyncDispose]: async () => void server.close() };
		await using downloads = downloadsFor({ ca: '' }, { allow: ['127.0.0.1/32'] });
		const { port } = server.address() as AddressInfo;
		assert.equal((await fetched(downloads, `http://127.0.0.1:${port}/a`)).bytes.toString(), 'plain');
	});

	test('what is not public is refused: written down, by its name, and after a redirect', async () => {
		await using server = await startReceiver({ treat: { kind: 'redirect', to: 'https://169.254.169.254/latest' } });
		const resolver = new FakeResolver();
		resolver.set('inside.example', ['10.0.0.7']);
		await using downloads = downloadsFor(server, { resolver });
		const ask = (url: string): Promise<unknown> => fetched(downloads, url);
		await assert.rejects(ask('https://10.0.0.7/a.png'), unreachable(/10\.0\.0\.7 is/));
		await assert.rejects(ask('http://[::1]/a.png'), unreachable(/::1 is/));
		await assert.rejects(ask('https://inside.example/a.png'), unreachable(/resolves to 10\.0\.0\.7/));
		await assert.rejects(ask('https://user:pass@example.com/a.png'), unreachable(/password/));
		await assert.rejects(ask('ftp://example.com/a.png'), unreachable(/ftp/));
		await assert.rejects(ask(server.url('/')), unreachable(/169\.254\.169\.254 is/));
		assert.equal(server.requests.length, 1);
	});

	test('redirects are followed, a few, and never from https to http', async () => {
		await using server = await startMediaServer();
		await using downloads = downloadsFor(server);
		server.treatNext({ kind: 'redirect', to: '/jpeg/photo.jpg' });
		assert.equal((await fetched(downloads, server.url('/moved'))).mimeType, 'image/jpeg');
		server.treatNext({ kind: 'redirect', to: `http://127.0.0.1:${server.port}/png` });
		await assert.rejects(fetched(downloads, server.url('/moved')), unreachable(/https to http/));
		server.treat({ kind: 'redirect', to: '/again' });
		await assert.rejects(fetched(downloads, server.url('/moved')), unreachable(/More than 5 redirects/));
	});

	test('whatever else a server does is told', async () => {
		await using server = await startMediaServer();
		await using downloads = downloadsFor(server);
		await assert.rejects(fetched(downloads, server.url('/nothing')), unreachable(/Answered 404/));
		server.treatNext({ kind: 'answer', status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' });
		await assert.rejects(fetched(downloads, server.url('/')), unreachable(/compressed/));
		server.treatNext({ kind: 'reset', when: 'after-headers' });
		await assert.rejects(fetched(downloads, server.url('/')), unreachable(/broke the connection off/));
		await using stranger = new GuardedDownloads({ clock: systemClock, allow: ['127.0.0.1/32'] });
		await assert.rejects(fetched(stranger, server.url('/png')), unreachable(/certificate/i));
	});

	test('one deadline is for everything, to the last byte', async () => {
		await using server = await startMediaServer();
		const clock = new FakeClock();
		await using downloads = downloadsFor(server, { clock });
		server.treatNext({ kind: 'hang', when: 'before-headers' });
		const waiting = assert.rejects(fetched(downloads, server.url('/'), 500), unreachable(/Not done within 500 ms/));
		await server.arrived(1);
		await clock.advance(500);
		await waiting;
		server.treatNext({ kind: 'hang', when: 'after-headers' });
		const { bytes } = await downloads.open({ url: server.url('/'), deadlineMs: 500 });
		const reading = assert.rejects(Array.fromAsync(bytes), unreachable(/Not done within 500 ms/));
		await clock.advance(500);
		await reading;
		await server.openConnections(0);
	});

	test('the deadline ends a handshake that nobody answers, and a look-up', async () => {
		await using mute = createTcpServer();
		const clock = new FakeClock();
		const nobody: Resolver = { resolve: () => new Promise(() => undefined) };
		await using downloads = new GuardedDownloads({ clock, allow: ['127.0.0.1/32'], resolver: nobody });
		mute.listen(0, '127.0.0.1');
		await once(mute, 'listening');
		const accepted = once(mute, 'connection');
		const { port } = mute.address() as AddressInfo;
		const open = (url: string): Promise<void> =>
			assert.rejects(downloads.open({ url, deadlineMs: 500 }), unreachable(/Not done within 500 ms/));
		const ending = Promise.all([open(`https://127.0.0.1:${port}/`), open('https://media.example/')]);
		const [socket] = (await accepted) as [Socket];
		await clock.advance(500);
		await ending;
		await once(socket.resume(), 'close');
	});

	test('who does not read on closes the connection, and so does the end of the gateway', async () => {
		await using server = await startMediaServer();
		const downloads = downloadsFor(server);
		server.treat({ kind: 'endless' });
		const { bytes } = await downloads.open({ url: server.url('/'), deadlineMs: 60_000 });
		for await (const _piece of bytes) break;
		await server.openConnections(0);
		const second = await downloads.open({ url: server.url('/'), deadlineMs: 60_000 });
		await downloads[Symbol.asyncDispose]();
		await assert.rejects(Array.fromAsync(second.bytes), unreachable(/Broken off by this gateway/));
		await assert.rejects(fetched(downloads, server.url('/')), unreachable(/shutting down/));
	});
});
