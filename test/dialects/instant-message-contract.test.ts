/**
 * Each operation of the Instant Message API against the whole gateway with a simulated phone: what it answers is what the contract says, what it does is seen by
 * the others, and each refusal is the documented one.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { request } from 'undici';
import { differencesFromExample, httpContract, type Json, type JsonObject } from '../support/contract.ts';
import { type Answer, type Gateway, json, startGateway } from '../support/gateway.ts';
import { MEDIA_FILES } from '../support/media-files.ts';
import { answerMedium } from '../support/media-server.ts';
import { until } from '../support/waiting.ts';

const CUSTOMER = '5544999990001';
const STRANGER = '5544999990002';
const HOOK = '/hook';
const TEN_MB = 10 * 1024 * 1024;

let gateway: Gateway;
let token: string;
let instance: { readonly id: string; readonly phone: string };
let applicationId: string;

/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const LOOKED_FOR_MS = 30_000;

function eventually(what: string, isTrue: () => Promise<boolean>): Promise<void> {
	return until(isTrue, { what, withinMs: LOOKED_FOR_MS });
}

before(async () => {
	gateway = await startGateway({ treat: (asked) => (asked.path === HOOK ? { kind: 'answer', status: 200 } : answerMedium(asked)) });
	({ instance } = await gateway.account());
	({ token, applicationId } = await application());
	for (const body of TEMPLATES) {
		const made = await gateway.admin('POST', `/applications/${applicationId}/templates`, body);
		assert.equal(made.status, 201, JSON.stringify(made.body));
	}
	// Whoever answers opens a window.
	const mute = Array.from({ length: 11 }, (_, place) => String(5_544_999_990_001 + place));
	await Promise.all(mute.map((phone) => gateway.admin('PUT', `/simulator/${instance.id}/contacts/${phone}`, { repliesWith: null })));
	await write(CUSTOMER, 'Bom dia');
});

after(() => gateway[Symbol.asyncDispose]());

const BODY = { type: 'BODY', text: 'Pedido {{1}} de {{2}}' };
const TEMPLATES = [
	{ name: 'aviso', components: [{ type: 'BODY', text: 'Estamos abertos' }] },
	{
		name: 'tudo',
		category: 'ACCOUNT_UPDATE',
		components: [
			{ type: 'HEADER', format: 'TEXT', text: 'Hi {{1}}' },
			BODY,
			{ type: 'FOOTER', text: 'Footer text' },
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'PHONE_NUMBER', text: 'Make a call', phone_number: '+5511976333566' },
					{ type: 'QUICK_REPLY', text: 'I agree' },
					{ type: 'URL', text: 'Visit our website', url: 'http://website.com/{{1}}' },
				],
			},
		],
	},
	{ name: 'pedido', components: [BODY] },
	{ name: 'pedido_texto', components: [{ type: 'HEADER', format: 'TEXT', text: 'Olá {{1}}' }, BODY] },
	{ name: 'pedido_imagem', components: [{ type: 'HEADER', format: 'IMAGE' }, BODY] },
	{
		name: 'pedido_link',
		components: [BODY, { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver', url: 'https://loja.example/p/{{1}}' }] }],
	},
	{ name: 'em_analise', status: 'PENDING', components: [BODY] },
];

async function application(): Promise<{ token: string; applicationId: string }> {
	const { body: account } = await gateway.admin('GET', `/instances/${instance.id}`);
	const { status, body } = await gateway.admin('POST', `/accounts/${account.accountId}/applications`, {
		name: 'CRM',
		instanceId: instance.id,
		webhook: gateway.receiver.url(HOOK),
	});
	assert.equal(status, 201);
	return { token: body.token, applicationId: body.appId };
}

/** A customer writes; resolves once it is in the list. */
async function write(from: string, text: string): Promise<void> {
	const { status } = await gateway.admin('POST', `/simulator/${instance.id}/messages`, { from, kind: 'text', text });
	assert.equal(status, 202);
	await eventually('what was written', async () => (await listed({ phone: from, search: text })).length > 0);
}

function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
	return gateway.call(method, path, { body, headers: { authorization: token, ...headers } });
}

function send(body: object, headers?: Record<string, string>): Promise<Answer> {
	return ask('POST', '/v1/messages', body, headers);
}

