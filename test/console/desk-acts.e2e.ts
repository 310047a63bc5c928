/** What is done with a chat tells beforehand what comes of it, and can be done by the keyboard. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';

let rig: ConsoleRig;
let scene: DeskScene;
let customers = 0;
const at = (path: string): string => `/accounts/${scene.account.id}${path}`;
const ANA = { as: { email: emailOf('agent'), password: PASSWORD } };

before(async () => {
	rig = await ConsoleRig.open();
	scene = await openDesk(rig.gateway);
	await scene.api('POST', at('/categories'), { name: 'Elogio', color: '#1971c2', items: [] });
});
after(() => rig[Symbol.asyncDispose]());

/** Another customer, who waits. */
async function waiting(name: string): Promise<string> {
	customers += 1;
	return await scene.write(`55449888800${10 + customers}`, name, { text: 'Bom dia!' });
}

/** Ana attends another customer, and has the chat before her. */
async function attending(name: string): Promise<Page> {
	const chatId = await waiting(name);
	await scene.api('POST', at(`/chats/${chatId}/take`), { asOperatorId: scene.operators.agent });
	const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, ANA);
	await composer(page).waitFor();
	return page;
}

function composer(page: Page): Locator {
	return page.getByRole('textbox', { name: /Write a message/ });
}

async function comesToHaveFocus(one: Locator): Promise<void> {
	await comesToBe(() => one.evaluate((element) => element === element.ownerDocument.activeElement), true);
}

describe('what is done with a chat', () => {
	test('finishing says what is kept where nothing is chosen, and what cannot be chosen', async () => {
		const page = await attending('Maria');
		await page.getByRole('button', { name: 'Finish' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByText('If nothing is chosen, it is “Compra: Buquê”.').waitFor();
		await dialog.getByRole('combobox', { name: 'What it was about' }).click();
		const without = page.getByRole('option', { name: 'No items: cannot be chosen' });
		await without.waitFor();
		await comesToBe(() => without.getAttribute('data-combobox-disabled'), 'true');
		await page.keyboard.press('Escape');
		const asked = page.waitForRequest(/\/finish$/);
		await dialog.getByRole('button', { name: 'Finish' }).click();
		const { items } = (await asked).postDataJSON();
		await page.getByText('Attendance finished').waitFor();
		const closed = await scene.api('GET', at('/desk/closed'));
		const [kept] = closed.items[0].categories;
		assert.deepEqual([kept.categoryName, kept.itemName], ['Compra', 'Buquê']);
		assert.deepEqual(items, [{ categoryId: kept.categoryId, itemId: kept.itemId }]);
		await page.context().close();
		const settings = await rig.look('/console/desk/settings?tab=categories');
		await settings.getByText('No items: cannot be chosen').waitFor();
		await settings.context().close();
	});

	test('a shortcut that no quick reply has is not sent to the customer unasked', async () => {
		const page = await attending('João');
		const sent: string[] = [];
		page.on('request', (request) => {
			if (request.method() === 'POST' && request.url().endsWith('/messages')) sent.push(request.url());
		});
		const box = composer(page);
		await box.fill('/naoexiste');
		await box.press('Enter');
		await page.getByRole('alert').getByText('No quick reply was chosen.').waitFor();
		assert.equal(await box.inputValue(), '/naoexiste');
		assert.deepEqual(sent, []);
		await box.press('Enter');
		await page.getByRole('region', { name: 'Conversation' }).getByText('/naoexiste').waitFor();
		await comesToBe(() => box.inputValue(), '');
		assert.equal(sent.length, 1);
		// What only begins so is a message as any other.
		await box.fill('/naoexiste mais');
		assert.equal(await page.getByText('No quick reply was chosen.').count(), 0);
		await box.press('Enter');
		await page.getByRole('region', { name: 'Conversation' }).getByText('/naoexiste mais').waitFor();
		await page.context().close();
	});

	test('the keyboard goes on where the work does', async () => {
		const chatId = await waiting('Rita');
		const page = await rig.look(`/console/desk/chats/${chatId}`, ANA);
		await page.getByRole('button', { name: 'Attend', exact: true }).press('Enter');
		await comesToHaveFocus(composer(page));
		const gate = Promise.withResolvers<void>();
		await page.route(/\/categories/, async (route) => {
			await gate.promise;
			await route.continue();
		});
		const asked = page.waitForRequest(/\/categories/);
		await page.getByRole('button', { name: 'Finish' }).press('Enter');
		await asked;
		gate.resolve();
		const dialog = page.getByRole('dialog');
		await comesToHaveFocus(dialog.getByRole('combobox', { name: 'What it was about' }));
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Transfer' }).press('Enter');
		await dialog.getByRole('combobox', { name: 'Department' }).click();
		await page.getByRole('option', { name: 'Suporte' }).click();
		await dialog.getByRole('button', { name: 'Transfer' }).press('Enter');
		await page.getByText('Choose a chat').waitFor();
		await comesToHaveFocus(page.getByRole('tab', { name: /^Mine/ }));
		await page.unrouteAll({ behavior: 'ignoreErrors' });
		await page.context().close();
	});

	test('a transfer offers those of the department first, and says who is there', async () => {
		const page = await attending('Paula');
		await page.getByRole('button', { name: 'Transfer' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByRole('combobox', { name: 'Department' }).click();
		await page.getByRole('option', { name: 'Suporte' }).click();
		await dialog.getByRole('combobox', { name: 'Operators' }).click();
		await page.getByText('Of Suporte').waitFor();
		const offered = async (): Promise<readonly (readonly string[])[]> =>
			(await page.getByRole('option').allInnerTexts()).map((text) => text.split(/\s*\n\s*/));
		await comesToBe(offered, [
			['Bruno Lima', 'Offline · Suporte'],
			['Ana Souza', 'Offline · Vendas'],
			['Carla Dias', 'Offline'],
		]);
		await page.context().close();
	});

	test('how many are unread is told in good Portuguese, and that there may be more', async () => {
		await waiting('Olga');
		const page = await rig.look('/console/desk', { ...ANA, language: 'pt' });
		await page.getByRole('link', { name: /Olga.*1 não lida(?!s)/ }).waitFor();
		const from = `55449888800${10 + customers}`;
		const write = () => scene.api('POST', `/simulator/${scene.account.instance.id}/messages`, { from, name: 'Olga', text: 'Alô?' });
		await write();
		await page.getByRole('link', { name: /Olga.*2 não lidas/ }).waitFor();
		await Promise.all(Array.from({ length: 50 }, write));
		await page.getByRole('link', { name: /Olga.*50\+ não lidas/ }).waitFor();
		await page.context().close();
	});
});
