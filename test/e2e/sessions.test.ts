/** Sessions of the console: signing in by token, password and one-time link, what a cookie may and must, and until when. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createChecker, operationAt, operationsOf } from '../http/recado/document.ts';
import { ADMIN_TOKEN, type Answer, type Gateway, type GatewayOptions, startGateway } from '../support/gateway.ts';
import { startPair } from '../support/gateway-pair.ts';
import { MEDIA_FILES } from '../support/media-files.ts';
import { becomes, until } from '../support/waiting.ts';

const PASSWORD = 'segredo longo';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

type Headers = Record<string, string>;

/** What a browser has after it signed in. */
interface Browser {
	readonly answer: Answer;
	readonly cookie: string;
	readonly csrf: string;
	/** As a page of the console asks. */
	ask(method: string, path: string, body?: unknown, headers?: Headers): Promise<Answer>;
}

async function signIn(gateway: Gateway, body: object, headers: Headers = {}): Promise<Browser> {
	const answer = await gateway.call('POST', '/recado/v1/session', { body, headers });
	const [cookie = ''] = String(answer.headers['set-cookie'] ?? '').split(';');
	const csrf = answer.body.csrf ?? '';
	return {
		...{ answer, cookie, csrf },
		ask: (method, path, asked, more = {}) =>
			gateway.call(method, `/recado/v1${path}`, { body: asked, headers: { cookie, 'x-recado-csrf': csrf, ...more } }),
	};
}

async function signedIn(gateway: Gateway, body: object): Promise<Browser> {
	const browser = await signIn(gateway, body);
	assert.equal(browser.answer.status, 201, JSON.stringify(browser.answer.body));
	return browser;
}

async function operator(gateway: Gateway, accountId: string, wish: object = {}): Promise<string> {
	const { status, body } = await gateway.admin('POST', `/accounts/${accountId}/operators`, {
		...{ name: 'Ana', login: 'ana', email: 'Ana@loja.example', password: PASSWORD },
		...wish,
	});
	assert.equal(status, 201);
	return body.id;
}

function told({ status, body }: Answer): readonly [number, string] {
	return [status, body.code];
}

/** A gateway whose time the test moves on. */
async function startMovable(options: GatewayOptions = {}): Promise<{ gateway: Gateway; off: { ms: number } }> {
	const off = { ms: 0 };
	const rawClocks = { wall: () => Date.now() + off.ms, monotonic: () => performance.now() + off.ms };
	return { gateway: await startGateway({ ...options, rawClocks }), off };
}

/** The same, where no time passes but what the test lets pass: what may be tried again after a while may not be tried before. */
async function startStill(): Promise<{ gateway: Gateway; off: { ms: number } }> {
	const off = { ms: 0 };
	const begun = Date.now();
	const rawClocks = { wall: () => begun + off.ms, monotonic: () => off.ms };
	return { gateway: await startGateway({ rawClocks }), off };
}

