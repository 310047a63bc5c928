/** What a person looks at when something did not arrive, over public HTTP: deliveries found, one opened, a webhook's past, an instance's queue. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { createChecker, type OpenApi, operationAt } from '../http/recado/document.ts';
import { type Account, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';

const ANA = '5544988887777';
const RUI = '5544977776666';
/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WITHIN_MS = 30_000;

/** Asks as administrator, and holds each answer against the document. */
type Ask = (method: string, path: string, body?: unknown) => Promise<Answer['body']>;

async function asking(gateway: Gateway): Promise<Ask> {
	const document: OpenApi = (await gateway.call('GET', '/recado/v1/openapi.json')).body;
	const check = createChecker(document);
	return async (method, path, body) => {
		const reply = await gateway.admin(method, path, body);
		assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
		const operation = operationAt(document, method, `/recado/v1${path}`);
		assert.ok(operation, path);
		assert.equal(check(operation, reply.status, reply.status === 204 ? undefined : reply.body), undefined, path);
		return reply.body;
	};
}

function write(ask: Ask, { instance }: Account, from: string, text: string): Promise<unknown> {
	return ask('POST', `/simulator/${instance.id}/messages`, { from, text });
}

async function settled(ask: Ask, accountId: string, count: number): Promise<void> {
	const all = (): Promise<Answer['body']> => ask('GET', `/deliveries?accountId=${accountId}`);
	const isSettled = ({ state }: { state: string }): boolean => state === 'delivered' || state === 'dead';
	await until(
		async () => {
			const { items } = await all();
			return items.length === count && items.every(isSettled);
		},
		{ what: `${count} deliveries to be settled`, withinMs: WITHIN_MS },
	);
}

test('deliveries are found by phone, event type and text, and replayed by the same words', async () => {
	await using gateway = await startGateway();
	const ask = await asking(gateway);
	const account = await gateway.account();
	const other = await gateway.account('Outra');
	const hook = gateway.receiver.url('/hook');
	const webhook = await ask('POST', '/webhooks', { accountId: account.id, url: hook, events: ['message.received', 'chat.presence'] });
	await write(ask, account, ANA, 'A PROMOÇÃO ainda vale?');
	await write(ask, account, RUI, 'Oi');
	await write(ask, account, RUI, 'e a promoção?');
	await ask('POST', `/simulator/${account.instance.id}/presence`, { from: ANA, status: 'composing' });
	await settled(ask, account.id, 4);

	const found = async (query: string): Promise<readonly string[]> => {
		const { items } = await ask('GET', `/deliveries?${query}`);
		const bodies = items.map(async ({ id }: { id: string }) => JSON.parse((await ask('GET', `/deliveries/${id}`)).body));
		return (await Promise.all(bodies)).map(({ type, data }) => data.message?.content.text ?? type);
	};
	const of = `accountId=${account.id}`;
	assert.deepEqual(await found(`${of}&phone=${ANA}`), ['chat.presence', 'A PROMOÇÃO ainda vale?']);
	const withoutNine = encodeURIComponent('+55 44 8888-7777');
	assert.deepEqual(await found(`${of}&eventType=message.received&phone=${withoutNine}`), ['A PROMOÇÃO ainda vale?']);
	const text = encodeURIComponent('promoção');
	assert.deepEqual(await found(`webhookId=${webhook.id}&text=${text}`), ['e a promoção?', 'A PROMOÇÃO ainda vale?']);
	assert.deepEqual(await found(`instanceId=${account.instance.id}&text=${text}&phone=${RUI}`), ['e a promoção?']);
	assert.deepEqual(await found(`accountId=${other.id}&phone=${ANA}`), []);
	assert.equal((await ask('GET', `/deliveries?${of}&text=${text}`)).scanned, 4);
	const unnamed = await gateway.admin('GET', `/deliveries?phone=${ANA}`);
	assert.deepEqual([unnamed.status, unnamed.body.faults[0].path], [400, 'phone']);

	const before = gateway.receiver.requests.length;
	const wish = { kind: 'replay', accountId: account.id, phone: RUI, text: 'PROMOÇÃO', states: ['delivered'] };
	const asked = `accountId=${account.id}&phone=${RUI}&text=${encodeURIComponent('PROMOÇÃO')}`;
	assert.deepEqual(await ask('GET', `/deliveries/count?${asked}&states=delivered`), { count: 1, isAtLeast: false });
	assert.deepEqual(await ask('GET', `/deliveries/count?${asked}&states=dead,cancelled`), { count: 0, isAtLeast: false });
	assert.deepEqual(await ask('GET', `/deliveries/count?${of}`), { count: 4, isAtLeast: false });
	const job = await ask('POST', '/jobs', wish);
	assert.deepEqual([job.chatIds.length, job.text], [1, 'PROMOÇÃO']);
	await until(async () => (await ask('GET', `/jobs/${job.id}`)).state === 'done', { what: 'the job', withinMs: WITHIN_MS });
	await gateway.receiver.waitFor((all) => all.length > before, 'the replay', WITHIN_MS);
	const { total, done } = await ask('GET', `/jobs/${job.id}`);
	assert.deepEqual([total, done], [1, 1]);
	assert.equal(gateway.receiver.requests.at(-1)?.headers['recado-replay'], 'true');
	const nobody = await ask('POST', '/jobs', { ...wish, phone: '5511911112222' });
	await until(async () => (await ask('GET', `/jobs/${nobody.id}`)).state === 'done', { what: 'a job over nothing', withinMs: WITHIN_MS });
	assert.equal((await ask('GET', `/jobs/${nobody.id}`)).total, 0);
});

