/** The settings of the desk in a browser: each kind is made there, and kept as the API tells it. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

let rig: ConsoleRig;
let account: Account;
const at = (path: string): string => `/accounts/${account.id}${path}`;

before(async () => {
	rig = await ConsoleRig.open();
});
after(() => rig[Symbol.asyncDispose]());
beforeEach(async () => {
	account = await rig.account('Floricultura');
});

/** The administrator has several accounts by now: the browser is told which. */
async function opened(tab: string): Promise<Page> {
	const page = await rig.look('/console/desk/settings');
	await page.evaluate(`localStorage.setItem('recado.account', '${account.id}')`);
	await page.goto(`/console/desk/settings?tab=${tab}`);
	return page;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
async function told(path: string): Promise<any> {
	return (await rig.gateway.admin('GET', at(path))).body;
}

/** Told, and dismissed: the next time it is told is another. */
async function saved(page: Page): Promise<void> {
	const news = page.getByRole('alert').filter({ hasText: 'Saved' });
	// Pressed where it stands: until a pointer has come there it may have gone by itself.
	await news.getByRole('button', { name: 'Dismiss' }).dispatchEvent('click');
	await news.waitFor({ state: 'detached' });
}

describe('the settings of the desk', () => {
	test('departments and operators are made, changed and deleted', async () => {
		const page = await opened('departments');
		await page.getByRole('button', { name: 'New department' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Vendas');
		await page.getByRole('button', { name: 'Create' }).click();
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await page.getByText('0 operators').waitFor();
		await assertAccessible(page);
		await page.getByRole('tab', { name: 'Operators' }).click();
		await page.getByRole('button', { name: 'New operator' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Ana Souza');
		await page.getByRole('combobox', { name: 'Role' }).click();
		await page.getByRole('option', { name: /Supervisor/ }).click();
		await page.getByRole('combobox', { name: 'Departments' }).click();
		await page.getByRole('option', { name: 'Vendas' }).click();
		await page.getByRole('textbox', { name: 'E-mail' }).fill('ana@example.com');
		await page.getByLabel('Password', { exact: true }).fill('curta');
		await page.getByRole('button', { name: 'Create' }).click();
		// Refused: what was typed is still there, and the fault stands at its field.
		await comesToBe(() => page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid'), 'true');
		await page.getByLabel('Password', { exact: true }).fill('uma senha bem longa');
		await page.getByRole('button', { name: 'Create' }).click();
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await page.getByText('ana@example.com').waitFor();
		const [operator] = (await told('/operators')).items;
		assert.equal(operator.role, 'supervisor');
		assert.deepEqual(
			operator.departments.map((one: { name: string }) => one.name),
			['Vendas'],
		);
		const given = { email: 'ana@example.com', password: 'uma senha bem longa' };
		assert.equal((await rig.gateway.call('POST', '/recado/v1/session', { body: given })).status, 201);
		await page.getByRole('button', { name: 'Edit Ana Souza' }).click();
		await page.getByRole('textbox', { name: 'Login' }).fill('ana');
		await page.getByRole('textbox', { name: 'Attendances at once' }).fill('3');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await page.getByText('ana@example.com · ana').waitFor();
		await page.getByRole('button', { name: 'Edit Ana Souza' }).click();
		for (const name of ['E-mail', 'Login', 'Attendances at once']) await page.getByRole('textbox', { name }).fill('');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('cannot sign in').waitFor();
		const [bare] = (await told('/operators')).items;
		assert.deepEqual([bare.role, bare.email, bare.login, bare.attendancesMax], ['supervisor', undefined, undefined, undefined]);
		await page.getByRole('button', { name: 'Delete Ana Souza' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
		await page.getByText('No operators yet').waitFor();
		assert.deepEqual((await told('/operators')).items, []);
	});

	test('categories get items, and quick replies a shortcut of their own', async () => {
		const page = await opened('categories');
		await page.getByRole('button', { name: 'New category' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Compra');
		await page.getByRole('button', { name: 'Add item' }).click();
		await page.getByRole('textbox', { name: 'Item 1' }).fill('Buquê');
		await page.getByRole('button', { name: 'Add item' }).click();
		await page.getByRole('textbox', { name: 'Item 2' }).fill('Vaso');
		await page.getByRole('button', { name: 'Create' }).click();
		await page.getByText('Buquê · Vaso').waitFor();
		await assertAccessible(page);
		await page.getByRole('tab', { name: 'Quick replies' }).click();
		for (const text of ['Bom dia!', 'Boa tarde!']) {
			await page.getByRole('button', { name: 'New quick reply' }).click();
			await page.getByRole('textbox', { name: 'Shortcut' }).fill('oi');
			await page.getByRole('textbox', { name: 'Text' }).fill(text);
			await page.getByRole('button', { name: 'Create' }).click();
			// The text stands in the form as well, until that is closed.
			if (text === 'Bom dia!') await page.getByRole('dialog').waitFor({ state: 'detached' });
			await page.getByText(text === 'Bom dia!' ? text : 'Is taken by another quick reply').waitFor();
		}
		await comesToBe(() => page.getByRole('textbox', { name: 'Text' }).inputValue(), 'Boa tarde!');
		await assertAccessible(page);
		const { items } = await told('/quick-replies');
		assert.deepEqual(
			items.map(({ shortcut, text }: Record<string, string>) => [shortcut, text]),
			[['oi', 'Bom dia!']],
		);
	});

	test('business hours are kept, with a holiday, and faults stand at their times', async () => {
		const page = await opened('hours');
		await page.getByRole('button', { name: 'Add times to Saturday' }).click();
		await page.getByLabel('Saturday, span 1: to').fill('07:00');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Must end after it begins').waitFor();
		await page.getByLabel('Saturday, span 1: to').fill('00:00');
		await page.getByRole('button', { name: 'Add a day' }).click();
		await page.getByLabel('Date').fill('2027-01-01');
		await page.getByRole('button', { name: 'Save' }).click();
		await saved(page);
		const hours = await told('/hours');
		assert.deepEqual(hours.week.saturday, [{ from: '08:00', to: '24:00' }]);
		assert.deepEqual(hours.holidays, [{ date: '2027-01-01', spans: [] }]);
		assert.equal(hours.timeZone, 'America/Sao_Paulo');
		await page.getByRole('button', { name: 'Always open' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('button', { name: 'Always open' }).waitFor({ state: 'detached' });
		await comesToBe(async () => (await rig.gateway.admin('GET', at('/hours'))).status, 404);
	});

	test('the menu asks with options of its own, one within another, and the survey asks what was set', async () => {
		for (const name of ['Vendas', 'Suporte']) await rig.gateway.admin('POST', at('/departments'), { name });
		const page = await opened('ura');
		await page.getByText('1 - Vendas').waitFor();
		await page.getByText('A menu of our own').click();
		const second = page.getByRole('group', { name: '2. Suporte', exact: true });
		await second.getByRole('combobox', { name: 'Leads to' }).click();
		await page.getByRole('option', { name: 'Another menu' }).click();
		await second.getByRole('textbox', { name: 'Question of this menu' }).fill('De qual produto?');
		await second.getByRole('textbox', { name: 'Option' }).last().fill('Buquês');
		await second.getByRole('combobox', { name: 'Department of the option' }).click();
		await page.getByRole('option', { name: 'Suporte' }).click();
		await page.getByRole('button', { name: '2. Move up' }).click();
		await page.getByText('1 - Suporte').waitFor();
		await page.getByRole('button', { name: 'Save' }).click();
		await saved(page);
		const ura = await told('/ura');
		assert.deepEqual(
			ura.options.map((one: { label: string; to: { kind: string } }) => [one.label, one.to.kind]),
			[
				['Suporte', 'menu'],
				['Vendas', 'department'],
			],
		);
		assert.equal(ura.options[0].to.options[0].label, 'Buquês');
		await page.getByRole('tab', { name: 'Survey' }).click();
		await page.getByRole('textbox', { name: 'Highest rating' }).fill('10');
		await assertAccessible(page);
		await page.getByRole('textbox', { name: 'Thanks' }).fill('');
		await page.getByRole('button', { name: 'Save' }).click();
		await saved(page);
		const { ratingMax, thanks, windowMs } = await told('/survey');
		assert.deepEqual([ratingMax, thanks, windowMs], [10, undefined, 86_400_000]);
	});
});