describe('signing in', () => {
	test('the administrator, by their token: the cookie is theirs, and no script reads it', async () => {
		await using gateway = await startGateway();
		const { answer, cookie, ask } = await signedIn(gateway, { token: ADMIN_TOKEN });
		assert.match(cookie, /^recado_session=[\w-]{43}$/);
		const attributes = String(answer.headers['set-cookie']).split('; ').slice(1).sort();
		assert.deepEqual(attributes.filter((one) => !one.startsWith('Max-Age')).sort(), ['HttpOnly', 'Path=/', 'SameSite=Strict']);
		const maxAge = Number(/Max-Age=(\d+)/.exec(attributes.join())?.[1]);
		assert.ok(maxAge <= 43_200 && maxAge > 43_200 - 60, `${maxAge} s`);
		const { csrf, expiresAt, fileBytesMax, ...who } = answer.body;
		assert.deepEqual(fileBytesMax, { media: 16 * 1_024 * 1_024, document: 18_859_008 });
		assert.deepEqual(who, { kind: 'admin', name: 'admin' });
		assert.equal(csrf.length, 64);
		assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 12 * HOUR_MS) < MINUTE_MS);
		assert.equal((await ask('GET', '/accounts')).status, 200);
		assert.deepEqual((await ask('GET', '/session')).body, answer.body);
		assert.equal((await ask('POST', '/accounts', { name: 'Loja' })).status, 201);
		assert.deepEqual(told(await signIn(gateway, { token: `${ADMIN_TOKEN}x` }).then((browser) => browser.answer)), [401, 'unauthorized']);
	});

	test('where the address is https, the cookie is of this host alone, and no other name counts', async () => {
		await using gateway = await startGateway({ environment: { RECADO_PUBLIC_URL: 'https://recado.example' } });
		const { answer, cookie, csrf, ask } = await signedIn(gateway, { token: ADMIN_TOKEN });
		assert.match(cookie, /^__Host-recado_session=[\w-]{43}$/);
		assert.match(String(answer.headers['set-cookie']), /; Path=\/;.*; Secure(;|$)/);
		assert.doesNotMatch(String(answer.headers['set-cookie']), /Domain/i);
		assert.equal((await ask('GET', '/session')).status, 200);
		const { cookie: others } = await signedIn(gateway, { token: ADMIN_TOKEN });
		const plain = (one: string): string => one.replace('__Host-', '');
		const who = (sent: string): Promise<Answer> => gateway.call('GET', '/recado/v1/session', { headers: { cookie: sent } });
		for (const planted of [plain(others), 'recado_session=x']) {
			assert.equal((await who(planted)).status, 401, 'whoever can set a plain cookie signs nobody in');
			for (const both of [`${planted}; ${cookie}`, `${cookie}; ${planted}`]) assert.equal((await who(both)).body.csrf, csrf);
		}
		const left = await ask('DELETE', '/session');
		assert.match(String(left.headers['set-cookie']), /^__Host-recado_session=; Max-Age=0;.*Secure/);
	});

	test('where a proxy that is trusted says https, too; over plain http each has its own', async () => {
		await using gateway = await startGateway();
		const secure = { 'x-forwarded-proto': 'https' };
		const [far, near] = [await signIn(gateway, { token: ADMIN_TOKEN }, secure), await signedIn(gateway, { token: ADMIN_TOKEN })];
		assert.match(far.cookie, /^__Host-recado_session=/);
		assert.match(near.cookie, /^recado_session=/);
		assert.equal((await far.ask('GET', '/session', undefined, secure)).status, 200);
		assert.equal((await near.ask('GET', '/session', undefined, secure)).status, 401);
		const both = { cookie: `${far.cookie}; ${near.cookie}` };
		assert.equal((await near.ask('GET', '/session', undefined, both)).body.csrf, near.csrf);
		assert.equal((await near.ask('GET', '/session', undefined, { ...both, ...secure })).body.csrf, far.csrf);
	});

	test('an API token: the session does what its scopes say, and ends with it', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const { body: made } = await gateway.admin('POST', '/tokens', { name: 'painel', scopes: ['messages:read'], accountId: account.id });
		const { answer, ask } = await signedIn(gateway, { token: made.token });
		const { kind, name, accountId, scopes } = answer.body;
		assert.deepEqual(
			{ kind, name, accountId, scopes },
			{ kind: 'token', name: 'painel', accountId: account.id, scopes: ['messages:read'] },
		);
		assert.equal((await ask('GET', `/chats?instanceId=${account.instance.id}`)).status, 200);
		assert.deepEqual(told(await ask('GET', '/chats?instanceId=none')), [403, 'account_unnamed']);
		assert.equal((await ask('GET', `/webhooks?accountId=${account.id}`)).body.code, 'scope_missing');
		assert.equal((await ask('GET', '/session')).status, 200);
		await gateway.admin('POST', `/tokens/${made.id}/revoke`);
		assert.deepEqual(told(await ask('GET', '/session')), [401, 'unauthorized']);
	});

	test('an operator, by e-mail or login, in whatever case', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const id = await operator(gateway, account.id);
		for (const email of ['ana@loja.example', 'ANA@LOJA.EXAMPLE', 'Ana']) {
			const { answer, ask } = await signedIn(gateway, { email, password: PASSWORD });
			const { csrf: _csrf, expiresAt: _expiresAt, fileBytesMax: _max, ...who } = answer.body;
			assert.deepEqual(who, { kind: 'operator', name: 'Ana', accountId: account.id, operatorId: id, role: 'agent', byPassword: true });
			assert.equal((await ask('GET', `/accounts/${account.id}/desk/waiting`)).status, 200);
			assert.deepEqual(told(await ask('GET', `/webhooks?accountId=${account.id}`)), [403, 'forbidden']);
		}
		for (const wrong of [
			{ email: 'ana', password: 'outro segredo' },
			{ email: 'bia', password: PASSWORD },
			{ email: ' ', password: PASSWORD },
		]) {
			assert.deepEqual(told((await signIn(gateway, wrong)).answer), [401, 'unauthorized']);
		}
		await gateway.admin('PATCH', `/accounts/${account.id}/operators/${id}`, { email: 'nova@loja.example', login: 'ana.maria' });
		for (const gone of ['ana@loja.example', 'ana'])
			assert.equal((await signIn(gateway, { email: gone, password: PASSWORD })).answer.status, 401);
		await signedIn(gateway, { email: 'nova@loja.example', password: PASSWORD });
		await gateway.admin('DELETE', `/accounts/${account.id}/operators/${id}`);
		assert.equal((await signIn(gateway, { email: 'nova@loja.example', password: PASSWORD })).answer.status, 401);
	});

	test('who is an operator of several accounts says of which, where the password does not', async () => {
		await using gateway = await startGateway();
		const [one, other] = [await gateway.account('Uma'), await gateway.account('Outra')];
		const [first, second] = [await operator(gateway, one.id), await operator(gateway, other.id)];
		const both = { email: 'ana@loja.example', password: PASSWORD };
		const { answer } = await signIn(gateway, both);
		assert.deepEqual(told(answer), [409, 'sign_in_ambiguous']);
		const accounts = [
			{ id: one.id, name: 'Uma' },
			{ id: other.id, name: 'Outra' },
		];
		assert.deepEqual(answer.body.accounts, accounts);
		for (const { id, name } of accounts) assert.ok(answer.body.detail.includes(`${name}: ${id}`));
		assert.equal((await signedIn(gateway, { ...both, accountId: other.id })).answer.body.operatorId, second);
		assert.equal((await signIn(gateway, { ...both, accountId: `acc_${'0'.repeat(32)}` })).answer.status, 401);
		await gateway.admin('PATCH', `/accounts/${other.id}/operators/${second}`, { password: 'outro segredo' });
		assert.equal((await signedIn(gateway, both)).answer.body.operatorId, first);
		assert.equal((await signedIn(gateway, { ...both, password: 'outro segredo' })).answer.body.operatorId, second);
	});

	test('only those accounts are told in which the password is right', async () => {
		await using gateway = await startGateway();
		const [one, other, strange] = [await gateway.account('Uma'), await gateway.account('Outra'), await gateway.account('De outro')];
		for (const { id } of [one, other]) await operator(gateway, id);
		await operator(gateway, strange.id, { password: 'outro segredo' });
		const both = { email: 'ana@loja.example', password: PASSWORD };
		const { answer } = await signIn(gateway, both);
		const ids = answer.body.accounts.map(({ id }: { id: string }) => id);
		assert.deepEqual(ids, [one.id, other.id]);
		assert.ok(!JSON.stringify(answer.body).includes('De outro'));
		const { answer: wrong } = await signIn(gateway, { ...both, password: 'errado mesmo' });
		assert.deepEqual([...told(wrong), wrong.body.accounts], [401, 'unauthorized', undefined]);
	});

	test('being asked of which account is no failure', async () => {
		await using gateway = await startGateway();
		const accounts = [await gateway.account('Uma'), await gateway.account('Outra')];
		for (const { id } of accounts) await operator(gateway, id);
		const both = { email: 'ana@loja.example', password: PASSWORD };
		for (let asked = 0; asked < 10; asked += 1) assert.equal((await signIn(gateway, both)).answer.status, 409, `${asked}`);
		await signedIn(gateway, { ...both, accountId: accounts[0]?.id });
	});

	test('exactly one way', async () => {
		await using gateway = await startGateway();
		for (const body of [
			{},
			{ email: 'ana' },
			{ password: PASSWORD },
			{ token: ADMIN_TOKEN, code: 'x' },
			{ token: ADMIN_TOKEN, email: 'a' },
			{ tokn: 'x' },
		]) {
			assert.deepEqual(told((await signIn(gateway, body)).answer), [400, 'invalid_request'], JSON.stringify(body));
		}
	});

	test('a one-time link signs in once, as whoever made it, for ten minutes', async () => {
		const { gateway, off } = await startMovable();
		await using _gateway = gateway;
		const link = async (): Promise<Answer['body']> => (await gateway.admin('POST', '/session/links')).body;
		const { url, code, expiresAt } = await link();
		assert.equal(url, `${gateway.address}/#code=${code}`);
		assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 10 * MINUTE_MS) < MINUTE_MS);
		const tries = await Promise.all([1, 2, 3].map(() => signIn(gateway, { code })));
		assert.deepEqual(tries.map(({ answer }) => answer.status).sort(), [201, 401, 401]);
		const browser = tries.find(({ answer }) => answer.status === 201);
		assert.equal((await browser?.ask('GET', '/accounts'))?.status, 200);
		assert.equal((await browser?.ask('POST', '/session/links'))?.status, 201, 'a session makes links, too');

		const { body: made } = await gateway.admin('POST', '/tokens', { name: 'chefe', scopes: ['admin'] });
		const byToken = async (): Promise<string> =>
			(await gateway.call('POST', '/recado/v1/session/links', { headers: { authorization: `Bearer ${made.token}` } })).body.code;
		const { answer } = await signedIn(gateway, { code: await byToken() });
		assert.deepEqual([answer.body.kind, answer.body.name], ['token', 'chefe']);
		const orphan = await byToken();
		await gateway.admin('POST', `/tokens/${made.id}/revoke`);
		assert.equal((await signIn(gateway, { code: orphan })).answer.status, 401);

		const late = await link();
		off.ms = 10 * MINUTE_MS + 1_000;
		assert.equal((await signIn(gateway, { code: late.code })).answer.status, 401);
	});
});