async function listed(query: Record<string, string>): Promise<readonly JsonObject[]> {
	const { status, body } = await ask('GET', `/v1/messages?${new URLSearchParams(query)}`);
	assert.equal(status, 200, JSON.stringify(body));
	return body.messagesList;
}

/** Bytes, as they are. */
async function bytes(
	method: 'POST' | 'PUT',
	url: string,
	body: Uint8Array | '',
	headers: Record<string, string>,
): Promise<{ readonly status: number; readonly body: string }> {
	const answer = await request(url.startsWith('http') ? url : `${gateway.address}${url}`, { method, body, headers });
	return { status: answer.statusCode, body: await answer.body.text() };
}

async function upload(file: keyof typeof MEDIA_FILES): Promise<string> {
	const { mimeType, bytes: content } = MEDIA_FILES[file];
	const answer = await bytes('POST', '/v1/medias', content, { authorization: token, 'content-type': mimeType });
	assert.equal(answer.status, 200, answer.body);
	return JSON.parse(answer.body).id;
}

function exampleOf(id: string): JsonObject {
	const { example } = httpContract('instant-message', id).body;
	assert.ok(example);
	return example;
}

/** The documented answer. Only a location has the member `location`; that of a template has no `mediaData`. */
function documented(id: string, leaveOut: readonly string[] = []): Json {
	const body = httpContract('instant-message', id).responses['200']?.body;
	return leaveOut.length === 0 ? (body ?? null) : without(Object(body), leaveOut);
}

function without({ messages }: JsonObject, leaveOut: readonly string[]): JsonObject {
	const records = (messages as readonly JsonObject[]).map(
		(record) => Object.fromEntries(Object.entries(record).filter(([name]) => !leaveOut.includes(name))) as JsonObject,
	);
	return { messages: records };
}

const OPEN_CONTACT = { contact: { phone: `+${CUSTOMER}` } };

describe('POST /v1/messages, interactions', () => {
	it('takes the documented text, and it is sent, listed and told', async () => {
		const { status, body } = await send({ ...exampleOf('messages.interaction.text'), ...OPEN_CONTACT });
		assert.equal(status, 200);
		assert.deepEqual(differencesFromExample(body, documented('messages.interaction.text', ['location'])), []);
		const [sent] = body.messages;
		assert.equal(sent.contextId, 'wdad-123123');
		await eventually('the text to be read', async () =>
			(await listed({ contextId: 'wdad-123123', status: 'read' })).some((one) => one['messageId'] === sent.messageId),
		);
		const toldOf = () => gateway.receiver.requests.filter((one) => one.path === HOOK && json(one).message.messageId === sent.messageId);
		await eventually('its statuses', async () => toldOf().length === 3);
		assert.deepEqual(
			toldOf().map((one) => [json(one).event.status, json(one).message.interactionsId]),
			['sent', 'delivered', 'read'].map((status) => [status, sent.interactionsId]),
		);
	});

	it('takes the documented medium by its link, and by the id of an upload', async () => {
		const { mediaData, ...example } = exampleOf('messages.interaction.media');
		const body = { ...example, ...OPEN_CONTACT };
		const byLink = await send({ ...body, mediaData: { ...Object(mediaData), link: gateway.receiver.url('/opus') } });
		assert.deepEqual(differencesFromExample(byLink.body, documented('messages.interaction.media', ['location'])), []);
		const byId = await send({ ...body, mediaData: { id: await upload('opus'), caption: 'Perfume Malbec' } });
		assert.equal(byId.status, 200, JSON.stringify(byId.body));
		for (const answer of [byLink, byId]) {
			const [{ mediaType, mediaData: told }] = answer.body.messages;
			assert.equal(mediaType, 'audio');
			const where = await ask('GET', `/v1/medias/${told.id}`);
			assert.deepEqual([where.status, where.headers['location']], [302, told.link]);
			const fetched = await request(told.link);
			assert.deepEqual(Buffer.from(await fetched.body.arrayBuffer()), MEDIA_FILES.opus.bytes);
		}
	});

	it('takes the documented location', async () => {
		const example = exampleOf('messages.interaction.location');
		const { body } = await send({ ...example, ...OPEN_CONTACT });
		assert.deepEqual(differencesFromExample(body, documented('messages.interaction.location')), []);
		assert.deepEqual(body.messages[0].location, example['location']);
	});

	it('refuses a customer who has not written within 24 hours, until they write', async () => {
		const text = { provider: 'whatsapp', type: 'interaction', contact: { phone: `+${STRANGER}` }, message: 'Olá' };
		const { status, body } = await send(text);
		assert.equal(status, 400);
		assert.equal(body.message, 'Parâmetros incorretos');
		assert.deepEqual(body.details, [`O cliente +${STRANGER} não escreveu nas últimas 24 horas: só é possível enviar um template`]);
		await write(STRANGER, 'Oi');
		assert.equal((await send(text)).status, 200);
	});

	const faults: readonly (readonly [string, object, string])[] = [
		['no type', { type: undefined }, 'type é obrigatório'],
		['another type', { type: 'old' }, 'type deve ser um destes: interaction, new'],
		['no provider', { provider: undefined }, 'provider é obrigatório'],
		['no contact', { contact: undefined }, 'contact é obrigatório'],
		['no phone', { contact: {} }, 'contact.phone é obrigatório'],
		['no message', { message: undefined }, 'message é obrigatório e não pode ser vazio'],
		['a message of a wrong type', { message: 7 }, 'message deve ser texto'],
		['an unknown upload', { mediaType: 'image', mediaData: { id: 'ab' } }, 'mediaData.id não é uma mídia enviada'],
		['a medium without source', { mediaType: 'image', mediaData: {} }, 'mediaData.link ou id é obrigatório para mediaType image'],
		['a location without place', { mediaType: 'location' }, 'location é obrigatório para mediaType location'],
		['a group', { contact: { phone: '120363019502650977-group' } }, 'Telefone inválido'],
	];
	for (const [what, change, detail] of faults) {
		it(`refuses ${what}`, async () => {
			const body = JSON.parse(JSON.stringify({ ...exampleOf('messages.interaction.text'), ...OPEN_CONTACT, ...change }));
			const answer = await send(body);
			assert.deepEqual([answer.status, answer.body], [400, { message: 'Parâmetros incorretos', details: [detail] }]);
		});
	}
});

