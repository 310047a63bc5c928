/** The service desk in a browser: operators take, answer, hand over and finish, and webhooks tell of it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { json } from '../support/gateway.ts';
import { dataUri, MEDIA_FILES } from '../support/media-files.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';

const MARIA = '5544988880001';
const JOAO = '5544988880002';
const RITA = '5544988880003';

let rig: ConsoleRig;
let scene: DeskScene;
const at = (path: string): string => `/accounts/${scene.account.id}${path}`;
const as = (name: 'agent' | 'supervisor' | 'admin') => ({ as: { email: emailOf(name), password: PASSWORD } });

before(async () => {
	rig = await ConsoleRig.open();
	scene = await openDesk(rig.gateway);
});
after(() => rig[Symbol.asyncDispose]());

describe('the service desk', () => {
	test('an attendance is taken, answered, handed over and finished, and the webhooks tell of it', async () => {
		const { receiver } = rig.gateway;
		const events = ['attendance.started', 'attendance.transferred', 'attendance.finished'];
		await scene.api('POST', '/webhooks', { accountId: scene.account.id, dialect: 'recado', url: receiver.url('/desk'), events });
		await scene.api('PUT', at('/survey'), { active: true, question: 'De 1 a 5?', ratingMax: 5, windowMs: 3_600_000 });
		const told = (type: string): Promise<void> =>
			comesToBe(() => receiver.requests.some((one) => one.path === '/desk' && json(one).type === type), true);

		const ana = await rig.look('/console/desk', as('agent'));
		await ana.getByText('Nobody is waiting').waitFor();
		await ana.getByRole('switch', { name: 'Ana Souza: Online' }).click();
		await ana.getByRole('switch', { name: 'Ana Souza: Online', checked: true }).waitFor();
		await scene.write(MARIA, 'Maria Aparecida', { text: 'Bom dia!' });
		await ana.getByRole('link', { name: /Maria Aparecida/ }).waitFor();
		await ana.getByRole('button', { name: 'Take next' }).click();
		await ana.getByRole('heading', { name: 'Maria Aparecida' }).waitFor();
		await told('attendance.started');

		await answer(ana);
		await note(ana);
		await handOver(ana);
		await told('attendance.transferred');

		const bruno = await rig.look('/console/desk?list=all', as('supervisor'));
		await bruno.getByRole('link', { name: /Maria Aparecida.*No operator/ }).click();
		await bruno.getByRole('button', { name: 'Take over' }).click();
		await bruno.getByRole('button', { name: 'Contact and attendance' }).click();
		await bruno.getByText('“É sobre uma troca”').waitFor();
		await finish(bruno);
		await told('attendance.finished');
		const finished = receiver.requests.map(json).find((one) => one.type === 'attendance.finished');
		assert.equal(finished.data.attendance.report, 'Troca combinada');
		assert.equal(finished.data.attendance.categories[0].itemName, 'Vaso');

		await scene.write(MARIA, 'Maria Aparecida', { text: '5' });
		await bruno.getByLabel('Attendance number').fill('1');
		await bruno.getByRole('button', { name: 'Look up' }).click();
		const ticket = bruno.getByRole('dialog', { name: 'Attendance #1' });
		await ticket.getByText('Rated 5').waitFor();
		await assertAccessible(bruno);
		await ticket.getByText('Aqui é da Loja das Flores').first().waitFor();
	});

	test('an administrator works in the name of an operator, and sees what they see', async () => {
		await scene.write(JOAO, 'João Pedro', { text: 'Alguém aí?' });
		const page = await rig.look('/console/desk');
		await page.getByRole('link', { name: /João Pedro/ }).waitFor();
		await page.getByRole('combobox', { name: 'Work as' }).click();
		await page.getByRole('option', { name: 'Bruno Lima' }).click();
		// Of support: what waits in sales is not his.
		await page.getByText('Nobody is waiting').waitFor();
		await page.getByRole('combobox', { name: 'Work as' }).click();
		await page.getByRole('option', { name: 'Ana Souza' }).click();
		await page.getByRole('link', { name: /João Pedro/ }).click();
		await page.getByRole('button', { name: 'Attend', exact: true }).click();
		await page.getByRole('textbox', { name: /Write a message/ }).fill('Estou aqui');
		await page.getByRole('button', { name: 'Send' }).click();
		await bubble(page, /Estou aqui/).waitFor();
		const { items } = await scene.api('GET', at(`/desk/attending?ofOperatorId=${scene.operators.agent}`));
		assert.equal(items[0].customer.name, 'João Pedro');
		await page.context().close();
	});

	test('a picture that cannot be shown is the file that it is, at the desk and on the phone', async () => {
		const chatId = await scene.write(RITA, 'Rita', { image: { url: dataUri('jpeg'), caption: 'O comprovante' } });
		const path = `/console/phone?instance=${scene.account.instance.id}&phone=${RITA}`;
		for (const at of [`/console/desk/chats/${chatId}`, path]) {
			const page = await rig.look(at);
			const file = page.getByRole('link', { name: 'Image Cannot be shown here' });
			await file.waitFor();
			assert.match((await file.getAttribute('href')) ?? '', /^\/media\/med_/);
			await page.getByText('O comprovante').last().waitFor();
			assert.equal(await page.getByRole('img', { name: 'O comprovante' }).count(), 0);
			await page.context().close();
		}
	});

	test('Escape closes a list that is open, and a dialog whose list is not', async () => {
		const { items } = await scene.api('GET', at('/desk/attending'));
		const page = await rig.look(`/console/desk/chats/${items[0].chatId}`);
		const dialog = page.getByRole('dialog');
		const department = dialog.getByRole('combobox', { name: 'Department' });
		const opened = async (): Promise<void> => {
			await page.getByRole('button', { name: 'Transfer' }).click();
			await comesToBe(() => department.evaluate((one) => one === one.ownerDocument.activeElement), true);
		};
		await opened();
		await page.keyboard.press('ArrowDown');
		await page.getByRole('option').first().waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('option').first().waitFor({ state: 'hidden' });
		assert.equal(await dialog.count(), 1);
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
		await opened();
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Finish' }).click();
		await dialog.getByRole('combobox', { name: 'What it was about' }).focus();
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
		await page.context().close();
	});

	test('an agent has no chat of another department, and no other page', async () => {
		const { items } = await scene.api('GET', at('/desk/attending'));
		const page = await rig.look(`/console/desk/chats/${items[0].chatId}`, as('supervisor'));
		await page.getByText('This chat is not here').waitFor();
		const elsewhere = await rig.look('/console/tokens', as('agent'));
		await elsewhere.getByRole('button', { name: 'Take next' }).waitFor();
		await elsewhere.waitForURL(/\/console\/desk/);
	});
});

/** By a quick reply and the keyboard alone, and with a picture; the customer answers meanwhile. */
async function answer(page: Page): Promise<void> {
	const box = page.getByRole('textbox', { name: /Write a message/ });
	await box.fill('/oi');
	// Mantine marks what Enter takes by this alone.
	await page.locator('[role=option][data-combobox-selected]').filter({ hasText: '/oi' }).waitFor();
	await box.press('Enter');
	await comesToBe(async () => (await box.inputValue()).startsWith('Olá!'), true);
	await box.press('End');
	await box.pressSequentially(' :)');
	await box.press('Enter');
	await bubble(page, /Como posso ajudar\? :\)/).waitFor();
	// Sent, and ready for the next: the message is seen before the answer that empties the box.
	await comesToBe(() => box.inputValue(), '');
	await scene.write(MARIA, 'Maria Aparecida', { text: 'Quero trocar um vaso' });
	await bubble(page, /Quero trocar um vaso/).waitFor();
	const { mimeType, bytes } = MEDIA_FILES.png;
	await page.locator('input[type=file]').setInputFiles({ name: 'vaso.png', mimeType, buffer: bytes });
	await page.getByRole('textbox', { name: 'Caption' }).fill('Este aqui?');
	await page.getByRole('button', { name: 'Send' }).click();
	await page.getByRole('img', { name: 'Este aqui?' }).waitFor();
	const isOnPhone = async (): Promise<boolean> => {
		const screen = await scene.api('GET', `/simulator/${scene.account.instance.id}/phones/${MARIA}/messages`);
		// biome-ignore lint/suspicious/noExplicitAny: the screen of a phone, as the API tells it
		return screen.items.filter((one: any) => !one.fromMe).some((one: any) => one.content.kind === 'image');
	};
	await comesToBe(isOnPhone, true);
}

