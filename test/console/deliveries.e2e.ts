/** Deliveries in the browser: they appear as they happen, are found again and opened, and many are sent again or given up by a job. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, assertLooks, ConsoleRig } from './support/console-rig.ts';

const CUSTOMER = '5544999990001';
const OTHER = '5511988887777';

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open({
		// Slow enough to be braked while somebody looks on.
		environment: { RECADO_JOB_BATCH: '1', RECADO_JOB_PAUSE: '500ms' },
	});
	account = await rig.account('Loja da Maria');
});
after(async () => await rig[Symbol.asyncDispose]());

async function webhook(path: string, wish: object = {}): Promise<string> {
	const { gateway } = rig;
	const asked = { accountId: account.id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
	const { status, body } = await gateway.admin('POST', '/webhooks', asked);
	assert.equal(status, 201, JSON.stringify(body));
	return body.id;
}

async function write(text: string, from = CUSTOMER): Promise<void> {
	const { status, body } = await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from, text });
	assert.equal(status, 202, JSON.stringify(body));
}

const rows = (page: Page) => page.getByRole('region', { name: 'Deliveries' }).getByRole('listitem');

test('what happens appears by itself, and is found again by webhook, text and phone', async () => {
	const webhookId = await webhook('/pedidos');
	const page = await rig.look('/console/deliveries');
	await page.getByText('Nothing has been delivered yet').waitFor();
	await page.getByText('Live. Nothing is being delivered').waitFor();
	await write('Onde está meu pedido?');
	const row = page.getByRole('link', { name: /Delivered Message received .*\/pedidos/ });
	await row.waitFor();
	await write('Quero trocar o tênis', OTHER);
	await rows(page).nth(1).waitFor();

	await page.getByLabel('Text in the payload').fill('TÊNIS');
	await page.waitForURL(/text=/);
	await until(async () => (await rows(page).count()) === 1, page);
	await row.waitFor();
	await page.getByLabel('Text in the payload').fill('');
	// Without the ninth digit, and as people write it.
	await page.getByLabel('Phone').fill('+55 (44) 9999-0001');
	await page.waitForURL(/phone=/);
	await until(async () => (await rows(page).count()) === 1, page);
	await page.getByRole('button', { name: 'Clear filters' }).first().click();
	await until(async () => (await rows(page).count()) === 2, page);

	await page.getByRole('combobox', { name: 'Webhook' }).click();
	await page.getByRole('option', { name: /\/pedidos/ }).click();
	await page.waitForURL(new RegExp(`webhookId=${webhookId}`));
	await row.first().click();
	await page.getByRole('heading', { name: 'Message received', level: 1 }).waitFor();
	await page.goBack();
	await page.waitForURL(new RegExp(`webhookId=${webhookId}`));
	await page.getByText('/pedidos').first().waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('it is held while somebody reads, and catches up', async () => {
	const page = await rig.look('/console/deliveries');
	await rows(page).first().waitFor();
	await page.getByText('Live. Nothing is being delivered').waitFor();
	await page.getByRole('button', { name: 'Pause' }).click();
	const before = await rows(page).count();
	await write('Alguém aí?');
	await page.getByRole('button', { name: 'Show 1 new' }).waitFor();
	assert.equal(await rows(page).count(), before);
	await page.getByRole('button', { name: 'Show 1 new' }).click();
	await until(async () => (await rows(page).count()) === before + 1, page);
	await page.context().close();
});

test('the filtered ones are replayed by a job with progress, and a job is paused, resumed and cancelled', async () => {
	const { gateway } = rig;
	const webhookId = await webhook('/estoque');
	for (const number of [1, 2, 3]) await write(`Item ${number}`);
	await gateway.receiver.waitFor((all) => all.filter(({ path }) => path === '/estoque').length === 3, 'three at the receiver');
	const page = await rig.look(`/console/deliveries?webhookId=${webhookId}`);
	await rows(page).nth(2).waitFor();
	await page.getByRole('button', { name: 'Replay these' }).click();
	const dialog = page.getByRole('dialog', { name: 'Replay deliveries' });
	await dialog.getByText(/\/estoque/).waitFor();
	await dialog.getByLabel('Dead').uncheck();
	await dialog.getByLabel('Delivered').check();
	await assertAccessible(page);
	await dialog.getByRole('button', { name: 'Start replaying' }).click();
	const jobs = page.getByRole('dialog', { name: 'Jobs' });
	await jobs.getByText('Running').waitFor();
	await jobs.getByRole('button', { name: 'Pause' }).click();
	await jobs.getByText('Paused').waitFor();
	await assertAccessible(page);
	await jobs.getByRole('button', { name: 'Resume' }).click();
	await jobs.getByText('Done').waitFor();
	await jobs.getByText('3 of 3').waitFor();
	const received = gateway.receiver.requests.filter(({ path }) => path === '/estoque');
	assert.equal(received.length, 6);
	assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 3);

	const waiting = await webhook('/parado', { enabled: false });
	for (const number of [1, 2, 3, 4]) await write(`Parado ${number}`);
	await page.goto(`/console/deliveries?webhookId=${waiting}&state=pending`);
	await rows(page).nth(3).waitFor();
	await page.getByRole('button', { name: 'Discard these' }).click();
	await page.getByRole('button', { name: 'Start discarding' }).click();
	await jobs.getByText('Running').waitFor();
	await jobs.getByRole('button', { name: 'Cancel' }).click();
	await page.getByRole('dialog', { name: 'Cancel this job?' }).getByRole('button', { name: 'Cancel the job' }).click();
	await jobs.getByText('Cancelled').waitFor();
	const left = await gateway.admin('GET', `/deliveries?webhookId=${waiting}&state=pending`);
	assert.ok(left.body.items.length > 0, 'some were left');
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('by keyboard alone one is found, opened and left again', async () => {
	const page = await rig.look('/console/deliveries?state=delivered');
	await rows(page).first().waitFor();
	const press = async (key: string, reached: () => Promise<boolean>): Promise<void> => {
		for (let times = 0; times < 60 && !(await reached()); times += 1) await page.keyboard.press(key);
		assert.ok(await reached(), `${key} leads there`);
	};
	await press(
		'Tab',
		async () =>
			await page.evaluate<boolean>('document.activeElement?.closest("li a") !== null && document.activeElement?.closest("main") !== null'),
	);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/console\/deliveries\/dlv_/);
	await page.getByRole('heading', { name: 'Message received', level: 1 }).waitFor();
	await press(
		'Tab',
		async () => await page.evaluate<boolean>('document.activeElement?.closest("a")?.textContent?.includes("All deliveries") === true'),
	);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/console\/deliveries$/);
	await page.context().close();
});

test('the list and the jobs look right, light and dark, wide and narrow', async () => {
	await assertLooks(rig, '/console/deliveries', 'deliveries', async (page) => await rows(page).nth(3).waitFor());
	await assertLooks(rig, '/console/deliveries?jobs=true', 'deliveries-jobs', async (page) => await page.getByText('Done').waitFor());
	assert.deepEqual(rig.complaints, []);
});

/** Looks again with each frame of the page. */
async function until(isSo: () => Promise<boolean>, page: Page): Promise<void> {
	const giveUpAt = performance.now() + 15_000;
	while (!(await isSo())) {
		assert.ok(performance.now() < giveUpAt, 'it never came so far');
		await page.evaluate('new Promise(requestAnimationFrame)');
	}
}
