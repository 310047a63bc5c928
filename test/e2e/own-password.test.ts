/** Operators change their own password: who may, what ends with it and what goes on, and how often one may guess. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ADMIN_TOKEN, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { startPair } from '../support/gateway-pair.ts';
import { becomes, until } from '../support/waiting.ts';

const PASSWORD = 'segredo longo';
const NEW = 'um segredo novo';
const HERE = '203.0.113.1';
/** No time passes, in which one more may be tried. */
const STILL = { wall: () => Date.UTC(2026, 0, 2), monotonic: () => 0 };

type Headers = Record<string, string>;
type Ask = (method: string, path: string, body?: unknown, headers?: Headers) => Promise<Answer>;

async function signIn(gateway: Gateway, body: object, from = HERE): Promise<{ answer: Answer; cookie: string; ask: Ask }> {
	const answer = await gateway.call('POST', '/recado/v1/session', { body, headers: { 'x-forwarded-for': from } });
	const [cookie = ''] = String(answer.headers['set-cookie'] ?? '').split(';');
	const usual = { cookie, 'x-recado-csrf': answer.body.csrf ?? '', 'x-forwarded-for': from };
	const ask: Ask = (method, path, asked, more = {}) =>
		gateway.call(method, `/recado/v1${path}`, { body: asked, headers: { ...usual, ...more } });
	return { answer, cookie, ask };
}

async function ana(gateway: Gateway): Promise<{ accountId: string; id: string }> {
	const { id: accountId } = await gateway.account();
	const wish = { name: 'Ana', login: 'ana', email: 'ana@loja.example', password: PASSWORD };
	return { accountId, id: (await gateway.admin('POST', `/accounts/${accountId}/operators`, wish)).body.id };
}

function change(ask: Ask, currentPassword = PASSWORD, newPassword = NEW, headers: Headers = {}): Promise<Answer> {
	return ask('PUT', '/session/password', { currentPassword, newPassword }, headers);
}

function told({ status, body }: Answer): readonly [number, string | undefined] {
	return [status, body?.code];
}

describe('an operator changes their own password', () => {
	test('this session goes on, all others of theirs end, and the new password alone signs in', async () => {
		await using gateway = await startGateway();
		const { accountId, id } = await ana(gateway);
		await gateway.admin('POST', `/accounts/${accountId}/operators`, { name: 'Bia', login: 'bia', password: PASSWORD });
		const [here, there] = [
			await signIn(gateway, { email: 'ana', password: PASSWORD }),
			await signIn(gateway, { email: 'ana', password: PASSWORD }),
		];
		const bia = await signIn(gateway, { email: 'bia', password: PASSWORD });
		const { body: program } = await gateway.admin('POST', `/accounts/${accountId}/sign-in`, { login: 'ana', password: PASSWORD });
		const desk = `/accounts/${accountId}/desk/waiting`;
		// What is known of all of them is remembered from here on.
		for (const { ask } of [here, there, bia]) assert.equal((await ask('GET', desk)).status, 200);
		assert.deepEqual(told(await change(here.ask)), [204, undefined]);
		assert.equal((await here.ask('GET', desk)).status, 200);
		assert.equal((await here.ask('GET', '/session')).body.operatorId, id);
		assert.deepEqual(told(await there.ask('GET', desk)), [401, 'unauthorized']);
		assert.equal((await bia.ask('GET', desk)).status, 200);
		const byToken = await gateway.call('GET', `/recado/v1${desk}`, { headers: { authorization: `Bearer ${program.token}` } });
		assert.equal(byToken.status, 401);
		assert.equal((await signIn(gateway, { email: 'ana', password: PASSWORD })).answer.status, 401);
		assert.equal((await signIn(gateway, { email: 'ana@loja.example', password: NEW })).answer.status, 201);
		assert.equal((await change(here.ask, NEW, 'mais um segredo')).status, 204, 'and again');
		assert.equal((await here.ask('GET', desk)).status, 200);
	});

	test('whatever is asked meanwhile in this session is answered', async () => {
		await using gateway = await startGateway();
		const { accountId } = await ana(gateway);
		const { ask } = await signIn(gateway, { email: 'ana', password: PASSWORD });
		const changing = { is: true };
		const changed = change(ask).finally(() => {
			changing.is = false;
		});
		const seen = new Set<number>();
		while (changing.is) seen.add((await ask('GET', `/accounts/${accountId}/desk/waiting`)).status);
		assert.equal((await changed).status, 204);
		assert.deepEqual([...seen], [200]);
	});

	test('what is wrong is told at its field, and changes nothing', async () => {
		await using gateway = await startGateway();
		await ana(gateway);
		const { ask } = await signIn(gateway, { email: 'ana', password: PASSWORD });
		const wrong = await change(ask, 'errado mesmo');
		assert.deepEqual(told(wrong), [400, 'password_wrong']);
		assert.deepEqual(wrong.body.faults, [{ path: 'currentPassword', message: 'is not your current password' }]);
		const short = await change(ask, PASSWORD, 'curta');
		assert.deepEqual([short.body.code, short.body.faults[0].path], ['invalid_request', 'newPassword']);
		assert.equal((await ask('GET', '/session')).status, 200);
		assert.equal((await signIn(gateway, { email: 'ana', password: PASSWORD })).answer.status, 201);
	});

	test('of two who do so at once one does', async () => {
		await using gateway = await startGateway();
		await ana(gateway);
		const both = await Promise.all([1, 2].map(() => signIn(gateway, { email: 'ana', password: PASSWORD })));
		const answers = await Promise.all(both.map(({ ask }, index) => change(ask, PASSWORD, `${NEW} ${index}`)));
		const [done, ...others] = answers.map(({ status }) => status).sort();
		assert.equal(done, 204);
		assert.ok(
			others.every((status) => [400, 401, 409].includes(status)),
			`${others}`,
		);
		const left = await Promise.all(both.map(({ ask }) => ask('GET', '/session')));
		assert.deepEqual(left.map(({ status }) => status).sort(), [200, 401]);
	});

	test('in one process, and it is so in the other', async () => {
		await using pair = await startPair();
		const [one, other] = pair.both;
		const { accountId } = await ana(one);
		const [here, there] = [
			await signIn(one, { email: 'ana', password: PASSWORD }),
			await signIn(other, { email: 'ana', password: PASSWORD }),
		];
		const elsewhere = (cookie: string): Promise<Answer> =>
			other.call('GET', `/recado/v1/accounts/${accountId}/desk/waiting`, { headers: { cookie } });
		for (const { cookie } of [here, there]) assert.equal((await elsewhere(cookie)).status, 200);
		assert.equal((await change(here.ask)).status, 204);
		assert.ok(await becomes(async () => (await elsewhere(there.cookie)).status === 401, 2_000));
		assert.equal((await elsewhere(here.cookie)).status, 200);
	});
});

