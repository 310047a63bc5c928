/** The form of a webhook where something is not as it should be, where the focus and the way back lead, and what is said of a receiver that is held. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { ReceivedRequest } from '../support/receiver.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe, WAITS_MS } from './support/patience.ts';

suite('the form of a webhook', () => {
	let rig: ConsoleRig;
	before(async () => {
		rig = await ConsoleRig.open({
			treat: ({ path }) => (path === '/cheio' ? { kind: 'answer', status: 429, headers: { 'retry-after': '3600' } } : 200),
		});
	});
	after(() => rig[Symbol.asyncDispose]());

	async function made(path: string, wish: object = {}, name?: string): Promise<string> {
		const { gateway } = rig;
		const asked = { accountId: (await rig.account(name)).id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
		const { status, body } = await gateway.admin('POST', '/webhooks', asked);
		assert.equal(status, 201, JSON.stringify(body));
		return body.id;
	}

	async function editing(page: Page): Promise<Locator> {
		await page.getByRole('button', { name: 'Edit' }).click();
		return page.getByRole('dialog', { name: 'Edit webhook' });
	}

	test('one header is changed and one added without the others, whose values stay', async () => {
		const id = await made('/chaves', { headers: { 'x-chave': 'segredo', 'x-loja': '42', 'x-velha': 'a' } });
		const page = await rig.look(`/console/webhooks/${id}`);
		const dialog = await editing(page);
		await dialog.getByRole('button', { name: 'Headers, authentication and signature' }).click();
		assert.equal(await dialog.getByLabel('Value of x-chave').getAttribute('placeholder'), 'Kept as it is');
		await assertAccessible(page);
		await dialog.getByLabel('Value of x-loja').fill('43');
		await dialog.getByRole('button', { name: 'Remove x-velha' }).click();
		await dialog.getByRole('button', { name: 'Add a header' }).click();
		await dialog.getByRole('textbox', { name: 'Name of the header' }).last().fill('x-nova');
		await dialog.getByLabel('Value of x-nova').fill('nova');
		await dialog.getByRole('button', { name: 'Save' }).click();
		await dialog.waitFor({ state: 'detached' });
		await rig.gateway.admin('POST', `/webhooks/${id}/test`);
		const isIt = ({ path }: ReceivedRequest): boolean => path === '/chaves';
		const request = (await rig.gateway.receiver.waitFor((all) => all.some(isIt), 'the example', WAITS_MS)).find(isIt);
		const own = ['x-chave', 'x-loja', 'x-nova', 'x-velha'].map((name) => request?.headers[name]);
		assert.deepEqual(own, ['segredo', '43', 'nova', undefined]);
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('what is wrong in a folded section is unfolded, focused and in view, and told once, at its field', async () => {
		const page = await rig.look(`/console/webhooks/${await made('/dobras')}`);
		const dialog = await editing(page);
		const receiver = dialog.getByRole('button', { name: 'Headers, authentication and signature' });
		await receiver.click();
		const add = dialog.getByRole('button', { name: 'Add a header' });
		const names = dialog.getByRole('textbox', { name: 'Name of the header' });
		for (const [index, [name, value]] of [
			['x-a', '1'],
			['X-A', '2'],
			['', '3'],
		].entries()) {
			await add.click();
			// By their place: a value is called by its name.
			await dialog
				.getByPlaceholder('Value', { exact: true })
				.nth(index)
				.fill(value ?? '');
			await names.nth(index).fill(name ?? '');
		}
		await receiver.click();
		const limits = dialog.getByRole('button', { name: 'Order, limits and schedule' });
		await limits.click();
		const rate = dialog.getByRole('textbox', { name: 'Per second, at most' });
		await rate.fill('0');
		await dialog.getByText('From 0.001 to 10,000; 0.5 is one every two seconds.').waitFor();
		await limits.click();
		await dialog.getByRole('button', { name: 'Save' }).click();
		await isFocused(names.nth(1));
		await comesToBe(() => inView(names.nth(1)), true);
		await dialog.getByText('There is one of that name above.').waitFor();
		await dialog.getByText('Say which header this is the value of.').waitFor();
		assert.equal(await dialog.getByRole('alert').count(), 0);
		await rate.fill('0.5');
		await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
		await names.nth(1).fill('Content-Length');
		await receiver.click();
		await dialog.getByRole('button', { name: 'Save' }).click();
		// The gateway knows which ones are its own.
		await dialog.getByText('Is reserved').waitFor();
		await isFocused(names.nth(1));
		assert.equal(await dialog.getByRole('alert').count(), 0);
		await assertAccessible(page);
		await page.context().close();
		rig.complaints.splice(0);
	});

	test('the focus goes on what came in the place of what was pressed', async () => {
		const page = await rig.look(`/console/webhooks/${await made('/foco')}`);
		await page.getByText('Circuit', { exact: true }).waitFor();
		await page.getByRole('button', { name: 'Disable' }).click();
		await page.getByRole('dialog', { name: 'Disable this webhook?' }).getByRole('button', { name: 'Disable' }).click();
		await isFocused(page.getByRole('button', { name: 'Enable' }));
		// Nothing is tried while it is disabled.
		await page.getByText('Circuit', { exact: true }).waitFor({ state: 'detached' });
		await page.keyboard.press('Enter');
		await isFocused(page.getByRole('button', { name: 'Disable' }));
		await page.getByText('Circuit', { exact: true }).waitFor();
		await page.getByRole('button', { name: 'Rotate' }).click();
		await page.getByRole('dialog', { name: 'Make a new secret?' }).getByRole('button', { name: 'Rotate' }).click();
		await page.getByRole('button', { name: 'I have kept it' }).click();
		await isFocused(page.getByRole('button', { name: 'Rotate' }));
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('of a receiver that asks for a pause it is said in Portuguese for how long', async () => {
		const id = await made('/cheio');
		await rig.gateway.admin('POST', `/webhooks/${id}/test`);
		await comesToBe(async () => typeof (await rig.gateway.admin('GET', `/webhooks/${id}`)).body.circuit.pausedUntil, 'string');
		const page = await rig.look(`/console/webhooks/${id}`, { language: 'pt' });
		await page.getByText('Segurado por').waitFor();
		await page.getByText(/^\d+(,\d)? (s|min|h) · o receptor respondeu 429$/).waitFor();
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('the way back closes the form of a new one, and the way to the list leads to it as it was narrowed down', async () => {
		const id = await made('/gemeo');
		const page = await rig.look('/');
		await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
		await page.getByRole('textbox', { name: 'Address, instance or id' }).fill('gemeo');
		await page.waitForURL(/q=gemeo/);
		const create = page.getByRole('button', { name: 'New webhook' });
		const dialog = page.getByRole('dialog', { name: 'New webhook' });
		await create.click();
		await dialog.waitFor();
		await page.goBack();
		await dialog.waitFor({ state: 'detached' });
		await page.waitForURL(/\/console\/webhooks\?q=gemeo$/);
		await isFocused(create);
		await create.click();
		await page.waitForURL(/create=true/);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		await page.waitForURL(/\/console\/webhooks\?q=gemeo$/);
		await page.getByRole('link', { name: /\/gemeo$/ }).click();
		await page.waitForURL(new RegExp(id));
		await page.getByRole('link', { name: 'All webhooks' }).click();
		await page.waitForURL(/\/console\/webhooks\?q=gemeo$/);
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('of a second one that tells the same it is said, and it can be made; a fragment is refused', async () => {
		const url = rig.gateway.receiver.url('/duas-vezes');
		await made('/duas-vezes', {}, 'Loja do gêmeo');
		const page = await rig.look('/console/webhooks?create=true');
		const dialog = page.getByRole('dialog', { name: 'New webhook' });
		const hint = dialog.getByText('There is a webhook with this address already: it gets twice what both are told.');
		await dialog.getByRole('combobox', { name: 'Account' }).click();
		await page.getByRole('option', { name: /Loja do gêmeo/ }).click();
		await dialog.getByRole('textbox', { name: 'Address' }).fill(`${url}#topo`);
		await dialog.getByRole('button', { name: 'Create' }).click();
		await dialog.getByText('Must have no fragment (#…): none is ever sent').waitFor();
		assert.equal(await hint.count(), 0);
		await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
		await hint.waitFor();
		await assertAccessible(page);
		await dialog.getByRole('button', { name: 'Create' }).click();
		await page.getByRole('dialog', { name: 'The webhook is there' }).waitFor();
		await page.context().close();
		rig.complaints.splice(0);
	});
});

async function isFocused(field: Locator): Promise<void> {
	await comesToBe(() => field.evaluate((element) => element === element.ownerDocument.activeElement), true);
}

/** Whether it is what is seen at its middle: not above or below the edge of its dialog, nor under the head of it. */
async function inView(field: Locator): Promise<boolean> {
	return await field.evaluate((element) => {
		const { left, top, width, height } = element.getBoundingClientRect();
		return element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2) === element;
	});
}
