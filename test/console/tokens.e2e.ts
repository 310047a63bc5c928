/** API tokens: made with scopes, shown once, revoked. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';
import { byToken } from './support/signing-in.ts';

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open();
	account = await rig.account('Loja das Flores');
});
after(() => rig[Symbol.asyncDispose]());

async function statusWith(token: string, path: string): Promise<number> {
	return (await rig.gateway.call('GET', `/recado/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
}

test('one is made for an account, does what its scopes say, is seen to be used, and is shut out', async () => {
	const page = await rig.look('/console/tokens');
	await page.getByText('No token yet').waitFor();
	await page.getByRole('button', { name: 'New token' }).click();
	const dialog = page.getByRole('dialog', { name: 'New API token' });
	await dialog.getByRole('textbox', { name: 'Name' }).fill('Sistema de pedidos');
	assert.equal(await dialog.getByRole('button', { name: 'Create' }).isDisabled(), true);
	await dialog.getByRole('combobox', { name: 'Account' }).click();
	await page.getByRole('option', { name: 'Loja das Flores' }).click();
	await dialog.getByRole('checkbox', { name: 'Webhooks, deliveries, replays' }).check();
	await dialog.getByRole('textbox', { name: 'Name' }).fill('   ');
	assert.equal(await dialog.getByRole('button', { name: 'Create' }).isDisabled(), true);
	await dialog.getByRole('textbox', { name: 'Name' }).fill(' Sistema de pedidos ');
	await dialog.getByRole('combobox', { name: 'Expires' }).click();
	await page.getByRole('option', { name: 'In 30 days' }).click();
	await dialog.getByRole('button', { name: 'Create' }).click();
	const made = page.getByRole('dialog', { name: 'The new token' });
	const token = (await made.locator('code').textContent()) ?? '';
	assert.match(token, /^rct_/);
	await made.getByRole('button', { name: 'I have kept it' }).click();
	assert.equal(await statusWith(token, `/webhooks?accountId=${account.id}`), 200);
	assert.equal(await statusWith(token, '/accounts'), 403);
	const row = page.getByRole('listitem').filter({ hasText: 'Sistema de pedidos' });
	await row.getByText('Loja das Flores').waitFor();
	// Noted apart from the request that used it.
	const isUseNoted = async (): Promise<boolean> =>
		(await rig.gateway.admin('GET', '/tokens')).body.items.some((one: { readonly lastUsedAt?: string }) => one.lastUsedAt !== undefined);
	await comesToBe(isUseNoted, true);
	await page.reload();
	await row.getByText(/^Last used/).waitFor();
	await page.getByRole('button', { name: 'Revoke: Sistema de pedidos' }).click();
	await page.getByRole('dialog', { name: 'Revoke “Sistema de pedidos”?' }).getByRole('button', { name: 'Revoke' }).click();
	await row.getByText('Revoked').waitFor();
	assert.equal(await statusWith(token, `/webhooks?accountId=${account.id}`), 401);
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

/** In the browser of somebody who signed in by a token with these scopes. */
async function withScopes(
	path: string,
	scopes: readonly string[],
	of: { readonly accountId?: string } = { accountId: account.id },
): Promise<Page> {
	const { body } = await rig.gateway.admin('POST', '/tokens', { name: 'Leitura', scopes, ...of });
	const page = await rig.look(`/console/sign-in?to=${path}`, { as: 'nobody' });
	await byToken(page, body.token);
	return page;
}

function menu(page: Page): Promise<readonly string[]> {
	return page.getByRole('navigation', { name: 'Navigation' }).getByRole('link').allTextContents();
}