describe('POST /v1/messages, templates', () => {
	const sent = async (templateName: string, ...contacts: readonly object[]): Promise<Answer> =>
		send({ provider: 'whatsapp', type: 'new', templateName, contacts: contacts.map((one) => ({ phone: '+5544999990003', ...one })) });
	const values = { '1': '123456789', '2': '22/03/2020' };

	it('takes each documented example', async () => {
		const { example, moreExamples = [] } = Object(httpContract('instant-message', 'messages.template').body);
		const names = ['aviso', 'pedido', 'pedido_texto', 'pedido_imagem', 'pedido_link'];
		for (const [place, body] of [example, ...moreExamples].entries()) {
			const [{ header, ...contact }] = body.contacts;
			const given = header?.link === undefined ? header : { ...header, link: gateway.receiver.url('/png') };
			const answer = await send({ ...body, templateName: names[place], contacts: [{ ...contact, ...(header && { header: given }) }] });
			assert.equal(answer.status, 200, JSON.stringify(answer.body));
			const expected = documented('messages.template');
			const isMedium = names[place] === 'pedido_imagem';
			assert.deepEqual(
				differencesFromExample(answer.body, expected).filter((one) => !(isMedium && one === 'messages[0].mediaData is not documented')),
				[],
			);
		}
	});

	it('fills in the variables, opens no window, and reaches somebody who never wrote', async () => {
		const contact = { phone: '+5544999990004', ...values, header: { '1': 'João' }, buttons: { index: 2, type: 'url', content: 'abc' } };
		const { status, body } = await sent('tudo', contact);
		assert.equal(status, 200, JSON.stringify(body));
		const [{ messageId, message }] = body.messages;
		assert.equal(message, 'Pedido 123456789 de 22/03/2020');
		await eventually('the template to be read', async () => (await listed({ phone: '5544999990004', status: 'read' })).length === 1);
		const { body: shown } = await gateway.admin('GET', `/messages/msg_${messageId}`);
		assert.match(JSON.stringify(shown.content), /Hi João.*website\.com\/abc|website\.com\/abc.*Hi João/s);
		assert.equal((await ask('GET', '/v1/whatsapp/chatwindow/5544999990004')).body.open, false);
	});

	it('sends to several in their order, and to none of them where one is wrong', async () => {
		const phones = ['5544999990005', '5544999990006', '5544999990005'];
		const { body } = await sent('aviso', ...phones.map((phone) => ({ phone: `+${phone}` })));
		assert.deepEqual(
			body.messages.map((one: JsonObject) => one['to']),
			phones.map((phone) => `+${phone}`),
		);
		const wrong = await sent('aviso', { phone: '+5544999990007' }, { phone: '12' }, { '1': 'x' });
		assert.deepEqual(
			[wrong.status, wrong.body.details],
			[400, ['contacts[1].phone deve ser um número E.164', 'contacts[2].1 não é uma variável do template']],
		);
		assert.deepEqual(await listed({ phone: '5544999990007' }), []);
	});

	it('sends once however often it is asked with one Idempotency-Key', async () => {
		const body = {
			provider: 'whatsapp',
			type: 'new',
			templateName: 'aviso',
			contacts: [{ phone: '+5544999990008' }, { phone: '+5544999990009' }],
		};
		const [first, second] = [await send(body, { 'idempotency-key': 'k-1' }), await send(body, { 'idempotency-key': 'k-1' })];
		assert.deepEqual(second.body, first.body);
		assert.equal((await listed({ phone: '5544999990008' })).length, 1);
	});

	const faults: readonly (readonly [string, string, object, readonly string[]])[] = [
		['an unknown template', 'nenhum', {}, ['templateName não é um template do aplicativo']],
		['one that is not approved', 'em_analise', values, ['templateName está PENDING: só um template aprovado pode ser enviado']],
		['a missing variable', 'pedido', { '1': 'x' }, ['contacts[0].2 é uma variável do template e é obrigatória']],
		['an extra variable', 'pedido', { ...values, '3': 'x' }, ['contacts[0].3 não é uma variável do template']],
		['a variable that is no text', 'pedido', { ...values, '2': 7 }, ['contacts[0].2 deve ser texto']],
		['an empty variable', 'pedido', { ...values, '2': ' ' }, ['contacts[0].2 não pode ser vazio']],
		[
			'a variable with a line break',
			'pedido',
			{ ...values, '2': 'a\nb' },
			['contacts[0].2 não pode ter quebras de linha, tabulações ou mais de quatro espaços seguidos'],
		],
		['a missing variable of the header', 'pedido_texto', values, ['contacts[0].header.1 é uma variável do template e é obrigatória']],
		[
			'a medium for a header of text',
			'pedido_texto',
			{ ...values, header: { '1': 'x', link: 'https://x.example/a.png' } },
			['contacts[0].header tem mídia, e o template não'],
		],
		['no medium', 'pedido_imagem', values, ['contacts[0].header precisa de link ou id: o template tem cabeçalho IMAGE']],
		['an unknown medium', 'pedido_imagem', { ...values, header: { id: 'ab' } }, ['contacts[0].header.id não é uma mídia enviada']],
		['no variable of a button', 'pedido_link', values, ['contacts[0].buttons[0] é uma variável do template e é obrigatória']],
		[
			'a button without a variable',
			'pedido_link',
			{
				...values,
				buttons: [
					{ index: 0, type: 'url', content: 'x' },
					{ index: 1, type: 'url', content: 'x' },
				],
			},
			['contacts[0].buttons[1] não é uma variável do template'],
		],
	];
	for (const [what, templateName, contact, details] of faults) {
		it(`refuses ${what} by name`, async () => {
			const { status, body } = await sent(templateName, contact);
			assert.deepEqual([status, body], [400, { message: 'Parâmetros incorretos', details }]);
		});
	}

	it('says which contact has a medium that cannot be sent', async () => {
		const picture = { ...values, header: { link: gateway.receiver.url('/png') } };
		const page = { ...values, header: { link: 'data:image/png;base64,PGh0bWw+' } };
		const { status, body } = await sent('pedido_imagem', picture, page);
		const fault = 'contacts[1].header.link não é uma mídia que se possa enviar: não tem o conteúdo do seu tipo';
		assert.deepEqual([status, body.details], [400, [fault]]);
	});

	it('names what is missing of its own form, not of the other', async () => {
		const { status, body } = await send({ provider: 'whatsapp', type: 'new' });
		assert.deepEqual([status, body.details], [400, ['templateName é obrigatório', 'contacts é obrigatório']]);
	});
});

