/** Signing in by OpenID Connect, against a real provider: who comes back is whom it verified, and nobody else. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Answer, call, type Gateway, startGateway } from '../support/gateway.ts';
import { CLIENT, type OidcIssuer, startOidcIssuer } from '../support/oidc-issuer.ts';
import { until } from '../support/waiting.ts';

const ANA = 'ana@loja.example';
const CALLBACK = '/recado/v1/session/oidc/callback';

async function startWith(issuer: Pick<OidcIssuer, 'url'>): Promise<Gateway> {
	return startGateway({
		environment: {
			RECADO_OIDC_ISSUER: issuer.url,
			RECADO_OIDC_CLIENT_ID: CLIENT.id,
			RECADO_OIDC_CLIENT_SECRET: CLIENT.secret,
			RECADO_OIDC_ADMINS: 'Chefe@Loja.example',
		},
	});
}

/** What the browser was sent to, and the cookies that it got. */
function hop({ status, headers }: Answer): { readonly to: URL; readonly path: string; readonly cookies: string } {
	assert.equal(status, 302);
	const to = new URL(String(headers['location']), 'http://here');
	const cookies = [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0]);
	return { to, path: `${to.pathname}${to.search}`, cookies: cookies.join('; ') };
}

/** To the provider and back, as a browser goes. */
async function walk(gateway: Gateway, query = ''): Promise<{ readonly back: Answer; readonly callback: string; readonly cookies: string }> {
	const begun = hop(await gateway.call('GET', `/recado/v1/session/oidc${query}`));
	const sent = hop(await call(begun.to.origin, 'GET', begun.path));
	assert.equal(sent.to.pathname, CALLBACK);
	const back = await gateway.call('GET', sent.path, { headers: { cookie: begun.cookies, 'sec-fetch-site': 'cross-site' } });
	return { back, callback: sent.path, cookies: begun.cookies };
}

async function whoIs(gateway: Gateway, back: Answer): Promise<Answer['body']> {
	const { path, cookies } = hop(back);
	assert.equal(path, '/');
	return (await gateway.call('GET', '/recado/v1/session', { headers: { cookie: cookies } })).body;
}

async function operator(gateway: Gateway, name: string, wish: object = {}): Promise<{ accountId: string; id: string }> {
	const account = await gateway.account(name);
	const { body } = await gateway.admin('POST', `/accounts/${account.id}/operators`, { name: 'Ana', email: ANA.toUpperCase(), ...wish });
	return { accountId: account.id, id: body.id };
}

