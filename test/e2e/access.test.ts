/** API tokens, rates, the audit log and partners, over HTTP. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';

const HOUR_MS = 3_600_000;
/** More than any burst here: asked at one moment, however slow the machine is. */
const ASKED_AT_ONCE = 20;

describe('API tokens', () => {
	test('a token does what its scopes say, and nothing else', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const { id, token, ...told } = await tokenOf(gateway, { name: 'envios', scopes: ['messages:read'] });
		assert.match(token, /^rct_[0-9a-f]{32}_[\w-]{43}$/);
		assert.deepEqual([told.name, told.scopes, told.createdBy, told.accountId], ['envios', ['messages:read'], 'admin', undefined]);
		const by = bearer(gateway, token);
		assert.equal((await by('GET', `/messages?instanceId=${account.instance.id}`)).status, 200);
		const refused = await by('POST', `/instances/${account.instance.id}/messages`, { to: '5544999990001', text: 'Oi' });
		assert.deepEqual([refused.status, refused.body.code], [403, 'scope_missing']);
		assert.match(refused.body.detail, /messages:send/);
		assert.equal((await by('GET', '/webhooks')).body.code, 'scope_missing');
		assert.equal((await by('GET', '/tokens')).body.code, 'scope_missing');
		assert.equal((await gateway.admin('GET', `/tokens/${id}`)).body.token, undefined);
		const used = await eventually(async () => (await gateway.admin('GET', `/tokens/${id}`)).body.lastUsedAt);
		assert.ok(Math.abs(Date.parse(used) - Date.now()) < 60_000);
	});

	test('a token of one account reaches nothing of another one, whatever is named', async () => {
		await using gateway = await startGateway();
		const [own, other] = [await gateway.account('Uma'), await gateway.account('Outra')];
		const { token } = await tokenOf(gateway, { name: 'só dela', scopes: ['admin'], accountId: own.id });
		const by = bearer(gateway, token);
		const webhook = async (accountId: string): Promise<string> =>
			(await gateway.admin('POST', '/webhooks', { accountId, url: gateway.receiver.url('/x') })).body.id;
		const [ownHook, otherHook] = [await webhook(own.id), await webhook(other.id)];
		for (const path of [`/accounts/${own.id}`, `/instances/${own.instance.id}`, `/webhooks/${ownHook}`, `/webhooks?accountId=${own.id}`]) {
			assert.equal((await by('GET', path)).status, 200, path);
		}
		for (const path of [
			`/accounts/${other.id}`,
			`/instances/${other.instance.id}`,
			`/webhooks/${otherHook}`,
			`/webhooks?accountId=${other.id}`,
			`/events?accountId=${own.id}&instanceId=${other.instance.id}`,
		]) {
			assert.equal((await by('GET', path)).status, 404, path);
		}
		for (const path of ['/accounts', '/webhooks', '/deliveries', '/events', '/jobs', '/audit', '/tokens']) {
			const { status, body } = await by('GET', path);
			assert.deepEqual([status, body.code], [403, 'account_unnamed'], path);
		}
		assert.equal((await by('POST', '/webhooks', { accountId: other.id, url: gateway.receiver.url('/x') })).status, 404);
		assert.equal((await by('POST', '/tokens', { name: 'alle', scopes: ['admin'] })).body.code, 'account_unnamed');
		assert.equal((await by('POST', '/tokens', { name: 'eine', scopes: ['admin'], accountId: own.id })).status, 201);
	});

	test('a token of one account has the jobs of its account, and no others', async () => {
		await using gateway = await startGateway();
		const [own, other] = [await gateway.account('Uma'), await gateway.account('Outra')];
		const { token } = await tokenOf(gateway, { name: 'só dela', scopes: ['webhooks:manage'], accountId: own.id });
		const by = bearer(gateway, token);
		const admin: typeof by = (method, path, body) => gateway.admin(method, path, body);
		const hook = { accountId: own.id, url: gateway.receiver.url('/x') };
		const { id: webhookId } = (await gateway.admin('POST', '/webhooks', hook)).body;
		const made = async (ask: typeof by, wish: object): Promise<string> => {
			const { status, body } = await ask('POST', '/jobs', { kind: 'replay', ...wish });
			assert.equal(status, 202, JSON.stringify(body));
			return body.id;
		};
		// Whatever it names, it is told whose job that is.
		const ours = [
			await made(by, { accountId: own.id }),
			await made(by, { webhookId }),
			await made(by, { instanceId: own.instance.id }),
			await made(admin, { webhookId }),
		];
		const theirs = [await made(admin, { instanceId: other.instance.id }), await made(admin, {})];
		const listed = async (ask: typeof by, query: string): Promise<readonly string[]> =>
			(await ask('GET', `/jobs${query}`)).body.items.map((job: { readonly id: string }) => job.id);
		assert.deepEqual(await listed(by, `?accountId=${own.id}`), ours.toReversed());
		assert.deepEqual(await listed(admin, `?accountId=${other.id}`), theirs.slice(0, 1));
		assert.deepEqual(await listed(admin, ''), [...ours, ...theirs].toReversed());
		assert.equal((await by('GET', `/jobs?accountId=${other.id}`)).status, 404);
		for (const id of ours) {
			assert.equal((await by('GET', `/jobs/${id}`)).body.accountId, own.id);
			// What is done already is refused as that: it was reached.
			for (const verb of ['pause', 'cancel']) assert.ok([200, 409].includes((await by('POST', `/jobs/${id}/${verb}`)).status), verb);
		}
		for (const id of theirs) {
			assert.equal((await by('GET', `/jobs/${id}`)).status, 404);
			for (const verb of ['pause', 'resume', 'cancel']) assert.equal((await by('POST', `/jobs/${id}/${verb}`)).status, 404, verb);
		}
	});

	test('a token ends when it expires, and when it is revoked', async () => {
		const wall = { offMs: 0 };
		await using gateway = await startGateway({ rawClocks: { wall: () => Date.now() + wall.offMs, monotonic: () => performance.now() } });
		const past = { name: 'x', scopes: ['admin'], expiresAt: new Date(Date.now() - 1_000).toISOString() };
		assert.equal((await gateway.admin('POST', '/tokens', past)).status, 400);
		const soon = await tokenOf(gateway, { name: 'x', scopes: ['admin'], expiresAt: new Date(Date.now() + HOUR_MS).toISOString() });
		assert.equal((await bearer(gateway, soon.token)('GET', '/accounts')).status, 200);
		wall.offMs = HOUR_MS;
		assert.equal((await bearer(gateway, soon.token)('GET', '/accounts')).status, 401);
		const { id, token } = await tokenOf(gateway, { name: 'y', scopes: ['admin'] });
		const by = bearer(gateway, token);
		assert.equal((await by('GET', '/accounts')).status, 200);
		const revoked = await gateway.admin('POST', `/tokens/${id}/revoke`);
		assert.equal(typeof revoked.body.revokedAt, 'string');
		assert.deepEqual((await gateway.admin('POST', `/tokens/${id}/revoke`)).body.revokedAt, revoked.body.revokedAt);
		assert.equal((await by('GET', '/accounts')).status, 401);
		for (const wrong of [`${token.slice(0, -1)}x`, token.toUpperCase(), 'rct_', `${token}x`]) {
			assert.equal((await bearer(gateway, wrong)('GET', '/accounts')).status, 401);
		}
	});

	test('asked twice with one key it is one token; lists know whose', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const wish = { name: 'z', scopes: ['webhooks:manage'], accountId: account.id };
		const make = (): Promise<Answer> => gateway.admin('POST', '/tokens', wish, { 'idempotency-key': 'k' });
		const [first, second] = [await make(), await make()];
		assert.deepEqual(second.body, first.body);
		await tokenOf(gateway, { name: 'anderes', scopes: ['admin'] });
		assert.deepEqual(namesOf((await gateway.admin('GET', `/tokens?accountId=${account.id}`)).body.items), ['z']);
		const page = (await gateway.admin('GET', '/tokens?limit=1')).body;
		assert.deepEqual(namesOf(page.items), ['anderes']);
		assert.deepEqual(namesOf((await gateway.admin('GET', `/tokens?limit=1&cursor=${page.next}`)).body.items), ['z']);
		assert.equal((await gateway.admin('POST', '/tokens', { ...wish, accountId: `acc_${'0'.repeat(32)}` })).status, 404);
		assert.equal((await gateway.admin('POST', '/tokens', { ...wish, scopes: ['partner'] })).status, 400);
		assert.equal((await gateway.admin('POST', '/tokens', { ...wish, scopes: ['everything'] })).status, 400);
		assert.equal((await gateway.admin('POST', '/tokens', { ...wish, acountId: 'x' })).status, 400);
	});
});

