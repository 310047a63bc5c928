/** What operators reach with their sessions: the chats of their role with everything in them, what there is to choose among, and nothing besides. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Account, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';

const [MARIA, JOAO] = ['5544988887777', '5544977776666'] as const;
const PASSWORD = 'segredo longo';
/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WITHIN_MS = 30_000;

type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

interface Office extends AsyncDisposable {
	readonly gateway: Gateway;
	readonly account: Account;
	readonly ids: Readonly<Record<'sales' | 'support' | 'ana' | 'bia', string>>;
	/** Of Maria, who waits for sales, and of João, who waits for support. */
	readonly chats: Readonly<Record<'maria' | 'joao', string>>;
	/** As the console asks with a session; paths are below the account. */
	readonly by: Readonly<Record<'admin' | 'ana' | 'bia' | 'lead' | 'chief', Ask>>;
}

/** Ana sells, Bia supports, the lead supervises sales, the chief is admin. */
async function openOffice(): Promise<Office> {
	const gateway = await startGateway();
	const account = await gateway.account();
	const root = `/accounts/${account.id}`;
	const admin: Ask = (method, path, body) => gateway.admin(method, below(root, path), body);
	const made = async (path: string, body: object): Promise<string> => (await admin('POST', path, body)).body.id;
	const [sales, support] = [await made('/departments', { name: 'Vendas' }), await made('/departments', { name: 'Suporte' })];
	const operator = (name: string, more: object): Promise<string> =>
		made('/operators', { name, login: name.toLowerCase(), email: `${name}@loja.example`, password: PASSWORD, ...more });
	const ana = await operator('Ana', { departmentIds: [sales] });
	const bia = await operator('Bia', { departmentIds: [support] });
	await operator('Lia', { departmentIds: [sales], role: 'supervisor' });
	await operator('Chefe', { role: 'admin' });
	const wait = async (phone: string, departmentId: string): Promise<string> => {
		// Else they answer after some seconds whatever is written to them.
		await gateway.admin('PUT', `/simulator/${account.instance.id}/contacts/${phone}`, { repliesWith: null });
		await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: phone, text: `oi de ${phone}` });
		const attendance = (await admin('POST', '/attendances', { phone, operatorIds: [], departmentId })).body;
		return attendance.chatId;
	};
	const chats = { maria: await wait(MARIA, sales), joao: await wait(JOAO, support) };
	const signedIn = (login: string): Promise<Ask> => sessionOf(gateway, login, root);
	const by = { admin, ana: await signedIn('ana'), bia: await signedIn('bia'), lead: await signedIn('lia'), chief: await signedIn('chefe') };
	return { gateway, account, ids: { sales, support, ana, bia }, chats, by, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

async function sessionOf(gateway: Gateway, email: string, root: string): Promise<Ask> {
	const { headers, body: session } = await gateway.call('POST', '/recado/v1/session', { body: { email, password: PASSWORD } });
	const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
	return (method, path, body) =>
		gateway.call(method, `/recado/v1${below(root, path)}`, { body, headers: { cookie, 'x-recado-csrf': session.csrf } });
}

/** `~` leads out of the account. */
function below(root: string, path: string): string {
	return path.startsWith('~') ? path.slice(1) : `${root}${path}`;
}

function told({ status, body }: Answer): readonly [number, string] {
	return [status, body.code];
}

async function textsIn(ask: Ask, chatId: string): Promise<readonly string[]> {
	const { status, body } = await ask('GET', `/chats/${chatId}/messages`);
	assert.equal(status, 200);
	return body.items.map(({ content }: { content: { text: string } }) => content.text);
}

test('an agent takes a chat of theirs, writes in it, and hands it on; the other one then has it', async () => {
	await using office = await openOffice();
	const { by, chats, ids } = office;
	const chat = `/chats/${chats.maria}`;
	assert.deepEqual(await textsIn(by.ana, chats.maria), [`oi de ${MARIA}`]);
	assert.deepEqual(told(await by.ana('POST', `${chat}/messages`, { text: 'Bom dia' })), [409, 'chat_not_attended']);
	assert.deepEqual(told(await by.ana('POST', `${chat}/read`, {})), [409, 'chat_not_attended']);

	const { body: taken } = await by.ana('POST', `${chat}/take`, {});
	assert.deepEqual(
		taken.operators.map(({ id }: { id: string }) => id),
		[ids.ana],
	);
	assert.equal((await by.ana('POST', `${chat}/take`, {})).body.id, taken.id, 'again');
	assert.deepEqual(await by.ana('POST', `${chat}/read`, {}).then(({ status, body }) => [status, body]), [200, { read: 1 }]);
	const { status, body: sent } = await by.ana('POST', `${chat}/messages`, { text: 'Bom dia' });
	assert.deepEqual([status, sent.chatId, sent.content.text], [202, chats.maria, 'Bom dia']);
	await until(async () => (await by.ana('GET', `~/messages/${sent.id}`)).body.status !== 'queued', {
		what: 'the message',
		withinMs: WITHIN_MS,
	});
	assert.deepEqual(await textsIn(by.ana, chats.maria), ['Bom dia', `oi de ${MARIA}`]);
	assert.equal((await by.ana('POST', `~/messages/${sent.id}/reactions`, { emoji: '👍' })).status, 202);
	assert.equal((await by.ana('PATCH', `~/messages/${sent.id}`, { text: 'Boa tarde' })).status, 202);

	await by.ana('POST', `/desk/attendances/${taken.id}/transfer`, { operatorIds: [ids.bia] });
	for (const [method, path, body] of [
		['GET', `${chat}/messages`],
		['GET', chat],
		['POST', `${chat}/messages`, { text: 'x' }],
		['POST', `${chat}/take`, {}],
		['GET', `~/messages/${sent.id}`],
		['POST', `~/messages/${sent.id}/reactions`, { emoji: '👍' }],
	] as const) {
		assert.deepEqual(told(await by.ana(method, path, body)), [404, 'not_there'], `${method} ${path}`);
	}
	assert.equal((await by.bia('POST', `${chat}/messages`, { text: 'Aqui é a Bia' })).status, 202);
	assert.deepEqual(told(await by.lead('POST', `${chat}/take`, {})), [409, 'chat_taken']);
	assert.deepEqual(told(await by.lead('POST', `${chat}/messages`, { text: 'x' })), [409, 'chat_not_attended']);
	assert.equal((await by.bia('POST', `/desk/attendances/${taken.id}/finish`, { report: 'Resolvido' })).status, 200);
	const ticket = await by.bia('GET', `/tickets/${taken.number}`);
	assert.deepEqual([ticket.status, ticket.body.transfers.length], [200, 1]);
	assert.deepEqual(told(await by.ana('GET', `/tickets/${taken.number}`)), [404, 'not_there']);
	assert.equal((await by.lead('GET', `/tickets/${taken.number}`)).status, 200);
});

test('nobody reads or writes in the chats of a department that is not theirs', async () => {
	await using office = await openOffice();
	const { by, chats, ids, account } = office;
	await by.bia('POST', `/chats/${chats.joao}/take`, {});
	const { body: sent } = await by.bia('POST', `/chats/${chats.joao}/messages`, { text: 'segredo do João' });
	const chat = `/chats/${chats.joao}`;
	for (const name of ['ana', 'lead'] as const) {
		for (const [method, path, body] of [
			['GET', chat],
			['GET', `${chat}/messages`],
			['POST', `${chat}/messages`, { text: 'x' }],
			['POST', `${chat}/read`, {}],
			['POST', `${chat}/take`, {}],
			['GET', `${chat}/notes`],
			['GET', `${chat}/card`],
			['GET', `~/messages/${sent.id}`],
			['PATCH', `~/messages/${sent.id}`, { text: 'x' }],
			['DELETE', `~/messages/${sent.id}`],
			['POST', `~/messages/${sent.id}/read`],
			['POST', `~/messages/${sent.id}/reactions`, { emoji: '👍' }],
			['GET', '/tickets/2'],
		] as const) {
			assert.deepEqual(told(await by[name](method, path, body)), [404, 'not_there'], `${name}: ${method} ${path}`);
		}
		for (const [method, path, body] of [
			['POST', `${chat}/messages`, { text: 'x', asOperatorId: ids.bia }],
			['GET', `${chat}/messages?asOperatorId=${ids.bia}`],
			['POST', `${chat}/take`, { asOperatorId: ids.bia }],
			['GET', `~/messages?instanceId=${account.instance.id}`],
			['GET', `~/chats?instanceId=${account.instance.id}`],
			['POST', `~/instances/${account.instance.id}/messages`, { to: JOAO, text: 'x' }],
			['POST', `~/messages/${sent.id}/forward`, { to: MARIA }],
			['POST', `~/chats/${chats.joao}/read`],
			['GET', '/attendances'],
		] as const) {
			assert.deepEqual(told(await by[name](method, path, body)), [403, 'forbidden'], `${name}: ${method} ${path}`);
		}
	}
	assert.equal((await by.chief('GET', `${chat}/messages`)).status, 200);
	// What it acts upon is looked for in its own chat.
	await by.ana('POST', `/chats/${chats.maria}/take`, {});
	const upon = await by.ana('POST', `/chats/${chats.maria}/messages`, { edit: { messageId: sent.id, text: 'outro' } });
	assert.deepEqual(told(upon), [404, 'message_missing']);
	assert.deepEqual(await textsIn(by.bia, chats.joao), ['segredo do João', `oi de ${JOAO}`]);
});

test('whose attendance is over is not told what is written in its chat to somebody else', async () => {
	await using office = await openOffice();
	const { by, chats, ids } = office;
	const { body: mine } = await by.ana('POST', `/chats/${chats.maria}/take`, {});
	await by.ana('POST', `/desk/attendances/${mine.id}/finish`, {});
	const listed = async (ask: Ask): Promise<Answer['body']> => (await ask('GET', '/desk/closed?latest=true')).body.items[0];
	assert.equal((await listed(by.ana)).chat.lastMessage.content.text, `oi de ${MARIA}`);

	await by.admin('POST', '/attendances', { phone: MARIA, operatorIds: [ids.bia], departmentId: ids.support });
	assert.equal((await by.bia('POST', `/chats/${chats.maria}/messages`, { text: 'segredo da Maria' })).status, 202);
	assert.deepEqual(told(await by.ana('GET', `/chats/${chats.maria}`)), [404, 'not_there']);
	const after = await listed(by.ana);
	assert.deepEqual([after.id, after.chat], [mine.id, undefined]);
	assert.equal((await listed(by.chief)).chat.lastMessage.content.text, 'segredo da Maria');
});

test('two who take one chat at the same moment: one has it', async () => {
	await using office = await openOffice();
	const { by, chats, gateway, account } = office;
	const chat = `/chats/${chats.maria}`;
	const answers = await Promise.all([by.lead('POST', `${chat}/take`, {}), by.chief('POST', `${chat}/take`, {})]);
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
	// A chat without an attendance begins one.
	const other = '5544966665555';
	await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: other, text: 'oi' });
	const waiting = async (): Promise<Answer['body']> =>
		(await by.chief('GET', '/desk/waiting')).body.items.find(({ phone }: { phone: string }) => phone === other);
	await until(async () => (await waiting()) !== undefined, { what: 'the customer to wait', withinMs: WITHIN_MS });
	const begun = await by.chief('POST', `/chats/${(await waiting()).id}/take`, {});
	assert.deepEqual([begun.status, begun.body.status, begun.body.operators.length], [200, 'progress', 1]);
});