describe('GET /v1/messages and /interactions', () => {
	it('lists as documented, and says that the window is open', async () => {
		const { body } = await ask('GET', `/v1/messages?phone=%2B${CUSTOMER}&limit=2&search=o`);
		assert.equal(body.isMinorThan24Hours, true);
		const expected = documented('messages.list') as JsonObject;
		assert.deepEqual(differencesFromExample(body, expected), []);
		assert.equal(body.pagination.itensPage, 2);
	});

	it('lists conversations as documented; a failure has its code', async () => {
		const { body } = await ask('GET', '/v1/messages/interactions');
		const [{ interactionList }] = [documented('messages.interactions') as { readonly interactionList: readonly JsonObject[] }];
		const [example] = interactionList;
		const { failCode: _code, failMessage: _message, ...lastMessage } = Object(example?.['lastMessage']);
		const withText = body.interactionList.filter((one: { lastMessage: JsonObject }) => one.lastMessage['location'] === undefined);
		const spoken = withText.filter((one: { clientData: JsonObject }) => 'timeLastMessage' in one.clientData);
		assert.ok(spoken.length > 0);
		for (const one of spoken) assert.deepEqual(differencesFromExample(one, { ...example, lastMessage } as Json), []);
	});

	it('answers 400 and 422 to bad parameters', async () => {
		assert.equal((await ask('GET', '/v1/messages?dateInitial=2026')).status, 400);
		const { status, body } = await ask('GET', '/v1/messages/interactions?allInteraction=talvez');
		assert.deepEqual([status, body.message], [422, 'Parâmetros incorretos']);
	});
});

