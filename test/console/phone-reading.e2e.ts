/** The phone with much on it: read back to its beginning and in peace, with what was begun kept, and true about its instance. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const MARIA = '5544988887777';
const JOAO = '5544988886666';
/** More than the page asks for at a time. */
const MANY = 230;

let rig: ConsoleRig;

before(async () => {
	rig = await ConsoleRig.open();
});
after(() => rig[Symbol.asyncDispose]());

async function says(account: Account, from: string, text: string): Promise<void> {
	const { status } = await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from, text });
	assert.equal(status, 202);
}

async function saysMany(account: Account, count: number): Promise<void> {
	for (let index = 1; index <= count; index += 1) await says(account, MARIA, `Number ${index}.`);
}

const pathOf = (account: Account, phone: string): string => `/console/phone?instance=${account.instance.id}&phone=${phone}`;
const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Message', exact: true });
const bubble = (page: Page, text: string): Locator => page.getByTestId('bubble').filter({ hasText: text }).last();
const scrolledTo = (page: Page): Promise<number> => page.getByRole('log').evaluate((log) => log.scrollTop);

test('a chat that is longer than what is shown at first is read back to its first message, which leaves in sight what was', async () => {
	const account = await rig.account();
	await saysMany(account, MANY);
	const page = await rig.look(pathOf(account, MARIA));
	await bubble(page, `Number ${MANY}.`).waitFor();
	assert.equal(await page.getByText('Number 1.', { exact: true }).count(), 0);
	const earlier = page.getByRole('button', { name: 'Earlier messages' });
	await earlier.scrollIntoViewIfNeeded();
	const topmost = page.getByText(`Number ${MANY - 199}.`, { exact: true });
	const before = await topmost.boundingBox();
	await earlier.click();
	await page.getByText('Number 1.', { exact: true }).waitFor({ state: 'attached' });
	await earlier.waitFor({ state: 'detached' });
	const moved = Math.abs(((await topmost.boundingBox())?.y ?? 0) - (before?.y ?? 0));
	assert.ok(moved < 60, `${moved} px away from where it was`);
	assert.equal(await page.getByTestId('bubble').count(), MANY);
	// What is asked for again has it all, each once.
	await says(account, MARIA, 'One more.');
	await bubble(page, 'One more.').waitFor({ state: 'attached' });
	assert.equal(await page.getByTestId('bubble').count(), MANY + 1);
	await page.context().close();
});

test('who reads back is left there by what comes, and brought to the end by what they write', async () => {
	const account = await rig.account();
	await saysMany(account, 40);
	const page = await rig.look(pathOf(account, MARIA));
	await bubble(page, 'Number 40.').waitFor();
	await bubble(page, 'Number 40.').scrollIntoViewIfNeeded();
	await field(page).fill('Mine.');
	// It may be seen before the page knows that it was written here, which is what leads to the end.
	const isWritten = page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/messages'));
	await field(page).press('Enter');
	await (await isWritten).finished();
	await bubble(page, 'Mine.').waitFor();
	await bubble(page, 'Number 1.').scrollIntoViewIfNeeded();
	await comesToBe(async () => (await scrolledTo(page)) < 200, true);
	// By another program, as this customer: the newest message is theirs, and not of this page.
	await says(account, MARIA, 'Meanwhile.');
	await bubble(page, 'Meanwhile.').waitFor({ state: 'attached' });
	assert.ok((await scrolledTo(page)) < 200, `${await scrolledTo(page)}`);
	await field(page).fill('Mine again.');
	await field(page).press('Enter');
	await bubble(page, 'Mine again.').waitFor();
	const isAtEnd = (): Promise<boolean> => page.getByRole('log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
	await comesToBe(isAtEnd, true);
	// A picture has grown before the browser tells of the scrolling to the end.
	await page.getByRole('log').evaluate((log) => {
		const last = log.lastElementChild as unknown as EventTarget & { readonly style: { marginBottom: string } };
		last.style.marginBottom = '400px';
		log.dispatchEvent(new Event('scroll'));
		last.dispatchEvent(new Event('load'));
	});
	await comesToBe(isAtEnd, true);
	await page.context().close();
});

test('an instance that is disconnected meanwhile is shown so, and so is one that is back', async () => {
	const account = await rig.account();
	const page = await rig.look(pathOf(account, MARIA));
	const online = page.getByText(/ · online$/);
	await online.waitFor();
	await page.getByRole('region', { name: 'Webhooks, live' }).getByText('live', { exact: true }).waitFor();
	await rig.gateway.admin('POST', `/instances/${account.instance.id}/disconnect`);
	await page.getByText('The instance is disconnected: what you write arrives once it is connected.').waitFor();
	await online.waitFor({ state: 'detached' });
	await rig.gateway.admin('POST', `/instances/${account.instance.id}/connect`);
	await online.waitFor();
	await page.context().close();
});

test('a delivery that was given up is called beside the phone what it is called among the deliveries', async () => {
	const account = await rig.account();
	rig.gateway.receiver.treat(500);
	const wish = { accountId: account.id, url: rig.gateway.receiver.url('/fora'), events: ['message.received'], scheduleMs: [0] };
	assert.equal((await rig.gateway.admin('POST', '/webhooks', wish)).status, 201);
	await says(account, MARIA, 'Alguém aí?');
	const page = await rig.look(pathOf(account, MARIA), { language: 'pt' });
	await page.getByRole('region', { name: 'Webhooks ao vivo' }).getByText('esgotada', { exact: true }).waitFor();
	await page.goto('/console/deliveries?state=dead');
	await page.getByRole('listitem').getByText('Esgotada', { exact: true }).waitFor();
	rig.gateway.receiver.treat(200);
	await page.context().close();
});

test('what was begun is there again after the other side, another customer and another page; an edit leaves it alone', async () => {
	const account = await rig.account();
	await says(account, JOAO, 'Hello from João.');
	await says(account, MARIA, 'Hello from Maria.');
	const page = await rig.look(pathOf(account, MARIA), { width: 'narrow' });
	await bubble(page, 'Hello from Maria.').waitFor();
	await field(page).fill('A question of Maria');
	await page.getByRole('tab', { name: /^Webhooks/ }).click();
	const toSend = page.getByRole('textbox', { name: 'Text to send' });
	await toSend.fill('An answer to Maria');
	await page.getByRole('tab', { name: 'Phone' }).click();
	await comesToBe(() => field(page).inputValue(), 'A question of Maria');
	await page.getByRole('combobox', { name: 'Customer' }).click();
	await page.getByRole('option', { name: /98888-6666/ }).click();
	await bubble(page, 'Hello from João.').waitFor();
	await comesToBe(() => field(page).inputValue(), '');
	await page.getByRole('button', { name: 'Open navigation' }).click();
	await page.getByRole('link', { name: 'Accounts' }).click();
	await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
	await page.goBack();
	await page.goBack();
	await bubble(page, 'Hello from Maria.').waitFor();
	await comesToBe(() => field(page).inputValue(), 'A question of Maria');
	await page.getByRole('button', { name: 'What to do with “Hello from Maria.”' }).click();
	await page.getByRole('menuitem', { name: 'Edit' }).click();
	await comesToBe(() => field(page).inputValue(), 'Hello from Maria.');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await comesToBe(() => field(page).inputValue(), 'A question of Maria');
	await page.getByRole('tab', { name: /^Webhooks/ }).click();
	await comesToBe(() => toSend.inputValue(), 'An answer to Maria');
	const width = (await toSend.boundingBox())?.width ?? 0;
	assert.ok(width > 180, `only ${width} px to write in`);
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});
