/** Operators at work with tokens of their own: what their role lets them see and do, in nobody else's name, and until when. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Account, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';

const MARIA = '5544988887777';
const JOAO = '5544977776666';
const PASSWORD = 'segredo longo';
const HOUR_MS = 3_600_000;
/** Longer than a slow machine takes from a sign-in to the end of its test. */
const AWHILE_MS = 10 * 60_000;

interface Office extends AsyncDisposable {
	readonly gateway: Gateway;
	readonly account: Account;
	/** Of the account. */
	readonly admin: (method: string, path: string, body?: unknown) => Promise<Answer>;
	readonly signIn: (login: string, password?: string) => Promise<Answer>;
	/** Of the account, with an operator's token. */
	readonly by: (token: string) => (method: string, path: string, body?: unknown) => Promise<Answer>;
	readonly ids: Readonly<Record<'sales' | 'support' | 'ana' | 'bia' | 'chief', string>>;
	readonly wall: { offMs: number };
}

/** Ana sells, Bia supports, the chief sees everything; Maria waits for sales, João for support. */
async function openOffice(): Promise<Office> {
	const wall = { offMs: 0 };
	const gateway = await startGateway({ rawClocks: { wall: () => Date.now() + wall.offMs, monotonic: () => performance.now() } });
	const account = await gateway.account();
	const admin: Office['admin'] = (method, path, body) => gateway.admin(method, `/accounts/${account.id}${path}`, body);
	const made = async (path: string, body: object): Promise<string> => (await admin('POST', path, body)).body.id;
	const sales = await made('/departments', { name: 'Vendas' });
	const support = await made('/departments', { name: 'Suporte' });
	const operator = (name: string, more: object): Promise<string> =>
		made('/operators', { name, login: name.toLowerCase(), password: PASSWORD, ...more });
	const ana = await operator('Ana', { departmentIds: [sales] });
	const bia = await operator('Bia', { departmentIds: [support] });
	const chief = await operator('Chefe', { role: 'admin' });
	for (const [phone, departmentId] of [
		[MARIA, sales],
		[JOAO, support],
	]) {
		await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: phone, text: 'oi' });
		await admin('POST', '/attendances', { phone, operatorIds: [], departmentId });
	}
	const ids = { sales, support, ana, bia, chief };
	return {
		...{ gateway, account, admin, ids, wall },
		signIn: (login, password = PASSWORD) => admin('POST', '/sign-in', { login, password }),
		by: (token) => (method, path, body) =>
			gateway.call(method, `/recado/v1/accounts/${account.id}${path}`, { body, headers: { authorization: `Bearer ${token}` } }),
		[Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
	};
}

function told({ status, body }: Answer): readonly [number, string] {
	return [status, body.code];
}

test('an operator works at the desk as who they are', async () => {
	await using office = await openOffice();
	const { ids, gateway } = office;
	const ana = office.by((await office.signIn('ana')).body.token);
	const bia = office.by((await office.signIn('bia')).body.token);
	const { body: taken } = await ana('POST', '/desk/next', {});
	assert.deepEqual([taken.operators[0].id, taken.department.id], [ids.ana, ids.sales]);
	const { body: other } = await bia('POST', '/desk/next', { operatorId: ids.bia });
	assert.equal(other.department.id, ids.support);

	const idsOf = async (asked: Promise<Answer>): Promise<unknown> => (await asked).body.items.map(({ id }: { id: string }) => id);
	assert.deepEqual(await idsOf(ana('GET', '/desk/attending')), [taken.id]);
	assert.deepEqual(await idsOf(ana('GET', `/desk/attending?asOperatorId=${ids.ana}`)), [taken.id]);
	const shown = async (token: string, id: string): Promise<number> =>
		(await gateway.call('GET', `/recado/v1/attendances/${id}`, { headers: { authorization: `Bearer ${token}` } })).status;
	const { token } = (await office.signIn('ana')).body;
	assert.deepEqual([await shown(token, taken.id), await shown(token, other.id)], [200, 404]);

	assert.equal((await ana('POST', `/chats/${taken.chatId}/notes`, { text: 'Cliente antiga' })).body.by.id, ids.ana);
	assert.equal((await ana('PUT', `/chats/${taken.chatId}/card/fields/CPF`, { value: '1' })).status, 200);
	for (const [method, path, body] of [
		['GET', 'notes'],
		['GET', 'card'],
		['PATCH', 'card', { city: 'Maringá' }],
		['PUT', 'card/fields/CPF', { value: '2' }],
		['DELETE', 'card/fields/CPF'],
	] as const) {
		assert.deepEqual(told(await bia(method, `/chats/${taken.chatId}/${path}`, body)), [404, 'not_there'], `${method} ${path}`);
	}
	assert.equal((await office.admin('GET', `/chats/${taken.chatId}/card`)).body.genericFields[0].value, '1');

	assert.equal((await ana('PUT', `/operators/${ids.ana}/state`, { state: 'online' })).body.state, 'online');
	await ana('POST', `/desk/attendances/${taken.id}/transfer`, { departmentId: ids.support });
	assert.deepEqual(told(await ana('GET', `/desk/attendances/${taken.id}/transfers`)), [404, 'not_there']);
	assert.equal((await bia('GET', `/desk/attendances/${taken.id}/transfers`)).body.items[0].by.id, ids.ana);
	assert.equal((await bia('POST', `/desk/attendances/${other.id}/finish`, {})).body.finishedBy.id, ids.bia);
	const audited = async (): Promise<Answer['body'][]> => (await gateway.admin('GET', `/audit?actorId=${ids.bia}`)).body.items;
	await until(async () => (await audited()).length > 0, { what: 'the audit log', withinMs: 30_000 });
	assert.deepEqual((await audited())[0].by, { kind: 'operator', id: ids.bia, name: 'Bia' });
});

