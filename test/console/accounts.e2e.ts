/** Accounts: made with tokens that are shown once, their applications with templates, and what is kept of their customers. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const CUSTOMER = '5544999990001';

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open();
});
after(() => rig[Symbol.asyncDispose]());

async function open(): Promise<Page> {
	const page = await rig.look(`/console/accounts/${account.id}`);
	await page.getByRole('heading', { name: 'Loja das Flores', level: 1 }).waitFor();
	return page;
}

test('where there is none it says what one is; one is made, and its tokens, shown once, are good', async () => {
	const page = await rig.look('/console/accounts');
	await page.getByText('No account yet').waitFor();
	await page.getByRole('button', { name: 'New account' }).click();
	const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
	await name.fill('Padaria');
	await name.press('Enter');
	const tokens = page.getByRole('dialog', { name: 'Tokens of Padaria' });
	await tokens.waitFor();
	await page.keyboard.press('Escape');
	const [token = ''] = await tokens.locator('code').allTextContents();
	const statusWith = async (authorization: string): Promise<number> =>
		(await rig.gateway.call('GET', '/api/whatsapp/catalogs', { headers: { authorization } })).status;
	assert.equal(await statusWith('another'), 401);
	assert.notEqual(await statusWith(token), 401);
	await tokens.getByRole('button', { name: 'I have kept it' }).click();
	await page.getByRole('heading', { name: 'Padaria', level: 1 }).waitFor();
	await page.getByRole('link', { name: 'All accounts' }).click();
	await page.getByRole('link', { name: 'Padaria' }).waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('the Client-Token is demanded from now on, and new tokens replace the old', async () => {
	account = await rig.account('Loja das Flores');
	const page = await open();
	await page.getByRole('switch', { name: /^Demand the Client-Token/ }).click();
	await comesToBe(async () => (await rig.gateway.admin('GET', `/accounts/${account.id}`)).body.clientTokenEnforced, true);
	await page.getByRole('button', { name: 'Make new tokens' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Make new tokens' }).click();
	const made = page.getByRole('dialog', { name: 'The new tokens' });
	await made.getByRole('button', { name: 'I have kept it' }).waitFor();
	assert.notEqual((await made.locator('code').allTextContents())[0], account.token);
	await made.getByRole('button', { name: 'I have kept it' }).click();
	await page.getByRole('main').getByRole('link', { name: 'Instances' }).click();
	await page.getByRole('heading', { name: 'Instances', level: 1 }).waitFor();
	await comesToBe(() => page.getByRole('combobox', { name: 'Account', exact: true }).inputValue(), 'Loja das Flores');
	await page.context().close();
});

test('an application with its token and a template, which is changed and deleted', async () => {
	const page = await open();
	await page.getByRole('button', { name: 'New application' }).click();
	const dialog = page.getByRole('dialog', { name: 'New application' });
	await dialog.getByRole('textbox', { name: 'Name' }).fill('Cobrança');
	await dialog.getByRole('combobox', { name: 'Instance' }).click();
	await page.getByRole('option', { name: /^Principal/ }).click();
	await dialog.getByRole('textbox', { name: /^Address/ }).fill('ftp://example.com');
	await dialog.getByRole('button', { name: 'Create' }).click();
	await dialog.getByText('A webhook must be an https URL').waitFor();
	assert.equal(await dialog.getByRole('alert').count(), 0);
	assert.equal(await dialog.getByRole('textbox', { name: 'Name' }).inputValue(), 'Cobrança');
	await dialog.getByRole('textbox', { name: /^Address/ }).fill(rig.gateway.receiver.url('/im'));
	await dialog.getByRole('button', { name: 'Create' }).click();
	await page.getByRole('button', { name: 'I have kept it' }).click();

	await page.getByRole('button', { name: 'Templates: Cobrança' }).click();
	await page.getByRole('button', { name: 'New template' }).click();
	const template = page.getByRole('dialog', { name: 'New template' });
	await template.getByRole('textbox', { name: 'Name' }).fill('boleto');
	await template.getByRole('textbox', { name: 'Text' }).fill('Olá {{1}}');
	await template.getByRole('button', { name: 'Save' }).click();
	await template.waitFor({ state: 'detached' });
	await page.getByText('Olá {{1}}').waitFor();
	await page.getByRole('button', { name: 'Edit: boleto' }).click();
	const edited = page.getByRole('dialog', { name: 'boleto' });
	await edited.getByRole('textbox', { name: 'Text' }).fill('Oi {{1}}');
	await edited.getByRole('button', { name: 'Save' }).click();
	await edited.waitFor({ state: 'detached' });
	await page.getByText('Oi {{1}}').waitFor();
	await page.getByRole('button', { name: 'Delete: boleto' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await page.getByText('No template yet.').waitFor();
	await page.context().close();
});

test('an account gets another name, wherever it is shown', async () => {
	const page = await open();
	await page.getByRole('button', { name: 'Rename' }).click();
	const dialog = page.getByRole('dialog', { name: 'Rename the account' });
	await dialog.getByRole('textbox', { name: 'Name' }).fill('Loja das Rosas');
	await dialog.getByRole('textbox', { name: 'Name' }).press('Enter');
	await page.getByRole('heading', { name: 'Loja das Rosas', level: 1 }).waitFor();
	await page.getByRole('link', { name: 'All accounts' }).click();
	await page.getByRole('link', { name: 'Loja das Rosas' }).waitFor();
	await rig.gateway.admin('PATCH', `/accounts/${account.id}`, { name: 'Loja das Flores' });
	await page.context().close();
});

test('an application gets another name and address, and is deleted, once it is said what becomes of what waits for it', async () => {
	const { appId, token } = (
		await rig.gateway.admin('POST', `/accounts/${account.id}/applications`, {
			...{ name: 'Pedidos', instanceId: account.instance.id, webhook: rig.gateway.receiver.url('/old') },
		})
	).body;
	const page = await open();
	await page.getByRole('button', { name: 'Edit: Pedidos' }).click();
	const edited = page.getByRole('dialog', { name: 'Change the application' });
	await edited.getByRole('textbox', { name: /^Address/ }).fill('ftp://example.com');
	await edited.getByRole('button', { name: 'Save' }).click();
	await edited.getByText('A webhook must be an https URL').waitFor();
	await edited.getByRole('textbox', { name: 'Name' }).fill('Encomendas');
	await edited.getByRole('textbox', { name: /^Address/ }).fill(rig.gateway.receiver.url('/new'));
	await edited.getByRole('button', { name: 'Save' }).click();
	await edited.waitFor({ state: 'detached' });
	await page.getByRole('link', { name: rig.gateway.receiver.url('/new') }).waitFor();

	await page.getByRole('button', { name: 'Delete: Encomendas' }).click();
	const deleted = page.getByRole('dialog', { name: 'Delete the application “Encomendas”?' });
	await deleted.getByRole('radio', { name: 'is discarded' }).check();
	await deleted.getByRole('button', { name: 'Delete' }).click();
	await deleted.waitFor({ state: 'detached' });
	await page.getByRole('button', { name: 'Delete: Encomendas' }).waitFor({ state: 'detached' });
	assert.equal((await rig.gateway.admin('GET', `/applications/${appId}`)).status, 404);
	const asks = { headers: { authorization: token } };
	assert.equal((await rig.gateway.call('GET', '/v1/messages/interactions', asks)).status, 401);
	await page.context().close();
});

test('a customer is found by phone, given to them as a file, and erased', async () => {
	const message = { from: CUSTOMER, name: 'Maria Aparecida', text: 'Bom dia' };
	await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, message);
	const names = async (): Promise<readonly string[]> =>
		(await rig.gateway.admin('GET', `/accounts/${account.id}/contacts?phone=${CUSTOMER}`)).body.items.map(
			(one: { name: string }) => one.name,
		);
	await comesToBe(names, ['Maria Aparecida']);
	// Who is still written about is not erased.
	const states = async (): Promise<ReadonlySet<string>> =>
		new Set((await rig.gateway.admin('GET', `/deliveries?accountId=${account.id}`)).body.items.map((one: { state: string }) => one.state));
	await comesToBe(states, new Set(['delivered']));
	const page = await open();
	await page.getByRole('textbox', { name: 'Phone' }).fill('5544900000000');
	await page.getByRole('button', { name: 'Find' }).click();
	await page.getByText('Nobody is known by this number.').waitFor();
	await page.getByRole('textbox', { name: 'Phone' }).fill('+55 44 99999-0001');
	await page.getByRole('button', { name: 'Find' }).click();
	await page.getByText('Maria Aparecida').waitFor();
	const downloading = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Export as a file' }).click();
	assert.match(await readFile(await (await downloading).path(), 'utf8'), /Bom dia/);
	await page.getByRole('button', { name: 'Erase', exact: true }).click();
	await page.getByRole('dialog', { name: 'Erase everything about Maria Aparecida?' }).getByRole('button', { name: 'Erase' }).click();
	await page.getByRole('status').getByText('Erased').waitFor();
	await comesToBe(async () => (await names()).some((name) => name.includes('Maria')), false);
	await page.getByRole('button', { name: 'Delete unused uploads' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete unused uploads' }).click();
	await page.getByText('0 deleted').waitFor();
	await page.context().close();
});

test('one that is not there is told, with the way back', async () => {
	const page = await rig.look('/console/accounts/acc_none');
	await page.getByText('There is no such account', { exact: true }).waitFor();
	await page.getByRole('link', { name: 'All accounts' }).click();
	await page.getByRole('link', { name: 'Loja das Flores' }).waitFor();
	await page.context().close();
});

test('they look right, with long names too', async () => {
	await rig.account(`Comércio de Produtos Agropecuários e Veterinários do Vale do Paranapanema-${'x'.repeat(60)}`);
	await assertLooks(rig, '/console/accounts', 'accounts', (page) => page.getByRole('link', { name: 'Padaria' }).waitFor());
	await assertLooks(rig, `/console/accounts/${account.id}`, 'account', async (page) => {
		await page.getByRole('button', { name: 'Templates: Cobrança' }).click();
		await page.getByText('No template yet.').waitFor();
	});
});
