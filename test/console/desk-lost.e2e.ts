/** A chat that is no longer the operator's, or never was: they are told, nothing is asked for in vain, and what they had begun is not lost. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { MEDIA_FILES } from '../support/media-files.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';

type Who = 'agent' | 'supervisor' | 'admin';

let rig: ConsoleRig;
let scene: DeskScene;
let customers = 0;
const at = (path: string): string => `/accounts/${scene.account.id}${path}`;
const as = (name: Who) => ({ as: { email: emailOf(name), password: PASSWORD } });

before(async () => {
	rig = await ConsoleRig.open();
	scene = await openDesk(rig.gateway);
});
after(() => rig[Symbol.asyncDispose]());

/** Another customer, who waits. */
async function waiting(name: string): Promise<string> {
	customers += 1;
	return await scene.write(`55449888800${10 + customers}`, name, { text: 'Bom dia!' });
}

/** Answers the attendance. */
async function take(chatId: string, who: Who): Promise<string> {
	return (await scene.api('POST', at(`/chats/${chatId}/take`), { asOperatorId: scene.operators[who] })).id;
}

async function transfer(attendanceId: string, who: Who): Promise<void> {
	await scene.api('POST', at(`/desk/attendances/${attendanceId}/transfer`), { operatorIds: [scene.operators[who]] });
}

function composer(page: Page): Locator {
	return page.getByRole('textbox', { name: /Write a message/ });
}

function isFocused(one: Locator): Promise<boolean> {
	return one.evaluate((element) => element === element.ownerDocument.activeElement);
}

