/** Two accounts on one gateway: whatever one of them asks in whatever dialect, it reaches nothing of the other, and forged tokens reach nobody. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Account, type Gateway, startGateway } from '../support/gateway.ts';
import { onSqliteAlone } from '../support/open-store.ts';

const CUSTOMER = '5544988887777';

interface Tenant extends Account {
	readonly appId: string;
	readonly jwt: string;
	readonly operatorId: string;
	readonly departmentId: string;
}

let gateway: Gateway;
let ana: Tenant;
let bia: Tenant;

async function tenant(name: string): Promise<Tenant> {
	const account = await gateway.account(name);
	const make = async (what: string, body: object) => (await gateway.admin('POST', `/accounts/${account.id}/${what}`, body)).body;
	const url = gateway.receiver.url(`/${name}`);
	const application = await make('applications', { name, instanceId: account.instance.id, webhook: url });
	const operator = await make('operators', { name });
	const department = await make('departments', { name });
	return { ...account, appId: application.appId, jwt: application.token, operatorId: operator.id, departmentId: department.id };
}

const zApi = (of: Account, token: string = of.instance.token) => `/instances/${of.instance.id}/token/${token}`;
const plugchat = (of: Account, path: string, body: object, headers: Record<string, string> = {}) =>
	gateway.call('POST', `/api/${path}`, { body, headers: { authorization: of.token, ...headers } });

before(async () => {
	gateway = await startGateway();
	ana = await tenant('ana');
	bia = await tenant('bia');
});
after(() => gateway[Symbol.asyncDispose]());

test('Z-API: the id of one instance and the token of another open neither', async () => {
	assert.equal((await gateway.call('GET', `${zApi(ana, bia.instance.token)}/status`)).status, 401);
	assert.equal((await gateway.call('GET', `${zApi(ana, ana.token)}/status`)).status, 401);
	assert.equal((await gateway.call('GET', `${zApi(ana)}/status`)).status, 200);
});

test('Z-API: a queue is read, emptied and reacted into by its own instance alone', async () => {
	await gateway.call('GET', `${zApi(bia)}/disconnect`);
	const { body: queued } = await gateway.call('POST', `${zApi(bia)}/send-text`, { body: { phone: CUSTOMER, message: 'segredo' } });
	assert.equal((await gateway.call('DELETE', `${zApi(ana)}/queue/${queued.zaapId}`)).status, 404);
	await gateway.call('DELETE', `${zApi(ana)}/queue`);
	assert.deepEqual((await gateway.call('GET', `${zApi(ana)}/queue`)).body.messages, []);
	const reaction = { phone: CUSTOMER, reaction: '👍', messageId: queued.messageId };
	assert.equal((await gateway.call('POST', `${zApi(ana)}/send-reaction`, { body: reaction })).status, 404);
	assert.equal((await gateway.call('GET', `${zApi(bia)}/queue/count`)).body.count, 1);
});

test('Plugchat: staff, chats and attendances of another account do not exist', async () => {
	const start = { phone: CUSTOMER, operators: [bia.operatorId] };
	assert.equal((await plugchat(bia, 'integrations/start-attendance', start)).body, true);
	assert.equal((await plugchat(ana, 'integrations/start-attendance', start)).status, 400);
	const move = { phone: CUSTOMER, departmentId: bia.departmentId };
	assert.equal((await plugchat(ana, 'integrations/change-department', move)).status, 400);
	const finish = { phone: CUSTOMER, operatorId: ana.operatorId, autoTransfer: false };
	assert.equal((await plugchat(ana, 'integrations/finish-attendance', finish)).body.chatFounded, false);
	assert.equal((await plugchat(ana, 'integrations/finish-attendance', { ...finish, operatorId: bia.operatorId })).status, 400);
	assert.equal((await plugchat(bia, 'integrations/finish-attendance', { ...finish, operatorId: bia.operatorId })).body.success, true);
});

test('Instant Message: what is listed is of the application’s own instance', async () => {
	const list = async (of: Tenant, query: string) =>
		(await gateway.call('GET', `/v1/messages${query}`, { headers: { authorization: of.jwt } })).body;
	assert.equal((await list(bia, `?phone=%2B${CUSTOMER}`)).messagesList.length, 1);
	assert.equal((await list(ana, `?phone=%2B${CUSTOMER}`)).messagesList.length, 0);
	assert.equal((await list(ana, '')).messagesList.length, 0);
	assert.equal((await list(ana, '/interactions')).interactionList.length, 0);
});

test('the same Idempotency-Key of two accounts is two keys', async () => {
	const headers = { 'idempotency-key': 'same' };
	const body = { phone: CUSTOMER, message: 'Oi' };
	const [one, other] = [await plugchat(ana, 'whatsapp/send-text', body, headers), await plugchat(bia, 'whatsapp/send-text', body, headers)];
	assert.notEqual(one.body.messageId, other.body.messageId);
	assert.equal((await plugchat(ana, 'whatsapp/send-text', body, headers)).body.messageId, one.body.messageId);
	assert.equal((await plugchat(ana, 'whatsapp/send-text', { ...body, message: 'Tchau' }, headers)).status, 422);
});

test('a webhook hears its own account alone', async () => {
	await gateway.call('PUT', '/api/integrations/update-webhooks', {
		body: { receiveMessage: gateway.receiver.url('/hears-bia') },
		headers: { authorization: bia.token },
	});
	await gateway.admin('POST', `/simulator/${ana.instance.id}/messages`, { from: CUSTOMER, text: 'para Ana' });
	await gateway.call('GET', `${zApi(bia)}/restore-session`);
	await gateway.admin('POST', `/simulator/${bia.instance.id}/messages`, { from: CUSTOMER, text: 'para Bia' });
	const heard = () => gateway.receiver.requests.filter(({ path }) => path === '/hears-bia');
	await gateway.receiver.waitFor(() => heard().some(({ text }) => text.includes('para Bia')), 'the message to Bia');
	assert.equal(
		heard().some(({ text }) => text.includes('para Ana')),
		false,
	);
});

test('a forged, unsigned or exchanged JWT opens nothing', async () => {
	const [header = '', payload = '', signature = ''] = ana.jwt.split('.');
	const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
	const none = encode({ alg: 'none', typ: 'JWT' });
	const ownKey = createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url');
	const forged = [
		`${none}.${payload}.`,
		`${none}.${payload}.${signature}`,
		`${encode({ alg: 'HS512', typ: 'JWT' })}.${payload}.${signature}`,
		`${header}.${payload}.${ownKey}`,
		`${header}.${encode({ ...claims, sub: bia.appId })}.${signature}`,
		`${header}.${payload}`,
		'',
	];
	for (const token of forged) {
		const answer = await gateway.call('GET', '/v1/messages', { headers: { authorization: `Bearer ${token}` } });
		assert.equal(answer.status, 401, token);
	}
	assert.equal((await gateway.call('GET', '/v1/messages', { headers: { authorization: ana.jwt } })).status, 200);
});

test('no account’s credential administers', async () => {
	for (const token of [ana.token, ana.clientToken, ana.instance.token, ana.jwt]) {
		const answer = await gateway.call('GET', '/recado/v1/accounts', { headers: { authorization: `Bearer ${token}` } });
		assert.equal(answer.status, 401);
	}
});

test('no token and no secret is in the files of the store', onSqliteAlone('a database has no files here to look into'), async () => {
	const { body: webhook } = await gateway.admin(
		'POST',
		'/webhooks',
		{ accountId: ana.id, url: gateway.receiver.url('/'), headers: { authorization: 'a-secret-of-the-receiver' } },
		{ 'idempotency-key': 'seals the answer' },
	);
	const directory = gateway.environment['RECADO_DATA'] ?? '';
	const files = await Promise.all((await readdir(directory)).map((file) => readFile(join(directory, file), 'latin1')));
	const secrets = [ana, bia].flatMap((of) => [of.token, of.clientToken, of.instance.token, of.jwt]);
	assert.ok(
		files.some((content) => content.includes(webhook.id)),
		'what is kept is found so',
	);
	for (const secret of [...secrets, webhook.secret.slice('whsec_'.length), 'a-secret-of-the-receiver']) {
		assert.ok(secret.length > 20);
		assert.equal(
			files.some((content) => content.includes(secret)),
			false,
			secret,
		);
	}
});