describe('by OpenID Connect', () => {
	test('an operator, by the e-mail that the provider verified; it needs no password', async () => {
		await using issuer = await startOidcIssuer();
		await using gateway = await startWith(issuer);
		assert.deepEqual((await gateway.call('GET', '/recado/v1/session/methods')).body, { password: true, token: true, oidc: true });
		const { id } = await operator(gateway, 'Loja');
		for (const tellsEmailInToken of [true, false]) {
			Object.assign(issuer, { person: { email: 'Ana@Loja.example', email_verified: true }, tellsEmailInToken });
			const { back } = await walk(gateway);
			assert.match(
				String([back.headers['set-cookie']].flat().find((one) => one?.startsWith('recado_session'))),
				/HttpOnly.*SameSite=Strict/,
			);
			const session = await whoIs(gateway, back);
			assert.deepEqual([session.kind, session.operatorId, session.role, session.byPassword], ['operator', id, 'agent', false]);
		}
		const entries = async (): Promise<Answer['body'][]> => (await gateway.admin('GET', '/audit?method=GET')).body.items;
		await until(async () => (await entries()).length === 2, { what: 'the audit log', withinMs: 30_000 });
		assert.deepEqual([(await entries())[0].by.id, (await entries())[0].after], [id, { way: 'oidc' }]);
	});

	test('who signed in so has no password to change here, even where they have one', async () => {
		await using issuer = await startOidcIssuer();
		await using gateway = await startWith(issuer);
		await operator(gateway, 'Loja', { password: 'segredo longo' });
		issuer.person = { email: ANA, email_verified: true };
		const { back } = await walk(gateway);
		const { csrf } = await whoIs(gateway, back);
		const { status, body } = await gateway.call('PUT', '/recado/v1/session/password', {
			body: { currentPassword: 'segredo longo', newPassword: 'outro segredo' },
			headers: { cookie: hop(back).cookies, 'x-recado-csrf': csrf },
		});
		assert.deepEqual([status, body.code], [403, 'session_without_password']);
	});

	test('the administrator, if the configuration says so', async () => {
		await using issuer = await startOidcIssuer();
		await using gateway = await startWith(issuer);
		issuer.person = { email: 'chefe@loja.example', email_verified: true };
		assert.equal((await whoIs(gateway, (await walk(gateway)).back)).kind, 'admin');
	});

	test('nobody whom the provider does not vouch for, whom nobody knows, or who is not active', async () => {
		await using issuer = await startOidcIssuer();
		await using gateway = await startWith(issuer);
		const { accountId, id } = await operator(gateway, 'Loja', { login: 'bia@loja.example' });
		const ends = async (person: object): Promise<string> => {
			issuer.person = person;
			const { path, cookies } = hop((await walk(gateway)).back);
			assert.ok(!cookies.includes('recado_session'));
			return path;
		};
		assert.equal(await ends({ email: ANA, email_verified: false }), '/console/sign-in?failed=oidc');
		assert.equal(await ends({ email: 'chefe@loja.example' }), '/console/sign-in?failed=oidc');
		assert.equal(await ends({}), '/console/sign-in?failed=oidc');
		for (const email of ['outra@loja.example', 'bia@loja.example']) {
			assert.equal(await ends({ email, email_verified: true }), '/console/sign-in?failed=oidc-unknown', email);
		}
		await gateway.admin('PATCH', `/accounts/${accountId}/operators/${id}`, { active: false });
		assert.equal(await ends({ email: ANA, email_verified: true }), '/console/sign-in?failed=oidc-unknown');
	});

	test('who is an operator of several accounts says of which', async () => {
		await using issuer = await startOidcIssuer();
		await using gateway = await startWith(issuer);
		const [, other] = [await operator(gateway, 'Uma'), await operator(gateway, 'Outra')];
		issuer.person = { email: ANA, email_verified: true };
		assert.equal(hop((await walk(gateway)).back).path, '/console/sign-in?failed=oidc-several');
		const { back } = await walk(gateway, `?accountId=${other.accountId}`);
		assert.equal((await whoIs(gateway, back)).operatorId, other.id);
	});

	test('over https what was begun is known by a cookie that no other host can set', async () => {
		await using issuer = await startOidcIssuer();
		await using gateway = await startWith(issuer);
		await operator(gateway, 'Loja');
		issuer.person = { email: ANA, email_verified: true };
		const secure = { 'x-forwarded-proto': 'https' };
		const walked = async (known: (cookies: string) => string): Promise<ReturnType<typeof hop>> => {
			const begun = hop(await gateway.call('GET', '/recado/v1/session/oidc', { headers: secure }));
			assert.match(begun.cookies, /^__Host-recado_oidc=/);
			const sent = hop(await call(begun.to.origin, 'GET', begun.path));
			return hop(await gateway.call('GET', sent.path, { headers: { ...secure, cookie: known(begun.cookies) } }));
		};
		assert.equal((await walked((cookies) => cookies.replace('__Host-', ''))).path, '/console/sign-in?failed=oidc');
		const { path, cookies } = await walked((begun) => begun);
		assert.equal(path, '/');
		assert.match(cookies, /(^|; )__Host-recado_session=[\w-]{43}/);
	});

	test('an answer counts once, in the browser that began, as it was begun', async () => {
		await using issuer = await startOidcIssuer();
		await using gateway = await startWith(issuer);
		await operator(gateway, 'Loja');
		issuer.person = { email: ANA, email_verified: true };
		const { callback, cookies, back } = await walk(gateway);
		assert.equal(hop(back).path, '/');
		const failed = async (path: string, cookie: string): Promise<void> => {
			assert.equal(hop(await gateway.call('GET', path, { headers: { cookie } })).path, '/console/sign-in?failed=oidc');
		};
		await failed(callback, cookies);
		const other = hop(await gateway.call('GET', '/recado/v1/session/oidc'));
		const fresh = hop(await call(other.to.origin, 'GET', other.path));
		await failed(fresh.path, cookies);
		await failed(fresh.path, '');
		await failed(fresh.path, 'recado_oidc=x');
		await failed(fresh.path.replace(/state=[^&]+/, 'state=x'), other.cookies);
		await failed(`${CALLBACK}?error=access_denied`, other.cookies);
		issuer.wrongNonce = 'x';
		assert.equal(hop((await walk(gateway)).back).path, '/console/sign-in?failed=oidc');
	});

	test('a provider that is away says so, and is asked again', async () => {
		const away = await startOidcIssuer();
		await using gateway = await startWith(away);
		await away[Symbol.asyncDispose]();
		assert.equal(hop(await gateway.call('GET', '/recado/v1/session/oidc')).path, '/console/sign-in?failed=oidc');
		await using issuer = await startOidcIssuer(Number(new URL(away.url).port));
		issuer.person = { email: 'chefe@loja.example', email_verified: true };
		assert.equal((await whoIs(gateway, (await walk(gateway)).back)).kind, 'admin');
	});

	test('where none is configured there is none', async () => {
		await using gateway = await startGateway();
		assert.equal((await gateway.call('GET', '/recado/v1/session/methods')).body.oidc, false);
		const { paths } = (await gateway.call('GET', '/recado/v1/openapi.json')).body;
		for (const path of ['/recado/v1/session/oidc', CALLBACK]) {
			assert.equal((await gateway.call('GET', path)).status, 404);
			assert.ok(paths[path].get.responses['302'], 'where there is one, the browser is sent on');
		}
	});
});