describe('a chat that is not the operator’s', () => {
	test('taken by somebody else it closes for an agent, and is not asked for again', async () => {
		const chatId = await waiting('Maria');
		const page = await rig.look(`/console/desk/chats/${chatId}`, as('agent'));
		await page.getByRole('button', { name: 'Attend', exact: true }).waitFor();
		await page.getByRole('button', { name: 'Contact and attendance' }).click();
		await page.getByRole('textbox', { name: 'New note' }).waitFor();
		const attendanceId = await take(chatId, 'admin');
		await page.getByText('This chat is no longer waiting for you').waitFor();
		await comesToBe(() => page.getByRole('button', { name: 'Attend', exact: true }).count(), 0);
		await comesToBe(() => page.getByText('Nobody attends this chat now.').count(), 0);
		assert.equal(await page.getByText('That did not work').count(), 0);
		await assertAccessible(page);
		await page.getByRole('link', { name: /Maria/ }).waitFor({ state: 'detached' });
		const asked: string[] = [];
		page.on('request', (request) => {
			if (request.url().includes(chatId) || request.url().includes(attendanceId)) asked.push(request.url());
		});
		for (const name of ['Rita', 'Paula']) {
			await waiting(name);
			await page.getByRole('link', { name: new RegExp(name) }).waitFor();
		}
		assert.deepEqual(asked, []);
		await page.getByRole('button', { name: 'Back to the list' }).click();
		await page.getByText('Choose a chat').waitFor();
		await page.context().close();
	});

	test('what is known of it, open on a small screen, goes with it', async () => {
		const chatId = await waiting('Ivo');
		const page = await rig.look(`/console/desk/chats/${chatId}`, { ...as('agent'), width: 'narrow' });
		await page.getByRole('button', { name: 'Contact and attendance' }).click();
		await page.getByRole('dialog').getByRole('textbox', { name: 'New note' }).waitFor();
		await take(chatId, 'admin');
		await page.getByText('This chat is no longer waiting for you').waitFor();
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await page.context().close();
	});

	test('an agent who presses Attend too late is told the same', async () => {
		const chatId = await waiting('Olga');
		const page = await rig.look(`/console/desk/chats/${chatId}`, as('agent'));
		const attend = page.getByRole('button', { name: 'Attend', exact: true });
		await attend.waitFor();
		// No hint is heard, and no look is made, before the button is pressed.
		await page.route(/\/chats\/[^/?]+\/take/, async (route) => {
			await take(chatId, 'admin');
			await route.continue();
		});
		const refused = page.waitForResponse(/\/chats\/[^/?]+\/take/);
		await attend.click();
		// The hint may say so before: what is refused is not to say anything else.
		assert.equal((await refused).ok(), false);
		await page.getByText('This chat is no longer waiting for you').waitFor();
		assert.equal(await page.getByText('There is no chat with this id').count(), 0);
		await page.unrouteAll({ behavior: 'ignoreErrors' });
		await page.context().close();
	});

	test('who may see it is told who attends now', async () => {
		const chatId = await waiting('Joana');
		const page = await rig.look(`/console/desk/chats/${chatId}`, as('admin'));
		await page.getByRole('button', { name: 'Attend', exact: true }).waitFor();
		await take(chatId, 'agent');
		await page.getByText('Ana Souza attends now.').waitFor();
		await page.getByRole('button', { name: 'Join' }).waitFor();
		await comesToBe(() => page.getByRole('button', { name: 'Attend', exact: true }).count(), 0);
		await page.context().close();
	});

	test('given to somebody else it closes, what was begun can be copied, and given back it goes on', async () => {
		const chatId = await waiting('Lúcia');
		const attendanceId = await take(chatId, 'agent');
		const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, as('agent'));
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await composer(page).fill('Seu pedido sai hoje às');
		await transfer(attendanceId, 'admin');
		await page.getByText('This chat is no longer with you').waitFor();
		await comesToBe(() => composer(page).count(), 0);
		await page.getByText('Seu pedido sai hoje às').waitFor();
		await page.getByRole('button', { name: 'Copy' }).click();
		await comesToBe(() => page.evaluate<string>('navigator.clipboard.readText()'), 'Seu pedido sai hoje às');
		await page.getByRole('link', { name: /Lúcia/ }).waitFor({ state: 'detached' });
		await transfer(attendanceId, 'agent');
		await comesToBe(() => composer(page).inputValue(), 'Seu pedido sai hoje às');
		await page.context().close();
	});

	test('an operator who is taken off can go on by the keyboard', async () => {
		const chatId = await waiting('Nair');
		const attendanceId = await take(chatId, 'agent');
		const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, as('agent'));
		await composer(page).fill('Um momento');
		await scene.api('DELETE', at(`/desk/attendances/${attendanceId}/operators/${scene.operators.agent}`));
		await page.getByText('The chat is no longer with you.').waitFor();
		await page.getByText('Um momento').waitFor();
		await page.getByRole('button', { name: 'Take over' }).press('Enter');
		await comesToBe(() => isFocused(composer(page)), true);
		await comesToBe(() => composer(page).inputValue(), 'Um momento');
		await page.context().close();
	});

	test('of another department it is not there, and nothing is said of it', async () => {
		const chatId = await waiting('Vera');
		const page = await rig.look(`/console/desk/chats/${chatId}`, as('supervisor'));
		await page.getByText('This chat is not here').waitFor();
		await page.getByText(/it is of another department/).waitFor();
		assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
		await comesToBe(() => page.getByRole('complementary').count(), 0);
		assert.equal(await page.getByText('Nobody attends this chat now.').count(), 0);
		await page.context().close();
	});

	test('a note and a file that were begun are still there when one comes back', async () => {
		for (const name of ['Célia', 'Dora']) await take(await waiting(name), 'agent');
		const page = await rig.look('/console/desk?list=mine', as('agent'));
		const note = page.getByRole('textbox', { name: 'New note' });
		const { mimeType, bytes } = MEDIA_FILES.png;
		await page.getByRole('link', { name: /Célia/ }).click();
		await page.getByRole('button', { name: 'Contact and attendance' }).click();
		await note.fill('Prefere de manhã');
		await page.locator('input[type=file]').setInputFiles({ name: 'vaso.png', mimeType, buffer: bytes });
		await page.getByText(/vaso\.png/).waitFor();
		await page.getByRole('link', { name: /Dora/ }).click();
		await page.getByRole('heading', { name: 'Dora' }).waitFor();
		await comesToBe(() => note.inputValue(), '');
		await comesToBe(() => page.getByText(/vaso\.png/).count(), 0);
		await page.getByRole('link', { name: /Célia/ }).click();
		await page.getByText(/vaso\.png/).waitFor();
		await comesToBe(() => note.inputValue(), 'Prefere de manhã');
		await page.getByRole('button', { name: 'Send' }).click();
		await page.getByText(/vaso\.png/).waitFor({ state: 'detached' });
		await page.context().close();
	});
});