describe('rates', () => {
	test('beyond its rate a credential is told when to come again, in the form of each API; others go on', async () => {
		await using gateway = await startGateway({ environment: { RECADO_RATE_LIMIT: '1', RECADO_RATE_BURST: '3' } });
		const [account, other] = [await gateway.account(), await gateway.account()];
		const plugchat = (token: string): Promise<Answer> => gateway.call('GET', '/api/whatsapp/status', { headers: { authorization: token } });
		const refused = await untilRefused(() => plugchat(account.token));
		assert.deepEqual([typeof refused.body.error, refused.headers['retry-after']], ['string', '1']);
		assert.match(refused.body.error, /^Requisições demais/);
		assert.equal((await plugchat(other.token)).status, 200);
		await eventually(async () => (await plugchat(account.token)).status === 200);

		const { instance } = account;
		const zApi = await untilRefused(() => gateway.call('GET', `/instances/${instance.id}/token/${instance.token}/status`));
		assert.deepEqual([zApi.headers['retry-after'], zApi.body], ['1', { error: 'Too many requests: this credential may make 1 a second' }]);
		const { body: application } = await gateway.admin('POST', `/accounts/${account.id}/applications`, {
			...{ name: 'IM', instanceId: instance.id, webhook: gateway.receiver.url('/im') },
		});
		const im = await untilRefused(() => gateway.call('GET', '/v1/messages', { headers: { authorization: application.token } }));
		assert.deepEqual([im.headers['retry-after'], Object.keys(im.body)], ['1', ['message']]);

		const { token } = await tokenOf(gateway, { name: 'langsam', scopes: ['admin'], requestsPerSecond: 2 });
		const recado = await untilRefused(() => bearer(gateway, token)('GET', '/accounts'));
		assert.deepEqual([recado.body.code, recado.headers['content-type']], ['rate_limited', 'application/problem+json; charset=utf-8']);
		assert.match(recado.body.detail, /may make 2 a second/);
		for (let asked = 0; asked < 10; asked += 1) assert.equal((await gateway.admin('GET', '/accounts')).status, 200);
	});
});

