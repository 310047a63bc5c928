/** The audit log: who changed what, found by filters that stand in the address. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

let rig: ConsoleRig;

before(async () => {
	rig = await ConsoleRig.open();
	const account = await rig.account('Loja das Flores');
	const asked = { accountId: account.id, url: rig.gateway.receiver.url('/pedidos'), events: ['message.received'] };
	const { body: webhook } = await rig.gateway.admin('POST', '/webhooks', asked);
	await rig.gateway.admin('PATCH', `/webhooks/${webhook.id}`, { enabled: false });
	await rig.gateway.admin('POST', '/webhooks', { ...asked, url: 'ftp://example.com' });
});
after(() => rig[Symbol.asyncDispose]());

const REFUSED = /Refused 400/;
const changes = (page: Page) => page.getByRole('button', { name: /\/recado\/v1\// });

test('who changed what, with what was before and after; the open one stands in the address', async () => {
	const page = await rig.look('/console/audit');
	await changes(page).filter({ hasText: REFUSED }).waitFor();
	await changes(page).filter({ hasText: 'PATCH /recado/v1/webhooks/:id' }).click();
	await page.getByRole('region', { name: 'After' }).getByText('enabled').waitFor();
	await page.waitForURL(/open=aud_/);
	await page.reload();
	await page.getByRole('region', { name: 'Before' }).waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('filters leave what they say, also by their address, and are taken away', async () => {
	const page = await rig.look('/console/audit');
	await page.getByRole('combobox', { name: 'What was done' }).fill('created web');
	await page.getByRole('option', { name: 'Created webhook POST /recado/v1/webhooks', exact: true }).click();
	await page.getByRole('button', { name: 'Apply' }).click();
	await page.waitForURL(/method=POST&route=/);
	const areOfWebhooks = async (): Promise<readonly boolean[]> =>
		(await changes(page).allTextContents()).map((text) => text.includes('/recado/v1/webhooks'));
	await comesToBe(areOfWebhooks, [true, true]);
	await page.reload();
	await comesToBe(() => page.getByRole('combobox', { name: 'What was done' }).inputValue(), 'Created webhook');
	await page.getByLabel('From').fill('2099-01-01T00:00');
	await page.getByRole('button', { name: 'Apply' }).click();
	await page.getByText('Nothing matches these filters').waitFor();
	await page.reload();
	await comesToBe(() => page.getByLabel('From').inputValue(), '2099-01-01T00:00');
	await page.getByRole('button', { name: 'Clear' }).click();
	await changes(page).filter({ hasText: 'accounts' }).first().waitFor();
	await comesToBe(() => new URL(page.url()).search, '');
	await page.context().close();
});

test('a time that is none is left out of the address', async () => {
	const page = await rig.look('/console/audit?from=12&to=2026-13-45');
	await changes(page).first().waitFor();
	await comesToBe(() => page.getByLabel('From').inputValue(), '');
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('an entry says in words what was done to what, and people are found by their names', async () => {
	const { body: token } = await rig.gateway.admin('POST', '/tokens', { name: 'Pedidos', scopes: ['admin'] });
	await rig.gateway.call('POST', '/recado/v1/accounts', { body: { name: 'Padaria' }, headers: { authorization: `Bearer ${token.token}` } });
	const page = await rig.look('/console/audit');
	await changes(page)
		.filter({ hasText: /Changed webhook · .*\/pedidos/ })
		.waitFor();
	const host = new URL(rig.gateway.receiver.url('/')).host;
	await changes(page)
		.filter({ hasText: `Created webhook · ${host}` })
		.waitFor();
	await page.getByRole('combobox', { name: 'Who' }).click();
	await page.getByRole('option', { name: 'Token Pedidos' }).click();
	await page.getByRole('button', { name: 'Apply' }).click();
	await comesToBe(() => changes(page).filter({ hasText: 'Created account' }).count(), 1);
	await comesToBe(() => changes(page).count(), 1);
	await page.reload();
	await comesToBe(() => page.getByRole('combobox', { name: 'Who' }).inputValue(), 'Token Pedidos');
	await page.context().close();
});

test('all that can have been done here has words, in both languages; an address may name a route alone', async () => {
	const names = { en: 'What was done', pt: 'O que foi feito' };
	for (const language of ['en', 'pt'] as const) {
		const page = await rig.look('/console/audit?route=/recado/v1/webhooks/:id', { language });
		await changes(page)
			.filter({ hasText: /PATCH \/recado\/v1\/webhooks\/:id/ })
			.waitFor();
		await comesToBe(() => changes(page).count(), 1);
		const field = page.getByRole('combobox', { name: names[language] });
		await comesToBe(() => field.inputValue(), '/recado/v1/webhooks/:id');
		await field.fill('recado/v1');
		const options = page.getByRole('option', { name: /\/recado\/v1\// });
		await options.filter({ hasText: 'POST /recado/v1/tokens' }).first().waitFor();
		const withoutWords = async (): Promise<readonly string[]> =>
			(await options.allTextContents()).filter((text) => /^([A-Z]+ )?\/recado/.test(text));
		await comesToBe(withoutWords, ['/recado/v1/webhooks/:id']);
		await page.context().close();
	}
});

test('on a phone the log comes first, and what narrows it is folded away', async () => {
	const page = await rig.look('/console/audit?method=PATCH', { width: 'narrow' });
	const entry = changes(page).filter({ hasText: 'PATCH' }).first();
	await entry.waitFor();
	const method = page.getByRole('combobox', { name: 'Method' });
	await method.waitFor({ state: 'hidden' });
	await comesToBe(async () => ((await entry.boundingBox())?.y ?? Number.POSITIVE_INFINITY) < 500, true);
	await page.getByRole('button', { name: 'Filters (1)' }).click();
	await comesToBe(() => method.inputValue(), 'PATCH');
	await page.getByRole('button', { name: 'Clear' }).click();
	await page.getByRole('button', { name: 'Filters', exact: true }).waitFor();
	await method.waitFor({ state: 'hidden' });
	await page.context().close();
});

test('it looks right', async () => {
	await assertLooks(rig, '/console/audit', 'audit', async (page) => {
		await changes(page).filter({ hasText: 'PATCH' }).click();
		await page.getByRole('region', { name: 'After' }).waitFor();
	});
});
