/** Z-API's calls on the real server: what comes in reaches the services as meant, answers are as documented, errors are in English. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zApiDialect } from '../../src/dialects/z-api/dialect.ts';
import { ERRORS, type ErrorCode, RecadoError } from '../../src/errors.ts';
import { differencesFromExample, httpContract, type Json, seedBlocks } from '../support/contract.ts';
import { ownMessage } from './events.ts';
import { CLIENT_TOKEN, INSTANCE_TOKEN, messageId, type Reply, World } from './world.ts';

const BASE = `/instances/ins_1/token/${INSTANCE_TOKEN}`;

async function start(): Promise<World> {
	const world = new World();
	return world.mount(zApiDialect(world));
}

function call(world: World, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Reply> {
	return world.ask({ method, url: `${BASE}/${path}`, ...(body === undefined ? {} : { body }) });
}

function documented(id: string): Json {
	return httpContract('z-api', id).responses['200']?.body ?? null;
}

function exampleBody(id: string): object {
	return httpContract('z-api', id).body.example ?? {};
}

test('the path says who calls; Client-Token is asked for once it is enforced, ignored before', async () => {
	await using world = await start();
	const ask = (url: string, headers: Record<string, string> = {}) => world.ask({ url: `${url}/status`, headers });
	assert.equal((await ask(BASE)).status, 200);
	assert.equal((await ask(BASE, { 'client-token': 'wrong' })).status, 200);
	for (const url of ['/instances/ins_1/token/wrong', `/instances/ins_2/token/${INSTANCE_TOKEN}`]) {
		const reply = await ask(url);
		assert.deepEqual([reply.status, reply.body], [401, { error: 'Credentials are missing or wrong' }]);
	}
	world.account = { ...world.account, clientTokenEnforced: true };
	for (const missing of [await ask(BASE), await ask(BASE, { 'client-token': '' })]) {
		assert.deepEqual([missing.status, missing.body], [401, { error: 'null not allowed' }]);
	}
	assert.equal((await ask(BASE, { 'client-token': 'wrong' })).status, 401);
	assert.equal((await ask(BASE, { 'client-token': CLIENT_TOKEN })).status, 200);
});

test('every documented send call is accepted and answered with the three ids', async () => {
	await using world = await start();
	for (const kind of ['text', 'image', 'audio', 'video', 'document', 'location', 'contact', 'reaction']) {
		const id = `message.send-message-${kind}`;
		const path = httpContract('z-api', id).path.replace('/instances/{instanceId}/token/{token}/', '').replace('{extension}', 'pdf');
		const reply = await call(world, 'POST', path, exampleBody(id));
		assert.equal(reply.status, 200, kind);
		assert.deepEqual(differencesFromExample(reply.body, documented(id)), []);
	}
	assert.deepEqual(
		world.sent.map(({ content }) => ('medium' in content ? content.medium : content.kind)),
		['text', 'image', 'audio', 'video', 'document', 'location', 'contact', 'upon'],
	);
	assert.equal((await call(world, 'POST', 'send-text', exampleBody('message.reply-message'))).status, 200);
	assert.equal(world.sent.at(-1)?.replyTo, '3999984263738042930CD6ECDE9VDWSA');
});

test('the members of the calls reach the service', async () => {
	await using world = await start();
	const source = 'https://a.test/x';
	const medium = { kind: 'medium', source };
	const cases: readonly [string, object, object][] = [
		['send-text', { message: 'hi' }, { kind: 'text', text: 'hi' }],
		[
			'send-image',
			{ image: source, caption: 'c', viewOnce: true },
			{ ...medium, medium: 'image', field: 'image', caption: 'c', viewOnce: true },
		],
		['send-audio', { audio: source, viewOnce: false }, { ...medium, medium: 'audio', field: 'audio', viewOnce: false }],
		['send-video', { video: source, caption: 'c' }, { ...medium, medium: 'video', field: 'video', caption: 'c' }],
		[
			'send-document/pdf',
			{ document: source, fileName: 'My PDF', caption: 'c' },
			{ ...medium, medium: 'document', field: 'document', mimeType: 'application/pdf', fileName: 'My PDF.pdf', caption: 'c' },
		],
		['send-document', { document: source }, { ...medium, medium: 'document', field: 'document' }],
		[
			'send-location',
			{ title: 't', address: 'a', latitude: '-23.0696347', longitude: -50.5 },
			{ kind: 'location', latitude: -23.0696347, longitude: -50.5, name: 't', address: 'a' },
		],
		[
			'send-reaction',
			{ reaction: '❤️', messageId: '3EB0AA' },
			{ kind: 'upon', whatsappId: '3EB0AA', act: { kind: 'reaction', emoji: '❤️' } },
		],
		[
			'send-text',
			{ message: 'hi', editMessageId: '3EB0AA' },
			{ kind: 'upon', whatsappId: '3EB0AA', act: { kind: 'edit', content: { kind: 'text', text: 'hi' } } },
		],
		[
			'send-document/pdf',
			{ document: source, caption: 'c', editDocumentMessageId: '3EB0AA' },
			{ kind: 'upon', whatsappId: '3EB0AA', act: { kind: 'edit', content: { kind: 'text', text: 'c' } } },
		],
	];
	for (const [path, body, content] of cases) {
		const reply = await call(world, 'POST', path, { phone: '5511999999999', delayMessage: 2, ...body });
		assert.equal(reply.status, 200, path);
		const { instance, ...command } = world.sent.at(-1) ?? {};
		assert.equal(instance?.id, 'ins_1');
		assert.deepEqual(command, { phone: '5511999999999', origin: 'api', delayMs: 2000, content });
	}
});

test('send-contact builds a card that a name cannot break out of', async () => {
	await using world = await start();
	const body = {
		phone: '5511999999999',
		contactName: 'A;B\nTEL:1',
		contactPhone: '+55 44 98398-7331',
		contactBusinessDescription: 'Loja, SP',
	};
	assert.equal((await call(world, 'POST', 'send-contact', body)).status, 200);
	assert.deepEqual(world.sent[0]?.content, {
		kind: 'contact',
		name: 'A;B\nTEL:1',
		phones: ['5544983987331'],
		vCard: [
			'BEGIN:VCARD',
			'VERSION:3.0',
			'N:;A\\;B\\nTEL:1;;;',
			'FN:A\\;B\\nTEL:1',
			'TEL;type=CELL;type=VOICE;waid=5544983987331:+5544983987331',
			'X-WA-BIZ-DESCRIPTION:Loja\\, SP',
			'END:VCARD',
		].join('\n'),
		description: 'Loja, SP',
	});
	const wrong = await call(world, 'POST', 'send-contact', { ...body, contactPhone: 'x' });
	assert.deepEqual(wrong.body, { error: 'The request is not as documented: contactPhone must be digits with country code' });
});

test('what is wrong is said in English: the documented "Invalid phone", faults one by one, coordinates off the globe', async () => {
	await using world = await start();
	const phone = await call(world, 'POST', 'send-text', { phone: '123', message: 'hi' });
	assert.deepEqual([phone.status, phone.body], [400, { error: 'Invalid phone' }]);
	const types = await call(world, 'POST', 'send-text', { phone: 1, message: '', delayMessage: 0 });
	assert.deepEqual(types.body, {
		error: 'The request is not as documented: phone must be text; delayMessage must be at least 1; message must not be empty',
	});
	const place = { phone: '5511999999999', title: 't', address: 'a', latitude: '91', longitude: 'east' };
	assert.deepEqual((await call(world, 'POST', 'send-location', place)).body, {
		error: 'The request is not as documented: latitude must be a decimal from -90 to 90; longitude must be a decimal from -180 to 180',
	});
	assert.deepEqual(world.sent, []);
});

test('a text or a caption beyond what WhatsApp takes is refused', async () => {
	await using world = await start();
	const tooLong = 'a'.repeat(65_537);
	const asked = [
		await call(world, 'POST', 'send-text', { phone: '5544999999999', message: tooLong }),
		await call(world, 'POST', 'send-image', { phone: '5544999999999', image: 'https://a.example/a.png', caption: tooLong }),
	];
	assert.deepEqual(
		asked.map(({ status, body }) => [status, body]),
		['message', 'caption'].map((name) => [400, { error: `The request is not as documented: ${name} must have at most 65536 characters` }]),
	);
	assert.equal(world.sent.length, 0);
});

test('an edited document needs the caption that it has from then on', async () => {
	await using world = await start();
	const document = { phone: '5511999999999', document: 'https://a.test/x.pdf', editDocumentMessageId: '3EB0AA' };
	const reply = await call(world, 'POST', 'send-document/pdf', document);
	assert.deepEqual([reply.status, reply.body], [400, { error: 'The request is not as documented: caption is required' }]);
	assert.deepEqual(world.sent, []);
});

test('an Idempotency-Key makes sending twice sending once', async () => {
	await using world = await start();
	const send = () =>
		world.ask({
			method: 'POST',
			url: `${BASE}/send-text`,
			headers: { 'idempotency-key': 'k1' },
			body: { phone: '5511999999999', message: 'hi' },
		});
	const [first, again] = [await send(), await send()];
	assert.deepEqual([again.body, world.sent.length], [first.body, 1]);
});

test('405 with Allow, 415, 404: in the form of the dialect', async () => {
	await using world = await start();
	const method = await call(world, 'POST', 'update-webhook-delivery', { value: 'https://a.test' });
	assert.deepEqual([method.status, method.headers['allow'], method.body], [405, 'PUT', { error: 'POST is not possible here; use PUT' }]);
	const type = await world.ask({ method: 'POST', url: `${BASE}/send-text`, headers: { 'content-type': 'text/plain' }, payload: '{}' });
	assert.deepEqual([type.status, type.body], [415, { error: 'Send the body with the header Content-Type: application/json' }]);
	assert.deepEqual((await call(world, 'GET', 'nothing')).body, { error: 'There is nothing at this address' });
	assert.equal((await world.ask({ method: 'HEAD', url: `${BASE}/disconnect` })).status, 405);
	assert.deepEqual(world.calls, []);
});

test('instance: status in both states, session calls, QR code', async () => {
	await using world = await start();
	assert.deepEqual((await call(world, 'GET', 'status')).body, documented('instance.status'));
	world.instance = { ...world.instance, state: 'disconnected' };
	assert.deepEqual((await call(world, 'GET', 'status')).body, {
		connected: false,
		error: 'You are not connected.',
		smartphoneConnected: false,
	});
	assert.deepEqual((await call(world, 'GET', 'qr-code')).body, { connected: false });
	world.qrCode = '2@abc';
	assert.deepEqual((await call(world, 'GET', 'qr-code')).body, { value: '2@abc' });
	for (const path of ['restart', 'restore-session', 'disconnect']) {
		assert.deepEqual((await call(world, 'GET', path)).body, { value: true });
	}
	assert.deepEqual(world.calls, ['restart ins_1', 'connect ins_1', 'disconnect ins_1']);
});

test('update-webhook-*: one slot of the instance each (seed 003 for delivery)', async () => {
	await using world = await start();
	const [request] = seedBlocks('003');
	const url = 'https://endereco-do-seu-sistema.com.br/instancia/SUA_INSTANCIA/delivery';
	for (const [ending, slot] of [
		['delivery', 'delivery'],
		['received', 'received'],
		['message-status', 'messageStatus'],
		['disconnected', 'disconnected'],
		['connected', 'connected'],
		['chat-presence', 'chatPresence'],
	]) {
		const reply = await call(world, 'PUT', `update-webhook-${ending}`, request ?? {});
		assert.deepEqual([reply.status, reply.body], [200, { value: true }]);
		assert.deepEqual(world.slots.get(slot ?? ''), { url });
	}
	assert.deepEqual(world.owners[0], { accountId: 'acc_1', instanceId: 'ins_1', dialect: 'z-api' });
	await call(world, 'PUT', 'update-webhook-received-delivery', { value: 'https://b.test' });
	assert.deepEqual(world.slots.get('received'), { url: 'https://b.test', sentByMe: true });
	await call(world, 'PUT', 'update-webhook-receive', { value: '' });
	assert.equal(world.slots.has('received'), false);
	const refused = await call(world, 'PUT', 'update-webhook-delivery', { value: 'http://b.test' });
	assert.deepEqual([refused.status, refused.body], [400, { error: 'A webhook must be an https URL: http://b.test' }]);
	assert.deepEqual(world.slots.get('delivery'), { url });
	assert.deepEqual((await call(world, 'PUT', 'update-webhook-delivery', { value: 5 })).body, {
		error: 'The request is not as documented: value must be text or null',
	});
	assert.equal((await call(world, 'PUT', 'update-webhook-delivery', {})).status, 400);
});

test('update-every-webhooks and update-notify-sent-by-me', async () => {
	await using world = await start();
	const early = await call(world, 'PUT', 'update-notify-sent-by-me', { notifySentByMe: true });
	assert.deepEqual([early.status, early.body], [400, { error: 'Configure the received webhook first' }]);
	const reply = await call(world, 'PUT', 'update-every-webhooks', exampleBody('webhooks.update-every-webhooks'));
	assert.deepEqual(reply.body, documented('webhooks.update-every-webhooks'));
	assert.deepEqual([...world.slots.keys()], ['delivery', 'received', 'messageStatus', 'disconnected', 'connected', 'chatPresence']);
	assert.equal(world.slots.get('received')?.sentByMe, true);
	assert.equal(world.slots.get('delivery')?.sentByMe, undefined);
	const off = await call(world, 'PUT', 'update-notify-sent-by-me', { notifySentByMe: false });
	assert.deepEqual(off.body, documented('webhooks.update-notify-sent-by-me'));
	assert.equal(world.slots.get('received')?.sentByMe, false);
	assert.equal((await call(world, 'PUT', 'update-notify-sent-by-me', { notifySentByMe: 'no' })).status, 400);
	assert.equal((await call(world, 'PUT', 'update-every-webhooks', { value: 'https://a.test', notifySentByMe: 1 })).status, 400);
});

test('queue: listed, counted, emptied, one taken out', async () => {
	await using world = await start();
	world.queue = [
		ownMessage({ id: messageId(1), whatsappId: 'W1', instanceId: 'ins_1', status: 'queued', dueAt: 1632228641000 }),
		ownMessage({
			id: messageId(2),
			content: { kind: 'image', url: 'https://a.test', mimeType: 'image/png', caption: 'c' },
			status: 'queued',
		}),
	];
	const list = await call(world, 'GET', 'queue?page=1&pageSize=10');
	assert.deepEqual(differencesFromExample(list.body, documented('queue.get-queue')), []);
	assert.deepEqual((list.body as { messages: unknown[] }).messages[0], {
		_id: '00000000000000000000000000000001',
		DelayMessage: 3,
		Message: 'teste',
		IsTrial: false,
		InstanceId: 'ins_1',
		Phone: '5511999999999',
		ZaapId: '00000000000000000000000000000001',
		DelayTyping: 0,
		MessageId: 'W1',
		Created: 1632228638000,
	});
	assert.equal((await call(world, 'GET', 'queue?pageSize=0')).status, 400);
	assert.deepEqual((await call(world, 'GET', 'queue/count')).body, { count: 2 });
	assert.deepEqual((await call(world, 'DELETE', 'queue/00000000000000000000000000000002')).body, { value: true });
	assert.deepEqual((await call(world, 'DELETE', 'queue')).body, { value: true });
	assert.deepEqual(world.calls, [`dequeue ${messageId(2)}`, 'emptyQueue ins_1']);
	for (const zaapId of ['nonsense', '00000000000000000000000000000009']) {
		assert.equal((await call(world, 'DELETE', `queue/${zaapId}`)).status, 404);
	}
});

test('queue by POST: pages, in the order of going', async () => {
	await using world = await start();
	world.queue = Array.from({ length: 25 }, (_, index) =>
		ownMessage({ id: messageId(index + 1), status: 'queued', createdAt: 1632228638000 }),
	);
	const first = await call(world, 'POST', 'queue', {});
	assert.deepEqual(differencesFromExample(first.body, documented('queue.post-queue')), []);
	const { messages, hasMore, pagingState } = first.body as { messages: { CreatedAt: string }[]; hasMore: boolean; pagingState: string };
	assert.deepEqual([messages.length, hasMore, messages[0]?.CreatedAt], [20, true, '2021-09-21T12:50:38.000+00:00']);
	// What went in between moves nothing.
	world.queue = world.queue.slice(22);
	const rest = await call(world, 'POST', 'queue', { pageSize: 30, pagingState });
	const last = rest.body as { messages: unknown[]; hasMore: boolean; pagingState: string };
	assert.deepEqual([last.messages.length, last.hasMore, last.pagingState], [3, false, '']);
	assert.equal((await call(world, 'POST', 'queue', { pageSize: 31 })).status, 400);
	assert.equal((await call(world, 'POST', 'queue', { pagingState: 'nonsense' })).status, 400);
});

test('every error of the catalogue has the form of the dialect', () => {
	const dialect = zApiDialect(new World());
	for (const code of Object.keys(ERRORS) as ErrorCode[]) {
		const { body, contentType } = dialect.tellError(new RecadoError(code), {
			method: 'GET',
			path: '/instances/x',
			id: '1',
			language: 'en',
		});
		assert.match(contentType, /^application\/json/);
		assert.deepEqual(Object.keys(body as object), ['error']);
	}
});
