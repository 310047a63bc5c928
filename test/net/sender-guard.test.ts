/** What the guard refuses on the way out, over the real network: names that resolve to us, names that change, certificates that lie. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createAuthority } from '../../src/cli/certificates.ts';
import { GuardedSender } from '../../src/net/guarded-sender.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { selfSignedCertificate, testAuthority } from '../support/certificates.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeResolver } from '../support/fake-resolver.ts';
import { startReceiver } from '../support/receiver.ts';
import { answered, brief, closedAtBothEnds, failure, localSender, requestTo } from './sending.ts';

test('without an allow-list this machine is out of reach, by address and by name', async () => {
	await using receiver = await startReceiver();
	const resolver = new FakeResolver({
		'hook.hooks.test': ['127.0.0.1'],
		'six.hooks.test': ['::1'],
		'mapped.hooks.test': ['::ffff:127.0.0.1'],
	});
	await using sender = await localSender({ allow: [], resolver });
	for (const host of ['127.0.0.1', 'localhost', 'a.localhost', 'localhost.', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433']) {
		assert.equal(brief(await sender.send(requestTo(receiver.url('/', host)))), 'refused-by-guard', host);
	}
	assert.deepEqual(resolver.lookups, [], 'an address is vetted as it stands');
	for (const host of ['hook.hooks.test', 'six.hooks.test', 'mapped.hooks.test']) {
		const result = failure(await sender.send(requestTo(receiver.url('/', host))));
		assert.equal(result.errorClass, 'refused-by-guard', host);
		assert.match(result.message, /^\w+\.hooks\.test resolves to \S+, which is loopback$/);
		assert.ok(result.timings.dnsMs !== undefined);
	}
	assert.equal(receiver.connections.tcp, 0);
});

test('http and credentials are refused before anything is looked up', async () => {
	const resolver = new FakeResolver({ 'hook.hooks.test': ['127.0.0.1'] });
	await using sender = await localSender({ resolver });
	for (const url of ['http://hook.hooks.test/', 'https://user:secret@hook.hooks.test/', 'ftp://hook.hooks.test/', 'hook.hooks.test', '']) {
		assert.equal(brief(await sender.send(requestTo(url))), 'refused-by-guard', url);
	}
	assert.deepEqual(resolver.lookups, []);
});

test('a webhook URL is judged without a lookup: names pass, what is written down is vetted', async () => {
	const resolver = new FakeResolver({ 'hook.hooks.test': ['10.0.0.1'] });
	await using sender = await localSender({ resolver });
	assert.equal(sender.refuse('https://hook.hooks.test/'), undefined);
	assert.equal(sender.refuse('https://127.0.0.1:8443/'), undefined);
	assert.equal(sender.refuse('http://hook.hooks.test/')?.code, 'not_https');
	assert.deepEqual(sender.refuse('https://169.254.169.254/'), {
		code: 'address_refused',
		message: '169.254.169.254 is link-local',
		host: '169.254.169.254',
	});
	for (const odd of [
		'https:///x',
		'https:x',
		' https://hook.hooks.test/ ',
		'https:\\\\hook.hooks.test',
		'https://hook.hooks.test/a b',
		'nothing',
	]) {
		assert.equal(sender.refuse(odd)?.code, 'not_a_url', odd);
	}
	assert.deepEqual(resolver.lookups, []);
});

test('one bad address among good ones refuses all', async () => {
	await using receiver = await startReceiver();
	const resolver = new FakeResolver({ 'mixed.hooks.test': ['127.0.0.1', '10.0.0.1'] });
	await using sender = await localSender({ resolver });
	const result = failure(await sender.send(requestTo(receiver.url('/', 'mixed.hooks.test'))));
	assert.equal(result.errorClass, 'refused-by-guard');
	assert.equal(result.message, 'mixed.hooks.test resolves to 10.0.0.1, which is private');
	assert.equal(receiver.connections.tcp, 0);
});

test('a name is looked up once for a connection, so a second answer has nobody to fool', async () => {
	// 127.0.0.1 stands for the public address, 127.0.0.2 for the private one that the name turns to after it was vetted.
	await using outside = await startReceiver();
	await using inside = await startReceiver({ host: '127.0.0.2', port: outside.port });
	const resolver = new FakeResolver();
	resolver.set('rebind.hooks.test', ['127.0.0.1'], ['127.0.0.2']);
	const clock = new FakeClock();
	await using sender = await localSender({ resolver, clock });
	assert.equal(brief(await sender.send(requestTo(outside.url('/', 'rebind.hooks.test')))), '200');
	assert.deepEqual(resolver.lookups, ['rebind.hooks.test']);
	assert.equal(outside.requests.length, 1);
	outside.dropConnections();
	await closedAtBothEnds();
	await clock.advance(resolver.ttlMs);
	assert.equal(brief(await sender.send(requestTo(outside.url('/', 'rebind.hooks.test')))), 'refused-by-guard');
	assert.equal(inside.connections.tcp, 0);
});

test('a name is connected to and verified as itself', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender({ resolver: new FakeResolver({ 'hook.hooks.test': ['127.0.0.1'] }) });
	const result = answered(await sender.send(requestTo(receiver.url('/', 'HOOK.Hooks.test.'))));
	assert.equal(result.status, 200);
	assert.ok(result.timings.dnsMs !== undefined);
});

test('an address that is allowed is connected to without a lookup', async () => {
	await using receiver = await startReceiver();
	const resolver = new FakeResolver();
	await using sender = await localSender({ resolver });
	assert.equal(brief(await sender.send(requestTo(receiver.url('/', '127.0.0.1')))), '200');
	assert.deepEqual(resolver.lookups, []);
});

test('of several addresses, one that answers is found', async () => {
	await using receiver = await startReceiver();
	const resolver = new FakeResolver({ 'two.hooks.test': ['127.0.0.9', '127.0.0.1'] });
	await using sender = await localSender({ resolver, allow: ['127.0.0.0/24'] });
	assert.equal(brief(await sender.send(requestTo(receiver.url('/', 'two.hooks.test')))), '200');
});

test('localhost is this machine and not asked of DNS', async () => {
	await using receiver = await startReceiver();
	const resolver = new FakeResolver({ localhost: ['192.0.2.1'], 'a.localhost': ['192.0.2.1'] });
	await using sender = await localSender({ resolver });
	assert.equal(brief(await sender.send(requestTo(receiver.url('/', 'localhost')))), '200');
	assert.equal(brief(await sender.send(requestTo(receiver.url('/', 'a.localhost')))), '200');
	assert.deepEqual(resolver.lookups, []);
});

test('a name that does not resolve is a failure of dns', async () => {
	const resolver = new FakeResolver({ 'gone.hooks.test': 'ENOTFOUND', 'silent.hooks.test': 'ETIMEOUT', 'empty.hooks.test': [] });
	await using sender = await localSender({ resolver });
	const messages: string[] = [];
	for (const host of ['gone.hooks.test', 'silent.hooks.test', 'empty.hooks.test']) {
		const result = failure(await sender.send(requestTo(`https://${host}/`)));
		assert.equal(result.errorClass, 'dns');
		messages.push(result.message);
	}
	assert.deepEqual(messages, [
		'gone.hooks.test cannot be resolved (ENOTFOUND)',
		'silent.hooks.test cannot be resolved (ETIMEOUT)',
		'empty.hooks.test has no address (ENODATA)',
	]);
});

test('a closed port is a failure of connect', async () => {
	const { port } = await closedPort();
	await using sender = await localSender();
	const result = failure(await sender.send(requestTo(`https://127.0.0.1:${port}/`)));
	assert.equal(result.errorClass, 'connect');
	assert.equal(result.message, 'No connection to 127.0.0.1 (ECONNREFUSED)');
});

test('a certificate that is wrong is a failure of tls that says what is wrong', async () => {
	const authority = await testAuthority();
	const stranger = await createAuthority({ now: Date.now, name: 'Somebody' });
	const day = 86_400_000;
	const cases = [
		[await authority.issue({ names: ['hook.hooks.test'], notAfter: new Date(Date.now() - day), notBefore: new Date(0) }), 'has expired'],
		[await authority.issue({ names: ['hook.hooks.test'], notBefore: new Date(Date.now() + day) }), 'is not valid yet'],
		[await authority.issue({ names: ['other.hooks.test'] }), 'is for another name'],
		[await selfSignedCertificate('hook.hooks.test'), 'is self-signed and not trusted here'],
		[await stranger.issue({ names: ['hook.hooks.test'] }), 'comes from an authority that is not trusted here'],
	] as const;
	await using sender = await localSender({ resolver: new FakeResolver({ 'hook.hooks.test': ['127.0.0.1'] }) });
	for (const [certificate, words] of cases) {
		await using receiver = await startReceiver({ certificate });
		const result = failure(await sender.send(requestTo(receiver.url('/', 'hook.hooks.test'))));
		assert.equal(result.errorClass, 'tls', words);
		assert.ok(result.message.startsWith(`The certificate of hook.hooks.test ${words}`), result.message);
		assert.equal(receiver.requests.length, 0);
	}
});

test('a certificate of the right name but for an address is a failure of tls', async () => {
	const certificate = await (await testAuthority()).issue({ names: ['hook.hooks.test'] });
	await using receiver = await startReceiver({ certificate });
	await using sender = await localSender();
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), 'tls');
});

test('NODE_TLS_REJECT_UNAUTHORIZED in the environment changes nothing', async (context) => {
	const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
	process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
	context.after(() => {
		if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
		else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
	});
	await using receiver = await startReceiver();
	await using sender = new GuardedSender({ clock: systemClock, allow: ['127.0.0.1'] });
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), 'tls');
});

test('an own authority is trusted besides those of the system', async (context) => {
	const before = getCACertificates('default');
	context.after(() => setDefaultCACertificates(before));
	const [ofSystem, own] = [await createAuthority({ now: Date.now }), await createAuthority({ now: Date.now })];
	setDefaultCACertificates([ofSystem.certificatePem]);
	await using sender = await localSender({ ca: own.certificatePem });
	for (const authority of [ofSystem, own]) {
		await using receiver = await startReceiver({ certificate: await authority.issue({ names: ['127.0.0.1'] }) });
		assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	}
});

test('something else than TLS behind the port is a failure of tls', async () => {
	const plain = createServer((socket) => {
		socket.on('error', () => {});
		socket.end('SSH-2.0-OpenSSH_9.6\r\n');
	}).listen(0, '127.0.0.1');
	await once(plain, 'listening');
	await using sender = await localSender();
	const { port } = plain.address() as AddressInfo;
	const result = failure(await sender.send(requestTo(`https://127.0.0.1:${port}/`)));
	assert.equal(result.errorClass, 'tls');
	assert.ok(result.message.startsWith('The TLS handshake with 127.0.0.1 failed ('), result.message);
	plain.close();
});

async function closedPort(): Promise<AddressInfo> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return address;
}