describe('a session', () => {
	test('changes nothing for a page that does not know it', async () => {
		await using gateway = await startGateway();
		const { cookie, csrf, ask } = await signedIn(gateway, { token: ADMIN_TOKEN });
		const make = (headers: Headers): Promise<Answer> =>
			gateway.call('POST', '/recado/v1/accounts', { body: { name: 'x' }, headers: { cookie, ...headers } });
		assert.deepEqual(told(await make({})), [403, 'csrf_missing']);
		for (const wrong of ['', csrf.slice(1), `${csrf.slice(0, -1)}${csrf.endsWith('0') ? 1 : 0}`]) {
			assert.deepEqual(told(await make({ 'x-recado-csrf': wrong })), [403, 'csrf_missing']);
		}
		assert.deepEqual(told(await make({ 'x-recado-csrf': csrf, 'sec-fetch-site': 'cross-site' })), [403, 'cross_site_refused']);
		assert.deepEqual(told(await ask('GET', '/accounts', undefined, { 'sec-fetch-site': 'cross-site' })), [403, 'cross_site_refused']);
		assert.equal((await make({ 'x-recado-csrf': csrf, 'sec-fetch-site': 'same-origin' })).status, 201);
		assert.equal((await gateway.call('GET', '/recado/v1/accounts', { headers: { cookie } })).status, 200);
		assert.deepEqual(told((await signIn(gateway, { token: ADMIN_TOKEN }, { 'sec-fetch-site': 'cross-site' })).answer), [
			403,
			'cross_site_refused',
		]);
		const signOut = await gateway.call('DELETE', '/recado/v1/session', { headers: { cookie } });
		assert.deepEqual(told(signOut), [403, 'csrf_missing']);
		assert.equal((await ask('GET', '/session')).status, 200);
	});

	test('counts for nothing beside an Authorization header, and for no other API', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const { cookie, ask } = await signedIn(gateway, { token: ADMIN_TOKEN });
		for (const authorization of ['Bearer wrong', 'Basic eDp5', '']) {
			assert.deepEqual(told(await ask('GET', '/accounts', undefined, { authorization })), [401, 'unauthorized'], authorization);
		}
		const { body: made } = await gateway.admin('POST', '/tokens', { name: 'x', scopes: ['messages:read'] });
		assert.equal((await ask('GET', '/accounts', undefined, { authorization: `Bearer ${made.token}` })).body.code, 'scope_missing');
		assert.equal((await gateway.call('GET', '/api/whatsapp/status', { headers: { cookie } })).status, 401);
		const status = `/instances/${account.instance.id}/token/wrong/status`;
		assert.notEqual((await gateway.call('GET', status, { headers: { cookie } })).status, 200);
	});

	test('ends when one signs out, and when one signs in again', async () => {
		await using gateway = await startGateway();
		const [here, there] = [await signedIn(gateway, { token: ADMIN_TOKEN }), await signedIn(gateway, { token: ADMIN_TOKEN })];
		assert.equal((await here.ask('GET', '/session')).status, 200);
		const left = await here.ask('DELETE', '/session');
		assert.equal(left.status, 204);
		assert.match(String(left.headers['set-cookie']), /^recado_session=; Max-Age=0;/);
		assert.deepEqual(told(await here.ask('GET', '/session')), [401, 'unauthorized']);
		assert.deepEqual(told(await here.ask('GET', '/accounts')), [401, 'unauthorized']);
		assert.equal((await here.ask('DELETE', '/session')).status, 204, 'again');
		assert.equal((await there.ask('GET', '/session')).status, 200);
		await signIn(gateway, { token: ADMIN_TOKEN }, { cookie: there.cookie });
		assert.equal((await there.ask('GET', '/session')).status, 401);
		for (const cookie of ['recado_session=x', 'recado_session=', `recado_session=${'a'.repeat(43)}`, 'other=1', '%%%']) {
			assert.equal((await gateway.call('GET', '/recado/v1/session', { headers: { cookie } })).status, 401, cookie);
		}
	});

	test('of an operator ends with the operator, their password and their sign-out, within a second', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const id = await operator(gateway, account.id);
		const at = `/accounts/${account.id}/operators/${id}`;
		const ends = async (act: () => Promise<Answer>, password = PASSWORD): Promise<void> => {
			const { ask } = await signedIn(gateway, { email: 'ana', password });
			assert.equal((await ask('GET', '/session')).status, 200);
			assert.ok((await act()).status < 300);
			// What is known of it is remembered for a second: whoever asks after that, at the end of this time, is refused, on any machine.
			assert.ok(await becomes(async () => (await ask('GET', `/accounts/${account.id}/desk/waiting`)).status === 401, 1_500));
		};
		await ends(() => gateway.admin('PATCH', at, { password: 'outro segredo' }));
		await ends(() => gateway.admin('POST', `${at}/sign-out`), 'outro segredo');
		await ends(() => gateway.admin('PATCH', at, { active: false }), 'outro segredo');
		assert.equal((await signIn(gateway, { email: 'ana', password: 'outro segredo' })).answer.status, 401);
		await gateway.admin('PATCH', at, { active: true });
		await ends(() => gateway.admin('DELETE', at), 'outro segredo');
	});

	test('of the administrator ends with their token, and one survives a restart with the same', async () => {
		await using gateway = await startGateway();
		const { ask } = await signedIn(gateway, { token: ADMIN_TOKEN });
		const { code } = (await gateway.admin('POST', '/session/links')).body;
		await gateway.stop();
		await gateway.start();
		assert.equal((await ask('GET', '/session')).status, 200);
		await gateway.stop();
		Object.assign(gateway.environment, { RECADO_ADMIN_TOKEN: 'another-token-of-the-tests' });
		await gateway.start();
		assert.equal((await ask('GET', '/session')).status, 401);
		assert.equal((await signIn(gateway, { code })).answer.status, 401);
	});

	test('ends when nobody uses it, and after its lifetime whatever one does', async () => {
		const { gateway, off } = await startMovable();
		await using _gateway = gateway;
		const [busy, idle] = [await signedIn(gateway, { token: ADMIN_TOKEN }), await signedIn(gateway, { token: ADMIN_TOKEN })];
		const uses = async (): Promise<number> => (await busy.ask('GET', '/session')).status;
		for (let hours = 1.5; hours < 12; hours += 1.5) {
			off.ms = hours * HOUR_MS;
			assert.equal(await uses(), 200, `after ${hours} h`);
		}
		assert.equal((await idle.ask('GET', '/session')).status, 401);
		off.ms = 12 * HOUR_MS + 1_000;
		assert.equal(await uses(), 401);
	});

	test('holds in another process of the store, and ends there', async () => {
		await using pair = await startPair();
		const [one, other] = pair.both;
		const { ask, cookie, csrf } = await signedIn(one, { token: ADMIN_TOKEN });
		const elsewhere = (): Promise<Answer> => other.call('GET', '/recado/v1/session', { headers: { cookie } });
		assert.equal((await elsewhere()).body.csrf, csrf);
		await ask('DELETE', '/session');
		assert.ok(await becomes(async () => (await elsewhere()).status === 401, 2_000));
		const { code } = (await one.admin('POST', '/session/links')).body;
		const tries = await pair.atOnce((gateway) => signIn(gateway, { code }));
		assert.deepEqual(tries.map(({ answer }) => answer.status).sort(), [201, 401]);
	});
});

