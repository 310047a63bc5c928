/** The settings of the desk take care of whoever fills them in: what was never saved is said to be off, faults stand at their fields, nothing is lost in passing. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Dialog, Locator, Page } from 'playwright-core';
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
async function opened(tab: string, language: 'en' | 'pt' = 'en'): Promise<Page> {
	const page = await rig.look('/console/desk/settings', { language });
	await page.evaluate(`localStorage.setItem('recado.account', '${account.id}')`);
	await page.goto(`/console/desk/settings?tab=${tab}`);
	return page;
}

function isFocused(field: Locator): Promise<boolean> {
	return field.evaluate((one) => one === one.ownerDocument.activeElement);
}

/** Until it has done so: a dialog takes the focus a moment after it is seen, and what is typed meanwhile goes elsewhere. */
async function takesFocus(dialog: Locator): Promise<void> {
	await comesToBe(() => dialog.evaluate((one) => one.contains(one.ownerDocument.activeElement)), true);
}

/** Whether the browser asks before the page is loaded anew, which it then is not. */
async function asksBeforeReload(page: Page): Promise<boolean> {
	const said = Promise.withResolvers<boolean>();
	const isAsked = (dialog: Dialog): void => {
		void dialog.dismiss().then(() => said.resolve(dialog.type() === 'beforeunload'));
	};
	const isLoaded = (): void => said.resolve(false);
	page.on('dialog', isAsked).on('load', isLoaded);
	await page.evaluate('void setTimeout(() => location.reload())');
	const asks = await said.promise;
	page.off('dialog', isAsked).off('load', isLoaded);
	return asks;
}

describe('settings that were never saved', () => {
	test('are off, and say so until they are on and saved', async () => {
		const page = await opened('hours');
		for (const [tab, name] of [
			['Business hours', 'Keep business hours'],
			['Menu (URA)', 'Ask customers before an operator attends'],
			['Survey', 'Ask when an attendance is finished'],
		] as const) {
			await page.getByRole('tab', { name: tab }).click();
			await page.getByText('Not in use').waitFor();
			await comesToBe(() => page.getByRole('switch', { name }).isChecked(), false);
		}
		await page.getByRole('tab', { name: 'Business hours' }).click();
		await assertAccessible(page);
		await page.getByRole('switch', { name: 'Keep business hours' }).click();
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Not in use').waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Always open' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
		await page.getByText('Not in use').waitFor();
		await comesToBe(() => page.getByRole('switch', { name: 'Keep business hours' }).isChecked(), false);
	});

	test('wait with what was changed where one goes elsewhere, until it is discarded', async () => {
		const page = await opened('hours');
		const message = page.getByRole('textbox', { name: 'Away message' });
		await message.fill('Voltamos às 8.');
		await page.getByText('Not saved yet').waitFor();
		await page.getByRole('tab', { name: 'Menu (URA)' }).click();
		await page.getByRole('textbox', { name: 'Greeting' }).waitFor();
		await page.getByRole('tab', { name: 'Business hours' }).click();
		await comesToBe(() => message.inputValue(), 'Voltamos às 8.');
		await page.getByRole('link', { name: 'Service desk' }).click();
		await page.waitForURL('**/console/desk');
		await page.goBack();
		await comesToBe(() => message.inputValue(), 'Voltamos às 8.');
		await page.getByText('Not saved yet').waitFor();
		await page.getByRole('button', { name: 'Discard changes' }).click();
		await page.getByText('Not saved yet').waitFor({ state: 'detached' });
		await page.getByRole('tab', { name: 'Menu (URA)' }).click();
		await page.getByRole('tab', { name: 'Business hours' }).click();
		await comesToBe(() => message.inputValue(), 'We are closed now. We will answer as soon as we open.');
	});

	test('are not lost with the tab unasked, wherever in the console one is', async () => {
		const page = await opened('hours');
		const message = page.getByRole('textbox', { name: 'Away message' });
		// A browser asks for those alone who did something.
		await message.click();
		assert.equal(await asksBeforeReload(page), false);
		await message.fill('Voltamos às 8.');
		await page.getByText('Not saved yet').waitFor();
		assert.equal(await asksBeforeReload(page), true);
		await page.getByRole('link', { name: 'Service desk' }).click();
		await page.waitForURL('**/console/desk');
		assert.equal(await asksBeforeReload(page), true);
		await page.goBack();
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Not saved yet').waitFor({ state: 'detached' });
		await comesToBe(() => asksBeforeReload(page), false);
	});

	test('hold nobody back who signs out', async () => {
		const page = await opened('hours');
		const message = page.getByRole('textbox', { name: 'Away message' });
		await message.click();
		await message.fill('Voltamos às 8.');
		await page.getByText('Not saved yet').waitFor();
		let asked = 0;
		page.on('dialog', (dialog) => {
			asked += 1;
			void dialog.dismiss();
		});
		await page.getByRole('button', { name: 'Who is signed in' }).click();
		await page.getByRole('menuitem', { name: 'Sign out' }).click();
		await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
		assert.equal(asked, 0);
	});
});

