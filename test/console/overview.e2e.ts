/** The overview in the browser: what needs a person leads to where it is mended, and charts tell the last minutes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Account } from '../support/gateway.ts';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open({ treat: ({ path }) => (path.startsWith('/falha') ? 500 : 200) });
	account = await rig.account('Loja da Maria');
});
after(async () => await rig[Symbol.asyncDispose]());

async function webhook(path: string, wish: object = {}): Promise<void> {
	const { gateway } = rig;
	const asked = { accountId: account.id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
	const { status, body } = await gateway.admin('POST', '/webhooks', asked);
	assert.equal(status, 201, JSON.stringify(body));
}

async function write(count: number): Promise<void> {
	for (let number = 0; number < count; number += 1) {
		const message = { from: '5544999990001', text: `Pedido ${number}` };
		const { status } = await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, message);
		assert.equal(status, 202);
	}
}

test('all is well until a webhook fails; then it stands on top and leads to what was given up', async () => {
	const page = await rig.look('/');
	await page.getByText('All is well').waitFor();
	await webhook('/pedidos');
	await write(5);
	await webhook('/falha', { scheduleMs: [0] });
	await write(1);
	await comesToBe(async () => (await rig.gateway.admin('GET', '/deliveries?state=dead')).body.items.length, 1);
	await page.reload();
	await page.getByText('1 delivery was given up').waitFor();
	await page
		.getByText(/\/falha/)
		.first()
		.waitFor();
	await page.getByRole('link', { name: 'Show and replay them' }).click();
	await page.waitForURL(/\/console\/deliveries\?.*state=dead/);
	await page.getByRole('link', { name: /Dead Message received .*\/falha/ }).waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('it is live', async () => {
	const page = await rig.look('/');
	await page.getByText('Live', { exact: true }).waitFor();
	const rates = page.getByRole('definition').filter({ hasText: /^(0\.)?[1-9]/ });
	await Promise.all([rates.first().waitFor(), write(20)]);
	await page.getByRole('definition').filter({ hasText: 'not delivered yet' }).waitFor();
	await page.context().close();
});

test('charts have a sentence, a cursor by keyboard and a table; the window is in the address', async () => {
	const page = await rig.look('/?window=15m');
	const chart = page.getByRole('figure', { name: 'Throughput' });
	await chart.getByText(/In all: 0 accepted, \d+ received, \d+ delivered/).waitFor();
	await page
		.getByRole('figure', { name: 'From event to delivered' })
		.getByText(/; replays left out\.$/)
		.waitFor();
	const drawing = chart.getByRole('img', { name: /Throughput/ });
	await drawing.focus();
	await page.keyboard.press('ArrowLeft');
	await chart.getByText(/\d{1,2}\/\d{1,2}\/\d{2}, /).waitFor();
	await chart.getByRole('button', { name: 'Throughput as a table' }).click();
	await comesToBe(() => chart.getByRole('rowheader').count(), 15);
	await page.getByText('24 hours').click();
	await page.waitForURL(/window=24h/);
	await page.getByText('Success of attempts').waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('in Portuguese it is in Portuguese', async () => {
	const page = await rig.look('/', { language: 'pt' });
	await page.getByText(/entregas? esgot(ou|aram) as tentativas/).waitFor();
	await page.getByRole('figure', { name: 'Vazão' }).waitFor();
	await page.context().close();
});

test('it looks right, light and dark, wide and narrow', async () => {
	await assertLooks(rig, '/', 'overview', async (page) => {
		await page.getByRole('figure', { name: 'Backlog' }).locator('canvas').waitFor();
		await page.getByText('Live', { exact: true }).waitFor();
	});
	assert.deepEqual(rig.complaints, []);
});