test('a delivery opened says what was sent, what came back, why it failed, and lets its signature be checked', async () => {
	const answer = { kind: 'answer', status: 503, headers: { 'x-reason': 'deploying' }, body: 'back soon' } as const;
	await using gateway = await startGateway({ treat: answer });
	const ask = await asking(gateway);
	const account = await gateway.account();
	const webhook = await ask('POST', '/webhooks', {
		...{ accountId: account.id, url: gateway.receiver.url('/hook'), scheduleMs: [0], headers: { 'x-own': 'a secret of ours' } },
		...{ authentication: { scheme: 'bearer', token: 'another-secret' } },
	});
	const { id } = await ask('POST', `/webhooks/${webhook.id}/test`, { event: 'attendance.transferred' });
	await settled(ask, account.id, 1);
	const opened = await ask('GET', `/deliveries/${id}`);
	assert.deepEqual([opened.state, opened.eventType], ['dead', 'attendance.transferred']);
	const [attempt] = opened.attempts;
	assert.deepEqual([attempt.response.status, attempt.response.body, attempt.response.headers['x-reason']], [503, 'back soon', 'deploying']);
	assert.match(attempt.error.explanation.en, /proxy/);
	assert.match(attempt.error.explanation.pt, /proxy/);
	assert.doesNotMatch(JSON.stringify(opened), /secret of ours|another-secret/);
	assert.deepEqual([attempt.request.headers['x-own'], attempt.request.headers.authorization], ['[secret]', '[secret]']);
	const [request] = await gateway.receiver.arrived(1);
	assert.equal(opened.body, request?.text);
	const key = Buffer.from(webhook.secret.slice('whsec_'.length), 'base64');
	const expected = createHmac('sha256', key)
		.update(attempt.signature.prefix + opened.body)
		.digest('base64');
	assert.deepEqual(attempt.signature.values, [`v1,${expected}`]);
	assert.equal(request?.headers['webhook-signature'], `v1,${expected}`);
});

test('an example of each event that a webhook wants; its past, its pause and its rotation', async () => {
	await using gateway = await startGateway();
	const ask = await asking(gateway);
	const account = await gateway.account();
	const webhook = await ask('POST', '/webhooks', { accountId: account.id, url: gateway.receiver.url('/hook') });
	for (const event of webhook.events) await ask('POST', `/webhooks/${webhook.id}/test`, { event });
	await settled(ask, account.id, webhook.events.length);
	const told = new Set(gateway.receiver.requests.map(({ headers }) => headers['recado-event']));
	assert.deepEqual([...told].sort(), [...webhook.events].sort());

	const paused = await ask('PATCH', `/webhooks/${webhook.id}`, { enabled: false, disabledReason: 'Loja em reforma' });
	assert.deepEqual([paused.status, paused.disabledReason], ['disabled', 'Loja em reforma']);
	assert.equal((await gateway.admin('PATCH', `/webhooks/${webhook.id}`, { enabled: false, disabledReason: 'gone' })).status, 400);
	assert.equal((await ask('PATCH', `/webhooks/${webhook.id}`, { enabled: true })).disabledReason, undefined);
	assert.equal(webhook.olderSecretsUntil, undefined);
	const rotated = await ask('POST', `/webhooks/${webhook.id}/secret`);
	assert.equal(rotated.olderSecretsUntil.length, 1);
	assert.ok(Date.parse(rotated.olderSecretsUntil[0]) > Date.now());
	const { items } = await ask('GET', `/webhooks/${webhook.id}/history`);
	assert.deepEqual(
		items.map(({ kind, reason }: { kind: string; reason?: string }) => (reason === undefined ? kind : `${kind}: ${reason}`)),
		['secret-rotated', 'enabled', 'disabled: Loja em reforma', 'created'],
	);
	assert.equal((await gateway.admin('GET', '/webhooks/whk_none/history')).status, 404);
});

test('an instance tells what it can do and what it has still to send, and lets it be taken out', async () => {
	await using gateway = await startGateway();
	const ask = await asking(gateway);
	const account = await gateway.account();
	const here = `/instances/${account.instance.id}`;
	const channel = await ask('GET', `${here}/channel`);
	assert.deepEqual([channel.channel, channel.kinds.includes('poll'), channel.calls.includes('groups.create')], ['simulator', true, true]);
	assert.deepEqual(await ask('GET', `${here}/queue`), { length: 0, state: 'connected', pacing: { minMs: 0, maxMs: 0 }, items: [] });
	await ask('POST', `${here}/disconnect`);
	const sent: string[] = [];
	for (const text of ['um', 'dois', 'três']) sent.push((await ask('POST', `${here}/messages`, { to: ANA, text })).id);
	const queue = await ask('GET', `${here}/queue?limit=2`);
	assert.deepEqual([queue.length, queue.state, queue.items.map(({ id }: { id: string }) => id)], [3, 'disconnected', sent.slice(0, 2)]);
	assert.ok(Date.parse(queue.nextDueAt) <= Date.now() && Date.parse(queue.oldestAt) <= Date.now());
	await ask('DELETE', `${here}/queue/${sent[1]}`);
	assert.equal((await ask('GET', `${here}/queue?limit=0`)).length, 2);
	assert.deepEqual(await ask('DELETE', `${here}/queue`), { deleted: 2 });
	assert.equal((await ask('PATCH', `/accounts/${account.id}`, { name: 'Padaria' })).name, 'Padaria');
	assert.equal((await ask('GET', `/accounts/${account.id}`)).name, 'Padaria');
});