describe('business hours', () => {
	test('offer no more times to a full day, and say which overlap', async () => {
		const page = await opened('hours', 'pt');
		const add = page.getByRole('button', { name: 'Adicionar horário: Sábado' });
		await add.click();
		await page.getByLabel('Sábado, período 1: das').fill('00:00');
		await page.getByLabel('Sábado, período 1: até').fill('00:00');
		await add.waitFor({ state: 'detached' });
		await page.getByLabel('Sábado, período 1: até').fill('12:00');
		await add.click();
		await page.getByLabel('Sábado, período 2: das').fill('11:30');
		await page.getByRole('button', { name: 'Salvar' }).click();
		await page.getByText('Se sobrepõe a outro horário do dia').waitFor();
		await comesToBe(() => isFocused(page.getByLabel('Sábado, período 2: das')), true);
		assert.equal(await page.getByText('week.saturday').count(), 0);
		assert.equal((await rig.gateway.admin('GET', at('/hours'))).status, 404);
	});

	test('are of one date once: a day that is added is another, and one chosen twice is told at its field', async () => {
		const page = await opened('hours', 'pt');
		const add = page.getByRole('button', { name: 'Adicionar dia' });
		for (let day = 0; day < 3; day += 1) await add.click();
		const dates = page.getByLabel('Data');
		await comesToBe(() => dates.count(), 3);
		const chosen = await Promise.all((await dates.all()).map((one) => one.inputValue()));
		assert.equal(new Set(chosen).size, 3);
		await dates.nth(2).fill(chosen[0] ?? '');
		await page.getByRole('button', { name: 'Salvar' }).click();
		await page.getByText('Já é a data de outro feriado').waitFor();
		await comesToBe(() => isFocused(dates.nth(2)), true);
		assert.equal(await page.getByText('Não funcionou').count(), 0);
		await assertAccessible(page);
		assert.equal((await rig.gateway.admin('GET', at('/hours'))).status, 404);
		await dates.nth(2).fill(chosen[2] ?? '');
		await page.getByRole('button', { name: 'Salvar' }).click();
		await page.getByText('Ainda não salvo').waitFor({ state: 'detached' });
		await comesToBe(async () => (await rig.gateway.admin('GET', at('/hours'))).body.holidays?.length, 3);
	});

	test('begin a holiday with the day that it is there', async () => {
		const page = await opened('hours');
		// The day before in São Paulo.
		await page.clock.setFixedTime('2026-12-25T01:30:00Z');
		await page.getByRole('button', { name: 'Add a day' }).click();
		await comesToBe(() => page.getByLabel('Date').inputValue(), '2026-12-24');
	});
});

describe('faults', () => {
	test('are told at their fields in words for people, once, and the first has the focus', async () => {
		const page = await opened('replies', 'pt');
		await page.getByRole('button', { name: 'Nova resposta rápida' }).click();
		const shortcut = page.getByRole('textbox', { name: 'Atalho' });
		await shortcut.fill('bom dia');
		await page.getByRole('textbox', { name: 'Texto' }).fill('Bom dia!');
		await page.getByRole('button', { name: 'Criar' }).click();
		await page.getByText('Uma só palavra, sem espaços').waitFor();
		await comesToBe(() => isFocused(shortcut), true);
		assert.equal(await page.getByText('Não funcionou').count(), 0);
		await rig.gateway.admin('POST', at('/quick-replies'), { shortcut: 'oi', text: 'Olá' });
		await shortcut.fill('oi');
		await page.getByRole('button', { name: 'Criar' }).click();
		await page.getByText('Já é de outra resposta rápida').waitFor();
		assert.equal(await page.getByText('Não funcionou').count(), 0);
	});

	test('of an operator stand at the e-mail, the login and the password', async () => {
		await rig.gateway.admin('POST', at('/operators'), { name: 'Ana', login: 'ana' });
		const page = await opened('operators', 'pt');
		await page.getByRole('button', { name: 'Novo operador' }).click();
		await page.getByRole('textbox', { name: 'Nome' }).fill('Outra Ana');
		await page.getByRole('textbox', { name: 'E-mail' }).fill('nao-e-email');
		await page.getByRole('textbox', { name: 'Login' }).fill('ana');
		await page.getByLabel('Senha', { exact: true }).fill('curta');
		await page.getByRole('button', { name: 'Criar' }).click();
		await page.getByText('Deve ser um endereço de e-mail').waitFor();
		await page.getByText('Deve ter pelo menos 8 caracteres').waitFor();
		await comesToBe(() => isFocused(page.getByRole('textbox', { name: 'E-mail' })), true);
		await page.getByRole('textbox', { name: 'E-mail' }).fill('outra@loja.example');
		await page.getByLabel('Senha', { exact: true }).fill('uma senha bem longa');
		await page.getByRole('button', { name: 'Criar' }).click();
		await page.getByText('Já é de outro operador').waitFor();
		assert.equal(await page.getByText('Não funcionou').count(), 0);
		assert.equal(await page.getByText('Já é de outro operador').count(), 1);
	});

	test('of a menu stand at the option without a label, and at the one that leads nowhere', async () => {
		const page = await opened('ura', 'pt');
		await page.getByText('Menu próprio').click();
		const option = page.getByRole('textbox', { name: 'Opção' });
		await page.getByRole('button', { name: 'Salvar' }).click();
		await page.getByText('Escreva o que o cliente lê').waitFor();
		await comesToBe(() => isFocused(option), true);
		await option.fill('Vendas');
		await page.getByRole('button', { name: 'Salvar' }).click();
		await page.getByText('Escolha um departamento da conta').waitFor();
		await comesToBe(() => isFocused(page.getByRole('combobox', { name: 'Departamento da opção' })), true);
		assert.equal(await page.getByText('Não funcionou').count(), 0);
	});
});

