/** Files that are sent from the console: those that the gateway would refuse are told of in words for people, before they are carried there. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { MEDIA_FILES } from '../support/media-files.ts';
import { ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';

const MARIA = '5544999990001';
/** Of a megabyte and a half a body holds a megabyte. */
const ENVIRONMENT = { RECADO_MEDIA_BYTES_MAX: '300000', RECADO_BODY_BYTES_MAX: '1500000' };

let rig: ConsoleRig;
let desk: DeskScene;
let chatId: string;

before(async () => {
	rig = await ConsoleRig.open({ environment: ENVIRONMENT });
	desk = await openDesk(rig.gateway);
	chatId = await desk.write(MARIA, 'Maria Aparecida', { text: 'Bom dia!' });
});
after(() => rig[Symbol.asyncDispose]());

interface Chosen {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

function picture(bytes: number): Chosen {
	const { mimeType, bytes: head } = MEDIA_FILES.png;
	return { name: 'foto.png', mimeType, buffer: Buffer.concat([head, Buffer.alloc(bytes - head.length)]) };
}

function contract(bytes: number): Chosen {
	return { name: 'contrato.txt', mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'x') };
}

/** What was sent of messages since. */
function sendings(page: Page): readonly string[] {
	const urls: string[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST' && request.url().endsWith('/messages')) urls.push(request.url());
	});
	return urls;
}

test('a phone is told in megabytes what is too large, before it is sent, and in words what is no sticker', async () => {
	const page = await rig.look(`/console/phone?instance=${desk.account.instance.id}&phone=${MARIA}`);
	const sent = sendings(page);
	const choose = (use: string, file: Chosen): Promise<void> => page.getByLabel(use, { exact: true }).setInputFiles(file);
	await page.getByRole('button', { name: 'Attach' }).click();
	await choose('Photo, video or audio', picture(300_001));
	await page.getByText('The file has 300.1 kB; at most 300 kB can be sent').waitFor();
	await choose('Document', contract(31_400_000));
	await page.getByText('The file has 31.4 MB; at most 1.1 MB can be sent').waitFor();
	await choose('Document', contract(0));
	await page.getByText('There is nothing in the file').waitFor();
	assert.deepEqual(sent, []);
	await choose('Sticker (WebP)', contract(12));
	await page.getByText('The file is no picture, and a sticker is one: WebP, PNG, JPEG or GIF').waitFor();
	await choose('Document', contract(1_100_000));
	await page.getByTestId('bubble').filter({ hasText: 'contrato.txt' }).waitFor();
	assert.equal(sent.length, 2);
	const gateway = page.getByRole('region', { name: 'Send as the gateway' });
	await gateway.getByRole('combobox', { name: 'Kind of message' }).click();
	await page.getByRole('option', { name: 'Image' }).click();
	await gateway.locator('input[type=file]').setInputFiles(picture(400_000));
	await gateway.getByRole('button', { name: 'Send', exact: true }).click();
	await gateway.getByText('The file has 400 kB; at most 300 kB can be sent').waitFor();
	assert.equal(sent.length, 2);
	await page.context().close();
});

test('an operator, whom no settings are open to, is told so too, in Portuguese; what was there stays attached', async () => {
	const as = { email: emailOf('admin'), password: PASSWORD };
	const page = await rig.look(`/console/desk/chats/${chatId}`, { as, language: 'pt' });
	await page.getByRole('button', { name: 'Atender', exact: true }).click();
	const field = page.locator('input[type=file]');
	await field.setInputFiles(picture(200_000));
	await page.getByText('foto.png · 200 kB').waitFor();
	await field.setInputFiles(contract(31_400_000));
	await page.getByText('O arquivo tem 31,4 MB; é possível enviar no máximo 1,1 MB').waitFor();
	await page.getByText('foto.png · 200 kB').waitFor();
	await field.setInputFiles({ ...contract(12), name: 'falsa.png', mimeType: 'image/png' });
	await page.getByRole('button', { name: 'Enviar' }).click();
	await page.getByRole('alert').getByText('O arquivo não é uma imagem que se possa enviar').waitFor();
	await field.setInputFiles(picture(300_000));
	await page.getByRole('button', { name: 'Enviar' }).click();
	await page.getByText('foto.png · 300 kB').waitFor({ state: 'detached' });
	const latest = async (): Promise<string> =>
		(await desk.api('GET', `/accounts/${desk.account.id}/chats/${chatId}/messages`)).items[0].content.kind;
	await comesToBe(latest, 'image');
	await page.context().close();
});
