/** A customer service over public HTTP alone: each operation of the desk at least once, each answer as documented. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChecker, type OpenApi, operationAt, operationsOf } from '../http/recado/document.ts';
import { DESK_TAGS } from '../http/recado/elsewhere.ts';
import { type Account, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';

const MARIA = '5544988887777';
const JOAO = '5544977776666';
/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WITHIN_MS = 30_000;

/** Asks, and holds each answer against the document. */
class Client {
	readonly exchanged = new Set<string>();
	readonly gateway: Gateway;
	readonly document: OpenApi;
	readonly #check: ReturnType<typeof createChecker>;

	constructor(gateway: Gateway, document: OpenApi) {
		this.gateway = gateway;
		this.document = document;
		this.#check = createChecker(document);
	}

	async ask(method: string, path: string, body?: unknown): Promise<Answer['body']> {
		const reply = await this.gateway.admin(method, path, body);
		assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
		const operation = operationAt(this.document, method, `/recado/v1${path}`);
		assert.ok(operation, path);
		this.exchanged.add(`${operation.method} ${operation.path}`);
		assert.equal(this.#check(operation, reply.status, reply.status === 204 ? undefined : reply.body), undefined, `${method} ${path}`);
		return reply.body;
	}
}

async function write(gateway: Gateway, { instance }: Account, phone: string, text: string): Promise<void> {
	const reply = await gateway.admin('POST', `/simulator/${instance.id}/messages`, { from: phone, text });
	assert.ok(reply.status < 300, JSON.stringify(reply.body));
}

test('a day at the desk', async () => {
	await using gateway = await startGateway({
		treat: (request) => ({ kind: 'answer', status: 200, body: request.path.startsWith('/button') ? '{"modal":"Pedido 7"}' : '' }),
	});
	const account = await gateway.account();
	const client = new Client(gateway, (await gateway.call('GET', '/recado/v1/openapi.json')).body);
	const root = `/accounts/${account.id}`;
	const ask = (method: string, path: string, body?: unknown): Promise<Answer['body']> => client.ask(method, `${root}${path}`, body);

	const general = await ask('POST', '/departments', { name: 'Geral' });
	const sales = await ask('POST', '/departments', { name: 'Vendas' });
	const ana = await ask('POST', '/operators', { name: 'Ana', login: 'ana', password: 'segredo longo', departmentIds: [sales.id] });
	const bia = await ask('POST', '/operators', { name: 'Bia', role: 'admin' });
	assert.equal((await ask('PATCH', `/operators/${ana.id}`, { role: 'supervisor', attendancesMax: 3 })).role, 'supervisor');
	const reachable = { email: 'bia@loja.example', login: 'bia', attendancesMax: 2 };
	const reached = await ask('PATCH', `/operators/${bia.id}`, reachable);
	assert.deepEqual({ ...reached, ...reachable }, reached);
	const cleared = await ask('PATCH', `/operators/${bia.id}`, { email: null, login: null, attendancesMax: null });
	assert.deepEqual([cleared.role, cleared.email, cleared.login, cleared.attendancesMax], ['admin', undefined, undefined, undefined]);
	assert.equal((await ask('PATCH', `/operators/${ana.id}`, { login: 'bia' })).login, 'bia', 'what one had is free for another');
	await ask('PATCH', `/operators/${ana.id}`, { login: 'ana' });
	const { body: double } = await gateway.admin('POST', `${root}/operators`, { name: 'Outra', login: 'ANA' });
	assert.deepEqual([double.code, double.faults], ['exists', [{ path: 'login', message: 'is taken by another operator' }]]);
	for (const [method, path] of [
		['POST', '/operators'],
		['PATCH', `/operators/${ana.id}`],
	] as const) {
		const { status, body } = await gateway.admin(method, `${root}${path}`, { name: 'Ana', email: 'nao-e-email' });
		assert.deepEqual([status, body.faults], [400, [{ path: 'email', message: 'must be an e-mail address' }]]);
	}
	assert.equal((await ask('PUT', `/operators/${ana.id}/state`, { state: 'online' })).state, 'online');
	assert.equal((await ask('GET', `/operators/${ana.id}`)).departments[0].name, 'Vendas');
	assert.equal((await ask('GET', '/operators')).items.length, 2);
	assert.equal((await ask('POST', '/sign-in', { login: 'ana', password: 'segredo longo' })).operator.id, ana.id);

	const hours = {
		active: false,
		timeZone: 'America/Sao_Paulo',
		week: { monday: [{ from: '08:00', to: '18:00' }] },
		holidays: [],
		awayMessage: 'Fechado',
	};
	assert.deepEqual(await ask('PUT', '/hours', hours), hours);
	assert.deepEqual(await ask('GET', '/hours'), hours);
	await ask('DELETE', '/hours');
	const ura = { active: true, ignoreDefault: true, ignoreGroups: true, welcomeMessage: '', departmentMessage: 'Com quem?' };
	assert.deepEqual(await ask('PUT', '/ura', ura), ura);
	assert.deepEqual(await ask('GET', '/ura'), ura);
	const nested = { ...ura, options: [{ label: 'Mais', to: { kind: 'menu', message: 'Qual?', options: [{ label: 'Nada' }] } }] };
	assert.equal((await gateway.admin('PUT', `${root}/ura`, nested)).status, 400);
	const survey = { active: true, question: 'De 1 a 5?', ratingMax: 5, windowMs: 60_000 };
	assert.deepEqual(await ask('PUT', '/survey', survey), survey);
	assert.deepEqual(await ask('GET', '/survey'), survey);

	// Else they answer the menu after some seconds, beside what they say here.
	for (const phone of [MARIA, JOAO]) {
		const silent = await gateway.admin('PUT', `/simulator/${account.instance.id}/contacts/${phone}`, { repliesWith: null });
		assert.equal(silent.status, 200);
	}
	await write(gateway, account, MARIA, 'oi');
	await write(gateway, account, MARIA, '1');
	await write(gateway, account, JOAO, 'oi');
	const waiting = `/desk/waiting?asOperatorId=${ana.id}&departmentId=${sales.id}`;
	await until(async () => (await ask('GET', waiting)).items.length === 1, { what: 'Maria to be routed', withinMs: WITHIN_MS });
	const [chat] = (await ask('GET', waiting)).items;
	assert.equal(chat.phone, MARIA);
	assert.deepEqual(await ask('GET', waiting.replace('?', '/count?')), { count: 1, isAtLeast: false });
	assert.deepEqual(await ask('GET', '/desk/waiting/count'), { count: 2, isAtLeast: false });
	const attendance = await ask('POST', '/desk/next', { departmentId: sales.id });
	assert.deepEqual([attendance.operators[0].name, attendance.chatId], ['Ana', chat.id]);
	assert.equal((await ask('GET', `/desk/attending?asOperatorId=${ana.id}`)).items[0].id, attendance.id);
	const counted = `/desk/attending/count?asOperatorId=${ana.id}`;
	assert.deepEqual(await ask('GET', counted), { count: 1, isAtLeast: false });
	assert.deepEqual(await ask('GET', `${counted}&departmentId=${general.id}`), { count: 0, isAtLeast: false });

	const seen = await ask('GET', `/chats/${chat.id}?asOperatorId=${ana.id}`);
	assert.deepEqual([seen.phone, seen.attendanceId, seen.lastMessage.content.text, seen.unread], [MARIA, attendance.id, '1', 2]);
	const [listed] = (await ask('GET', '/desk/waiting?latest=true')).items;
	assert.deepEqual([listed.phone, listed.lastMessage.chatId, listed.unread], [JOAO, listed.id, 1]);
	const [mine] = (await ask('GET', `/desk/attending?ofOperatorId=${ana.id}&latest=true`)).items;
	assert.deepEqual([mine.id, mine.chat.lastMessage.content.text, mine.chat.unread], [attendance.id, '1', 2]);
	const texts: string[] = [];
	for (let next = ''; ; ) {
		const page = await ask('GET', `/chats/${chat.id}/messages?limit=1${next}`);
		texts.push(...page.items.map(({ content }: { content: { text: string } }) => content.text.split('\n')[0]));
		if (page.next === undefined) break;
		next = `&cursor=${page.next}`;
	}
	assert.deepEqual(texts, ['1', 'Com quem?', 'oi']);

	const greeting = await ask('POST', '/quick-replies', { shortcut: 'Olá', text: 'Olá, em que posso ajudar?' });
	const ofOther = await ask('POST', '/quick-replies', { shortcut: 'nota', text: 'Segue a nota', departmentIds: [general.id] });
	const replies = async (query = ''): Promise<string[]> =>
		(await ask('GET', `/quick-replies${query}`)).items.map(({ shortcut }: { shortcut: string }) => shortcut);
	assert.deepEqual([await replies(), await replies(`?asOperatorId=${ana.id}`)], [['Olá', 'nota'], ['Olá']]);
	const taken = (await gateway.admin('POST', `${root}/quick-replies`, { shortcut: 'OLÁ', text: 'x' })).body;
	assert.deepEqual([taken.code, taken.faults], ['exists', [{ path: 'shortcut', message: 'is taken by another quick reply' }]]);
	assert.equal((await gateway.admin('POST', `${root}/quick-replies`, { shortcut: 'duas palavras', text: 'x' })).status, 400);
	assert.equal((await gateway.admin('PATCH', `${root}/quick-replies/${ofOther.id}`, { shortcut: 'olá' })).body.code, 'exists');
	const unknown = { shortcut: 'x', text: 'x', departmentIds: [ana.id] };
	assert.equal((await gateway.admin('POST', `${root}/quick-replies`, unknown)).body.code, 'department_missing');
	assert.equal((await ask('PATCH', `/quick-replies/${ofOther.id}`, { shortcut: 'NF', departmentIds: null })).departmentIds, undefined);
	assert.deepEqual(await replies(`?asOperatorId=${ana.id}`), ['Olá', 'NF']);
	await ask('POST', '/quick-replies', { shortcut: 'nota', text: 'a free one again' });
	await ask('DELETE', `/quick-replies/${greeting.id}`);
	assert.deepEqual(await replies(), ['NF', 'nota']);

	assert.equal((await ask('POST', `/chats/${chat.id}/take`, { asOperatorId: ana.id })).id, attendance.id);
	assert.equal((await ask('POST', `/chats/${chat.id}/read`, { asOperatorId: ana.id })).read, 2);
	assert.equal((await ask('POST', `/chats/${chat.id}/messages`, { text: 'Bom dia', asOperatorId: ana.id })).content.text, 'Bom dia');
	const notes = `/chats/${chat.id}/notes`;
	const note = await ask('POST', notes, { text: 'Cliente antiga', asOperatorId: ana.id });
	assert.equal((await ask('GET', notes)).items[0].by.name, 'Ana');
	await ask('DELETE', `${notes}/${note.id}`);
	const card = `/chats/${chat.id}/card`;
	await ask('PATCH', card, { city: 'Maringá' });
	await ask('PUT', `${card}/fields/CPF`, { value: '1' });
	assert.deepEqual((await ask('GET', card)).genericFields, [{ name: 'CPF', value: '1' }]);
	await ask('DELETE', `${card}/fields/CPF`);

	const button = await ask('POST', '/custom-buttons', { name: 'Pedido', url: gateway.receiver.url('/button'), method: 'GET' });
	assert.deepEqual(await ask('POST', `/custom-buttons/${button.id}/press`, { chatId: chat.id }), { modal: 'Pedido 7' });
	const asked = gateway.receiver.requests.find((request) => request.path.startsWith('/button'));
	assert.deepEqual([asked?.method, new URL(asked?.path ?? '', 'https://x').searchParams.get('city')], ['GET', 'Maringá']);
	await ask('PATCH', `/custom-buttons/${button.id}`, { method: 'POST' });
	await ask('POST', `/custom-buttons/${button.id}/press`, { chatId: chat.id, asOperatorId: ana.id });
	assert.equal((await ask('GET', '/custom-buttons')).items[0].method, 'POST');
	await ask('DELETE', `/custom-buttons/${button.id}`);

	const here = `/desk/attendances/${attendance.id}`;
	await ask('POST', `${here}/transfer`, { operatorIds: [bia.id], reason: 'Férias', asOperatorId: ana.id });
	assert.equal((await ask('GET', `${here}/transfers`)).items[0].reason, 'Férias');
	assert.equal((await ask('PUT', `${here}/operators/${ana.id}`)).operators.length, 2);
	assert.equal((await ask('DELETE', `${here}/operators/${bia.id}`)).operators.length, 1);
	assert.equal((await ask('POST', `${here}/finish`, { report: 'Vendido', asOperatorId: ana.id })).finishedBy.name, 'Ana');
	assert.equal((await ask('GET', `/desk/closed?ofOperatorId=${ana.id}`)).items[0].report, 'Vendido');
	await write(gateway, account, MARIA, '5');
	const answers = `/survey/answers?operatorId=${ana.id}`;
	await until(async () => (await ask('GET', answers)).items.length === 1, { what: 'the survey to be answered', withinMs: WITHIN_MS });
	const [rated] = (await ask('GET', answers)).items;
	assert.equal(rated.answer.rating, 5);
	const ticket = await ask('GET', `/tickets/${attendance.number}`);
	assert.deepEqual([ticket.answer.rating, ticket.transfers.length, ticket.chat.id], [5, 1, chat.id]);
	assert.deepEqual(
		ticket.transcript.map(({ content }: { content: { text: string } }) => content.text.split('\n')[0]),
		['oi', 'Com quem?', '1', 'Bom dia'],
	);
	await ask('POST', `/operators/${ana.id}/sign-out`);
	await ask('DELETE', `/operators/${ana.id}`);

	const documented = operationsOf(client.document).filter(({ tags }) => tags?.some((tag) => DESK_TAGS.has(tag)));
	assert.deepEqual(
		documented.map(({ method, path }) => `${method} ${path}`).filter((operation) => !client.exchanged.has(operation)),
		[],
	);
});