describe('failed sign-ins', () => {
	test('are limited by login and address: who guesses shuts out themselves, and not whose name they know', async () => {
		const { gateway, off } = await startStill();
		await using _gateway = gateway;
		const account = await gateway.account();
		await operator(gateway, account.id);
		await operator(gateway, account.id, { name: 'Bia', login: 'bia', email: 'bia@loja.example' });
		const by = (email: string, password: string, from: string): Promise<Answer> =>
			signIn(gateway, { email, password }, { 'x-forwarded-for': from }).then(({ answer }) => answer);
		const guess = (email: string): Promise<Answer> => by(email, 'errado mesmo', '203.0.113.1');
		for (let tried = 0; tried < 10; tried += 1) assert.equal((await guess('ANA')).status, 401);
		const refused = await guess('ana');
		assert.deepEqual(told(refused), [429, 'sign_in_limited']);
		assert.ok(Number(refused.headers['retry-after']) >= 1 && Number(refused.headers['retry-after']) <= 30);
		assert.equal((await by('ana', PASSWORD, '203.0.113.1')).status, 429, 'the right password is not told either');
		assert.equal((await by('bia', PASSWORD, '203.0.113.1')).status, 201);
		assert.equal((await by('ana', PASSWORD, '203.0.113.2')).status, 201);
		off.ms = 31_000;
		assert.equal((await by('ana', PASSWORD, '203.0.113.1')).status, 201);
	});

	test('from many addresses are limited by login, but for those from which it signed in before, whatever was restarted', async () => {
		const { gateway } = await startStill();
		await using _gateway = gateway;
		const account = await gateway.account();
		await operator(gateway, account.id);
		const by = (email: string, password: string, from: string): Promise<Answer> =>
			signIn(gateway, { email, password }, { 'x-forwarded-for': from }).then(({ answer }) => answer);
		assert.equal((await by('Ana', PASSWORD, '198.51.100.1')).status, 201);
		await gateway.stop();
		await gateway.start();
		const guesses: Answer[] = [];
		for (let tried = 0; guesses.at(-1)?.status !== 429 && tried < 60; tried += 1) {
			guesses.push(await by('ana', 'errado mesmo', `203.0.113.${tried}`));
		}
		assert.equal(guesses.length, 31);
		assert.deepEqual(guesses.at(-1)?.body.code, 'sign_in_limited');
		assert.equal((await by('ana', PASSWORD, '198.51.100.1')).status, 201);
	});

	test('are limited by address; who signs in is not counted', async () => {
		const { gateway } = await startStill();
		await using _gateway = gateway;
		const by = (body: object, from: string): Promise<Answer> =>
			signIn(gateway, body, { 'x-forwarded-for': from }).then(({ answer }) => answer);
		const [network, same, other] = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'] as const;
		for (let done = 0; done < 60; done += 1) assert.equal((await by({ token: ADMIN_TOKEN }, network)).status, 201);
		const answers = await Promise.all(Array.from({ length: 60 }, () => by({ token: 'x' }, network)));
		assert.equal(answers.filter(({ status }) => status === 401).length, 50);
		assert.deepEqual(told(await by({ token: ADMIN_TOKEN }, same)), [429, 'sign_in_limited']);
		assert.equal((await by({ token: ADMIN_TOKEN }, other)).status, 201);
	});

	test('come from where they come: nobody says so for others but a proxy that is trusted', async () => {
		await using gateway = await startGateway({ environment: { RECADO_TRUSTED_PROXIES: '192.0.2.1/32' } });
		const by = (from: number): Promise<Answer> =>
			signIn(gateway, { token: 'x' }, { 'x-forwarded-for': `203.0.113.${from}` }).then(({ answer }) => answer);
		const answers = await Promise.all(Array.from({ length: 60 }, (_, from) => by(from)));
		assert.ok(answers.some(({ status }) => status === 429));
	});

	test('take as long for a login that is not there as for a wrong password', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		await operator(gateway, account.id);
		const took = async (email: string): Promise<number> => {
			const from = performance.now();
			assert.equal((await signIn(gateway, { email, password: 'errado mesmo' })).answer.status, 401);
			return performance.now() - from;
		};
		await took('ana');
		// The quickest of each: whatever else the machine does makes any of them longer, and none shorter.
		const least = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
		for (let round = 0; round < 5; round += 1) {
			least.known = Math.min(least.known, await took('ana'));
			least.unknown = Math.min(least.unknown, await took('ninguem'));
		}
		assert.ok(least.unknown > least.known / 3, `${least.unknown} ms against ${least.known} ms`);
	});
});

