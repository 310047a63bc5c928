/** The way in, and the way out. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Account, ADMIN_TOKEN } from '../support/gateway.ts';
import { CLIENT, startOidcIssuer } from '../support/oidc-issuer.ts';
import { assertAccessible, assertLooks, ConsoleRig } from './support/console-rig.ts';
import { emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';
import { byPassword, byToken, endSession } from './support/signing-in.ts';

const SIGN_IN = '/console/sign-in';
/** What the browser itself says of an answer that refuses. */
const REFUSED = /Failed to load resource.*(401|409|429)/;

/** So many failures in a row a name has. */
const GUESSES = 10;

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open();
	({ account } = await openDesk(rig.gateway));
});
after(() => rig[Symbol.asyncDispose]());

function complaints(of: ConsoleRig = rig): readonly string[] {
	return of.complaints.filter((text) => !REFUSED.test(text));
}

describe('signing in', () => {
	test('an operator by e-mail and password: what is wrong is said, and what was typed stays; out again by the menu', async () => {
		const page = await rig.look('/', { as: 'nobody' });
		await byPassword(page, emailOf('agent'), 'something else');
		await page.getByRole('alert').getByText('do not fit together').waitFor();
		await comesToBe(() => page.getByLabel('E-mail or login').inputValue(), emailOf('agent'));
		await byPassword(page, emailOf('agent'), PASSWORD);
		await page.waitForURL(/\/console\/desk/);
		await page.getByRole('button', { name: /^Who is signed in/ }).click();
		await page.getByRole('menu').getByText('Ana Souza').waitFor();
		await page.getByRole('menuitem', { name: 'Sign out' }).click();
		await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
		await comesToBe(() => new URL(page.url()).search, '');
		await page.goto('/console/desk');
		await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
		assert.deepEqual(complaints(), []);
		await page.context().close();
	});

	test('the administrator by token, and on to where they wanted to go, with its filters', async () => {
		const page = await rig.look('/console/audit?method=POST', { as: 'nobody' });
		await byToken(page, 'not the token');
		await page.getByRole('alert').getByText('No such token is known').waitFor();
		await byToken(page, ADMIN_TOKEN);
		await page.getByRole('heading', { name: 'Audit log' }).waitFor();
		await comesToBe(() => new URL(page.url()).searchParams.get('method'), 'POST');
		await page.context().close();
	});

	for (const to of ['//example.com/', '/\\example.com/', 'https://example.com/']) {
		test(`a link that wants to lead to ${to} leads to the overview`, async () => {
			const page = await rig.look(`${SIGN_IN}?to=${encodeURIComponent(to)}`, { as: 'nobody' });
			await byToken(page, ADMIN_TOKEN);
			await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
			await comesToBe(() => page.url(), `${rig.gateway.address}/`);
			await page.context().close();
		});
	}

	test('a link signs in once; the second time it says why it does not', async () => {
		const { body } = await rig.gateway.admin('POST', '/session/links');
		const first = await rig.look(`/#code=${body.code}`, { as: 'nobody' });
		await first.waitForURL(/\/console\/phone/);
		await comesToBe(() => first.url().includes('code='), false);
		await first.context().close();
		const second = await rig.look(`/#code=${body.code}`, { as: 'nobody' });
		await second.getByRole('status').getByText('That link was used already').waitFor();
		await second.context().close();
	});

	test('whoever is signed in already is not asked again: neither here, nor by a link that is too old', async () => {
		const page = await rig.look(`${SIGN_IN}?to=${encodeURIComponent('/console/audit?method=POST')}`);
		await page.getByRole('heading', { name: 'Audit log' }).waitFor();
		await comesToBe(() => new URL(page.url()).searchParams.get('method'), 'POST');
		await page.goto('/console/tokens#code=used-already');
		await page.getByRole('heading', { name: 'API tokens' }).waitFor();
		await comesToBe(() => page.url(), `${rig.gateway.address}/console/tokens`);
		await page.context().close();
	});

	test('an operator of two accounts is asked of which', async () => {
		const twice = { name: 'Rita', role: 'agent', email: 'rita@loja.example', password: PASSWORD };
		const [one, other] = [await rig.account('Primeira'), await rig.account('Segunda')];
		for (const { id } of [one, other]) assert.equal((await rig.gateway.admin('POST', `/accounts/${id}/operators`, twice)).status, 201);
		const page = await rig.look(SIGN_IN, { as: 'nobody' });
		const accountOf = async (): Promise<string> => (await (await page.context().request.get('/recado/v1/session')).json()).accountId;
		const asked = page.getByRole('combobox', { name: 'Account' });
		const isFocused = (): Promise<boolean> => asked.evaluate((field) => field.ownerDocument.activeElement === field);
		await byPassword(page, twice.email, PASSWORD);
		await asked.waitFor();
		await comesToBe(isFocused, true);
		assert.equal(await page.getByRole('alert').count(), 0, 'being asked is no failure');
		await assertAccessible(page);
		// Whoever does not choose is asked again.
		await page.getByRole('button', { name: 'Sign in' }).click();
		await comesToBe(isFocused, true);
		// By the keyboard alone.
		await page.keyboard.press('ArrowDown');
		await comesToBe(() => page.getByRole('option').allTextContents(), ['Primeira', 'Segunda']);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/console\/desk/);
		assert.equal(await accountOf(), other.id);
		assert.deepEqual(complaints(), []);
		await page.context().close();
	});

	test('which account is asked of this e-mail and this password alone', async () => {
		const again = { name: 'Zeca', role: 'agent', email: 'zeca@loja.example', password: PASSWORD };
		for (const { id } of [await rig.account('Terceira'), await rig.account('Quarta')]) {
			assert.equal((await rig.gateway.admin('POST', `/accounts/${id}/operators`, again)).status, 201);
		}
		const page = await rig.look(SIGN_IN, { as: 'nobody' });
		const asked = page.getByRole('combobox', { name: 'Account' });
		await byPassword(page, again.email, PASSWORD);
		await asked.waitFor();
		await page.getByLabel('E-mail or login').fill(emailOf('agent'));
		await asked.waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(/\/console\/desk/);
		await page.context().close();
	});

	test('of two operators in one account with one password there is nothing to choose: the login tells which', async () => {
		const { id } = await rig.account('Quinta');
		for (const login of ['lia.um', 'lia.dois']) {
			const wish = { name: login, role: 'agent', email: 'lia@loja.example', login, password: PASSWORD };
			assert.equal((await rig.gateway.admin('POST', `/accounts/${id}/operators`, wish)).status, 201);
		}
		const page = await rig.look(SIGN_IN, { as: 'nobody' });
		await byPassword(page, 'lia@loja.example', PASSWORD);
		await page.getByRole('alert').getByText('use a login').waitFor();
		assert.equal(await page.getByRole('combobox').count(), 0);
		await byPassword(page, 'lia.dois', PASSWORD);
		await page.waitForURL(/\/console\/desk/);
		await page.context().close();
	});

	test('whoever guesses has to wait, and is told how long', async () => {
		const page = await rig.look(SIGN_IN, { as: 'nobody' });
		const guess = { email: emailOf('supervisor'), password: 'guessed' };
		await page.getByLabel('E-mail or login').fill(guess.email);
		await page.getByLabel(/^Password/).fill(PASSWORD);
		const guesses = Array.from({ length: GUESSES + 1 }, () => rig.gateway.call('POST', '/recado/v1/session', { body: guess }));
		// The one too many is refused while the others are still compared: the half minute until one more is possible has just begun.
		await Promise.any(guesses.map(async (guess) => assert.equal((await guess).status, 429)));
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page
			.getByRole('alert')
			.getByText(/Try again in \d+ s/)
			.waitFor();
		assert.equal((await Promise.all(guesses)).filter(({ status }) => status === 429).length, 1);
		await page.context().close();
	});

	test('a session that was ended elsewhere leads back here, and from here to where one was', async () => {
		const page = await rig.look('/console/tokens');
		await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor();
		await page.waitForLoadState('networkidle');
		await endSession(page);
		await page.getByRole('link', { name: 'Accounts' }).click();
		await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
		await byToken(page, ADMIN_TOKEN);
		await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
		assert.deepEqual(complaints(), []);
		await page.context().close();
	});

	test('a page that only listens notices that the session has ended, and is come back to', async () => {
		const page = await rig.look('/console/deliveries?state=delivered');
		await page.getByText('No delivery fits these filters').waitFor();
		// Of all that the page would ask when it is looked at again, only the stream is let through, and what that leads to.
		const others = /\/recado\/v1\/(?!stream|session)/;
		await page.route(others, () => undefined);
		await endSession(page);
		const turn = async (isHidden: boolean): Promise<void> => {
			await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} });
				document.dispatchEvent(new Event('visibilitychange'));`);
		};
		const givenBack = page.waitForEvent('requestfailed', (request) => request.url().includes('/recado/v1/stream'));
		await turn(true);
		await givenBack;
		await turn(false);
		await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
		await page.unroute(others);
		await byToken(page, ADMIN_TOKEN);
		await page.getByRole('heading', { name: 'Deliveries', level: 1 }).waitFor();
		assert.equal(new URL(page.url()).searchParams.get('state'), 'delivered');
		assert.deepEqual(complaints(), []);
		await page.context().close();
	});

	test('whoever signs in after somebody else sees nothing that was fetched for them', async () => {
		const page = await rig.look('/console/desk', { as: { email: emailOf('agent'), password: PASSWORD } });
		await page.evaluate(`localStorage.setItem('recado.account', '${account.id}')`);
		await page.reload();
		// What an agent is told of the others has no e-mails in it.
		await page.getByLabel('Ana Souza: Online').waitFor();
		const { body } = await rig.gateway.admin('POST', '/session/links');
		await page.evaluate(`location.hash = '#code=${body.code}'`);
		await page.waitForURL(/\/console\/phone/);
		await page.getByRole('link', { name: 'Desk settings' }).click();
		await page.getByRole('tab', { name: 'Operators' }).click();
		await page.getByText(emailOf('supervisor')).waitFor();
		await page.context().close();
	});

	test('language and colours are chosen here too', async () => {
		const page = await rig.look(SIGN_IN, { as: 'nobody' });
		await page.getByRole('button', { name: 'Português' }).click();
		await page.getByRole('heading', { name: 'Entrar', level: 1 }).waitFor();
		await comesToBe(() => page.locator('html').getAttribute('lang'), 'pt-BR');
		await page.getByRole('button', { name: 'Cores escuras' }).click();
		await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
		await page.reload();
		await page.getByRole('button', { name: 'Cores claras' }).waitFor();
		assert.equal(await page.getByRole('link').count(), 0, 'without OpenID Connect nothing leads to it');
		await page.context().close();
	});

	test('it looks right', async () => {
		await assertLooks(
			rig,
			`${SIGN_IN}?failed=code`,
			'sign-in',
			(page) => page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor(),
			{ as: 'nobody' },
		);
	});
});

describe('signing in by OpenID Connect', () => {
	test('by a link to the provider and back; an e-mail that nobody has is told', async () => {
		await using issuer = await startOidcIssuer();
		await using own = await ConsoleRig.open({
			environment: {
				RECADO_OIDC_ISSUER: issuer.url,
				RECADO_OIDC_CLIENT_ID: CLIENT.id,
				RECADO_OIDC_CLIENT_SECRET: CLIENT.secret,
				RECADO_OIDC_ADMINS: 'chefe@loja.example',
			},
		});
		const page = await own.look(SIGN_IN, { as: 'nobody' });
		issuer.person = { email: 'ninguem@loja.example', email_verified: true };
		await page.getByRole('link', { name: 'Sign in with your organization' }).click();
		await page.getByRole('status').getByText('No operator has the e-mail').waitFor();
		issuer.person = { email: 'chefe@loja.example', email_verified: true };
		await page.getByRole('link', { name: 'Sign in with your organization' }).click();
		await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
		assert.deepEqual(complaints(own), []);
	});
});