describe('a form in a dialog', () => {
	test('asks before it is closed in passing with what was filled in, and not without', async () => {
		const page = await opened('replies');
		const form = page.getByRole('dialog', { name: 'New quick reply' });
		const question = page.getByRole('dialog', { name: 'Discard what you filled in?' });
		const text = page.getByRole('textbox', { name: 'Text' });
		const create = page.getByRole('button', { name: 'New quick reply' });
		await create.click();
		await takesFocus(form);
		await text.click();
		await page.keyboard.press('Escape');
		await form.waitFor({ state: 'detached' });
		await create.click();
		await takesFocus(form);
		await text.click();
		await page.keyboard.type('Chave Pix');
		await page.keyboard.press('Escape');
		await question.waitFor();
		await assertAccessible(page);
		await page.keyboard.press('Escape');
		await question.waitFor({ state: 'detached' });
		await comesToBe(() => text.inputValue(), 'Chave Pix');
		await comesToBe(() => isFocused(text), true);
		// Beside the dialog.
		await page.mouse.click(5, 5);
		await question.getByRole('button', { name: 'Go on filling in' }).last().click();
		await question.waitFor({ state: 'detached' });
		await comesToBe(() => text.inputValue(), 'Chave Pix');
		await page.mouse.click(5, 5);
		await question.getByRole('button', { name: 'Discard' }).click();
		await form.waitFor({ state: 'detached' });
		await comesToBe(() => isFocused(create), true);
		await create.click();
		await comesToBe(() => text.inputValue(), '');
		await text.fill('Endereço');
		await page.getByRole('button', { name: 'Cancel' }).click();
		await form.waitFor({ state: 'detached' });
		assert.equal(await question.count(), 0);
	});

	test('is not lost with the tab unasked, once something stands in it', async () => {
		const page = await opened('replies');
		await page.getByRole('button', { name: 'New quick reply' }).click();
		const text = page.getByRole('textbox', { name: 'Text' });
		await takesFocus(page.getByRole('dialog'));
		await text.click();
		await page.keyboard.type('Chave Pix');
		await comesToBe(() => text.inputValue(), 'Chave Pix');
		assert.equal(await asksBeforeReload(page), true);
		await comesToBe(() => text.inputValue(), 'Chave Pix');
		await page.getByRole('button', { name: 'Cancel' }).click();
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await comesToBe(() => asksBeforeReload(page), false);
	});

	test('asks as well where something was only chosen or switched', async () => {
		for (const name of ['Vendas', 'Suporte']) await rig.gateway.admin('POST', at('/departments'), { name });
		const page = await opened('operators');
		const question = page.getByRole('dialog', { name: 'Discard what you filled in?' });
		const create = page.getByRole('button', { name: 'New operator' });
		const form = page.getByRole('dialog', { name: 'New operator' });
		await create.click();
		await takesFocus(form);
		await page.getByRole('combobox', { name: 'Departments' }).click();
		await page.getByRole('option', { name: 'Vendas' }).click();
		await page.getByRole('textbox', { name: 'Name' }).click();
		// A list that is open would be what Escape closes.
		await page.getByRole('option').first().waitFor({ state: 'hidden' });
		await page.keyboard.press('Escape');
		await question.getByRole('button', { name: 'Discard' }).click();
		await form.waitFor({ state: 'detached' });
		await create.click();
		await takesFocus(form);
		await page.getByRole('switch', { name: 'Active: may sign in and attend' }).click();
		await page.keyboard.press('Escape');
		await question.getByRole('button', { name: 'Discard' }).click();
		await page.getByRole('dialog').first().waitFor({ state: 'detached' });
	});
});