test('an operator is told how large a file may be, and one that is just so large is taken', async () => {
	await using gateway = await startGateway({ environment: { RECADO_BODY_BYTES_MAX: '512KiB', RECADO_MEDIA_BYTES_MAX: '100KiB' } });
	const account = await gateway.account();
	await operator(gateway, account.id);
	const { answer } = await signedIn(gateway, { email: 'ana', password: PASSWORD });
	const { media, document } = answer.body.fileBytesMax;
	assert.deepEqual({ media, document }, { media: 102_400, document: 377_856 });
	const send = async (kind: string, bytes: Buffer, type: string): Promise<number> => {
		const content = { [kind]: { url: `data:${type};base64,${bytes.toString('base64')}`, caption: 'ç'.repeat(4_096) } };
		return (await gateway.admin('POST', `/instances/${account.instance.id}/messages`, { to: '5544999990001', ...content })).status;
	};
	const picture = (size: number): Buffer => Buffer.concat([MEDIA_FILES.png.bytes, Buffer.alloc(size - MEDIA_FILES.png.bytes.length)]);
	assert.deepEqual([await send('image', picture(media), 'image/png'), await send('image', picture(media + 1), 'image/png')], [202, 413]);
	const file = (size: number): Buffer => Buffer.alloc(size, 'x');
	assert.equal(await send('document', file(document), 'text/plain'), 202);
	assert.equal(await send('document', file(document + 20_480), 'text/plain'), 413);
});

