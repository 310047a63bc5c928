/** What is not there, alike, at rest or too much: said in one calm line, told apart, put off, and folded. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const NOBODY = '0'.repeat(32);
/** By then each page looks again. */
const LONG_MS = 30_000;

let rig: ConsoleRig;
let one: Account;
let twin: Account;

before(async () => {
	rig = await ConsoleRig.open();
	one = await rig.account('Gêmea');
	twin = await rig.account('Gêmea');
});
after(async () => await rig[Symbol.asyncDispose]());

const tailOf = (id: string): string => `…${id.slice(-8)}`;
const labelOf = ({ id }: Account): string => `Gêmea · ${tailOf(id)}`;
const picker = (page: Page) => page.getByRole('combobox', { name: 'Account', exact: true });

test('of what does not exist it is said that it does not, with the way to what does; nothing is asked again', async () => {
	const page = await rig.look('/console/tokens');
	await page.clock.install();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	const places = [
		['deliveries', `dlv_${NOBODY}`, 'There is no such delivery', 'All deliveries'],
		['webhooks', `whk_${NOBODY}`, 'There is no such webhook', 'All webhooks'],
		['instances', `ins_${NOBODY}`, 'There is no such instance', 'All instances'],
		['accounts', `acc_${NOBODY}`, 'There is no such account', 'All accounts'],
	] as const;
	for (const [list, id, told, back] of places) {
		await page.goto(`/console/${list}/${id}`);
		const main = page.getByRole('main');
		await main.getByText(told, { exact: true }).waitFor();
		assert.equal(await main.getByRole('alert').count(), 0, list);
		assert.equal(await main.getByRole('button').count(), 0, list);
		await assertAccessible(page);
		await page.clock.fastForward(LONG_MS);
		await main.getByRole('link', { name: back }).click();
		await page.waitForURL(new RegExp(`/console/${list}$`));
		assert.equal(asked.filter((path) => path === `/recado/v1/${list}/${id}`).length, 1, list);
	}
	await page.context().close();
});

test('accounts of one name are told apart where one is chosen, and where they are named', async () => {
	const page = await rig.look('/console/instances');
	await page.getByRole('cell', { name: labelOf(one) }).waitFor();
	await page.getByRole('cell', { name: labelOf(twin) }).waitFor();
	await picker(page).click();
	await page.getByRole('option', { name: labelOf(twin) }).click();
	await comesToBe(() => page.getByRole('row').count(), 2);
	await comesToBe(() => picker(page).inputValue(), labelOf(twin));
	await page.reload();
	await comesToBe(() => picker(page).inputValue(), labelOf(twin));
	// All are offered beside the one that is chosen, and found by the name that they have.
	await picker(page).click();
	await page.getByRole('option', { name: labelOf(one) }).waitFor();
	await picker(page).fill('gêm');
	await page.getByRole('option', { name: labelOf(one) }).click();
	await comesToBe(() => picker(page).inputValue(), labelOf(one));
	await page.goto('/console/webhooks?create=true');
	const field = page.getByRole('dialog', { name: 'New webhook' }).getByRole('combobox', { name: 'Account' });
	await comesToBe(() => field.inputValue(), labelOf(one));
	await page.context().close();
});

test('of an instance that is disconnected nothing is next: it goes when it is connected', async () => {
	const { gateway } = rig;
	const { id } = twin.instance;
	assert.equal((await gateway.admin('POST', `/simulator/${id}/disconnect`, {})).status, 200);
	const sent = await gateway.admin('POST', `/instances/${id}/messages`, { to: '5544999990001', text: 'Bom dia' });
	assert.equal(sent.status, 202, JSON.stringify(sent.body));
	const page = await rig.look(`/console/instances/${id}`);
	await page.getByText('when it is connected', { exact: true }).waitFor();
	await page.context().close();
});

test('a phone that is gone is told first, with since when; many of a kind are a few and the way to all', async () => {
	const { gateway } = rig;
	for (let number = 1; number <= 7; number += 1) {
		const wish = { accountId: one.id, url: gateway.receiver.url(`/parado/${number}`), events: ['message.received'] };
		const { body } = await gateway.admin('POST', '/webhooks', wish);
		assert.equal((await gateway.admin('PATCH', `/webhooks/${body.id}`, { enabled: false })).status, 200);
	}
	const page = await rig.look('/');
	const items = page.getByRole('list', { name: 'Needs attention' }).getByRole('listitem');
	const rest = page.getByRole('link', { name: 'and 5 more disabled webhooks' });
	await rest.waitFor();
	// Two kinds share the room.
	await comesToBe(() => items.count(), 4);
	const first = items.first();
	await first.getByText('An instance is disconnected').waitFor();
	await first.getByText(/ago$|now/).waitFor();
	await first.getByText(`Principal · ${labelOf(twin)}`).waitFor();
	await assertAccessible(page);
	await rest.click();
	await page.waitForURL(/\/console\/webhooks\?status=disabled/);
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto('/');
	await page.getByRole('link', { name: 'and 6 more disabled webhooks' }).waitFor();
	await page.context().close();
});

test('what is deleted while it is looked at is not there any more', async () => {
	const { gateway } = rig;
	const wish = { accountId: one.id, url: gateway.receiver.url('/apagado'), events: ['message.received'] };
	const { body } = await gateway.admin('POST', '/webhooks', wish);
	const page = await rig.look(`/console/webhooks/${body.id}`);
	await page.getByRole('heading', { level: 1, name: '/apagado' }).waitFor();
	assert.equal((await gateway.admin('DELETE', `/webhooks/${body.id}?deliveries=cancel`)).status, 204);
	await page.getByText('There is no such webhook', { exact: true }).waitFor();
	await page.context().close();
});

test('from an instance one comes back to the list as it was narrowed down', async () => {
	const page = await rig.look('/console/instances?state=connected&q=princ');
	await page.getByRole('link', { name: 'Principal' }).first().click();
	await page.getByRole('link', { name: 'All instances' }).click();
	await page.waitForURL(/\/console\/instances\?/);
	const { searchParams } = new URL(page.url());
	assert.deepEqual([searchParams.get('q'), searchParams.get('state')], ['princ', 'connected']);
	await page.context().close();
});