describe('DELETE /v1/messages/{phone}', () => {
	it('deletes what was said with that number, and nothing else', async () => {
		const phone = '5544999990010';
		await write(phone, 'Olá');
		await send({ provider: 'whatsapp', type: 'interaction', contact: { phone: `+${phone}` }, message: 'Oi' });
		// What is on its way to the phone at that moment stays, and is answered 409.
		await eventually('it to have left', async () => (await gateway.admin('GET', `/instances/${instance.id}`)).body.queueLength === 0);
		const before = (await listed({ phone: CUSTOMER })).length;
		const { status, body } = await ask('DELETE', `/v1/messages/${phone}`);
		assert.deepEqual([status, body], [200, '']);
		assert.deepEqual(await listed({ phone }), []);
		assert.equal((await listed({ phone: CUSTOMER })).length, before);
		assert.equal((await ask('GET', `/v1/whatsapp/chatwindow/${phone}`)).body.open, true);
		assert.equal((await ask('DELETE', '/v1/messages/5544999990099')).status, 200, 'nobody wrote with them');
	});

	it('refuses what is no number', async () => {
		const { status, body } = await ask('DELETE', '/v1/messages/abc');
		assert.deepEqual([status, body], [400, { message: 'Parâmetros incorretos', details: ['phone deve ser um número E.164'] }]);
	});
});