describe('the audit log', () => {
	test('tells who changed what, with neither secrets nor contents, and by whom it is asked for', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const { id: tokenId, token } = await tokenOf(gateway, { name: 'ajustes', scopes: ['webhooks:manage', 'messages:send'] });
		const by = bearer(gateway, token);
		const hook = { accountId: account.id, url: gateway.receiver.url('/secreto?chave=abc'), headers: { 'x-key': 'muito-secreto' } };
		const { body: webhook } = await by('POST', '/webhooks', hook);
		await by('PATCH', `/webhooks/${webhook.id}`, { enabled: false });
		await by('GET', `/webhooks/${webhook.id}`);
		await by('PUT', `/accounts/${account.id}/client-token`, { enforced: true });
		await by('POST', `/instances/${account.instance.id}/messages`, { to: '5544999990001', text: 'conteúdo' });
		await gateway.call('PUT', `/instances/${account.instance.id}/token/${account.instance.token}/update-webhook-received`, {
			body: { value: gateway.receiver.url('/z') },
		});
		await gateway.call('PUT', '/api/integrations/update-webhooks', {
			body: { value: gateway.receiver.url('/p') },
			headers: { authorization: account.token },
		});
		const { items } = await eventually(async () => {
			const { body } = await gateway.admin('GET', `/audit?accountId=${account.id}`);
			return body.items.length >= 6 && body;
		});
		assert.deepEqual(
			items.map((one: Entry) => [one.by.kind, one.method, one.route, one.status]),
			[
				['account', 'PUT', '/api/integrations/update-webhooks', 200],
				['instance', 'PUT', '/instances/:instanceId/token/:token/update-webhook-received', 200],
				['token', 'PUT', '/recado/v1/accounts/:id/client-token', 403],
				['token', 'PATCH', '/recado/v1/webhooks/:id', 200],
				['token', 'POST', '/recado/v1/webhooks', 201],
				['admin', 'POST', '/recado/v1/accounts/:id/instances', 201],
			],
		);
		const patched = items[3];
		assert.deepEqual(
			[patched.by, patched.ids, patched.changed],
			[{ kind: 'token', id: tokenId, name: 'ajustes' }, { id: webhook.id }, ['enabled']],
		);
		assert.deepEqual([patched.before.enabled, patched.after.enabled], [true, false]);
		assert.equal(items[2].errorCode, 'scope_missing');
		const text = JSON.stringify(items);
		for (const secret of ['muito-secreto', 'chave', account.instance.token, account.token, token, 'conteúdo', '5544999990001']) {
			assert.ok(!text.includes(secret), secret);
		}

		const asked = async (query: string): Promise<readonly Entry[]> => (await gateway.admin('GET', `/audit?${query}`)).body.items;
		assert.equal((await asked(`actorId=${tokenId}`)).length, 3);
		assert.deepEqual(
			(await asked('method=PATCH')).map(({ id }) => id),
			[patched.id],
		);
		assert.deepEqual(
			(await asked(`route=${encodeURIComponent('/recado/v1/webhooks/:id')}`)).map(({ id }) => id),
			[patched.id],
		);
		assert.equal((await asked(`accountId=${account.id}&until=${items[5].at}`)).length, 0);
		const { body: first } = await gateway.admin('GET', `/audit?accountId=${account.id}&limit=4`);
		const { body: second } = await gateway.admin('GET', `/audit?accountId=${account.id}&limit=4&cursor=${first.next}`);
		assert.deepEqual([...first.items, ...second.items], items);
	});

	test('what can be in it is told, each once, of every API; what is no setting is not among it', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const { id, token } = await tokenOf(gateway, { name: 'de uma conta', scopes: ['admin'], accountId: account.id });
		await gateway.admin('POST', `/tokens/${id}/revoke`);
		await gateway.call('POST', '/recado/v1/session', { body: { token: 'errado' } });
		await gateway.call('PUT', '/api/integrations/update-webhooks', {
			body: { value: gateway.receiver.url('/p') },
			headers: { authorization: account.token },
		});
		for (const [scope, path] of [
			['integrator', '/integrator/account'],
			['partner', '/instances/integrator/on-demand'],
		] as const) {
			const { token: theirs } = await tokenOf(gateway, { name: scope, scopes: [scope] });
			await gateway.call('POST', path, { headers: { authorization: `Bearer ${theirs}` }, body: { name: 'Cliente' } });
		}
		const named = ({ method, route }: Route): string => `${method} ${route}`;
		const noted = await eventually(async () => {
			const { body } = await gateway.admin('GET', '/audit?limit=200');
			return body.items.length >= 9 && body.items.map(named);
		});
		const told = (await gateway.admin('GET', '/audit/routes')).body.items.map(named);
		assert.deepEqual(told, [...new Set(told)]);
		assert.deepEqual(
			noted.filter((one: string) => !told.includes(one)),
			[],
		);
		assert.ok(told.includes('GET /recado/v1/session'), 'who comes back from a provider');
		for (const other of ['POST /recado/v1/instances/:id/messages', 'GET /recado/v1/webhooks', 'GET /integrator/account/:accountId']) {
			assert.ok(!told.includes(other), other);
		}
		const { token: another } = await tokenOf(gateway, { name: 'outra', scopes: ['admin'], accountId: account.id });
		assert.deepEqual((await bearer(gateway, another)('GET', '/audit/routes')).body.items.map(named), told);
		assert.equal((await bearer(gateway, token)('GET', '/audit/routes')).status, 401);
	});

	test('what was told before a stop is there after it', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		await gateway.admin('PUT', `/accounts/${account.id}/client-token`, { enforced: true });
		await gateway.stop();
		await gateway.start();
		const { body } = await gateway.admin('GET', `/audit?accountId=${account.id}&method=PUT`);
		assert.deepEqual(
			body.items.map((one: Entry) => one.after),
			[{ clientTokenEnforced: true }],
		);
	});
});

