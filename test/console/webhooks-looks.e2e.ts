/** Webhooks as they are seen: light and dark, wide and narrow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const FAILS = '/falha/integracoes/erp/eventos-do-whatsapp/um-caminho-comprido-que-nao-acaba-nunca';

test('webhooks in both colours and widths', async () => {
	await using rig = await ConsoleRig.open({
		treat: ({ path }) => ({ kind: 'answer', status: path === FAILS ? 503 : 200, body: '{"recebido":true}' }),
	});
	const { gateway } = rig;
	const account = await rig.account('Loja da Maria');
	const made = async (path: string, wish: object = {}): Promise<string> => {
		const asked = { accountId: account.id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
		return (await gateway.admin('POST', '/webhooks', asked)).body.id;
	};
	await gateway.admin('PATCH', `/webhooks/${await made('/parado')}`, {
		enabled: false,
		disabledReason: 'Migração do ERP até segunda-feira',
	});
	const failing = await made(FAILS, { scheduleMs: [0, 3_600_000] });
	for (let number = 0; number < 6; number += 1) {
		await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: `554499999000${number}`, text: 'Oi' });
	}
	await comesToBe(async () => (await gateway.admin('GET', `/webhooks/${failing}`)).body.status, 'failing');
	const well = await made('/erp/eventos', { signatures: ['v1', 'v1a'], headers: { 'x-loja': '42' }, concurrency: 4 });
	await gateway.admin('POST', `/webhooks/${well}/secret`);
	await assertLooks(rig, '/console/webhooks', 'webhooks', async (page) => {
		await page
			.getByRole('link', { name: /waiting$/ })
			.first()
			.waitFor();
	});
	await assertLooks(rig, '/console/webhooks?create=true', 'webhook-new', async (page) => {
		await page.getByRole('dialog', { name: 'New webhook' }).getByRole('textbox', { name: 'Address' }).waitFor();
	});
	await assertLooks(rig, `/console/webhooks/${well}`, 'webhook', async (page) => {
		await page.getByText('Secret rotated').waitFor();
		await page.getByRole('button', { name: 'Send an example' }).click();
		await page.getByRole('region', { name: 'Body of the answer' }).waitFor();
	});
	await assertLooks(rig, `/console/webhooks/${failing}`, 'webhook-failing', async (page) => {
		await page.getByText('Circuit opened: the receiver fails').waitFor();
	});
	assert.deepEqual(rig.complaints, []);
});
