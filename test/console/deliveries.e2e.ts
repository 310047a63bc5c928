/** Deliveries in the browser: they appear as they happen, are found again and opened, and many are sent again or given up by a job. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/receiver.ts';
import { assertAccessible, assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const CUSTOMER = '5544999990001';
const OTHER = '5511988887777';

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open({
		// Slow enough to be braked while somebody looks on, also where the browser is slow.
		environment: { RECADO_JOB_BATCH: '1', RECADO_JOB_PAUSE: '5s' },
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

/** Where the rows lead to, newest first: which deliveries are shown, and not just how many. */
async function shown(page: Page): Promise<readonly (string | null)[]> {
	return await rows(page)
		.getByRole('link')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

async function showsSoMany(page: Page, count: number): Promise<void> {
	await comesToBe(() => rows(page).count(), count);
}

test('what happens appears by itself, and is found again by webhook, text and phone', async () => {
	const webhookId = await webhook('/pedidos');
	const page = await rig.look('/console/deliveries');
	await page.getByText('Nothing has been delivered yet').waitFor();
	await page.getByText('Live. Nothing is being delivered').waitFor();
	await write('Onde está meu pedido?');
	const row = page.getByRole('link', { name: /Delivered Message received .*\/pedidos/ });
	await row.waitFor();
	await write('Quero trocar o tênis', OTHER);
	await showsSoMany(page, 2);
	const both = await shown(page);
	// With whom, and not the beginning of an id, which is the same in all rows.
	const chats: readonly { readonly phone: string; readonly name: string }[] = (
		await rig.gateway.admin('GET', `/chats?instanceId=${account.instance.id}`)
	).body.items;
	const names = [OTHER, CUSTOMER].map((phone) => chats.find((chat) => chat.phone === phone)?.name ?? '');
	for (const [index, name] of names.entries()) {
		await rows(page)
			.nth(index)
			.getByText(name === OTHER ? '+55 11 98888-7777' : name === CUSTOMER ? '+55 44 99999-0001' : name, { exact: true })
			.waitFor();
	}
	const [ofOther, ofCustomer] = both.map((link) => [link]);

	await page.getByLabel('Text in the payload').fill('TÊNIS');
	await page.waitForURL(/text=/);
	await comesToBe(() => shown(page), ofOther);
	await page.getByLabel('Text in the payload').fill('');
	// Without the ninth digit, and as people write it.
	await page.getByLabel('Phone').fill('+55 (44) 9999-0001');
	await page.waitForURL(/phone=/);
	await comesToBe(() => shown(page), ofCustomer);
	await page.getByRole('button', { name: 'Clear filters' }).first().click();
	await comesToBe(() => shown(page), both);

	await page.getByRole('combobox', { name: 'Webhook' }).click();
	await page.getByRole('option', { name: /\/pedidos/ }).click();
	await page.waitForURL(new RegExp(`webhookId=${webhookId}`));
	await row.first().click();
	await page.getByRole('heading', { name: 'Message received', level: 1 }).waitFor();
	await page.goBack();
	await page.waitForURL(new RegExp(`webhookId=${webhookId}`));
	await comesToBe(() => shown(page), both);
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('it is held while somebody reads, and catches up', async () => {
	const page = await rig.look('/console/deliveries');
	const before: number = (await rig.gateway.admin('GET', '/deliveries')).body.items.length;
	await showsSoMany(page, before);
	await page.getByText('Live. Nothing is being delivered').waitFor();
	await page.getByRole('button', { name: 'Pause' }).click();
	await page.getByText('Paused', { exact: true }).waitFor();
	await write('Alguém aí?');
	await page.getByRole('button', { name: 'Show 1 new' }).waitFor();
	assert.equal(await rows(page).count(), before);
	await page.getByRole('button', { name: 'Show 1 new' }).click();
	await showsSoMany(page, before + 1);
	await page.context().close();
});

test('the filtered ones are replayed by a job with progress, and a job is paused, resumed and cancelled', async () => {
	const { gateway } = rig;
	const webhookId = await webhook('/estoque');
	for (const number of [1, 2, 3]) await write(`Item ${number}`);
	const received = (): readonly ReceivedRequest[] => gateway.receiver.requests.filter(({ path }) => path === '/estoque');
	await comesToBe(() => received().length, 3);
	const page = await rig.look(`/console/deliveries?webhookId=${webhookId}`);
	// Only what was delivered is replayed here.
	await comesToBe(async () => await rows(page).filter({ hasText: 'Delivered' }).count(), 3);
	await page.getByRole('button', { name: 'Replay these' }).click();
	const dialog = page.getByRole('dialog', { name: 'Replay deliveries' });
	await dialog.getByText(/\/estoque/).waitFor();
	// Those that are shown, and how many they are, before it begins.
	await dialog.getByText('This takes 3 deliveries.').waitFor();
	await dialog.getByLabel('Delivered').uncheck();
	await dialog.getByText('This takes 0 deliveries.').waitFor();
	await comesToBe(() => dialog.getByRole('button', { name: 'Start replaying' }).isDisabled(), true);
	await dialog.getByLabel('Delivered').check();
	await dialog.getByText('This takes 3 deliveries.').waitFor();
	await dialog.getByLabel('From').fill('2099-01-02T00:00');
	await dialog.getByLabel('Until').fill('2099-01-01T00:00');
	await dialog.getByText('Has to be after “From”').waitFor();
	await comesToBe(() => dialog.getByText(/^This takes/).count(), 0);
	await comesToBe(() => dialog.getByRole('button', { name: 'Start replaying' }).isDisabled(), true);
	for (const label of ['From', 'Until']) await dialog.getByLabel(label).fill('');
	await dialog.getByText('This takes 3 deliveries.').waitFor();
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
	await comesToBe(() => received().length, 6);
	assert.equal(new Set(received().map(({ headers }) => headers['webhook-id'])).size, 3);

	const waiting = await webhook('/parado', { enabled: false });
	for (const number of [1, 2, 3, 4]) await write(`Parado ${number}`);
	// All are there before the list is: below the pointer it would be held, and show none that comes.
	const pending = async (): Promise<number> =>
		(await gateway.admin('GET', `/deliveries?webhookId=${waiting}&state=pending`)).body.items.length;
	await comesToBe(pending, 4);
	await page.goto(`/console/deliveries?webhookId=${waiting}&state=pending`);
	await showsSoMany(page, 4);
	await page.getByRole('button', { name: 'Discard these' }).click();
	await page.getByText('This takes 4 deliveries.').waitFor();
	await page.getByRole('button', { name: 'Start discarding' }).click();
	await jobs.getByText('Running').waitFor();
	await jobs.getByRole('button', { name: 'Cancel' }).click();
	await page.getByRole('dialog', { name: 'Cancel this job?' }).getByRole('button', { name: 'Cancel the job' }).click();
	await jobs.getByText('Cancelled').waitFor();
	assert.ok((await pending()) > 0, 'some were left');
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('what happened is told whole in each language, where the window has room', async () => {
	const receiver = await webhook('/longo', { events: ['attendance.started'] });
	const { body: operator } = await rig.gateway.admin('POST', `/accounts/${account.id}/operators`, { name: 'Ana' });
	const begun = await rig.gateway.admin('POST', `/accounts/${account.id}/attendances`, {
		instanceId: account.instance.id,
		phone: CUSTOMER,
		operatorIds: [operator.id],
	});
	assert.equal(begun.status, 201, JSON.stringify(begun.body));
	const page = await rig.look(`/console/deliveries?webhookId=${receiver}`, { language: 'pt' });
	const event = page.getByRole('region', { name: 'Entregas' }).getByRole('listitem').getByText('Atendimento iniciado', { exact: true });
	await event.waitFor();
	// The longest of them, in its place.
	const room = await event.evaluate((cell) => {
		cell.textContent = 'Atendimento transferido';
		return cell.clientWidth - cell.scrollWidth;
	});
	assert.equal(room, 0);
	await page.context().close();
});

test('what is shown is what is replayed, what cannot be is said, and everything is asked about once more', async () => {
	const webhookId = await webhook('/lote');
	for (const text of ['Lote único', 'Outro']) await write(text);
	const page = await rig.look(`/console/deliveries?webhookId=${webhookId}&text=lote`);
	await comesToBe(() => rows(page).filter({ hasText: 'Delivered' }).count(), 1);
	await showsSoMany(page, 1);
	const [latest] = await shown(page);
	await page.getByRole('button', { name: 'Replay these' }).click();
	const dialog = page.getByRole('dialog', { name: 'Replay deliveries' });
	await dialog.getByText('This takes 1 delivery.').waitFor();
	await dialog.getByRole('button', { name: 'Start replaying' }).click();
	await page.getByRole('dialog', { name: 'Jobs' }).getByText('1 of 1').waitFor();
	// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
	let body: any;
	const isReplay = async (): Promise<boolean> => {
		body = (await rig.gateway.admin('GET', `/deliveries/${latest?.split('/').at(-1)}`)).body;
		return body.isReplay;
	};
	await comesToBe(isReplay, true);

	await page.goto('/console/deliveries?state=pending');
	await page.getByRole('button', { name: 'Replay these' }).click();
	await dialog.getByText('What is shown is not settled yet: there is nothing to replay.').waitFor();
	await comesToBe(() => dialog.getByRole('button', { name: 'Start replaying' }).isDisabled(), true);

	const before: number = (await rig.gateway.admin('GET', '/jobs')).body.items.length;
	await page.goto('/console/deliveries');
	await page.getByRole('button', { name: 'Replay these' }).click();
	await dialog.getByText(/^This takes \d+ deliver(y|ies)\.$/).waitFor();
	await dialog.getByRole('button', { name: 'Start replaying' }).click();
	const asked = page.getByRole('dialog', { name: 'Replay all of them?' });
	await asked.getByText(/every delivery of all accounts.* This takes \d+ deliver(y|ies)\./).waitFor();
	await assertAccessible(page);
	await asked.getByRole('button', { name: 'Cancel' }).last().click();
	await asked.waitFor({ state: 'detached' });
	assert.equal((await rig.gateway.admin('GET', '/jobs')).body.items.length, before);

	const eventId: string = body.eventId;
	await page.goto(`/console/deliveries?eventId=${eventId}`);
	await page.getByText('Of one event each is replayed on its own page.').waitFor();
	await comesToBe(() => page.getByRole('button', { name: 'Replay these' }).count(), 0);
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
	await page.waitForURL(/\/console\/deliveries\?state=delivered$/);
	await page.context().close();
});

test('the list and the jobs look right, light and dark, wide and narrow', async () => {
	await assertLooks(rig, '/console/deliveries', 'deliveries', async (page) => await rows(page).nth(3).waitFor());
	await assertLooks(rig, '/console/deliveries?jobs=true', 'deliveries-jobs', async (page) => {
		await page.getByRole('dialog', { name: 'Jobs' }).getByText('Done').first().waitFor();
	});
	assert.deepEqual(rig.complaints, []);
});
