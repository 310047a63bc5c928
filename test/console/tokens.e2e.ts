/** API tokens: made with scopes, shown once, revoked. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Account } from '../support/gateway.ts';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';

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
	await page.reload();
	await row.getByText(/^Last used/).waitFor();
	await page.getByRole('button', { name: 'Revoke: Sistema de pedidos' }).click();
	await page.getByRole('dialog', { name: 'Revoke “Sistema de pedidos”?' }).getByRole('button', { name: 'Revoke' }).click();
	await row.getByText('Revoked').waitFor();
	assert.equal(await statusWith(token, `/webhooks?accountId=${account.id}`), 401);
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('whoever is signed in by a token without that scope is told, and may try again', async () => {
	const { body } = await rig.gateway.admin('POST', '/tokens', { name: 'Leitura', scopes: ['messages:read'], accountId: account.id });
	const page = await rig.look('/console/sign-in?to=/console/tokens', { as: 'nobody' });
	await page.getByText('Token', { exact: true }).click();
	await page.getByLabel(/^Administrator’s token/).fill(body.token);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
	await page.context().close();
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
