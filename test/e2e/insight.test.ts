/** What a person sees of the gateway at a glance, over public HTTP: figures, what needs them, and the live stream. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createChecker, type OpenApi, operationAt } from '../http/recado/document.ts';
import { type Account, ADMIN_TOKEN, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { startPair } from '../support/gateway-pair.ts';
import { readLive } from '../support/live-stream.ts';
import { until } from '../support/waiting.ts';

const MARIA = '5544988887777';
const PASSWORD = 'segredo longo';
/** Long enough for a machine with other work; what is waited for takes a second or two. */
const WITHIN_MS = 30_000;
const GRACE_MS = 300_000;
const ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** Asks as the administrator, and holds each answer against the document. */
type Ask = (path: string) => Promise<Answer['body']>;

async function asking(gateway: Gateway): Promise<Ask> {
	const document: OpenApi = (await gateway.call('GET', '/recado/v1/openapi.json')).body;
	const check = createChecker(document);
	return async (path) => {
		const { status, body } = await gateway.admin('GET', path);
		const operation = operationAt(document, 'GET', `/recado/v1${path}`);
		assert.ok(operation, path);
		assert.equal(check(operation, status, body), undefined, path);
		assert.equal(status, 200, JSON.stringify(body));
		return body;
	};
}

async function made(gateway: Gateway, path: string, body: object): Promise<Answer['body']> {
	const answer = await gateway.admin('POST', path, body);
	assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
	return answer.body;
}

async function webhookOf(gateway: Gateway, { id }: Account, path: string, more: object = {}): Promise<string> {
	return (await made(gateway, '/webhooks', { accountId: id, url: gateway.receiver.url(path), ...more })).id;
}

function write(gateway: Gateway, { instance }: Account, text: string): Promise<Answer['body']> {
	return made(gateway, `/simulator/${instance.id}/messages`, { from: MARIA, text });
}

async function signedInAsAdmin(gateway: Gateway): Promise<{ readonly cookie: string; readonly csrf: string }> {
	const { headers, body } = await gateway.call('POST', '/recado/v1/session', { body: { token: ADMIN_TOKEN } });
	const [cookie = ''] = String(headers['set-cookie']).split(';');
	return { cookie, csrf: body.csrf };
}

async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
	await until(isSo, { what, withinMs: WITHIN_MS });
}

async function operatorToken(gateway: Gateway, { id }: Account, role: string): Promise<string> {
	const login = { login: role, password: PASSWORD };
	await made(gateway, `/accounts/${id}/operators`, { name: role, role, ...login });
	return (await made(gateway, `/accounts/${id}/sign-in`, login)).token;
}