test('who came and went is in the audit log, with no secret', async () => {
	await using gateway = await startGateway();
	const account = await gateway.account();
	const id = await operator(gateway, account.id);
	const { ask, cookie } = await signedIn(gateway, { email: 'ana', password: PASSWORD });
	await ask('DELETE', '/session');
	await signIn(gateway, { email: 'ana', password: 'errado mesmo' });
	await signedIn(gateway, { token: ADMIN_TOKEN });
	const entries = async (): Promise<Answer['body'][]> => (await gateway.admin('GET', '/audit?route=/recado/v1/session')).body.items;
	await until(async () => (await entries()).length === 4, { what: 'the audit log', withinMs: 30_000 });
	const seen = (await entries()).map(({ method, by, status, ids, after, accountId }) => ({ method, by, status, ids, after, accountId }));
	const ana = { kind: 'operator', id, name: 'Ana' };
	assert.deepEqual(seen.reverse(), [
		{ method: 'POST', by: ana, status: 201, ids: {}, after: { way: 'password' }, accountId: account.id },
		{ method: 'DELETE', by: ana, status: 204, ids: {}, after: undefined, accountId: account.id },
		{
			method: 'POST',
			by: { kind: 'unknown', id: 'unknown' },
			status: 401,
			ids: { operatorId: id },
			after: { way: 'password' },
			accountId: undefined,
		},
		{ method: 'POST', by: { kind: 'admin', id: 'admin' }, status: 201, ids: {}, after: { way: 'token' }, accountId: undefined },
	]);
	const text = JSON.stringify((await gateway.admin('GET', '/audit')).body);
	for (const secret of [PASSWORD, 'errado mesmo', ADMIN_TOKEN, cookie.split('=')[1] ?? '']) assert.ok(!text.includes(secret));
});

