import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { InjectOptions } from 'fastify';
import { RecadoError } from '../../src/errors.ts';
import { until } from '../support/waiting.ts';
import { startWorld, type World } from './support.ts';

const JSON_HEADERS = { 'content-type': 'application/json', authorization: 'Bearer me' };

async function ask(world: World, options: InjectOptions) {
	const reply = await world.server.app.inject({ ...options, headers: { ...JSON_HEADERS, ...options.headers } });
	return {
		status: reply.statusCode,
		headers: reply.headers,
		text: reply.body,
		body: reply.headers['content-type']?.toString().includes('json') ? reply.json() : undefined,
	};
}

test('a body is taken as it is: unknown keys stay, nothing is coerced', async () => {
	await using world = await startWorld();
	const { status, body, headers } = await ask(world, { method: 'POST', url: '/small/things', body: { name: 'a', more: { x: 1 } } });
	assert.equal(status, 201);
	assert.deepEqual(body, { id: 1, got: { name: 'a', more: { x: 1 } } });
	assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/);
	assert.equal(headers['x-content-type-options'], 'nosniff');
	assert.equal(headers['cache-control'], 'no-store');
	assert.equal(headers['strict-transport-security'], undefined);
	assert.deepEqual(world.answered.at(-1)?.route, '/small/things');
});

test('every fault is named, in the language of the dialect', async () => {
	await using world = await startWorld();
	const { status, body } = await ask(world, {
		method: 'POST',
		url: '/small/things',
		body: { name: 5, size: '3', color: 'green', image: { url: 1 }, tags: [{ id: 'ok' }, {}] },
	});
	assert.equal(status, 400);
	assert.equal(
		body.erro,
		'A requisição não segue a documentação: name deve ser texto; size deve ser um número inteiro; color deve ser um destes: red, blue; ' +
			'image.url deve ser texto; tags[1].id é obrigatório',
	);
	assert.equal(world.answered.at(-1)?.errorCode, 'invalid_request');
});

test('a body of very many faults is told its first', async () => {
	await using world = await startWorld();
	const { body } = await ask(world, { method: 'POST', url: '/small/things', body: { name: 'a', tags: Array(4000).fill({}) } });
	assert.equal(body.erro, 'A requisição não segue a documentação: tags[0].id é obrigatório');
});

test('addresses are coerced, with defaults', async () => {
	await using world = await startWorld();
	assert.deepEqual((await ask(world, { url: '/small/things/7?limit=9' })).body, { params: { id: '7' }, query: { limit: 9 } });
	assert.deepEqual((await ask(world, { url: '/small/things/7' })).body.query, { limit: 5 });
	assert.equal(
		(await ask(world, { url: '/small/things/7?limit=90' })).body.erro,
		'A requisição não segue a documentação: limit deve ser no máximo 50',
	);
});

test('bodies that are no JSON objects', async () => {
	await using world = await startWorld({ limits: { bodyBytesMax: 200 } });
	const post = (payload: string) => ask(world, { method: 'POST', url: '/small/things', payload });
	assert.deepEqual([(await post('{"name":')).status, (await post('{"name":')).body.code], [400, 'invalid_json']);
	assert.equal(
		(await post('{"name":')).body.erro,
		'O corpo não é um JSON válido: está malformado, ou tem uma chave proibida (__proto__, constructor)',
	);
	assert.equal((await post('{"name":"a","__proto__":{"x":1}}')).body.code, 'invalid_json');
	assert.equal((await post('[]')).body.erro, 'A requisição não segue a documentação: deve ser um objeto');
	assert.equal((await post('')).body.code, 'invalid_request');
	const large = await post(JSON.stringify({ name: 'x'.repeat(300) }));
	assert.deepEqual([large.status, large.body.erro], [413, 'O corpo passa de 200 bytes']);
});

test('a route with a body demands the content type, one without ignores it', async () => {
	await using world = await startWorld();
	const auth = { authorization: 'Bearer me' };
	for (const payload of ['{"name":"a"}', undefined]) {
		for (const headers of [auth, { ...auth, 'content-type': 'text/plain' }, { ...auth, 'content-type': 'application/jsonx' }]) {
			const reply = await world.server.app.inject({ method: 'POST', url: '/small/things', headers, ...(payload ? { payload } : {}) });
			assert.deepEqual([reply.statusCode, reply.json().code], [415, 'unsupported_media_type']);
		}
	}
	const charset = { ...auth, 'content-type': 'Application/JSON; charset=utf-8' };
	assert.equal(
		(await world.server.app.inject({ method: 'POST', url: '/small/things', headers: charset, payload: '{"name":"a"}' })).statusCode,
		201,
	);
	for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
		const start = { method: 'PUT', url: '/small/things/1/start', headers: { ...auth, 'content-type': type }, payload: 'not json' } as const;
		assert.equal((await world.server.app.inject(start)).statusCode, 200, type);
	}
});

