/** An application over its life, by public HTTP: made, changed, deleted; who it was is nobody afterwards, and what waits for it is asked about. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Account, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';

const CUSTOMER = '5544988887777';
/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WITHIN_MS = 30_000;

let gateway: Gateway;
let account: Account;

before(async () => {
	gateway = await startGateway({ treat: ({ path }) => (path.startsWith('/away') ? 503 : 200) });
	account = await gateway.account('Loja');
});
after(() => gateway[Symbol.asyncDispose]());

interface Made {
	readonly appId: string;
	readonly token: string;
	readonly webhookId: string;
}

async function application(path: string): Promise<Made> {
	const wish = { name: 'CRM', instanceId: account.instance.id, webhook: gateway.receiver.url(path) };
	const { status, body } = await gateway.admin('POST', `/accounts/${account.id}/applications`, wish);
	assert.equal(status, 201, JSON.stringify(body));
	return body;
}

const send = (token: string): Promise<Answer> =>
	gateway.call('POST', '/v1/messages', {
		body: { provider: 'whatsapp', type: 'interaction', contact: { phone: `+${CUSTOMER}` }, message: 'Oi', contextId: 'um-dois' },
		headers: { authorization: token },
	});

async function unsettled(webhookId: string): Promise<number> {
	const pages = await Promise.all(
		['pending', 'sending'].map((state) => gateway.admin('GET', `/deliveries?webhookId=${webhookId}&state=${state}`)),
	);
	return pages.flatMap(({ body }) => body.items).length;
}

test('name and address change; what waits for the old address flows to the new one', async () => {
	const { appId, webhookId } = await application('/away/old');
	await gateway.admin('POST', `/webhooks/${webhookId}/test`, {});
	await until(async () => (await unsettled(webhookId)) > 0, { what: 'a delivery that waits', withinMs: WITHIN_MS });
	const webhook = gateway.receiver.url('/new');
	const { status, body } = await gateway.admin('PATCH', `/applications/${appId}`, { name: 'CRM novo', webhook });
	assert.deepEqual([status, body.name, body.webhook, body.webhookId], [200, 'CRM novo', webhook, webhookId]);
	await gateway.receiver.waitFor((all) => all.some(({ path }) => path === '/new'), 'what waited', WITHIN_MS);
	await until(async () => (await unsettled(webhookId)) === 0, { what: 'it to be delivered', withinMs: WITHIN_MS });
});

test('an address that is refused changes nothing, and is told at its field', async () => {
	const { appId } = await application('/kept');
	const { status, body } = await gateway.admin('PATCH', `/applications/${appId}`, { name: 'Outro', webhook: 'ftp://example.com' });
	assert.deepEqual([status, body.faults?.[0]?.path], [400, 'webhook']);
	assert.equal((await gateway.admin('GET', `/applications/${appId}`)).body.name, 'CRM');
	assert.equal((await gateway.admin('PATCH', '/applications/app_none', { name: 'x' })).status, 404);
});

test('one whose webhook was deleted gets a new one with an address', async () => {
	const { appId, webhookId } = await application('/lost');
	await gateway.admin('DELETE', `/webhooks/${webhookId}?deliveries=cancel`);
	await until(async () => (await gateway.admin('GET', `/webhooks/${webhookId}`)).status === 404, {
		what: 'the webhook to go',
		withinMs: WITHIN_MS,
	});
	const webhook = gateway.receiver.url('/found');
	const { body } = await gateway.admin('PATCH', `/applications/${appId}`, { webhook });
	assert.equal(body.webhook, webhook);
	assert.notEqual(body.webhookId, webhookId);
	const { body: fresh } = await gateway.admin('GET', `/webhooks/${body.webhookId}`);
	assert.deepEqual([fresh.url, fresh.applicationId, fresh.dialect], [webhook, appId, 'instant-message']);
});

test('deleted it takes its webhook and its templates along, and its token is refused', async () => {
	const { appId, token, webhookId } = await application('/ends');
	const template = { name: 'ola', language: 'pt_BR', category: 'UTILITY', components: [{ type: 'BODY', text: 'Olá' }] };
	assert.equal((await gateway.admin('POST', `/applications/${appId}/templates`, template)).status, 201);
	assert.notEqual((await send(token)).status, 401);
	await until(async () => (await unsettled(webhookId)) === 0, { what: 'nothing to wait', withinMs: WITHIN_MS });
	const { status } = await gateway.admin('DELETE', `/applications/${appId}?deliveries=cancel`);
	assert.ok([202, 204].includes(status), String(status));
	assert.equal((await send(token)).status, 401);
	assert.equal((await gateway.admin('GET', `/applications/${appId}`)).status, 404);
	assert.equal((await gateway.admin('GET', `/applications/${appId}/templates/ola`)).status, 404);
	assert.equal((await gateway.admin('DELETE', `/applications/${appId}`)).status, 404);
	const { body } = await gateway.admin('GET', `/accounts/${account.id}/applications`);
	assert.ok(!body.items.some((one: Made) => one.appId === appId));
	await until(async () => (await gateway.admin('GET', `/webhooks/${webhookId}`)).status === 404, {
		what: 'its webhook to go',
		withinMs: WITHIN_MS,
	});
});

test('where something waits for it it has to be said what becomes of that: until then nothing has changed', async () => {
	const { appId, token, webhookId } = await application('/away/waiting');
	await gateway.admin('POST', `/webhooks/${webhookId}/test`, {});
	await until(async () => (await unsettled(webhookId)) > 0, { what: 'a delivery that waits', withinMs: WITHIN_MS });
	const refused = await gateway.admin('DELETE', `/applications/${appId}`);
	assert.deepEqual([refused.status, refused.body.code], [409, 'webhook_has_deliveries']);
	assert.notEqual((await send(token)).status, 401);
	assert.equal((await gateway.admin('DELETE', `/applications/${appId}?deliveries=drain`)).status, 202);
	assert.equal((await send(token)).status, 401);
	assert.equal((await gateway.admin('GET', `/webhooks/${webhookId}`)).body.ending, 'drain');
});
