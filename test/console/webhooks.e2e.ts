/** Webhooks in the browser: made, changed, disabled, deleted, tried, their secrets rotated, their signature checked. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { Webhook as Verifier } from 'standardwebhooks';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe, WAITS_MS } from './support/patience.ts';

suite('webhooks', () => {
	let rig: ConsoleRig;
	before(async () => {
		rig = await ConsoleRig.open({ treat: { kind: 'answer', status: 200, body: '{"recebido":true}' } });
	});
	after(() => rig[Symbol.asyncDispose]());

	async function made(account: Account, path: string, wish: object = {}): Promise<string> {
		const { gateway } = rig;
		const asked = { accountId: account.id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
		const { status, body } = await gateway.admin('POST', '/webhooks', asked);
		assert.equal(status, 201, JSON.stringify(body));
		return body.id;
	}

	// biome-ignore lint/suspicious/noExplicitAny: as the gateway answers it
	async function shown(id: string): Promise<any> {
		return (await rig.gateway.admin('GET', `/webhooks/${id}`)).body;
	}

	test('what the gateway refuses stays in the form with the reason at its field, and is mended there', async () => {
		await rig.account();
		const page = await rig.look('/console/webhooks?create=true');
		const dialog = page.getByRole('dialog', { name: 'New webhook' });
		await dialog.getByRole('textbox', { name: 'Address' }).fill('http://erp.example.com/hook');
		await dialog.getByRole('combobox', { name: 'API of the payloads' }).click();
		await page.getByRole('option', { name: 'Z-API' }).click();
		await dialog.getByRole('checkbox', { name: 'Attendance started' }).waitFor({ state: 'detached' });
		await dialog.getByRole('checkbox', { name: 'Message sent' }).uncheck();
		// Told together.
		await dialog.getByRole('checkbox', { name: 'Message failed', checked: false }).waitFor();
		await dialog.getByRole('button', { name: 'Create' }).click();
		await dialog.getByText('A webhook must be an https URL: http://erp.example.com/hook').waitFor();
		assert.equal(await dialog.getByRole('alert').count(), 0);
		await dialog.getByRole('textbox', { name: 'Address' }).and(page.locator(':focus')).waitFor();
		await assertAccessible(page);
		const url = rig.gateway.receiver.url('/z-api');
		await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
		await dialog.getByRole('button', { name: 'Create' }).click();
		const made = page.getByRole('dialog', { name: 'The webhook is there' });
		await made.getByText(/^whsec_/).waitFor();
		await made.getByText('Copy it now: it is not shown again.').waitFor();
		await assertAccessible(page);
		await made.getByRole('link', { name: 'Open the webhook' }).click();
		await page.getByRole('heading', { name: '/z-api', level: 1 }).waitFor();
		await page.getByText('Z-API', { exact: true }).waitFor();
		const webhook = await shown(page.url().split('/').at(-1) ?? '');
		assert.deepEqual([webhook.url, webhook.dialect, webhook.events], [url, 'z-api', ['message.received', 'message.status']]);
		await page.context().close();
		assert.deepEqual(
			rig.complaints.splice(0).filter((text) => !text.includes('400')),
			[],
		);
	});

	test('an address that is refused when it is changed is told of once, at its field', async () => {
		const id = await made(await rig.account(), '/mudar');
		const page = await rig.look(`/console/webhooks/${id}`);
		await page.getByRole('button', { name: 'Edit' }).click();
		const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
		const address = dialog.getByRole('textbox', { name: 'Address' });
		await address.fill('http://erp.example.com/hook');
		await dialog.getByRole('button', { name: 'Save' }).click();
		await dialog.getByText('A webhook must be an https URL: http://erp.example.com/hook').waitFor();
		assert.equal(await dialog.getByText('A webhook must be an https URL').count(), 1);
		assert.equal(await dialog.getByRole('alert').count(), 0);
		await address.and(page.locator(':focus')).waitFor();
		await page.context().close();
		rig.complaints.splice(0);
	});

	test('headers, credentials and limits are set, kept without being shown, and go out with an example, whose answer is seen', async () => {
		const id = await made(await rig.account(), '/erp', { events: ['message.received', 'attendance.finished'] });
		const page = await rig.look(`/console/webhooks/${id}`);
		// What the gateway runs with stands where the webhook has nothing of its own.
		for (const inForce of ['0s, 5s, 5m', '76h', '32']) await page.getByText(new RegExp(`^${inForce}.* \\(default\\)$`)).waitFor();
		await page.getByRole('button', { name: 'Edit' }).click();
		const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
		await dialog.getByRole('button', { name: 'Headers, authentication and signature' }).click();
		await dialog.getByRole('button', { name: 'Add a header' }).click();
		await dialog.getByRole('textbox', { name: 'Name of the header' }).fill('x-loja');
		await dialog.getByLabel('Value of x-loja').fill('42');
		await dialog.getByRole('combobox', { name: 'Authentication' }).click();
		await page.getByRole('option', { name: 'Token (Bearer)' }).click();
		await dialog.getByLabel(/^Token \*/).fill('segredo-do-erp');
		await dialog.getByRole('button', { name: 'Order, limits and schedule' }).click();
		await dialog.getByRole('textbox', { name: 'At once, at most' }).fill('3');
		await dialog.getByRole('textbox', { name: 'Pauses before each attempt' }).fill('0s, depois');
		await dialog.getByText('Write pauses like 0s, 5s, 5m, 2h, with commas between them.').waitFor();
		await dialog.getByRole('textbox', { name: 'Pauses before each attempt' }).fill('0s, 30s, 1h30m');
		await dialog.getByRole('textbox', { name: 'Given up after' }).fill('2d');
		await dialog.getByRole('button', { name: 'Save' }).click();
		await dialog.waitFor({ state: 'detached' });
		await page.getByText('0s, 30s, 1h30m').waitFor();
		const webhook = await shown(id);
		assert.deepEqual([webhook.scheduleMs, webhook.patienceMs, webhook.concurrency], [[0, 30_000, 5_400_000], 172_800_000, 3]);

		await page.getByRole('button', { name: 'Edit' }).click();
		await dialog.getByRole('button', { name: 'Headers, authentication and signature' }).click();
		assert.equal(await dialog.getByLabel('Value of x-loja').getAttribute('placeholder'), 'Kept as it is');
		await dialog.getByRole('button', { name: 'Save' }).click();
		await dialog.waitFor({ state: 'detached' });

		await page.getByRole('combobox', { name: 'Event' }).click();
		await page.getByRole('option', { name: 'Attendance finished' }).click();
		await page.getByRole('button', { name: 'Send an example' }).click();
		await page.getByRole('region', { name: 'Body of the answer' }).getByText('"recebido": true').waitFor();
		await page.getByText(/^attempt 1, in /).waitFor();
		const [request] = rig.gateway.receiver.requests.filter(({ path }) => path === '/erp');
		assert.equal(request?.headers['x-loja'], '42');
		assert.equal(request?.headers.authorization, 'Bearer segredo-do-erp');
		assert.equal(request?.headers['recado-event'], 'attendance.finished');
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('the secret is not shown again; rotated, the new one is, once, and it is seen until when the old one signs too', async () => {
		const id = await made(await rig.account(), '/segredo', { signatures: ['v1', 'v1a'] });
		const before = await shown(id);
		const page = await rig.look(`/console/webhooks/${id}`);
		await page.getByText(before.publicKey, { exact: true }).waitFor();
		await page.getByText('It was shown when it was made, and is not shown again.').waitFor();
		await page.getByRole('button', { name: 'Rotate' }).click();
		await page.getByRole('dialog', { name: 'Make a new secret?' }).getByRole('button', { name: 'Rotate' }).click();
		const shownOnce = page.getByRole('dialog', { name: 'The new secret' });
		const secret = (await shownOnce.getByText(/^whsec_/).textContent()) ?? '';
		await shownOnce.getByText(/^The old one signs beside it until /).waitFor();
		await assertAccessible(page);
		await shownOnce.getByRole('button', { name: 'I have kept it' }).click();
		await shownOnce.waitFor({ state: 'detached' });
		await page.getByText('Older ones still sign beside it').waitFor();
		await page.getByText('Secret rotated').waitFor();
		const after = await shown(id);
		assert.deepEqual([before.secret, after.secret], [undefined, undefined]);
		assert.ok(!(await page.content()).includes(secret));
		const { body: example } = await rig.gateway.admin('POST', `/webhooks/${id}/test`);
		const delivered = await rig.gateway.receiver.waitFor(
			(all) => all.some((one) => one.headers['webhook-id'] === example.id),
			'the example',
			WAITS_MS,
		);
		const request = delivered.find((one) => one.headers['webhook-id'] === example.id);
		new Verifier(secret).verify(request?.text ?? '', request?.headers as Record<string, string>);

		await page.getByRole('tab', { name: 'Python' }).click();
		const program = page.getByRole('region', { name: 'Program in Python' });
		assert.doesNotMatch((await program.textContent()) ?? '', /whsec_\w/);
		await page.getByText('Put the secret in the place of whsec_…').waitFor();
		await page.getByText('v1a', { exact: true }).click();
		await program.getByText(after.publicKey).waitFor();
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('disabled with a reason, what is for it waits and flows when it is enabled; deleted, it is gone from the list', async () => {
		const account = await rig.account('Loja que muda');
		const id = await made(account, '/mudanca');
		const page = await rig.look(`/console/webhooks/${id}`);
		await page.getByRole('button', { name: 'Disable' }).click();
		const disable = page.getByRole('dialog', { name: 'Disable this webhook?' });
		await disable.getByRole('textbox', { name: 'Reason, for your colleagues' }).fill('Mudança de servidor');
		await disable.getByRole('button', { name: 'Disable' }).click();
		await page.getByText('It is disabled: what is for it waits until it is enabled.').waitFor();
		await page.getByText('Mudança de servidor').first().waitFor();
		await page.getByRole('button', { name: 'Send an example' }).click();
		await page.getByText('It waits: the webhook is disabled.').waitFor();
		await page.getByRole('button', { name: 'Enable' }).click();
		await page.getByRole('region', { name: 'Body of the answer' }).waitFor();
		await page.getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('dialog', { name: 'Delete this webhook?' }).getByRole('button', { name: 'Delete' }).click();
		await page.waitForURL(/\/console\/webhooks$/);
		await comesToBe(async () => (await rig.gateway.admin('GET', `/webhooks/${id}`)).status, 404);
		await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
		await page.getByRole('link', { name: /\/mudanca/ }).waitFor({ state: 'detached' });
		await page.context().close();
		// Until it has led on, its page may ask for it once more.
		assert.deepEqual(
			rig.complaints.splice(0).filter((text) => !(text.includes('404') && text.includes(id))),
			[],
		);
	});

	test('one that was registered through its API is in the list, which is narrowed by address, status and API, as its link says', async () => {
		const account = await rig.account('Loja antiga');
		const { id, token } = account.instance;
		const registered = await rig.gateway.call('PUT', `/instances/${id}/token/${token}/update-webhook-received`, {
			headers: { 'client-token': account.clientToken },
			body: { value: rig.gateway.receiver.url('/agulha-no-palheiro') },
		});
		assert.equal(registered.status, 200, JSON.stringify(registered.body));
		const page = await rig.look('/console/webhooks');
		await page.getByRole('textbox', { name: 'Address, instance or id' }).fill('AGULHA');
		await page.getByRole('combobox', { name: 'API' }).click();
		await page.getByRole('option', { name: 'Z-API' }).click();
		await page.waitForURL(/dialect=z-api/);
		const found = page.getByRole('row').filter({ hasText: 'agulha' });
		await found.waitFor();
		// Beside the head.
		await comesToBe(() => page.getByRole('row').count(), 2);
		await page.reload();
		await found.waitFor();
		await comesToBe(() => page.getByRole('row').count(), 2);
		await page.getByRole('combobox', { name: 'Status' }).click();
		await page.getByRole('option', { name: 'Disabled' }).click();
		await page.getByText('No webhook fits').waitFor();
		await page.getByRole('button', { name: 'Show all' }).click();
		await found.getByRole('link').first().click();
		await page.getByText('registered through its API').waitFor();
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('by keyboard alone one is made and opened', async () => {
		for (const name of ['Uma', 'Outra']) await rig.account(name);
		const page = await rig.look('/console/webhooks');
		await page.getByRole('button', { name: 'New webhook' }).first().focus();
		await page.keyboard.press('Enter');
		const address = page.getByRole('textbox', { name: 'Address', exact: true });
		await comesToBe(() => isFocused(page, 'https://'), true);
		await page.keyboard.type(rig.gateway.receiver.url('/teclado'));
		await comesToBe(async () => /\/teclado$/.test(await address.inputValue()), true);
		// There are several accounts, and none is chosen: it is asked for.
		const account = page.getByRole('dialog').getByRole('combobox', { name: 'Account' });
		for (let times = 0; times < 20 && !(await isHere(account)); times += 1) await page.keyboard.press('Tab');
		await page.keyboard.press('ArrowDown');
		await page.getByRole('option').first().waitFor();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Create', disabled: false }).waitFor();
		await page.keyboard.press('Enter');
		const open = page.getByRole('dialog', { name: 'The webhook is there' }).getByRole('link', { name: 'Open the webhook' });
		await open.waitFor();
		for (let times = 0; times < 5 && !(await isHere(open)); times += 1) await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: '/teclado', level: 1 }).waitFor();
		await page.context().close();
	});

	test('in Portuguese it is in Portuguese', async () => {
		const id = await made(await rig.account(), '/pt');
		const page = await rig.look(`/console/webhooks/${id}`, { language: 'pt' });
		await page.getByRole('heading', { name: 'Últimas entregas' }).waitFor();
		await page.getByRole('button', { name: 'Enviar um exemplo' }).click();
		await page.getByText(/^tentativa 1, em /).waitFor();
		await page.getByRole('link', { name: 'Todos os webhooks' }).click();
		await page.getByRole('button', { name: 'Novo webhook' }).waitFor();
		await page.context().close();
	});
});

async function isHere(field: Locator): Promise<boolean> {
	return await field.evaluate((element) => element === element.ownerDocument.activeElement);
}

/** @param named by its text, or as its placeholder */
async function isFocused(page: Page, named: string): Promise<boolean> {
	return await page.evaluate<boolean>(
		`[document.activeElement?.textContent, document.activeElement?.getAttribute('placeholder')].includes(${JSON.stringify(named)})`,
	);
}