test('the administrator does it in the name of an operator', async () => {
	await using office = await openOffice();
	const { by, chats, ids } = office;
	const chat = `/chats/${chats.maria}`;
	assert.deepEqual(told(await by.admin('POST', `${chat}/take`, {})), [400, 'operator_missing']);
	assert.deepEqual(told(await by.admin('POST', `${chat}/take`, { asOperatorId: ids.bia })), [404, 'not_there']);
	assert.equal((await by.admin('POST', `${chat}/take`, { asOperatorId: ids.ana })).body.operators[0].id, ids.ana);
	assert.equal((await by.admin('POST', `${chat}/messages`, { text: 'x', asOperatorId: ids.ana })).status, 202);
	assert.equal((await by.admin('POST', `${chat}/messages`, { text: 'como a conta' })).status, 202);
});

test('an operator chooses among what there is, and who is admin sets it up', async () => {
	await using office = await openOffice();
	const { by, gateway, ids } = office;
	await by.admin('POST', '/custom-buttons', { name: 'CRM', url: gateway.receiver.url('/x?key=1'), method: 'GET' });
	for (const path of ['', '/instances', '/departments', '/operators', '/categories', '/custom-buttons', '/quick-replies']) {
		assert.equal((await by.ana('GET', path)).status, 200, path);
	}
	const { items } = (await by.ana('GET', '/operators')).body;
	const mails = items.map(({ name, email, login }: Record<string, string>) => [name, email, login]);
	assert.deepEqual(mails.slice(0, 2), [
		['Ana', 'Ana@loja.example', 'ana'],
		['Bia', undefined, undefined],
	]);
	assert.equal((await by.ana('GET', `/operators/${ids.bia}`)).body.email, undefined);
	assert.equal((await by.chief('GET', `/operators/${ids.bia}`)).body.email, 'Bia@loja.example');
	assert.equal((await by.ana('GET', '/custom-buttons')).body.items[0].url, undefined);
	assert.equal(typeof (await by.chief('GET', '/custom-buttons')).body.items[0].url, 'string');
	for (const [method, path, body] of [
		['POST', '/departments', { name: 'Cobrança' }],
		['POST', '/operators', { name: 'Novo' }],
		['PATCH', `/operators/${ids.bia}`, { role: 'supervisor' }],
		['POST', '/categories', { name: 'Venda', color: 'red' }],
		['PUT', '/survey', { active: false, question: 'Como foi?', ratingMax: 5, windowMs: 60_000 }],
	] as const) {
		assert.deepEqual(told(await by.lead(method, path, body)), [403, 'forbidden'], `${method} ${path}`);
		const answer = await by.chief(method, path, body);
		assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
	}
	for (const path of ['/tokens', '/audit', '/accounts', '/webhooks', '/session/links']) {
		const method = path === '/session/links' ? 'POST' : 'GET';
		assert.deepEqual(told(await by.chief(method, `~${path}`)), [403, 'forbidden'], path);
	}
	const audited = async (): Promise<Answer['body'][]> =>
		(await gateway.admin('GET', '/audit?method=PUT')).body.items.filter(({ route }: { route: string }) => route.endsWith('/survey'));
	await until(async () => (await audited()).length === 2, { what: 'the audit log', withinMs: WITHIN_MS });
	assert.deepEqual(
		(await audited()).map(({ by, status }) => [by.kind, by.name, status]),
		[
			['operator', 'Chefe', 200],
			['operator', 'Lia', 403],
		],
	);
});
