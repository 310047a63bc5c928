/** Whatever a receiver answers becomes a value: every status, bodies bounded, headers bounded, nothing followed, nothing unpacked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FakeResolver } from '../support/fake-resolver.ts';
import { startReceiver } from '../support/receiver.ts';
import { answered, brief, failure, localSender, requestTo } from './sending.ts';

test('the request arrives as given, and the answer comes back with its timings', async () => {
	await using receiver = await startReceiver({
		treat: { kind: 'answer', status: 201, headers: { 'x-one': 'a', 'retry-after': '7' }, body: 'olá' },
	});
	await using sender = await localSender();
	const headers = { 'content-type': 'application/json', 'webhook-id': 'dlv_1' };
	const result = answered(await sender.send(requestTo(receiver.url('/hook?a=1#frag'), { headers, body: '{"text":"ação"}' })));
	assert.equal(result.status, 201);
	assert.equal(result.body, 'olá');
	assert.equal(result.headers['x-one'], 'a');
	assert.equal(result.headers['retry-after'], '7');
	const { connectMs, tlsMs, firstByteMs, totalMs, dnsMs } = result.timings;
	assert.ok(connectMs !== undefined && tlsMs !== undefined && firstByteMs !== undefined);
	assert.ok(totalMs + 0.05 >= connectMs + tlsMs + firstByteMs, 'but for their rounding');
	assert.equal(dnsMs, undefined, 'an address needs no lookup');

	const [request] = await receiver.arrived(1);
	assert.equal(request?.method, 'POST');
	assert.equal(request?.path, '/hook?a=1');
	assert.equal(request?.text, '{"text":"ação"}');
	assert.equal(request?.headers['webhook-id'], 'dlv_1');
	assert.equal(request?.headers['content-length'], String(Buffer.byteLength('{"text":"ação"}')));
	assert.equal(request?.headers['accept-encoding'], undefined);
});

test('an answer that does not come in one piece says how long the rest took', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'endless' } });
	await using sender = await localSender();
	const { timings } = answered(await sender.send(requestTo(receiver.url(), { responseBytesMax: 8_000_000 })));
	const { firstByteMs = 0, bodyMs = 0, totalMs } = timings;
	assert.ok(bodyMs >= 1, `${bodyMs} ms for eight megabytes`);
	assert.ok(totalMs + 0.05 >= firstByteMs + bodyMs);
});

test('every status is an answer', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	for (const status of [200, 202, 204, 299, 304, 400, 401, 404, 410, 429, 500, 503]) {
		receiver.treatNext(status);
		assert.equal(brief(await sender.send(requestTo(receiver.url()))), String(status));
	}
	assert.equal(receiver.connections.tcp, 1);
});

test('a redirect is not followed', async () => {
	await using elsewhere = await startReceiver();
	await using receiver = await startReceiver({ treat: { kind: 'redirect', to: elsewhere.url('/private'), status: 307 } });
	await using sender = await localSender();
	const result = answered(await sender.send(requestTo(receiver.url())));
	assert.equal(result.status, 307);
	assert.equal(result.headers['location'], elsewhere.url('/private'));
	assert.equal(elsewhere.connections.tcp, 0);
});

test('early hints are not the answer', async () => {
	const bytes = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok';
	await using receiver = await startReceiver({ treat: { kind: 'raw', bytes } });
	await using sender = await localSender();
	const result = answered(await sender.send(requestTo(receiver.url())));
	assert.equal(result.status, 200);
	assert.equal(result.body, 'ok');
	assert.equal(result.headers['link'], undefined);
});

test('of a long answer the beginning is kept, without half a character', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'answer', status: 200, body: 'é'.repeat(1_000) } });
	await using sender = await localSender();
	const result = answered(await sender.send(requestTo(receiver.url(), { responseBytesKept: 5 })));
	assert.equal(result.body, 'éé');
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	assert.equal(receiver.connections.tcp, 1, 'it was read to its end, so the connection is reused');
});

test('an endless answer counts by its status and is broken off', async () => {
	await using receiver = await startReceiver({ treat: { kind: 'endless', status: 503 } });
	await using sender = await localSender();
	const result = answered(await sender.send(requestTo(receiver.url(), { responseBytesKept: 10 })));
	assert.equal(result.status, 503);
	assert.equal(result.body, '.xxxxxxxxx');
	await receiver.openConnections(0);
});

test('a compressed answer is not unpacked', async () => {
	const bomb = gzipSync(Buffer.alloc(20_000_000));
	assert.ok(bomb.length < 30_000);
	await using receiver = await startReceiver({
		treat: { kind: 'answer', status: 200, headers: { 'content-encoding': 'gzip' }, body: bomb },
	});
	await using sender = await localSender();
	const result = answered(await sender.send(requestTo(receiver.url())));
	assert.equal(result.body, `(${bomb.length} bytes of gzip, not decompressed)`);
});

test('headers of an answer are bounded', async () => {
	await using receiver = await startReceiver({
		treat: { kind: 'raw', bytes: `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\ncontent-length: 0\r\n\r\n` },
	});
	await using sender = await localSender();
	const result = failure(await sender.send(requestTo(receiver.url())));
	assert.equal(result.errorClass, 'too-large');
});

test('what is not HTTP, or breaks its own promise, is a reset', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	for (const bytes of [
		'220 smtp.example.com ready\r\n',
		'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this',
		'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
		'',
	]) {
		receiver.treatNext({ kind: 'raw', bytes });
		assert.equal(brief(await sender.send(requestTo(receiver.url()))), 'reset', bytes);
	}
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
});

test('a reset before or after the headers is a reset', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	for (const when of ['before-headers', 'after-headers'] as const) {
		receiver.treatNext({ kind: 'reset', when });
		const result = failure(await sender.send(requestTo(receiver.url())));
		assert.equal(result.errorClass, 'reset');
		assert.ok(result.timings.tlsMs !== undefined);
	}
	assert.equal(receiver.requests.length, 2, 'no attempt was repeated behind the back of its delivery');
});

test('a header that HTTP cannot carry is refused, not sent', async () => {
	await using receiver = await startReceiver();
	await using sender = await localSender();
	const result = failure(await sender.send(requestTo(receiver.url(), { headers: { 'x-a': 'b\r\nx-injected: 1' } })));
	assert.equal(result.errorClass, 'refused-by-guard');
	assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
	assert.equal(receiver.requests.length, 1);
});

test('property: whatever is asked of it, it answers with a value', async () => {
	await using sender = await localSender({ resolver: new FakeResolver() });
	const url = fc.oneof(fc.webUrl({ validSchemes: ['https', 'http'], withQueryParameters: true, withFragments: true }), fc.string());
	const headers = fc.dictionary(fc.string(), fc.string({ unit: 'binary' }));
	await fc.assert(
		fc.asyncProperty(url, headers, fc.string({ unit: 'binary' }), async (anyUrl, anyHeaders, body) => {
			const result = failure(await sender.send(requestTo(anyUrl, { headers: anyHeaders, body })));
			assert.ok(result.errorClass === 'dns' || result.errorClass === 'refused-by-guard', result.message);
		}),
	);
});
