/** Several accounts in the browser: one that is gone is forgotten, what is of one account asks for it or says it, and what is of all works for all. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const FAILS = '/falha';
/** More than the console knows the names of. */
const FILLED = 1_100;
const AT_A_TIME = 50;
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
	await comesToBe(() => page.evaluate(`localStorage.getItem('recado.account')`), null);
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
	await row.getByText(LONG).waitFor();
	await page.getByRole('row').filter({ hasText: '/segunda' }).getByText('Answers', { exact: true }).waitFor();
	const link = row.getByRole('link').first();
	const isCut = await link.evaluate((element) => element.scrollHeight > element.clientHeight + 1);
	assert.equal(isCut, false, 'the address is there in full');
	const width = (await link.boundingBox())?.width ?? 0;
	assert.ok(width >= 240, `the address has ${width} px`);
	await page.context().close();
});

test('of an instance a phone is looked for in its account, and so are webhooks; what listens to it is registered for it', async () => {
	const third = await rig.account('Quitanda');
	const page = await rig.look(`/console/phone?instance=${third.instance.id}`);
	await page.getByRole('link', { name: 'Register a webhook' }).click();
	const dialog = page.getByRole('dialog', { name: 'New webhook' });
	await comesToBe(() => dialog.getByRole('combobox', { name: 'Account' }).inputValue(), 'Quitanda');
	await webhook(third, '/quitanda');
	await write(third, 'Tem banana?');
	await page.goto(`/console/deliveries?instanceId=${third.instance.id}&phone=5544999990001`);
	await comesToBe(() => rows(page).count(), 1);
	assert.equal(await page.getByText('Whose phone?').count(), 0);
	await page.getByRole('combobox', { name: 'Webhook' }).click();
	await comesToBe(() => page.getByRole('option').allTextContents(), [rig.gateway.receiver.url('/quitanda').replace('https://', '')]);
	await page.context().close();
});

test('of more accounts than are known each can be chosen, and it is said that there are more', async () => {
	for (let made = 0; made < FILLED; made += AT_A_TIME) {
		const names = Array.from({ length: AT_A_TIME }, (_, index) => `Filial ${made + index + 1}`);
		const answers = await Promise.all(names.map((name) => rig.gateway.admin('POST', '/accounts', { name })));
		for (const { status } of answers) assert.equal(status, 201);
	}
	const page = await rig.look('/console/webhooks');
	const more = page.getByRole('option', { name: 'There are more: write a part of the name' });
	await picker(page).click();
	await more.waitFor();
	await picker(page).fill(`filial ${FILLED}`);
	await more.waitFor({ state: 'detached' });
	await page.getByRole('option', { name: `Filial ${FILLED}` }).click();
	await page.getByText('No webhook yet').waitFor();
	await page.reload();
	await comesToBe(() => picker(page).inputValue(), `Filial ${FILLED}`);
	await picker(page).fill('Mercado');
	await page.getByText('No account is called so').waitFor();
	// One that is gone is forgotten, though not all are known.
	await page.evaluate(`localStorage.setItem('recado.account', 'acc_${'0'.repeat(32)}')`);
	await page.reload();
	await page.getByRole('link', { name: /\/aberto$/ }).waitFor();
	await comesToBe(() => page.evaluate(`localStorage.getItem('recado.account')`), null);
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
