import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { suite, type TestContext, test } from 'node:test';
import { GatewayClient } from './gateway-client.ts';

async function clientOf(t: TestContext, listener: RequestListener): Promise<GatewayClient> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	return new GatewayClient(`http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`, 'the-token');
}

suite('GatewayClient', () => {
	test('sends JSON with the token, which a header of the request replaces', async (t) => {
		const client = await clientOf(t, (request, response) => {
			const { authorization, 'content-type': type } = request.headers;
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString();
				response.end(JSON.stringify({ authorization, type, method: request.method, url: request.url, body }));
			});
		});
		assert.deepEqual(await client.call({ method: 'POST', path: '/a?b=1', body: { c: 1 } }), {
			authorization: 'Bearer the-token',
			type: 'application/json',
			method: 'POST',
			url: '/a?b=1',
			body: '{"c":1}',
		});
		assert.deepEqual(await client.call({ method: 'GET', path: '/', headers: { authorization: 'raw' } }), {
			authorization: 'raw',
			method: 'GET',
			url: '/',
			body: '',
		});
	});

	test('tells a refusal in the words of the gateway, of whatever dialect', async (t) => {
		const answers = [
			'{"title":"t","detail":"There is no account"}',
			'{"message":"Não autorizado"}',
			'{"error":"Invalid phone"}',
			'{"x":1}',
			'plain',
			'',
		];
		const client = await clientOf(t, (request, response) => response.writeHead(404).end(answers[Number(request.url?.slice(1))]));
		const words = ['There is no account', 'Não autorizado', 'Invalid phone', '\\{"x":1\\}', 'plain', 'nothing else'];
		for (const [index, expected] of words.entries()) {
			await assert.rejects(
				client.call({ method: 'GET', path: `/${index}` }),
				new RegExp(`^CommandFailure: GET /${index} was answered 404: ${expected}$`),
			);
		}
		assert.deepEqual(await client.ask({ method: 'GET', path: '/1' }), { status: 404, body: { message: 'Não autorizado' } });
	});

	test('says so where nobody answers', async (t) => {
		const client = await clientOf(t, (request) => void request.socket.destroy());
		await assert.rejects(client.ask({ method: 'GET', path: '/' }), /does not answer \(.+\); is it running\?/);
	});
});
