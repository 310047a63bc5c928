import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

suite('instances', () => {
	let rig: ConsoleRig;
	before(async () => {
		rig = await ConsoleRig.open();
	});
	after(() => rig[Symbol.asyncDispose]());

	function shown(account: Account): Promise<{ state: string; name: string; pacing: object; queueLength: number }> {
		return rig.gateway.admin('GET', `/instances/${account.instance.id}`).then(({ body }) => body);
	}

	test('one is made, its token is shown once, and it opens', async () => {
		await rig.account('Loja nova');
		const page = await rig.look('/console/instances');
		await page.getByRole('button', { name: 'New instance' }).click();
		const dialog = page.getByRole('dialog', { name: 'New instance' });
		await dialog.getByRole('textbox', { name: 'Name' }).fill('Cobrança');
		await dialog.getByRole('textbox', { name: 'Number' }).fill('12');
		await dialog.getByRole('button', { name: 'Create' }).click();
		await dialog.getByRole('alert').waitFor();
		assert.equal(await dialog.getByRole('textbox', { name: 'Name' }).inputValue(), 'Cobrança');
		await dialog.getByRole('textbox', { name: 'Number' }).fill('+55 11 97777-6666');
		await dialog.getByRole('button', { name: 'Create' }).click();
		const made = page.getByRole('dialog', { name: 'It is there' });
		await made.getByRole('button', { name: 'Copy' }).waitFor();
		await made.getByRole('link', { name: 'Open the instance' }).click();
		await page.getByRole('heading', { name: 'Cobrança', level: 1 }).waitFor();
		await page.getByText('+55 11 97777-6666').waitFor();
		assert.deepEqual(
			rig.complaints.filter((text) => !text.includes('400')),
			[],
		);
		await page.context().close();
	});

	test('the session is closed after asking, shows a code to scan, and is opened again', async () => {
		const account = await rig.account();
		const page = await rig.look(`/console/instances/${account.instance.id}`);
		await page.getByRole('button', { name: 'Disconnect' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
		await page.getByRole('img', { name: 'QR code for pairing a phone' }).waitFor();
		await comesToBe(async () => (await shown(account)).state, 'disconnected');
		await page.getByRole('button', { name: 'Connect', exact: true }).click();
		await page.getByRole('button', { name: 'Lose the connection' }).click();
		await page.getByText('disconnected', { exact: true }).waitFor();
		await page.getByRole('button', { name: 'Restart' }).click();
		await page.getByText('connected', { exact: true }).waitFor();
		await comesToBe(async () => (await shown(account)).state, 'connected');
		await page.context().close();
	});

	test('name, pacing and what it does by itself are changed', async () => {
		const account = await rig.account();
		const page = await rig.look(`/console/instances/${account.instance.id}`);
		await page.getByRole('textbox', { name: 'Name' }).fill('Vendas');
		await page.getByRole('textbox', { name: 'Pause, at least' }).fill('3000');
		await page.getByRole('textbox', { name: 'Pause, at most' }).fill('1000');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByRole('alert').getByText('pacing.maxMs', { exact: true }).waitFor();
		await page.getByRole('textbox', { name: 'Pause, at most' }).fill('5000');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByRole('heading', { name: 'Vendas', level: 1 }).waitFor();
		await comesToBe(async () => (await shown(account)).pacing, { minMs: 3_000, maxMs: 5_000 });
		await page.getByRole('switch', { name: 'Does not take calls' }).click();
		await page.getByRole('textbox', { name: 'Answer to calls' }).fill('We do not take calls');
		await page.getByRole('button', { name: 'Save the answer' }).click();
		const kept = async (): Promise<readonly unknown[]> => {
			const { body } = await rig.gateway.admin('GET', `/instances/${account.instance.id}/settings`);
			return [body.callRejectAuto, body.callRejectMessage];
		};
		await comesToBe(kept, [true, 'We do not take calls']);
		await page.context().close();
	});

	test('what waits is seen, one is taken out, then all', async () => {
		const account = await rig.account();
		await queued(rig, account, 3);
		const page = await rig.look(`/console/instances/${account.instance.id}`);
		await page.getByRole('button', { name: 'Take “Reminder 2” out of the queue' }).click();
		await page.getByText('Reminder 2').waitFor({ state: 'detached' });
		await comesToBe(async () => (await shown(account)).queueLength, 2);
		await page.getByRole('button', { name: 'Empty the queue' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Empty the queue' }).click();
		await page.getByText('Nothing waits to be sent.').waitFor();
		await comesToBe(async () => (await shown(account)).queueLength, 0);
		await page.context().close();
	});

	test('the list is narrowed by name and state, and its address says so', async () => {
		const account = await rig.account('Loja que procura');
		await rig.gateway.admin('PATCH', `/instances/${account.instance.id}`, { name: 'Agulha' });
		const page = await rig.look('/console/instances');
		await page.getByRole('textbox', { name: 'Name or number' }).fill('agulha');
		await row(page, 'Agulha').waitFor();
		// Beside the head.
		await comesToBe(() => page.getByRole('row').count(), 2);
		await page.reload();
		await comesToBe(() => page.getByRole('textbox', { name: 'Name or number' }).inputValue(), 'agulha');
		await page.getByRole('textbox', { name: 'Name or number' }).fill('palheiro');
		await page.getByRole('button', { name: 'Show all' }).click();
		await row(page, 'Agulha').waitFor();
		await page.context().close();
	});

	test('in both colours and widths', async () => {
		const account = await rig.account('Oficina');
		const { id } = account.instance;
		await queued(rig, account, 4);
		await rig.gateway.admin('POST', '/webhooks', {
			accountId: account.id,
			url: rig.gateway.receiver.url('/oficina'),
			events: ['message.received'],
		});
		await assertLooks(rig, '/console/instances', 'instances', (page) => page.getByRole('link', { name: 'Agulha' }).first().waitFor());
		await assertLooks(rig, `/console/instances/${id}`, 'instance', async (page) => {
			await page.getByRole('img', { name: 'QR code for pairing a phone' }).waitFor();
			await page.getByText('Reminder 1').waitFor();
			await page.getByRole('list', { name: 'Sends' }).waitFor();
		});
	});
});

function row(page: Page, name: string): Locator {
	return page.getByRole('row').filter({ hasText: name });
}

/** While it is disconnected its queue is kept. */
async function queued(rig: ConsoleRig, { instance }: Account, count: number): Promise<void> {
	await rig.gateway.admin('POST', `/instances/${instance.id}/disconnect`);
	for (let number = 1; number <= count; number++) {
		const { status } = await rig.gateway.admin('POST', `/instances/${instance.id}/messages`, {
			to: '5544988887777',
			text: `Reminder ${number}`,
		});
		assert.equal(status, 202);
	}
}