describe('figures', () => {
	test('what was received and delivered is counted, of each account, and still there after a restart', async () => {
		await using gateway = await startGateway();
		const ask = await asking(gateway);
		const [shop, other] = [await gateway.account(), await gateway.account('Outra')];
		await webhookOf(gateway, shop, '/hook', { events: ['message.received'] });
		const silent = await gateway.admin('PUT', `/simulator/${shop.instance.id}/contacts/${MARIA}`, { repliesWith: null });
		assert.equal(silent.status, 200);
		for (const text of ['a', 'b', 'c']) await write(gateway, shop, text);
		await made(gateway, `/instances/${shop.instance.id}/messages`, { to: MARIA, text: 'oi' });
		await write(gateway, other, 'x');
		const totals = async (query = ''): Promise<Answer['body']> => (await ask(`/figures?window=15m${query}`)).totals;
		await eventually('all of it to be counted', async () => {
			const { delivered, sent, received } = await totals();
			return delivered === 3 && sent === 1 && received === 4;
		});
		const own = await totals(`&accountId=${shop.id}`);
		assert.deepEqual([own.received, own.accepted, own.delivered, own.attemptsOk, own.attemptsFailed, own.dead], [3, 1, 3, 3, 0, 0]);
		// No delivery took longer than it was waited for; it is told by the bound of its bucket.
		assert.ok(own.latency.p50 > 0 && own.latency.p99 <= 2 * WITHIN_MS, JSON.stringify(own.latency));
		assert.equal((await totals(`&accountId=${other.id}`)).received, 1);
		for (const [window, points] of [
			['15m', 15],
			['1h', 60],
			['24h', 144],
			['7d', 168],
		]) {
			assert.equal((await ask(`/figures?window=${window}`)).points.length, points);
		}
		await gateway.stop();
		await gateway.start();
		assert.equal((await totals()).delivered, 3);
		assert.equal((await totals(`&accountId=${shop.id}`)).received, 3);
		assert.equal((await ask('/figures')).window, '1h');
	});

	test('a credential of one account sees its own; operators do who are admins', async () => {
		await using gateway = await startGateway();
		const [shop, other] = [await gateway.account(), await gateway.account('Outra')];
		await write(gateway, shop, 'a');
		for (const text of ['x', 'y']) await write(gateway, other, text);
		const { token } = await made(gateway, '/tokens', { name: 'painel', scopes: ['webhooks:manage'], accountId: shop.id });
		const by = (bearer: string, path: string): Promise<Answer> =>
			gateway.call('GET', `/recado/v1${path}`, { headers: { authorization: `Bearer ${bearer}` } });
		await eventually('both to be counted', async () => (await gateway.admin('GET', '/figures?window=15m')).body.totals.received === 3);
		for (const bearer of [token, await operatorToken(gateway, shop, 'admin')]) {
			for (const query of ['', `&accountId=${shop.id}`]) {
				const { status, body } = await by(bearer, `/figures?window=15m${query}`);
				assert.deepEqual([status, body.totals.received], [200, 1]);
			}
			assert.equal((await by(bearer, '/attention')).status, 200);
			for (const path of ['/figures', '/attention']) {
				assert.equal((await by(bearer, `${path}?accountId=${other.id}`)).body.code, 'not_found');
			}
		}
		const agent = await operatorToken(gateway, shop, 'agent');
		const reader = (await made(gateway, '/tokens', { name: 'x', scopes: ['messages:read'] })).token;
		for (const path of ['/figures', '/attention']) {
			assert.deepEqual([(await by(agent, path)).body.code, (await by(reader, path)).body.code], ['forbidden', 'scope_missing']);
			assert.equal((await gateway.call('GET', `/recado/v1${path}`)).status, 401);
		}
	});
});

describe('what needs a person', () => {
	test('webhooks that fail or are disabled, dead deliveries, phones that are gone', async () => {
		await using gateway = await startGateway({
			environment: { RECADO_RETRY_SCHEDULE: '0s', RECADO_PROBE_FIRST: '1h', RECADO_PROBE_CEILING: '1h' },
			treat: ({ path }) => ({ '/gone': 410, '/broken': 500, '/dead': 400 })[path] ?? 200,
		});
		const ask = await asking(gateway);
		const [shop, other] = [await gateway.account(), await gateway.account('Outra')];
		assert.deepEqual(await ask('/attention'), { items: [] });
		const dead = await webhookOf(gateway, shop, '/dead', { events: ['message.received'] });
		const gone = await webhookOf(gateway, other, '/gone', { events: ['message.received'] });
		const paused = await webhookOf(gateway, other, '/fine');
		await gateway.admin('PATCH', `/webhooks/${paused}`, { enabled: false });
		await write(gateway, shop, 'a');
		await write(gateway, other, 'x');
		await gateway.admin('POST', `/simulator/${other.instance.id}/disconnect`, {});
		const of = async (query = ''): Promise<readonly string[]> => {
			const { items } = await ask(`/attention${query}`);
			const words = items.map(
				({ kind, severity, webhookId, instanceId, count = '', detail = '' }: Record<string, string>) =>
					`${severity} ${kind} ${webhookId ?? instanceId} ${count} ${detail}`,
			);
			return words.map((line: string) => line.replaceAll(/ +/g, ' ').trim()).sort();
		};
		const [mine, theirs] = [
			[`critical dead-deliveries ${dead} 1`],
			[
				`critical dead-deliveries ${gone} 1`,
				`critical instance-disconnected ${other.instance.id} Principal`,
				`critical webhook-disabled ${gone} gone`,
				`notice webhook-disabled ${paused} request`,
			],
		];
		await eventually('all of it to be told', async () => (await of()).length === mine.length + theirs.length);
		assert.deepEqual(await of(`?accountId=${shop.id}`), mine);
		assert.deepEqual(await of(`?accountId=${other.id}`), theirs);
		const first = await ask('/attention?limit=3');
		assert.deepEqual([first.items.length, first.items[0].kind, typeof first.items[0].since], [3, 'instance-disconnected', 'string']);
		const rest = await ask(`/attention?limit=3&cursor=${first.next}`);
		assert.deepEqual([rest.items.length, rest.items.at(-1).severity, rest.next], [2, 'notice', undefined]);
		const broken = await webhookOf(gateway, shop, '/broken', { events: ['message.received'], scheduleMs: undefined });
		for (let n = 0; n < 12; n += 1) await write(gateway, shop, `b${n}`);
		await eventually('the failing webhook', async () =>
			(await of(`?accountId=${shop.id}`)).includes(`critical webhook-failing ${broken} status`),
		);
		assert.equal((await gateway.admin('GET', '/attention?cursor=what')).body.code, 'invalid_request');
	});
});