test('other methods on a known path: 405 with Allow, before credentials and bodies', async () => {
	await using world = await startWorld();
	for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND'] as const) {
		const reply = await world.server.app.inject({
			method: method as 'GET',
			url: '/small/things?x=1',
			payload: 'x',
			headers: { 'content-type': 'text/plain' },
		});
		assert.equal(reply.statusCode, 405, method);
		assert.equal(reply.headers.allow, 'POST');
		if (method !== 'HEAD') assert.equal(reply.json().erro, `O método ${method} não é permitido aqui; use POST`);
	}
	const health = await world.server.app.inject({ method: 'POST', url: '/health' });
	assert.deepEqual([health.statusCode, health.headers.allow], [405, 'GET, HEAD']);
	assert.equal((await world.server.app.inject({ method: 'POST', url: '//small/things/9/' })).headers.allow, 'GET, HEAD');
});

test('unknown paths are told in the form of whose they are', async () => {
	await using world = await startWorld();
	const own = await ask(world, { url: '/small/nothing' });
	assert.deepEqual([own.status, own.body], [404, { erro: 'Não há nada neste endereço', code: 'not_found' }]);
	const posted = await ask(world, { method: 'POST', url: '/elsewhere', payload: 'x', headers: { 'content-type': 'text/plain' } });
	assert.deepEqual([posted.status, posted.body.code], [404, 'not_found']);
	assert.match(String(posted.headers['content-type']), /^application\/problem\+json/);
	assert.equal((await ask(world, { url: '/smaller' })).body.detail, 'There is nothing at this address');
	assert.equal((await ask(world, { url: '/small/%zz' })).body.code, 'not_found');
	assert.deepEqual([(await ask(world, { url: `/small/things/${'x'.repeat(300)}` })).status], [414]);
});

test('missing credentials: 401 comes before 415 and validation', async () => {
	await using world = await startWorld();
	const reply = await world.server.app.inject({
		method: 'POST',
		url: '/small/things',
		payload: 'x',
		headers: { 'content-type': 'text/plain' },
	});
	assert.deepEqual([reply.statusCode, reply.json().code, reply.headers['www-authenticate']], [401, 'unauthorized', 'Bearer']);
});

test('an unexpected error tells nothing but is logged whole', async () => {
	await using world = await startWorld();
	const { status, text } = await ask(world, { url: '/small/broken' });
	assert.equal(status, 500);
	assert.doesNotMatch(text, /secret detail|at .*\.ts/);
	assert.deepEqual(world.failures, [{ route: '/small/broken', error: new Error('secret detail') }]);
});

test('Idempotency-Key: the first answer again; another body is refused; owners do not meet', async () => {
	await using world = await startWorld();
	const post = (body: object, headers: Record<string, string> = {}) =>
		ask(world, { method: 'POST', url: '/small/things', body, headers: { 'idempotency-key': 'k1', ...headers } });
	const first = await post({ name: 'a', size: 2 });
	assert.equal(first.headers['idempotency-replayed'], undefined);
	const again = await post({ size: 2, name: 'a' });
	assert.deepEqual([again.status, again.text, again.headers['idempotency-replayed']], [201, first.text, 'true']);
	assert.equal(world.made, 1);
	const other = await post({ name: 'b' });
	assert.deepEqual([other.status, other.body.code], [422, 'idempotency_mismatch']);
	assert.equal((await post({ name: 'a', size: 2 }, { authorization: 'Bearer you' })).body.id, 2);
	assert.equal((await post({ name: 'a' }, { 'idempotency-key': 'x'.repeat(256) })).body.code, 'invalid_request');
	assert.equal((await post({ name: 'a' }, { 'idempotency-key': '' })).body.code, 'invalid_request');
	let deep: unknown = 1;
	for (let level = 0; level < 300; level += 1) deep = [deep];
	assert.equal((await post({ name: 'a', deep }, { 'idempotency-key': 'k2' })).body.code, 'invalid_request');
});