test('a token leads to the pages that its scopes open; of the others it is said which one is missing', async () => {
	const page = await withScopes('/', ['accounts:manage']);
	const refused: string[] = [];
	page.on('response', (response) => {
		if (response.status() === 403) refused.push(new URL(response.url()).pathname);
	});
	await page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
	await comesToBe(() => menu(page), ['Instances', 'Desk settings', 'Accounts']);
	await page.goto('/console/tokens');
	await page.getByText('admin', { exact: true }).waitFor();
	assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
	await page.goto(`/console/instances/${account.instance.id}`);
	await page.getByRole('heading', { level: 1, name: 'Principal' }).waitFor();
	await page.getByRole('alert').getByText('The token lacks the scope webhooks:manage').waitFor();
	assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
	// Asked once, and the stream, which is not open either, never.
	await comesToBe(() => refused, ['/recado/v1/webhooks']);
	await page.context().close();
});

test('a token that opens no page is told so, which scopes do, and the way out', async () => {
	const page = await withScopes('/', ['messages:read', 'simulator:act']);
	await page.getByRole('heading', { name: 'No page is open to this token', level: 1 }).waitFor();
	await page.getByText('It has: messages:read + simulator:act', { exact: true }).waitFor();
	await page.getByText('Overview, Deliveries, Webhooks: webhooks:manage', { exact: true }).waitFor();
	await page.getByText('Phone: simulator:act + messages:read + accounts:manage + webhooks:manage', { exact: true }).waitFor();
	await comesToBe(() => menu(page), []);
	await assertAccessible(page);
	await page.goto('/console/deliveries');
	await page.getByRole('heading', { name: 'No page is open to this token', level: 1 }).waitFor();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(/\/console\/sign-in$/);
	await page.getByRole('button', { name: 'Sign in' }).waitFor();
	await page.context().close();
});

test('webhooks alone: nothing is asked for that is not open, and what cannot be chosen says why', async () => {
	const { gateway } = rig;
	const wish = { accountId: account.id, url: gateway.receiver.url('/pedidos'), events: ['message.received'] };
	const webhook = await gateway.admin('POST', '/webhooks', wish);
	assert.equal(webhook.status, 201);
	const written = await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: '5544999990001', text: 'Oi' });
	assert.equal(written.status, 202);
	const page = await withScopes('/', ['webhooks:manage']);
	const refused: string[] = [];
	page.on('response', (response) => {
		if (response.status() === 403) refused.push(new URL(response.url()).pathname);
	});
	await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
	await page.goto('/console/deliveries');
	// With whom it is cannot be read: the end of the id says which chat it is.
	const row = page.getByRole('link', { name: /Message received .*…[0-9a-f]{8}/ });
	await row.waitFor();
	await row.click();
	await page.getByText('Attempt 1', { exact: true }).waitFor();
	await page.goto(`/console/webhooks/${webhook.body.id}`);
	await page.getByText('All of the account').or(page.getByText('whole account')).first().waitFor();
	await page.goto('/console/webhooks?create=true');
	const dialog = page.getByRole('dialog', { name: 'New webhook' });
	await dialog.getByText('Choosing one takes a token with the scope accounts:manage.').waitFor();
	assert.equal(refused.join(', '), '');
	await page.context().close();
	const ofAll = await withScopes('/console/webhooks?create=true', ['webhooks:manage'], {});
	ofAll.on('response', (response) => {
		if (response.status() === 403) refused.push(new URL(response.url()).pathname);
	});
	await ofAll.reload();
	await ofAll.getByText('Choosing the account takes a token with the scope accounts:manage, or one of a single account.').waitFor();
	assert.equal(refused.join(', '), '');
	await ofAll.context().close();
});

test('they look right, the form too', async () => {
	const all = ['accounts:manage', 'webhooks:manage', 'messages:send', 'messages:read', 'attendances:manage', 'personal-data:manage'];
	await rig.gateway.admin('POST', '/tokens', { name: 'Painel antigo com um nome que não cabe em uma linha de telefone', scopes: all });
	await assertLooks(rig, '/console/tokens', 'tokens', (page) => page.getByRole('listitem').first().waitFor());
	await assertLooks(rig, '/console/tokens', 'token-new', async (page) => {
		await page.getByRole('button', { name: 'New token' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Create' }).waitFor();
	});
});
