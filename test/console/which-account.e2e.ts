/** Several accounts in the browser: one that is gone is forgotten, what is of one account asks for it or says it, and what is of all works for all. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const FAILS = '/falha';
const LONG = 'Comércio de Produtos Agropecuários e Veterinários do Vale do Paranapanema e Região Norte do Paraná';

let rig: ConsoleRig;
let first: Account;
let second: Account;

before(async () => {
	rig = await ConsoleRig.open({ treat: ({ path }) => (path.startsWith(FAILS) ? { kind: 'answer', status: 503 } : 200) });
	first = await rig.account('Padaria');
	second = await rig.account(LONG);
});
after(async () => await rig[Symbol.asyncDispose]());

async function webhook(account: Account, path: string, wish: object = {}): Promise<string> {
	const { gateway } = rig;
	const asked = { accountId: account.id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
	const { status, body } = await gateway.admin('POST', '/webhooks', asked);
	assert.equal(status, 201, JSON.stringify(body));
	return body.id;
}

async function write(account: Account, text: string, from = '5544999990001'): Promise<void> {
	const { status, body } = await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from, text });
	assert.equal(status, 202, JSON.stringify(body));
}

const rows = (page: Page) => page.getByRole('region', { name: 'Deliveries' }).getByRole('listitem');
const picker = (page: Page) => page.getByRole('combobox', { name: 'Account', exact: true });

test('an account that is gone is forgotten, and nothing is hidden by it', async () => {
	await webhook(first, '/aberto');
	const page = await rig.look('/console/webhooks');
	await page
		.getByRole('link', { name: /\/aberto$/ })
		.first()
		.waitFor();
	await page.evaluate(`localStorage.setItem('recado.account', 'acc_${'0'.repeat(32)}')`);
	await page.reload();
	await page
		.getByRole('link', { name: /\/aberto$/ })
		.first()
		.waitFor();
	assert.equal(await page.evaluate(`localStorage.getItem('recado.account')`), null);
	// One that is there is kept.
	await page.evaluate(`localStorage.setItem('recado.account', '${second.id}')`);
	await page.reload();
	await page.getByText('No webhook yet').waitFor();
	await comesToBe(() => picker(page).inputValue(), LONG);
	await page.context().close();
});

test('the desk, its settings and a new webhook ask for the account instead of taking the first', async () => {
	const page = await rig.look('/console/desk/settings');
	await page.getByText('Which account?').waitFor();
	await assertAccessible(page);
	await page.getByRole('combobox', { name: 'Which account?' }).click();
	await page.getByRole('option', { name: 'Padaria' }).click();
	await page.getByRole('tab', { name: 'Departments' }).waitFor();
	// From here on it is said at the top of every page.
	await comesToBe(() => picker(page).inputValue(), 'Padaria');
	await page.context().close();

	const anew = await rig.look('/console/webhooks?create=true');
	const dialog = anew.getByRole('dialog', { name: 'New webhook' });
	await dialog.getByRole('textbox', { name: 'Address' }).fill(rig.gateway.receiver.url('/novo'));
	assert.equal(await dialog.getByRole('combobox', { name: 'Account' }).inputValue(), '');
	await dialog.getByRole('button', { name: 'Create', disabled: true }).waitFor();
	await dialog.getByRole('combobox', { name: 'Account' }).click();
	await anew.getByRole('option', { name: LONG }).click();
	await dialog.getByRole('button', { name: 'Create', disabled: false }).waitFor();
	await anew.goto('/console/desk');
	await anew.getByText('Which account?').waitFor();
	await anew.context().close();
});

test('of a delivery of any account its chat is opened on the desk of that account', async () => {
	const webhookId = await webhook(second, '/segunda');
	await write(second, 'Vocês entregam hoje?');
	const page = await rig.look(`/console/deliveries?webhookId=${webhookId}`);
	await page.getByRole('link', { name: /Delivered Message received/ }).click();
	await page.getByRole('link', { name: 'Open the chat' }).click();
	await page.waitForURL(/\/console\/desk\/chats\/cht_[^?]*$/);
	await page.getByRole('log').or(page.getByRole('main')).getByText('Vocês entregam hoje?').first().waitFor();
	await comesToBe(() => picker(page).inputValue(), LONG);
	assert.equal(await page.getByText('There is no chat with this id').count(), 0);
	await page.context().close();
});

test('a phone is looked for in one account: until it is known which, nothing is shown that was not asked for', async () => {
	const page = await rig.look('/console/deliveries?phone=5544999990001');
	await page.getByText('Whose phone?').waitFor();
	assert.equal(await rows(page).count(), 0);
	assert.equal(await page.getByText(/^Live/).count(), 0);
	await picker(page).click();
	await page.getByRole('option', { name: LONG }).click();
	await comesToBe(() => rows(page).count(), 1);
	await page.context().close();
});

test('in the list of webhooks the addresses are told apart however long the account is called, and who was never tried does not answer', async () => {
	for (const number of [1, 2, 3]) await webhook(second, `/integracoes/erp/whatsapp/${number}`, { events: ['attendance.finished'] });
	const page = await rig.look('/console/webhooks');
	const row = page.getByRole('row').filter({ hasText: '/erp/whatsapp/3' });
	await row.getByText('No answer on record').waitFor();
	await page.getByRole('row').filter({ hasText: '/segunda' }).getByText('Answers', { exact: true }).waitFor();
	const link = row.getByRole('link').first();
	const isCut = await link.evaluate((element) => element.scrollHeight > element.clientHeight + 1);
	assert.equal(isCut, false, 'the address is there in full');
	const width = (await link.boundingBox())?.width ?? 0;
	assert.ok(width >= 240, `the address has ${width} px`);
	await page.context().close();
});

test('of more accounts than come at once each can be chosen', async () => {
	for (let number = 1; number <= 205; number += 1) {
		assert.equal((await rig.gateway.admin('POST', '/accounts', { name: `Filial ${number}` })).status, 201);
	}
	const page = await rig.look('/console/webhooks');
	await picker(page).fill('Filial 205');
	await page.getByRole('option', { name: 'Filial 205' }).click();
	await page.getByText('No webhook yet').waitFor();
	await page.reload();
	await comesToBe(() => picker(page).inputValue(), 'Filial 205');
	await page.context().close();
});

test('what was tried is told as it is listed, and the probes by themselves', async () => {
	const webhookId = await webhook(first, FAILS, { scheduleMs: [0, 0] });
	for (const number of [1, 2, 3, 4, 5, 6]) await write(first, `Falha ${number}`, `551199999000${number}`);
	const probed = async (): Promise<string | undefined> => {
		const { body } = await rig.gateway.admin('GET', `/deliveries?webhookId=${webhookId}`);
		for (const { id } of body.items as readonly { readonly id: string }[]) {
			const { attempts } = (await rig.gateway.admin('GET', `/deliveries/${id}`)).body;
			if (attempts.some(({ isProbe }: { readonly isProbe: boolean }) => isProbe)) return id;
		}
		return undefined;
	};
	await comesToBe(async () => (await probed()) !== undefined, true);
	const page = await rig.look(`/console/deliveries/${await probed()}`);
	await page.getByText('probe', { exact: true }).first().waitFor();
	// More of them may come while it is looked.
	await comesToBe(async () => {
		const sections = page.getByRole('region', { name: /^Attempt \d+$/ });
		const probes = await sections.getByText('probe', { exact: true }).count();
		const others = (await sections.count()) - probes;
		const tried = others === 0 ? '' : others === 1 ? '1 attempt · ' : `${others} attempts · `;
		return await page.getByText(`${tried}${probes === 1 ? '1 probe' : `${probes} probes`}`, { exact: true }).count();
	}, 1);
	await page.goto(`/console/webhooks/${webhookId}`);
	await page.getByText(/\d+ in a row, of all its deliveries and probes/).waitFor();
	await page.context().close();
});