test('quick replies: read by everybody who may see them, changed by who is admin', async () => {
	await using office = await openOffice();
	const { ids } = office;
	const [ana, bia, chief] = await Promise.all(
		['ana', 'bia', 'chefe'].map(async (login) => office.by((await office.signIn(login)).body.token)),
	);
	assert.ok(ana && bia && chief);
	const ofSales = (await chief('POST', '/quick-replies', { shortcut: 'preco', text: 'Custa 7', departmentIds: [ids.sales] })).body;
	await chief('POST', '/quick-replies', { shortcut: 'oi', text: 'Olá' });
	const read = async (by: typeof ana): Promise<readonly string[]> =>
		(await by('GET', '/quick-replies')).body.items.map(({ shortcut }: { shortcut: string }) => shortcut);
	assert.deepEqual([await read(ana), await read(bia), await read(chief)], [['preco', 'oi'], ['oi'], ['preco', 'oi']]);
	assert.deepEqual(told(await ana('POST', '/quick-replies', { shortcut: 'x', text: 'x' })), [403, 'forbidden']);
	assert.deepEqual(told(await ana('PATCH', `/quick-replies/${ofSales.id}`, { text: 'x' })), [403, 'forbidden']);
	assert.deepEqual(told(await ana('DELETE', `/quick-replies/${ofSales.id}`)), [403, 'forbidden']);
});

test('what was written in a chat is read by who may see the chat', async () => {
	await using office = await openOffice();
	const { ids } = office;
	const [ana, bia] = await Promise.all(['ana', 'bia'].map(async (login) => office.by((await office.signIn(login)).body.token)));
	assert.ok(ana && bia);
	const { chatId } = (await ana('POST', '/desk/next', {})).body;
	const { items } = (await ana('GET', `/chats/${chatId}/messages`)).body;
	assert.equal(items[0].content.text, 'oi');
	for (const path of [`/chats/${chatId}`, `/chats/${chatId}/messages`, `/chats/${chatId}/messages?asOperatorId=${ids.bia}`]) {
		assert.deepEqual(told(await bia('GET', path)), [404, 'not_there'], path);
	}
});

test('in nobody else’s name, whatever their role', async () => {
	await using office = await openOffice();
	const { ids } = office;
	for (const login of ['ana', 'chefe']) {
		const by = office.by((await office.signIn(login)).body.token);
		for (const [method, path, body] of [
			['GET', `/desk/waiting?asOperatorId=${ids.bia}`],
			['GET', `/desk/waiting/count?asOperatorId=${ids.bia}`],
			['GET', `/desk/attending/count?asOperatorId=${ids.bia}`],
			['GET', `/desk/attending?asOperatorId=${ids.bia}`],
			['POST', '/desk/next', { operatorId: ids.bia }],
			['PUT', `/operators/${ids.bia}/state`, { state: 'online' }],
			['POST', `/operators/${ids.bia}/sign-out`],
		] as const) {
			assert.deepEqual(told(await by(method, path, body)), [403, 'forbidden'], `${login}: ${method} ${path}`);
		}
	}
	assert.equal((await office.admin('GET', `/operators/${ids.bia}`)).body.state, 'offline');
});

test('a token ends with the password, the sign-out, the operator, and after 12 hours', async () => {
	await using office = await openOffice();
	const { ids, wall } = office;
	const isOpen = async (token: string): Promise<boolean> => {
		const answer = await office.by(token)('GET', '/desk/waiting');
		if (answer.status !== 200) assert.deepEqual(told(answer), [401, 'unauthorized']);
		return answer.status === 200;
	};
	const tokenOf = async (login: string, password?: string): Promise<string> => (await office.signIn(login, password)).body.token;
	const [ana, bia, chief] = [await tokenOf('ana'), await tokenOf('bia'), await tokenOf('chefe')];
	assert.deepEqual([await isOpen(ana), await isOpen(`${ana.slice(0, -4)}AAAA`)], [true, false]);

	await office.admin('PATCH', `/operators/${ids.ana}`, { name: 'Ana Maria' });
	assert.equal(await isOpen(ana), true);
	await office.admin('PATCH', `/operators/${ids.ana}`, { password: 'outro segredo' });
	assert.equal(await isOpen(ana), false);
	const [again, onPhone] = [await tokenOf('ana', 'outro segredo'), await tokenOf('ana', 'outro segredo')];
	assert.equal((await office.by(again)('POST', `/operators/${ids.ana}/sign-out`)).status, 204);
	assert.deepEqual([await isOpen(again), await isOpen(onPhone)], [false, false]);
	assert.equal(await isOpen(await tokenOf('ana', 'outro segredo')), true);

	await office.admin('PATCH', `/operators/${ids.bia}`, { active: false });
	assert.equal(await isOpen(bia), false);
	await office.admin('PATCH', `/operators/${ids.bia}`, { active: true });
	assert.equal(await isOpen(bia), false);
	const deleted = await tokenOf('bia');
	assert.equal(await isOpen(deleted), true);
	await office.admin('DELETE', `/operators/${ids.bia}`);
	assert.equal(await isOpen(deleted), false);

	wall.offMs = 12 * HOUR_MS - AWHILE_MS;
	assert.equal(await isOpen(chief), true);
	wall.offMs = 12 * HOUR_MS;
	assert.equal(await isOpen(chief), false);
});