describe('partners', () => {
	test('a partner has the accounts that it made, and no others; another token of it has the same', async () => {
		await using gateway = await startGateway();
		const first = await tokenOf(gateway, { name: 'Revenda', scopes: ['partner'] });
		const again = await tokenOf(gateway, { name: 'Revenda, novo', scopes: ['partner'], partnerId: first.partnerId ?? '' });
		const other = await tokenOf(gateway, { name: 'Outra', scopes: ['partner'] });
		const integrator = await tokenOf(gateway, { name: 'Integrador', scopes: ['integrator'] });
		assert.match(first.partnerId ?? '', /^par_/);
		assert.deepEqual([again.partnerId === first.partnerId, other.partnerId === first.partnerId], [true, false]);
		const asking = ({ token }: MadeToken) => ({ headers: { authorization: `Bearer ${token}` } });
		const made = await gateway.call('POST', '/instances/integrator/on-demand', { ...asking(first), body: { name: 'Cliente' } });
		assert.equal(made.status, 200, JSON.stringify(made.body));
		const listed = async (token: MadeToken): Promise<readonly string[]> => {
			const { body } = await gateway.call('GET', '/instances?page=1&pageSize=10', asking(token));
			return body.content.map(({ id }: { id: string }) => id);
		};
		assert.deepEqual([await listed(first), await listed(again), await listed(other)], [[made.body.id], [made.body.id], []]);
		for (const token of [integrator, { ...first, token: 'x' }]) {
			assert.equal((await gateway.call('GET', '/instances?page=1&pageSize=10', asking(token))).status, 401);
		}
		const { items } = (await gateway.admin('GET', `/tokens?partnerId=${first.partnerId}`)).body;
		assert.deepEqual(namesOf(items), ['Revenda, novo', 'Revenda']);

		const path = `/instances/${made.body.id}/token/${made.body.token}/integrator/on-demand`;
		assert.equal((await gateway.call('POST', `${path}/cancel`, asking(first))).status, 404);
		assert.equal((await gateway.call('POST', `${path}/subscription`, { ...asking(first), body: {} })).status, 201);
		assert.equal((await gateway.call('POST', `${path}/cancel`, asking(other))).status, 404);
		assert.equal((await gateway.call('POST', `${path}/cancel`, asking(first))).status, 201);
		await gateway.admin('POST', `/tokens/${again.id}/revoke`);
		assert.equal((await gateway.call('GET', '/instances?page=1&pageSize=10', asking(again))).status, 401);
		await eventually(async () => (await gateway.admin('GET', `/audit?actorId=${first.id}`)).body.items.length >= 3);
	});
});