describe('/v1/medias', () => {
	it('takes a medium directly, up to 10 MB', async () => {
		const id = await upload('pdf');
		assert.deepEqual(differencesFromExample({ id }, documented('medias.upload')), []);
		const headers = { authorization: token, 'content-type': 'application/pdf' };
		const tooLarge = await bytes('POST', '/v1/medias', Buffer.alloc(TEN_MB + 1, '%PDF-1.7'), headers);
		assert.deepEqual([tooLarge.status, JSON.parse(tooLarge.body)], [413, { error: `O corpo passa de ${TEN_MB} bytes` }]);
		assert.equal((await bytes('POST', '/v1/medias', Buffer.alloc(TEN_MB, '%PDF-1.7'), headers)).status, 200);
	});

	it('takes JSON as the bytes that it is', async () => {
		const headers = { authorization: token, 'content-type': 'application/json' };
		assert.equal((await bytes('POST', '/v1/medias', Buffer.from('{"a":1}'), headers)).status, 200);
	});

	it('refuses an empty body in the documented words', async () => {
		const { 400: refused } = httpContract('instant-message', 'medias.upload').responses;
		const answer = await bytes('POST', '/v1/medias', '', { authorization: token, 'content-type': 'image/png' });
		assert.deepEqual([answer.status, JSON.parse(answer.body)], [400, refused?.body]);
	});

	it('takes a medium in two steps', async () => {
		const begun = await ask('GET', '/v1/medias/async', undefined, { 'content-type': 'image/png' });
		assert.deepEqual(differencesFromExample(begun.body, documented('medias.async')), []);
		const { id, url } = begun.body;
		assert.equal((await ask('GET', `/v1/medias/${id}`)).status, 400, 'it has not come yet');
		const put = await bytes('PUT', url, MEDIA_FILES.png.bytes, { 'content-type': 'image/png' });
		assert.deepEqual([put.status, put.body], [200, '']);
		const { status, headers } = await ask('GET', `/v1/medias/${id}`);
		assert.equal(status, 302);
		const fetched = await request(String(headers['location']));
		assert.deepEqual([fetched.statusCode, fetched.headers['content-type']], [200, 'image/png']);
		await fetched.body.dump();
		assert.equal((await bytes('PUT', url, MEDIA_FILES.png.bytes, { 'content-type': 'image/png' })).status, 409, 'once');
		const nowhere = await bytes('PUT', `${url}0`, MEDIA_FILES.png.bytes, { 'content-type': 'image/png' });
		assert.deepEqual([nowhere.status, JSON.parse(nowhere.body)], [400, { error: 'Arquivo não encontrado!' }]);
	});

	it('refuses an upload in two steps that does not say what is coming', async () => {
		const { 400: refused } = httpContract('instant-message', 'medias.async').responses;
		const answer = await ask('GET', '/v1/medias/async');
		assert.deepEqual([answer.status, answer.body], [400, refused?.body]);
	});

	it('knows its own media alone', async () => {
		const { 400: refused } = httpContract('instant-message', 'medias.get').responses;
		const answer = await ask('GET', '/v1/medias/d9a63dffc1e0fd7e4e507de78bb0db5c');
		assert.deepEqual([answer.status, answer.body], [400, refused?.body]);
		const other = await gateway.account('Outra');
		const { body } = await gateway.admin('POST', `/accounts/${other.id}/applications`, {
			name: 'CRM',
			instanceId: other.instance.id,
			webhook: gateway.receiver.url(HOOK),
		});
		const stranger = await ask('GET', `/v1/medias/${await upload('png')}`, undefined, { authorization: body.token });
		assert.equal(stranger.status, 400);
	});
});