test('two requests with one key at the same time: the loser gets the answer of the winner', async () => {
	await using world = await startWorld();
	const body = { name: 'a' };
	const request: InjectOptions = { method: 'POST', url: '/small/things', body, headers: { 'idempotency-key': 'k1' } };
	let depth = 0;
	world.onMake = async () => {
		depth += 1;
		if (depth > 1) return;
		await ask(world, request);
		throw new RecadoError('idempotency_raced');
	};
	const loser = await ask(world, request);
	assert.deepEqual([loser.status, loser.body, loser.headers['idempotency-replayed']], [201, { id: 1, got: body }, 'true']);
	world.onMake = () => {
		throw new RecadoError('idempotency_raced', { retryAfterSeconds: 1 });
	};
	const unknown = await ask(world, { ...request, headers: { 'idempotency-key': 'k9' } });
	assert.deepEqual([unknown.status, unknown.headers['retry-after']], [409, '1']);
});

test('health, readiness and metrics', async () => {
	await using world = await startWorld({ publicUrl: 'https://recado.example' });
	world.clock.time += 61_500;
	const health = await ask(world, { url: '/health' });
	assert.deepEqual(health.body, { status: 'ok', version: '0.0.1', uptimeSeconds: 61 });
	assert.equal(health.headers['strict-transport-security'], 'max-age=31536000');
	assert.deepEqual((await ask(world, { url: '/ready' })).body, { status: 'ready', reasons: [] });
	world.isStoreDown = true;
	world.oldestDueAgeMs = 90_000;
	const unready = await ask(world, { url: '/ready' });
	assert.equal(unready.status, 503);
	assert.deepEqual(unready.body.reasons, ['the store takes no writes', 'the oldest due delivery has waited for 90 s']);
	assert.match((await ask(world, { url: '/metrics' })).text, /recado_http_request_seconds/);
});

test('closing lets an answer finish, refuses what comes meanwhile, and ends at the deadline', async (t) => {
	const world = await startWorld();
	const released = Promise.withResolvers<void>();
	t.after(() => {
		released.resolve();
		return world[Symbol.asyncDispose]();
	});
	const address = await world.server.listen({ host: '127.0.0.1', port: 0 });
	const entered = Promise.withResolvers<void>();
	world.onMake = async () => {
		entered.resolve();
		await released.promise;
	};
	const post = { method: 'POST', headers: JSON_HEADERS, body: '{"name":"a"}' };
	// A request whose head is half there, and read, when the end begins.
	const begun = 'GET /small/things/1 HTTP/1.1\r\nhost: x\r\n';
	const taken = once(world.server.app.server, 'connection');
	const half = connect(Number(new URL(address).port), '127.0.0.1');
	half.write(begun);
	const [reading] = (await taken) as [Socket];
	await until(() => reading.bytesRead === begun.length, { what: 'the half to be read', withinMs: 60_000 });
	assert.equal((await fetch(`${address}/health`)).status, 200);
	const slow = fetch(`${address}/small/things`, post);
	await entered.promise;
	const closing = world.server.close();
	assert.equal(world.server.close(), closing);
	await assert.rejects(fetch(`${address}/health`));
	half.end('\r\n');
	const late = await text(half);
	assert.match(late, /^HTTP\/1\.1 503 .*\r\nconnection: close\r\n.*\r\nretry-after: 5\r\n.*"code":"shutting_down"/s);
	released.resolve();
	assert.equal((await slow).status, 201);
	await closing;

	const stuck = await startWorld();
	const stuckAt = await stuck.server.listen({ host: '127.0.0.1', port: 0 });
	const stuckIn = Promise.withResolvers<void>();
	const end = Promise.withResolvers<void>();
	stuck.onMake = () => {
		stuckIn.resolve();
		return end.promise;
	};
	const cut = assert.rejects(fetch(`${stuckAt}/small/things`, post));
	await stuckIn.promise;
	const stuckClosing = stuck.server.close();
	stuck.clock.fireAll();
	await cut;
	await stuckClosing;
	end.resolve();
});

test('what is not HTTP gets an answer, too', async () => {
	await using world = await startWorld();
	const { port } = new URL(await world.server.listen({ host: '127.0.0.1', port: 0 }));
	const say = async (request: string): Promise<string> => {
		const socket = connect(Number(port), '127.0.0.1');
		socket.write(request);
		return await text(socket);
	};
	assert.match(await say('nonsense\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
	assert.match(await say(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
});
