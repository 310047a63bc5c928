/** The partner API of Plugchat on the real gateway: what an integrator sets up is there in the account, and is nobody else's. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Gateway, json } from '../support/gateway.ts';
import { type Any, inTime, integratorOf, MARIA, type Plugchat, simulate, startPlugchat, write } from './plugchat-rig.ts';

describe("Plugchat's partner API", () => {
	let gateway: Gateway;
	let integrator: Plugchat;

	before(async () => {
		gateway = await startPlugchat();
		integrator = await integratorOf(gateway, 'Integrador');
	});
	after(() => gateway[Symbol.asyncDispose]());

	async function account(wish: object = {}): Promise<string> {
		const made = await integrator.ok('POST', '/integrator/account', { externalId: 'c-1', name: 'Cliente', active: true, ...wish });
		return made.accountId;
	}

	async function instance(accountId: string): Promise<string> {
		const wish = { name: 'Vendas', channel: 'simulator', phone: '5544933334444' };
		return (await gateway.admin('POST', `/accounts/${accountId}/instances`, wish)).body.id;
	}

	test('an account begins with a department, and its webhooks are those it was made with', async () => {
		const onReceiveMessage = gateway.receiver.url('/entrada');
		const accountId = await account({ onReceiveMessage, onMessageDeliveryError: gateway.receiver.url('/erro') });
		const shown = await integrator.ok('GET', `/integrator/account/${accountId}/`);
		assert.deepEqual(shown, {
			name: 'Cliente',
			externalId: 'c-1',
			active: true,
			onStartAttendance: null,
			onFinishAttendance: null,
			onReceiveMessage,
			onSendingMessage: null,
			onMessageStatus: null,
		});
		const [geral] = await integrator.ok('GET', `/integrator/account/${accountId}/departments`);
		assert.deepEqual([geral.name, geral.active], ['Geral', true]);
		await write(gateway, await instance(accountId), 'Bom dia');
		const heard = () => gateway.receiver.requests.filter((one) => one.path === '/entrada').map(json);
		await inTime('the webhook', async () => heard().length > 0);
		assert.equal(heard()[0].text.message, 'Bom dia');
	});

	test('without an account where a webhook is refused, and once with an Idempotency-Key', async () => {
		const wish = { externalId: 'c-2', name: 'Cliente', active: true };
		const refused = await integrator.refused(400, 'POST', '/integrator/account', { ...wish, onReceiveMessage: 'http://loja.example/' });
		assert.match(refused.reason, /https/);
		const headers = { 'idempotency-key': 'uma-vez' };
		const made = await integrator.ok('POST', '/integrator/account', wish, headers);
		assert.deepEqual(await integrator.ok('POST', '/integrator/account', wish, headers), made);
	});

	test("another integrator's account is not there", async () => {
		const accountId = await account();
		const other = await integratorOf(gateway, 'Outro');
		const at = `/integrator/account/${accountId}`;
		const calls: readonly (readonly [string, string, object?])[] = [
			['GET', at],
			['GET', `${at}/extension-token`],
			['POST', `${at}/subscription`, { operators: 2 }],
			['POST', `${at}/cancel-subscription`],
			['GET', `${at}/departments`],
			['POST', `${at}/departments`, { name: 'Suporte', active: true }],
			['DELETE', `${at}/departments/dep_1`],
			['GET', `${at}/operators`],
			['POST', `${at}/satisfaction/by-ticket`, { ticket: 1 }],
			['POST', `${at}/satisfaction/by-date`, { start: 0, end: 1 }],
		];
		for (const [method, path, body] of calls) {
			assert.deepEqual(await other.refused(404, method, path, body), { reason: 'entity not found' });
		}
		const admin = await gateway.admin('POST', '/tokens', { name: 'Sem escopo', scopes: ['messages:send'] });
		for (const authorization of [`Bearer ${admin.body.token}`, 'Bearer wrong', '']) {
			const answer = await gateway.call('GET', at, { headers: { authorization } });
			assert.deepEqual([answer.status, Object.keys(answer.body)], [401, ['reason']]);
		}
	});

	test('operators get a role, departments and a way to sign in; isAdmin is a boolean or a word', async () => {
		const accountId = await account();
		const at = `/integrator/account/${accountId}/operators`;
		const [geral] = await integrator.ok('GET', `/integrator/account/${accountId}/departments`);
		const wish = { name: 'Ana', active: true, departments: [geral.id], login: 'ana', password: 'segredo', isAdmin: true };
		const { id, accessToken } = await integrator.ok('POST', at, wish);
		assert.match(accessToken, /^[\w-]+\.[\w-]+\.[\w-]+$/);
		const role = async () => (await gateway.admin('GET', `/accounts/${accountId}/operators`)).body.items[0].role;
		assert.equal(await role(), 'admin');
		await integrator.ok('PUT', at, { id, name: 'Ana Lima', active: false, departments: [], isAdmin: 'false' });
		assert.equal(await role(), 'agent');
		const [listed] = await integrator.ok('GET', at);
		assert.deepEqual([listed.id, listed.name, listed.active, listed.departments], [id, 'Ana Lima', false, []]);
		assert.match((await integrator.refused(400, 'POST', at, { ...wish, departments: ['dep_nenhum'] })).reason, /dep_nenhum/);
		assert.deepEqual(await integrator.refused(404, 'PUT', at, { ...wish, id: 'opr_nenhum' }), { reason: 'entity not found' });
	});

	test('a subscription has two operators at least, and is changed by signing again', async () => {
		const at = `/integrator/account/${await account()}`;
		await integrator.refused(404, 'POST', `${at}/cancel-subscription`);
		assert.match((await integrator.refused(400, 'POST', `${at}/subscription`, { operators: 1 })).reason, /operators/);
		const first = await integrator.ok('POST', `${at}/subscription`, { operators: 3 });
		assert.deepEqual(await integrator.ok('POST', `${at}/subscription`, { operators: 5 }), { ...first, quantity: 5 });
		assert.deepEqual(await integrator.ok('POST', `${at}/cancel-subscription`), { success: true });
	});

	test('the menu is changed without what else was set of it', async () => {
		const accountId = await account();
		const ura = { active: true, ignoreGroups: true, welcomeMessage: 'Olá {senderName}', departmentMessage: 'Qual?' };
		const wrongAnswerMessage = 'Não entendi.';
		await gateway.admin('PUT', `/accounts/${accountId}/ura`, { ...ura, ignoreDefault: false, wrongAnswerMessage });
		await integrator.ok('POST', `/integrator/account/${accountId}/ura`, { ...ura, ignoreGeral: true, departmentMessage: 'Qual setor?' });
		const { body } = await gateway.admin('GET', `/accounts/${accountId}/ura`);
		assert.deepEqual([body.departmentMessage, body.ignoreDefault, body.wrongAnswerMessage], ['Qual setor?', true, wrongAnswerMessage]);
	});

	test('satisfaction that nobody told is not there; of an unknown operator neither', async () => {
		const at = `/integrator/account/${await account()}/satisfaction`;
		assert.deepEqual(await integrator.refused(404, 'POST', `${at}/by-ticket`, { ticket: 7 }), { reason: 'entity not found' });
		assert.deepEqual(await integrator.ok('POST', `${at}/by-date`, { start: 0, end: 1 }), { success: true, data: [] });
		await integrator.refused(404, 'POST', `${at}/by-operator`, { start: 0, end: 1, operatorId: 'opr_nenhum' });
	});

	test('the code for the extension opens the session once', async () => {
		const accountId = await account();
		const at = `/integrator/account/${accountId}/extension-token`;
		assert.deepEqual(await integrator.refused(404, 'GET', at), { reason: 'entity not found' });
		const id = await instance(accountId);
		await gateway.admin('POST', `/instances/${id}/disconnect`);
		const replaced = await integrator.ok('GET', at);
		const { token: code, expiresAt } = await integrator.ok('GET', at);
		assert.match(code, /^[A-Z\d]{6}$/);
		assert.ok(expiresAt > Date.now());
		const open = (body: object) => gateway.admin('POST', `/instances/${id}/extension-session`, body);
		if (replaced.token !== code) assert.equal((await open({ code: replaced.token })).status, 400);
		assert.equal((await open({ code })).body.state, 'connected');
		assert.equal((await open({ code })).status, 400);
		const { messageId }: Any = await simulate(gateway, id, '/messages', { from: MARIA, text: 'De volta' });
		assert.ok(messageId);
	});
});