type Route = Pick<Entry, 'method' | 'route'>;

interface Entry {
	readonly id: string;
	readonly at: string;
	readonly by: { readonly kind: string; readonly id: string };
	readonly method: string;
	readonly route: string;
	readonly status: number;
	readonly after?: unknown;
}

interface MadeToken {
	readonly id: string;
	readonly token: string;
	readonly name: string;
	readonly scopes: readonly string[];
	readonly createdBy: string;
	readonly accountId?: string;
	readonly partnerId?: string;
}

async function tokenOf(gateway: Gateway, wish: object): Promise<MadeToken> {
	const { status, body } = await gateway.admin('POST', '/tokens', wish);
	assert.equal(status, 201, JSON.stringify(body));
	return body;
}

function bearer(gateway: Gateway, token: string) {
	return (method: string, path: string, body?: unknown): Promise<Answer> =>
		gateway.call(method, `/recado/v1${path}`, { body, headers: { authorization: `Bearer ${token}` } });
}

/** The first answer that is one. */
async function eventually<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
	let answer: T | undefined | false;
	await until(
		async () => {
			answer = await ask();
			return answer !== undefined && answer !== false;
		},
		{ what: 'an answer', withinMs: 30_000 },
	);
	return answer as T;
}

/** A 429, of many that are asked at once. */
async function untilRefused(ask: () => Promise<Answer>): Promise<Answer> {
	const answers = await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
	return answers.find(({ status }) => status === 429) ?? assert.fail('nobody refused');
}

function namesOf(items: readonly { readonly name: string }[]): readonly string[] {
	return items.map(({ name }) => name);
}