async function note(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Contact and attendance' }).click();
	await page.getByRole('textbox', { name: 'New note' }).fill('Prefere de manhã');
	await page.getByRole('button', { name: 'Add note' }).click();
	await page.getByText('Prefere de manhã').and(page.locator('p')).waitFor();
	await page.getByRole('button', { name: 'Change contact' }).click();
	await page.getByRole('textbox', { name: 'City' }).fill('Maringá');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Maringá').waitFor();
}

async function handOver(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Transfer' }).click();
	const dialog = page.getByRole('dialog', { name: 'Transfer the attendance' });
	await dialog.waitFor();
	await assertAccessible(page);
	await dialog.getByRole('combobox', { name: 'Department' }).click();
	await page.getByRole('option', { name: 'Suporte' }).click();
	await dialog.getByRole('textbox', { name: 'Reason' }).fill('É sobre uma troca');
	await dialog.getByRole('button', { name: 'Transfer' }).click();
	await page.getByText('Choose a chat').waitFor();
}

async function finish(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Finish' }).click();
	const dialog = page.getByRole('dialog', { name: /Finish the attendance/ });
	await dialog.getByRole('combobox', { name: 'What it was about' }).click();
	await page.getByRole('option', { name: 'Vaso' }).click();
	await dialog.getByRole('textbox', { name: 'Report' }).fill('Troca combinada');
	await dialog.getByRole('button', { name: 'Finish' }).click();
	await page.getByText('Attendance finished').waitFor();
}

function bubble(page: Page, text: RegExp) {
	return page.getByRole('region', { name: 'Conversation' }).getByRole('listitem').filter({ hasText: text });
}