test('each operation answers as the document says', async () => {
	await using gateway = await startGateway();
	const document = (await gateway.call('GET', '/recado/v1/openapi.json')).body;
	const check = createChecker(document);
	const exchanged = new Set<string>();
	const see = (method: string, path: string, { status, body }: Answer): void => {
		const operation = operationAt(document, method, `/recado/v1${path}`);
		assert.ok(operation && status < 300, `${method} ${path}: ${status}`);
		exchanged.add(`${operation.method} ${operation.path}`);
		assert.equal(check(operation, status, body), undefined, `${method} ${path}`);
	};
	const { ask, answer } = await signedIn(gateway, { token: ADMIN_TOKEN });
	see('POST', '/session', answer);
	for (const [method, path] of [
		['GET', '/session'],
		['GET', '/session/methods'],
		['POST', '/session/links'],
		['DELETE', '/session'],
	] as const) {
		see(method, path, await ask(method, path));
	}
	const account = await gateway.account();
	await operator(gateway, account.id);
	const ana = await signedIn(gateway, { email: 'ana', password: PASSWORD });
	const change = { currentPassword: PASSWORD, newPassword: 'outro segredo' };
	see('PUT', '/session/password', await ana.ask('PUT', '/session/password', change));
	const documented = operationsOf(document).filter(({ tags }) => tags?.includes('Session'));
	assert.deepEqual(
		documented.map(({ method, path }) => `${method} ${path}`).filter((one) => !exchanged.has(one)),
		[],
	);
});