describe('the live stream', () => {
	test('what happens is told as it happens, and what became of it', async () => {
		await using gateway = await startGateway();
		const document: OpenApi = (await gateway.call('GET', '/recado/v1/openapi.json')).body;
		const shop = await gateway.account();
		await using live = await readLive(gateway.address, '', ADMIN);
		assert.match(String(live.headers['content-type']), /^text\/event-stream/);
		assert.equal(live.headers['cache-control'], 'no-store');
		const webhook = await webhookOf(gateway, shop, '/hook', { events: ['message.received'] });
		await live.hears('changed', 'that webhooks changed', ({ what }) => what === 'webhooks');
		await write(gateway, shop, 'a');
		await live.hears('events', 'the event', ({ items }) => items.some(({ type }: { type: string }) => type === 'message.received'));
		await live.hears('deliveries', 'the delivery', ({ items }) =>
			items.some(({ webhookId, state }: Record<string, string>) => webhookId === webhook && state === 'delivered'),
		);
		await live.hears('figures', 'a second with it', ({ perSecond }) => perSecond.delivered > 0);
		// As it was told last: while it was waiting it had a time when it is due.
		const delivery = live.items('deliveries').find(({ webhookId, state }) => webhookId === webhook && state === 'delivered');
		await live.hears('changed', 'the chat', ({ what, ids }) => what === 'desk' && ids.includes(delivery.chatId));
		const shown = (await gateway.admin('GET', `/deliveries/${delivery.id}`)).body;
		assert.deepEqual(
			Object.keys(delivery).filter((key) => !(key in shown)),
			[],
		);
		const check = createChecker(document);
		for (const { event, data } of live.told) {
			const name = `Live${event[0]?.toUpperCase()}${event.slice(1)}`;
			const fault = check(documented(name), 200, data);
			assert.equal(fault, undefined, `${event}: ${JSON.stringify(data)}`);
		}
		function documented(name: string): NonNullable<ReturnType<typeof operationAt>> {
			const content = { 'application/json': { schema: document.components.schemas[name] ?? {} } };
			const path = `/of/${name}`;
			const operation = { responses: { 200: { description: name, content } } };
			Object.assign(document.paths, { [path]: { get: operation } });
			return { ...operation, path, method: 'GET' };
		}
	});

	test('who comes back gets what came meanwhile; a credential of one account hears of nothing else', async () => {
		await using gateway = await startGateway();
		const [shop, other] = [await gateway.account(), await gateway.account('Outra')];
		const { token } = await made(gateway, '/tokens', { name: 'painel', scopes: ['webhooks:manage'], accountId: shop.id });
		const own = { authorization: `Bearer ${token}` };
		await using all = await readLive(gateway.address, '?kinds=events', ADMIN);
		let place: string | undefined;
		{
			await using first = await readLive(gateway.address, '?kinds=events,changed', own);
			await write(gateway, other, 'x');
			await write(gateway, shop, 'a');
			await first.hears('events', 'its own', ({ items }) => items.length > 0);
			place = first.place;
		}
		await write(gateway, other, 'y');
		await write(gateway, shop, 'b');
		await all.hears('events', 'all of them', () => all.items('events').length >= 4);
		await using again = await readLive(gateway.address, '?kinds=events', { ...own, 'last-event-id': place ?? '' });
		await again.hears('events', 'what came meanwhile', ({ items }) => items.length > 0);
		const ids = again.items('events').map(({ id }) => id);
		assert.equal(ids.length, 1);
		assert.ok(again.items('events').every(({ accountId }) => accountId === shop.id));
		// As a browser says it, which cannot set the header.
		await using asked = await readLive(gateway.address, `?kinds=events&after=${encodeURIComponent(place ?? '')}`, own);
		await asked.hears('events', 'what came meanwhile', ({ items }) => items.length > 0);
		assert.deepEqual(
			asked.items('events').map(({ id }) => id),
			ids,
		);
		await using refused = await readLive(gateway.address, `?accountId=${other.id}`, own);
		assert.equal(refused.status, 404);
		await using misspelt = await readLive(gateway.address, '?kinds=everything', own);
		assert.equal(misspelt.status, 400);
	});

	test('operators hear that something is new at the desk, and may ask for nothing else', async () => {
		await using gateway = await startGateway();
		const shop = await gateway.account();
		const headers = { authorization: `Bearer ${await operatorToken(gateway, shop, 'agent')}` };
		await using live = await readLive(gateway.address, `?accountId=${shop.id}`, headers);
		await webhookOf(gateway, shop, '/hook');
		await write(gateway, shop, 'a');
		await live.hears('changed', 'the desk', ({ what }) => what === 'desk');
		assert.ok(live.told.every(({ event, data }) => event === 'changed' && data.what === 'desk' && data.ids.length === 0));
		await using refused = await readLive(gateway.address, '?kinds=deliveries', headers);
		assert.equal(refused.status, 403);
		await using stranger = await readLive(gateway.address, '', {});
		assert.equal(stranger.status, 401);
		const reader = (await made(gateway, '/tokens', { name: 'x', scopes: ['messages:read'] })).token;
		await using unscoped = await readLive(gateway.address, '', { authorization: `Bearer ${reader}` });
		assert.equal(unscoped.status, 403);
	});

	test('one credential takes no more than its part of them', async () => {
		await using gateway = await startGateway({ environment: { RECADO_STREAMS_PER_CREDENTIAL_MAX: '1' } });
		const { token } = await made(gateway, '/tokens', { name: 'painel', scopes: ['webhooks:manage'] });
		const other = { authorization: `Bearer ${token}` };
		await using _first = await readLive(gateway.address, '', ADMIN);
		const { cookie, csrf } = await signedInAsAdmin(gateway);
		await using refused = await readLive(gateway.address, '', ADMIN);
		await using bySession = await readLive(gateway.address, '', { cookie, 'x-recado-csrf': csrf });
		await using others = await readLive(gateway.address, '', other);
		await using othersNext = await readLive(gateway.address, '', other);
		assert.deepEqual([refused.status, bySession.status, others.status, othersNext.status], [429, 429, 200, 429]);
		assert.equal(refused.headers['retry-after'], '30');
	});

	test('a stop ends it at once, and too many are refused', async () => {
		await using gateway = await startGateway({ environment: { RECADO_STREAMS_MAX: '1', RECADO_SHUTDOWN_GRACE_MS: String(GRACE_MS) } });
		await using live = await readLive(gateway.address, '', ADMIN);
		await using refused = await readLive(gateway.address, '', ADMIN);
		assert.equal(refused.status, 503);
		const begun = performance.now();
		await gateway.stop();
		await until(() => live.hasEnded, { what: 'the end of the stream', withinMs: WITHIN_MS });
		assert.ok(performance.now() - begun < GRACE_MS / 5, 'it was not waited for');
	});

	test('each process tells what all of them do, and goes on where another one was left', async () => {
		await using pair = await startPair();
		const [shop] = [await pair.shop()];
		const { owner, other } = shop;
		await webhookOf(owner, shop, '/hook', { events: ['message.received'] });
		let place: string | undefined;
		{
			await using live = await readLive(other.address, '?kinds=deliveries,events', ADMIN);
			await write(owner, shop, 'a');
			await live.hears('deliveries', 'the delivery of the other process', ({ items }) =>
				items.some(({ state }: { state: string }) => state === 'delivered'),
			);
			place = live.place;
		}
		await write(owner, shop, 'b');
		await eventually('both', async () => (await owner.admin('GET', `/deliveries?accountId=${shop.id}`)).body.items.length === 2);
		await using again = await readLive(owner.address, '?kinds=deliveries', { ...ADMIN, 'last-event-id': place ?? '' });
		await again.hears('deliveries', 'what came meanwhile', ({ items }) => items.length > 0);
		await eventually('figures of both', async () => (await other.admin('GET', '/figures?window=15m')).body.totals.delivered === 2);
	});
});
