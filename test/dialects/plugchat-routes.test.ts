/** Plugchat's calls on the real server: what comes in reaches the services as meant, answers are as documented, errors are in Portuguese. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plugchatDialect } from '../../src/dialects/plugchat/dialect.ts';
import { ERRORS, type ErrorCode, RecadoError } from '../../src/errors.ts';
import { differencesFromExample, httpContract, type Json, seedBlocks } from '../support/contract.ts';
import { anAttendance, type Reply, TOKEN, World } from './world.ts';

async function start(): Promise<World> {
	const world = new World();
	return world.mount(plugchatDialect(world));
}

function call(world: World, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object): Promise<Reply> {
	return world.ask({ method, url, headers: { authorization: TOKEN }, ...(body === undefined ? {} : { body }) });
}

function documented(id: string): Json {
	return httpContract('plugchat', id).responses['200']?.body ?? null;
}

function exampleBody(id: string): object {
	return httpContract('plugchat', id).body.example ?? {};
}

test('the token comes bare or after Bearer; without it every call is refused', async () => {
	await using world = await start();
	for (const authorization of [TOKEN, `Bearer ${TOKEN}`, `bearer ${TOKEN}`]) {
		assert.equal((await world.ask({ url: '/api/whatsapp/status', headers: { authorization } })).status, 200);
	}
	for (const headers of [{}, { authorization: '' }, { authorization: 'Bearer ' }, { authorization: 'wrong' }]) {
		const reply = await world.ask({ url: '/api/whatsapp/status', headers });
		assert.deepEqual([reply.status, reply.body], [401, { error: 'Não autorizado' }]);
	}
});

test('send-text: the documented call and answer, with every member it takes', async () => {
	await using world = await start();
	const reply = await call(world, 'POST', '/api/whatsapp/send-text', exampleBody('message.send-message-text'));
	assert.equal(reply.status, 200);
	assert.deepEqual(differencesFromExample(reply.body, documented('message.send-message-text')), []);
	assert.deepEqual(reply.body, { zaapId: '00000000000000000000000000000001', messageId: '3EB01' });
	await call(world, 'POST', '/api/whatsapp/send-text', {
		phone: '5511999999999',
		message: 'oi',
		messageId: '3EB0AA',
		delayMessage: 3,
		customId: '123',
		ignored: 1,
	});
	const { instance, ...command } = world.sent.at(-1) ?? {};
	assert.equal(instance?.id, 'ins_1');
	assert.deepEqual(command, {
		phone: '5511999999999',
		content: { kind: 'text', text: 'oi' },
		origin: 'api',
		replyTo: '3EB0AA',
		customId: '123',
		delayMs: 3000,
	});
});

test('media: the documented calls reach the service with their source, caption and names', async () => {
	await using world = await start();
	const source = 'https://a.test/x';
	const medium = { kind: 'medium', source };
	const cases: readonly [string, object, object][] = [
		['send-image', { image: source, caption: 'c' }, { ...medium, medium: 'image', field: 'image', caption: 'c' }],
		['send-audio', { audio: source }, { ...medium, medium: 'audio', field: 'audio' }],
		['send-text/send-audio', { audio: source }, { ...medium, medium: 'audio', field: 'audio' }],
		['send-video', { video: source, caption: 'c' }, { ...medium, medium: 'video', field: 'video', caption: 'c' }],
		[
			'send-document/pdf',
			{ document: source, fileName: 'Meu PDF' },
			{ ...medium, medium: 'document', field: 'document', mimeType: 'application/pdf', fileName: 'Meu PDF.pdf' },
		],
		[
			'send-document/PDF',
			{ document: source, fileName: 'a.pdf' },
			{ ...medium, medium: 'document', field: 'document', mimeType: 'application/pdf', fileName: 'a.pdf' },
		],
		['send-document/strange', { document: source }, { ...medium, medium: 'document', field: 'document' }],
		['send-document', { document: source, fileName: 'a.bin' }, { ...medium, medium: 'document', field: 'document', fileName: 'a.bin' }],
	];
	for (const [path, body, content] of cases) {
		const reply = await call(world, 'POST', `/api/whatsapp/${path}`, { phone: '5511999999999', ...body });
		assert.equal(reply.status, 200, path);
		assert.deepEqual(differencesFromExample(reply.body, documented('message.send-message-image')), []);
		assert.deepEqual(world.sent.at(-1)?.content, content, path);
	}
	for (const kind of ['image', 'audio', 'video', 'document']) {
		const { path } = httpContract('plugchat', `message.send-message-${kind}`);
		assert.equal((await call(world, 'POST', path.replace('{extension}', 'pdf'), exampleBody(`message.send-message-${kind}`))).status, 200);
	}
});

test('what is wrong with a body is named one by one, in Portuguese', async () => {
	await using world = await start();
	const wrong = await call(world, 'POST', '/api/whatsapp/send-text', { phone: 5511999999999, delayMessage: 16 });
	assert.equal(wrong.status, 400);
	assert.deepEqual(wrong.body, {
		error: 'A requisição não segue a documentação: message é obrigatório; phone deve ser texto; delayMessage deve ser no máximo 15',
	});
	const phone = await call(world, 'POST', '/api/whatsapp/send-text', { phone: 'abc', message: 'oi' });
	assert.deepEqual([phone.status, phone.body], [400, { error: 'Telefone inválido' }]);
	assert.deepEqual(world.sent, []);
});

test('a text beyond what WhatsApp takes is refused', async () => {
	await using world = await start();
	const body = { phone: '5544999999999', message: 'a'.repeat(65_537) };
	const reply = await call(world, 'POST', '/api/whatsapp/send-text', body);
	assert.deepEqual(
		[reply.status, reply.body],
		[400, { error: 'A requisição não segue a documentação: message deve ter no máximo 65536 caracteres' }],
	);
});

test('an Idempotency-Key makes sending twice sending once', async () => {
	await using world = await start();
	const send = (message: string) =>
		world.ask({
			method: 'POST',
			url: '/api/whatsapp/send-text',
			headers: { authorization: TOKEN, 'idempotency-key': 'k1' },
			body: { phone: '5511999999999', message },
		});
	const [first, again] = [await send('oi'), await send('oi')];
	assert.deepEqual(again.body, first.body);
	assert.equal(world.sent.length, 1);
	assert.equal((await send('tchau')).status, 422);
});

test('405 with Allow, 415, 404: in the form of the dialect', async () => {
	await using world = await start();
	const method = await call(world, 'POST', '/api/integrations/update-webhooks', { value: 'https://a.test' });
	assert.deepEqual([method.status, method.headers['allow']], [405, 'PUT']);
	assert.deepEqual(Object.keys(method.body as object), ['error']);
	const type = await world.ask({
		method: 'PUT',
		url: '/api/integrations/update-webhooks',
		headers: { authorization: TOKEN, 'content-type': 'text/plain' },
		payload: '{}',
	});
	assert.deepEqual([type.status, Object.keys(type.body as object)], [415, ['error']]);
	assert.deepEqual((await call(world, 'GET', '/api/whatsapp/nothing')).body, { error: 'Não há nada neste endereço' });
	assert.equal((await world.ask({ method: 'HEAD', url: '/api/whatsapp/disconnect', headers: { authorization: TOKEN } })).status, 405);
	assert.deepEqual(world.calls, []);
});

test('instance: status in both states, session calls, QR code', async () => {
	await using world = await start();
	const connected = await call(world, 'GET', '/api/whatsapp/status');
	assert.deepEqual(connected.body, documented('instance.status'));
	world.instance = { ...world.instance, state: 'disconnected' };
	assert.deepEqual((await call(world, 'GET', '/api/whatsapp/status')).body, {
		connected: false,
		session: false,
		error: 'You are not connected.',
		smartphoneConnected: false,
	});
	assert.deepEqual((await call(world, 'GET', '/api/whatsapp/qr-code')).body, { connected: false });
	world.qrCode = '2@abc';
	assert.deepEqual((await call(world, 'GET', '/api/whatsapp/qr-code')).body, { value: '2@abc' });
	for (const path of ['restart', 'restore-session', 'disconnect']) {
		assert.deepEqual((await call(world, 'GET', `/api/whatsapp/${path}`)).body, { value: true });
	}
	assert.deepEqual(world.calls, ['restart ins_1', 'connect ins_1', 'disconnect ins_1']);
	world.hasInstance = false;
	assert.equal((await call(world, 'GET', '/api/whatsapp/status')).status, 409);
});

test('update-webhooks, seed 002: the slots in the body', async () => {
	await using world = await start();
	const [body] = seedBlocks('002');
	const reply = await call(world, 'PUT', '/api/integrations/update-webhooks', body ?? {});
	assert.deepEqual([reply.status, reply.body], [200, { value: true }]);
	assert.deepEqual([...world.slots.keys()].sort(), Object.keys(body ?? {}).sort());
	assert.deepEqual(world.slots.get('startAttendance'), { url: 'https://seuwebhook.com.br', form: 'flat' });
	assert.deepEqual(world.owners, [{ accountId: 'acc_1', dialect: 'plugchat' }]);
	await call(world, 'PUT', '/api/integrations/update-webhooks', {
		messageStatus: '',
		sendingMessage: null,
		receiveMessage: 'https://b.test',
	});
	assert.equal(world.slots.size, 5);
	assert.equal(world.slots.get('receiveMessage')?.url, 'https://b.test');
});

test('update-webhooks, seed 000: the slots under value, only what is named changes', async () => {
	await using world = await start();
	const request = seedBlocks('000').find((block) => 'value' in block);
	const reply = await world.ask({
		method: 'PUT',
		url: '/api/integrations/update-webhooks',
		headers: { authorization: `Bearer ${TOKEN}` },
		body: request ?? {},
	});
	assert.deepEqual([reply.status, reply.body], [200, { value: true }]);
	assert.deepEqual([...world.slots], [['sendingMessage', { url: 'https://seuwebhook.com.br', form: 'app' }]]);
});

test('update-webhooks with one URL: all seven, own messages on the received one', async () => {
	await using world = await start();
	const value = 'https://a.test';
	const reply = await call(world, 'PUT', '/api/integrations/update-webhooks', { value, notifySentByMe: true });
	assert.deepEqual(reply.body, documented('webhooks.update-every-webhooks'));
	assert.equal(world.slots.size, 7);
	assert.deepEqual(world.slots.get('receiveMessage'), { url: value, form: 'app', sentByMe: true });
	assert.deepEqual(world.slots.get('sendingMessage'), { url: value, form: 'app' });
	await call(world, 'PUT', '/api/integrations/update-webhooks', { value });
	assert.deepEqual(world.slots.get('receiveMessage'), { url: value, form: 'app' });
	await call(world, 'PUT', '/api/integrations/update-webhooks', { value: '' });
	assert.equal(world.slots.size, 0);
});

test('update-webhooks: refused with every fault named, and the old URLs stay', async () => {
	await using world = await start();
	const put = (body: object) => call(world, 'PUT', '/api/integrations/update-webhooks', body);
	await put({ sendingMessage: 'https://a.test' });
	const cases: readonly [object, RegExp][] = [
		[{ sendingMessage: 5, receiveMessage: true }, /receiveMessage deve ser texto ou null; sendingMessage deve ser texto ou null$/],
		[{ value: { sendingMessage: 5, startAttendance: [] } }, /value\.startAttendance deve ser .*; value\.sendingMessage deve ser /],
		[{ value: 5 }, /: value deve ser texto ou null ou um objeto$/],
		[{ value: 'https://a.test', notifySentByMe: 'yes' }, /: notifySentByMe deve ser true ou false$/],
		[{}, /: deve ter ao menos um destes: finishAttendance, startAttendance, /],
		[{ value: {} }, /: value deve ter ao menos um destes: finishAttendance/],
		[[], /: deve ser um objeto$/],
		[{ sendingMessage: 'http://a.test' }, /^O webhook deve ser uma URL https: http:\/\/a\.test$/],
	];
	for (const [body, told] of cases) {
		const reply = await put(body);
		assert.equal(reply.status, 400, JSON.stringify(body));
		assert.match((reply.body as { error: string }).error, told);
	}
	assert.deepEqual([...world.slots], [['sendingMessage', { url: 'https://a.test', form: 'flat' }]]);
});

test('update-webhook-*, seed 001: one slot each, in the legacy form', async () => {
	await using world = await start();
	const request = seedBlocks('001').find((block) => 'value' in block);
	for (const [ending, slot] of [
		['delivery', 'sendingMessage'],
		['received', 'receiveMessage'],
		['disconnected', 'whenDisconnecting'],
		['message-status', 'messageStatus'],
		['chat-presence', 'chatPresence'],
	]) {
		const reply = await call(world, 'PUT', `/api/whatsapp/update-webhook-${ending}`, request ?? {});
		assert.deepEqual([reply.status, reply.body], [200, { value: true }]);
		assert.deepEqual(world.slots.get(slot ?? ''), { url: 'https://endereco-do-seu-sistema.com.br/', form: 'legacy' });
	}
	assert.equal((await call(world, 'PUT', '/api/whatsapp/update-webhook-receive', { value: null })).status, 200);
	assert.equal(world.slots.has('receiveMessage'), false);
	for (const body of [{}, { value: 5 }, { value: 'http://a.test' }]) {
		assert.equal((await call(world, 'PUT', '/api/whatsapp/update-webhook-delivery', body)).status, 400);
	}
	assert.equal((await call(world, 'POST', '/api/whatsapp/update-webhook-delivery', request ?? {})).status, 405);
});

test('start-attendance: true, or what is in progress', async () => {
	await using world = await start();
	const body = exampleBody('chats.start-attendance');
	const reply = await call(world, 'POST', '/api/integrations/start-attendance', body);
	assert.deepEqual([reply.status, reply.body], [200, documented('chats.start-attendance')]);
	const { instance: _instance, ...command } = world.started[0] ?? {};
	assert.deepEqual(command, {
		phone: '554499999999',
		operatorIds: ['OPERADOR-ID-1', 'OPERADOR-ID-2'],
		departmentId: 'id do departamento',
	});
	world.openAttendance = anAttendance();
	const open = await call(world, 'POST', '/api/integrations/start-attendance', { phone: '554499999999', operators: ['opr_1'] });
	const [progress] = httpContract('plugchat', 'chats.start-attendance').responses['200']?.alternatives ?? [];
	assert.deepEqual(differencesFromExample(open.body, progress ?? null), []);
	assert.deepEqual(open.body, {
		status: 'progress',
		message: 'chat is already in service',
		attendanceNumber: 1492,
		operators: [{ id: 'opr_1', name: 'Nome do operador' }],
	});
	assert.equal((await call(world, 'POST', '/api/integrations/start-attendance', { phone: '1', operators: 'x' })).status, 400);
});

test('an Idempotency-Key repeats the answers of attendances', async () => {
	await using world = await start();
	const ask = (path: string, body: object) =>
		world.ask({
			method: 'POST',
			url: `/api/integrations/${path}`,
			headers: { authorization: TOKEN, 'idempotency-key': 'k1' },
			body: { phone: '554499999999', ...body },
		});
	const begin = () => ask('start-attendance', { operators: [] });
	assert.deepEqual([(await begin()).body, (await begin()).body, world.started.length], [true, true, 1]);
	const end = () => ask('finish-attendance', { operatorId: 'opr_1' });
	assert.deepEqual([(await end()).body, world.finished.length], [(await end()).body, 1]);
});

test('finish-attendance: the documented call, the additions, a chat without one', async () => {
	await using world = await start();
	const reply = await call(world, 'POST', '/api/integrations/finish-attendance', exampleBody('chats.finish-attendance'));
	assert.deepEqual([reply.status, reply.body], [200, documented('chats.finish-attendance')]);
	const { instance: _instance, ...command } = world.finished[0] ?? {};
	assert.deepEqual(command, { phone: '554499999999', operatorId: 'OPERADOR-ID', autoTransfer: true });
	const base = { phone: '554499999999', operatorId: 'opr_1' };
	await call(world, 'POST', '/api/integrations/finish-attendance', {
		...base,
		operatorReport: 'r',
		ratingObservation: 'o',
		attendanceCategory: 'cat_1',
	});
	const { instance: _other, ...rich } = world.finished[1] ?? {};
	assert.deepEqual(rich, { ...base, autoTransfer: false, report: 'r', ratingObservation: 'o', category: { categoryId: 'cat_1' } });
	const items = [{ categoryId: 'cat_1', itemId: 'itm_1' }];
	await call(world, 'POST', '/api/integrations/finish-attendance', { ...base, attendanceCategory: 'cat_2', attendanceCategories: items });
	assert.deepEqual(world.finished[2]?.category, { items });
	world.hasOpenAttendance = false;
	const none = await call(world, 'POST', '/api/integrations/finish-attendance', base);
	assert.deepEqual(differencesFromExample(none.body, documented('chats.finish-attendance')), []);
	assert.deepEqual([none.status, (none.body as { chatFounded: boolean }).chatFounded], [200, false]);
	assert.equal((await call(world, 'POST', '/api/integrations/finish-attendance', { phone: '554499999999' })).status, 400);
});

test('change-department takes both spellings; departments are listed', async () => {
	await using world = await start();
	const body = exampleBody('chats.change-departament');
	assert.equal((await call(world, 'POST', '/api/integrations/change-department', body)).body, documented('chats.change-departament'));
	await call(world, 'POST', '/api/integrations/change-department', { phone: '1', departamentId: 'dep_1' });
	assert.deepEqual(world.calls, ['changeDepartment 554499999999 id do departamento', 'changeDepartment 1 dep_1']);
	const missing = await call(world, 'POST', '/api/integrations/change-department', { phone: '1' });
	assert.deepEqual(missing.body, { error: 'A requisição não segue a documentação: departmentId é obrigatório' });
	const list = await call(world, 'GET', '/api/integrations/departments');
	assert.deepEqual(differencesFromExample(list.body, documented('departament.get-all-departaments')), []);
});

test('every error of the catalogue has the form of the dialect', () => {
	const dialect = plugchatDialect(new World());
	for (const code of Object.keys(ERRORS) as ErrorCode[]) {
		const { body, contentType } = dialect.tellError(new RecadoError(code), { method: 'GET', path: '/api/x', id: '1', language: 'en' });
		assert.match(contentType, /^application\/json/);
		assert.deepEqual(Object.keys(body as object), ['error']);
		assert.ok((body as { error: string }).error.length > 0);
	}
});
