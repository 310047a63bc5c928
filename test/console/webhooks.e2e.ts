/** Webhooks in the browser: made, changed, disabled, deleted, tried, their secrets rotated, their signature checked. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';

const WITHIN_MS = 15_000;

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
		assert.equal(await dialog.getByRole('checkbox', { name: 'Attendance started' }).count(), 0);
		await dialog.getByRole('checkbox', { name: 'Message sent' }).uncheck();
		assert.equal(await dialog.getByRole('checkbox', { name: 'Message failed' }).isChecked(), false, 'told together');
		await dialog.getByRole('button', { name: 'Create' }).click();
		await dialog.getByText('A webhook must be an https URL: http://erp.example.com/hook').first().waitFor();
		await assertAccessible(page);
		const url = rig.gateway.receiver.url('/z-api');
		await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
		await dialog.getByRole('button', { name: 'Create' }).click();
		await page.getByRole('dialog', { name: 'The webhook is there' }).getByRole('link', { name: 'Open the webhook' }).click();
		await page.getByText('Z-API', { exact: true }).waitFor();
		const webhook = await shown(page.url().split('/').at(-1) ?? '');
		assert.deepEqual([webhook.url, webhook.dialect, webhook.events], [url, 'z-api', ['message.received', 'message.status']]);
		assert.deepEqual(
			rig.complaints.splice(0).filter((text) => !text.includes('400')),
			[],
		);
		await page.context().close();
	});

	test('headers, credentials and limits are set, kept without being shown, and go out with an example, whose answer is seen', async () => {
		const id = await made(await rig.account(), '/erp', { events: ['message.received', 'attendance.finished'] });
		const page = await rig.look(`/console/webhooks/${id}`);
		await page.getByRole('button', { name: 'Edit' }).click();
		const dialog = page.getByRole('dialog', { name: 'Edit webhook' });
		await dialog.getByRole('button', { name: 'Headers, authentication and signature' }).click();
		await dialog.getByRole('button', { name: 'Add a header' }).click();
		await dialog.getByRole('textbox', { name: 'Name of the header' }).fill('x-loja');
		await dialog.getByLabel('Value', { exact: true }).fill('42');
		await dialog.getByRole('combobox', { name: 'Authentication' }).click();
		await page.getByRole('option', { name: 'Token (Bearer)' }).click();
		await dialog.getByLabel(/^Token \*/).fill('segredo-do-erp');
		await dialog.getByRole('button', { name: 'Order, limits and schedule' }).click();
		await dialog.getByRole('textbox', { name: 'At once, at most' }).fill('3');
		await dialog.getByRole('textbox', { name: 'Pauses before each attempt' }).fill('0s, depois');
		await dialog.getByText('Write pauses like 0s, 5s, 5m, 2h, with commas between them.').waitFor();
		assert.ok(await dialog.getByRole('button', { name: 'Save' }).isDisabled());
		await dialog.getByRole('textbox', { name: 'Pauses before each attempt' }).fill('0s, 30s, 1h30m');
		await dialog.getByRole('textbox', { name: 'Given up after' }).fill('2d');
		await dialog.getByRole('button', { name: 'Save' }).click();
		await dialog.waitFor({ state: 'detached' });
		await page.getByText('0s, 30s, 1h30m').waitFor();
		const webhook = await shown(id);
		assert.deepEqual([webhook.scheduleMs, webhook.patienceMs, webhook.concurrency], [[0, 30_000, 5_400_000], 172_800_000, 3]);

		await page.getByRole('button', { name: 'Edit' }).click();
		await dialog.getByRole('button', { name: 'Headers, authentication and signature' }).click();
		await dialog.getByText('Kept as they are: x-loja').waitFor();
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

	test('the secret is shown when asked for; rotated, it is seen until when the old one signs too', async () => {
		const id = await made(await rig.account(), '/segredo', { signatures: ['v1', 'v1a'] });
		const before = await shown(id);
		const page = await rig.look(`/console/webhooks/${id}`);
		await page.getByText(before.publicKey, { exact: true }).waitFor();
		assert.equal(await page.getByText(before.secret).count(), 0);
		await page.getByRole('button', { name: 'Show the secret' }).click();
		await page.getByText(before.secret, { exact: true }).waitFor();
		await page.getByRole('button', { name: 'Rotate' }).click();
		await page.getByRole('dialog', { name: 'Make a new secret?' }).getByRole('button', { name: 'Rotate' }).click();
		await page.getByText('Older ones still sign beside it').waitFor();
		await page.getByText(before.secret).waitFor({ state: 'detached' });
		const after = await shown(id);
		assert.notEqual(after.secret, before.secret);
		await page.getByText(after.secret, { exact: true }).waitFor();
		await page.getByText('Secret rotated').waitFor();

		await page.getByRole('tab', { name: 'Python' }).click();
		const program = page.getByRole('region', { name: 'Program in Python' });
		assert.doesNotMatch((await program.textContent()) ?? '', /whsec_\w/);
		await page.getByRole('switch', { name: 'With the secret in it' }).check();
		await program.getByText(after.secret).waitFor();
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
		await until(async () => (await rig.gateway.admin('GET', `/webhooks/${id}`)).status === 404, { what: 'its end', withinMs: WITHIN_MS });
		await page.getByRole('link', { name: /\/mudanca/ }).waitFor({ state: 'detached' });
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
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
		assert.equal(await page.getByRole('row').count(), 2);
		await page.reload();
		await found.waitFor();
		assert.equal(await page.getByRole('row').count(), 2);
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
		await rig.account();
		const page = await rig.look('/console/webhooks');
		await page.getByRole('button', { name: 'New webhook' }).focus();
		await page.keyboard.press('Enter');
		const address = page.getByRole('textbox', { name: 'Address', exact: true });
		await until(() => isFocused(page, 'https://'), { what: 'the focus in the address', withinMs: WITHIN_MS });
		await page.keyboard.type(rig.gateway.receiver.url('/teclado'));
		assert.match(await address.inputValue(), /\/teclado$/);
		await page.keyboard.press('Enter');
		await page.getByRole('dialog', { name: 'The webhook is there' }).waitFor();
		await until(() => isFocused(page, 'Open the webhook'), { what: 'the focus on the way on', withinMs: WITHIN_MS });
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

/** @param named by its text, or as its placeholder */
async function isFocused(page: Page, named: string): Promise<boolean> {
	return await page.evaluate<boolean>(
		`[document.activeElement?.textContent, document.activeElement?.getAttribute('placeholder')].includes(${JSON.stringify(named)})`,
	);
}