describe('nobody else does', () => {
	test('the administrator and tokens have none to change', async () => {
		await using gateway = await startGateway();
		const { body: made } = await gateway.admin('POST', '/tokens', { name: 'painel', scopes: ['messages:read'] });
		for (const token of [ADMIN_TOKEN, made.token]) {
			const { ask, answer } = await signIn(gateway, { token });
			assert.equal(answer.body.byPassword, undefined);
			assert.deepEqual(told(await change(ask)), [403, 'session_without_password']);
		}
	});

	test('a page that does not know the session, another site, a token without a session', async () => {
		await using gateway = await startGateway();
		const { accountId } = await ana(gateway);
		const { ask } = await signIn(gateway, { email: 'ana', password: PASSWORD });
		assert.deepEqual(told(await change(ask, PASSWORD, NEW, { 'x-recado-csrf': '' })), [403, 'csrf_missing']);
		assert.deepEqual(told(await change(ask, PASSWORD, NEW, { 'sec-fetch-site': 'cross-site' })), [403, 'cross_site_refused']);
		const { body: program } = await gateway.admin('POST', `/accounts/${accountId}/sign-in`, { login: 'ana', password: PASSWORD });
		for (const authorization of [`Bearer ${program.token}`, `Bearer ${ADMIN_TOKEN}`]) {
			const body = { currentPassword: PASSWORD, newPassword: NEW };
			assert.deepEqual(told(await gateway.call('PUT', '/recado/v1/session/password', { body, headers: { authorization } })), [
				401,
				'unauthorized',
			]);
		}
		assert.equal((await signIn(gateway, { email: 'ana', password: PASSWORD })).answer.status, 201);
	});

	test('whoever guesses at an open page is limited with those who guess at the way in', async () => {
		await using gateway = await startGateway({ rawClocks: STILL });
		await ana(gateway);
		const { ask } = await signIn(gateway, { email: 'ana@loja.example', password: PASSWORD });
		for (let tried = 0; tried < 10; tried += 1) assert.deepEqual(told(await change(ask, 'errado mesmo')), [400, 'password_wrong']);
		const refused = await change(ask);
		assert.deepEqual(told(refused), [429, 'sign_in_limited']);
		assert.ok(Number(refused.headers['retry-after']) >= 1);
		assert.equal((await signIn(gateway, { email: 'Ana@loja.example', password: PASSWORD })).answer.status, 429);
		assert.equal((await signIn(gateway, { email: 'ana@loja.example', password: PASSWORD }, '203.0.113.2')).answer.status, 201);
		assert.equal((await ask('GET', '/session')).status, 200);
	});
});

test('a change and a failure to are in the audit log, with no secret', async () => {
	await using gateway = await startGateway();
	const { accountId, id } = await ana(gateway);
	const { ask } = await signIn(gateway, { email: 'ana', password: PASSWORD });
	await change(ask, 'errado mesmo');
	await change(ask);
	const entries = async (): Promise<Answer['body'][]> =>
		(await gateway.admin('GET', '/audit?route=/recado/v1/session/password')).body.items;
	await until(async () => (await entries()).length === 2, { what: 'the audit log', withinMs: 30_000 });
	const by = { kind: 'operator', id, name: 'Ana' };
	const seen = (await entries()).map(({ id: _id, at: _at, requestId: _request, ...rest }) => rest);
	const usual = { accountId, by, method: 'PUT', route: '/recado/v1/session/password', dialect: 'recado', ids: {} };
	assert.deepEqual(seen, [
		{ ...usual, status: 204 },
		{ ...usual, status: 400, errorCode: 'password_wrong' },
	]);
	const text = JSON.stringify((await gateway.admin('GET', '/audit')).body);
	for (const secret of [PASSWORD, NEW, 'errado mesmo']) assert.ok(!text.includes(secret));
	const { body: routes } = await gateway.admin('GET', '/audit/routes');
	assert.ok(routes.items.some((one: { method: string; route: string }) => one.method === 'PUT' && one.route === usual.route));
});