describe('/v1/whatsapp', () => {
	it('says whether a number is on WhatsApp', async () => {
		const valid = await ask('GET', `/v1/whatsapp/contacts/${CUSTOMER}`);
		assert.deepEqual(differencesFromExample(valid.body, documented('whatsapp.contacts')), []);
		assert.equal(valid.body.valid, true);
		await gateway.admin('PUT', `/simulator/${instance.id}/contacts/5544999990011`, { onWhatsApp: false });
		assert.deepEqual((await ask('GET', '/v1/whatsapp/contacts/+5544999990011')).body, { valid: false });
		assert.deepEqual((await ask('GET', '/v1/whatsapp/contacts/12')).body, { valid: false });
	});

	it('lists the windows that are open, and shows one', async () => {
		const { body: list } = await ask('GET', '/v1/whatsapp/chatwindow');
		assert.deepEqual(differencesFromExample(list, documented('whatsapp.chatwindow.list')), []);
		const told = list.contacts.find((one: JsonObject) => one['phone'] === `+${CUSTOMER}`);
		const { body: one } = await ask('GET', `/v1/whatsapp/chatwindow/+${CUSTOMER}`);
		assert.deepEqual(differencesFromExample(one, documented('whatsapp.chatwindow.get')), []);
		assert.deepEqual(one, { open: true, closesIn: told.closesIn });
		assert.equal(
			list.contacts.some((contact: JsonObject) => contact['phone'] === '+5544999990004'),
			false,
			'never wrote',
		);
		assert.deepEqual((await ask('GET', '/v1/whatsapp/chatwindow/5544999990098')).body, { open: false, closesIn: '' });
		assert.equal((await ask('GET', '/v1/whatsapp/chatwindow/abc')).status, 400);
	});

	it('lists templates as documented', async () => {
		const { body } = await ask('GET', '/v1/whatsapp/templates?name=tudo');
		const { data } = documented('whatsapp.templates') as { readonly data: readonly JsonObject[] };
		assert.equal(body.data.length, 1);
		const [{ components, ...head }] = body.data;
		const { components: wanted, ...example } = Object(data[0]);
		assert.deepEqual(differencesFromExample(head, example), []);
		assert.deepEqual(components, [wanted[0], BODY, ...wanted.slice(2)]);
		assert.deepEqual([body.next, body.previous], ['', '']);
	});

	it('walks through templates in both directions', async () => {
		const walk = await application();
		const names = Array.from({ length: 45 }, (_, place) => `t_${String(place).padStart(2, '0')}`);
		for (const name of names) {
			await gateway.admin('POST', `/applications/${walk.applicationId}/templates`, { name, components: [{ type: 'BODY', text: name }] });
		}
		const page = async (query: string): Promise<{ names: string[]; next: string; previous: string }> => {
			const { status, body } = await ask('GET', `/v1/whatsapp/templates?${query}`, undefined, { authorization: walk.token });
			assert.equal(status, 200);
			return { names: body.data.map((one: JsonObject) => one['name']), next: body.next, previous: body.previous };
		};
		const first = await page('');
		const second = await page(`next=${first.next}`);
		const third = await page(`next=${second.next}`);
		assert.deepEqual([...first.names, ...second.names, ...third.names], names);
		assert.deepEqual([first.previous, third.next], ['', '']);
		assert.deepEqual((await page(`previous=${third.previous}`)).names, second.names);
		assert.deepEqual((await page(`previous=${second.previous}`)).names, first.names);
		for (const query of ['next=%21', `next=${first.next}&previous=${second.previous}`]) {
			assert.equal((await ask('GET', `/v1/whatsapp/templates?${query}`)).status, 400);
		}
	});
});

describe('every operation', () => {
	const paths: readonly (readonly [string, string])[] = [
		['POST', '/v1/messages'],
		['GET', '/v1/messages'],
		['GET', '/v1/messages/interactions'],
		['DELETE', `/v1/messages/${CUSTOMER}`],
		['POST', '/v1/medias'],
		['GET', '/v1/medias/async'],
		['GET', '/v1/medias/x'],
		['GET', '/v1/whatsapp/contacts/1'],
		['GET', '/v1/whatsapp/chatwindow'],
		['GET', '/v1/whatsapp/chatwindow/1'],
		['GET', '/v1/whatsapp/templates'],
	];
	for (const [method, path] of paths) {
		it(`${method} ${path} asks for the token`, async () => {
			for (const authorization of ['', 'a.b.c']) {
				const { status, body } = await gateway.call(method, path, {
					headers: authorization === '' ? {} : { authorization },
					...(method === 'POST' ? { body: {} } : {}),
				});
				assert.deepEqual([status, body], [401, { message: 'Não autorizado' }]);
			}
		});

		it(`${path} does not take PATCH`, async () => {
			const { status, headers } = await ask('PATCH', path, {});
			assert.equal(status, 405);
			assert.match(String(headers['allow']), new RegExp(method));
		});
	}

	it('POST /v1/messages takes JSON alone', async () => {
		const { status } = await bytes('POST', '/v1/messages', Buffer.from('a=b'), {
			authorization: token,
			'content-type': 'application/x-www-form-urlencoded',
		});
		assert.equal(status, 415);
	});

	it('is in the OpenAPI document with its examples', async () => {
		const { status, body } = await gateway.call('GET', '/v1/openapi.json');
		assert.equal(status, 200);
		const { paths: described } = body;
		for (const [method, path] of paths) {
			const template = path.replace(/\/x$/, '/{id}').replace(/\/1$/, '/{number}').replace(CUSTOMER, '{phone}');
			assert.ok(described[template]?.[method.toLowerCase()], `${method} ${template}`);
		}
		assert.match(JSON.stringify(described), /Olá João, ótimo saber que gostou do produto/);
	});
});
