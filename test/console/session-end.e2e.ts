/** A session that ends while somebody works: they sign in over the page, and go on where they were. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ADMIN_TOKEN } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';
import { byPassword, byToken, endSession } from './support/signing-in.ts';

/** What the browser itself says of an answer that refuses. */
const REFUSED = /Failed to load resource.*401/;

let rig: ConsoleRig;

before(async () => {
	rig = await ConsoleRig.open();
	await openDesk(rig.gateway);
});
after(() => rig[Symbol.asyncDispose]());

/**
 * While what is sent there is on its way: the pages ask again and again, and what they ask would tell before, over what was to be sent.
 */
async function endOnTheWay(page: Page, to: RegExp): Promise<void> {
	await page.route(
		to,
		async (route) => {
			await endSession(page);
			await route.continue();
		},
		{ times: 1 },
	);
}

async function asked(page: Page): Promise<void> {
	await page.getByRole('status').getByText('Your session has ended').waitFor();
}

describe('a session that ends while a page is open', () => {
	test('what was written on the phone is sent once its writer is signed in again', async () => {
		const page = await rig.look('/console/phone');
		const field = page.getByRole('textbox', { name: 'Message', exact: true });
		await field.fill('A long story, told in one go');
		await endOnTheWay(page, /\/simulator\/[^/]+\/messages$/);
		await field.press('Enter');
		await asked(page);
		await assertAccessible(page);
		await byToken(page, ADMIN_TOKEN);
		await page.getByTestId('bubble').filter({ hasText: 'A long story, told in one go' }).waitFor();
		assert.deepEqual(
			rig.complaints.filter((text) => !REFUSED.test(text)),
			[],
		);
		await page.context().close();
	});

	test('a dialog stays as it was, and is out of reach meanwhile: for the pointer, the keyboard and whoever looks', async () => {
		const page = await rig.look('/console/tokens');
		await page.waitForLoadState('networkidle');
		await page.getByRole('button', { name: 'New token' }).click();
		const name = page.getByRole('textbox', { name: 'Name' });
		await name.fill('Estoque');
		await endSession(page);
		// Coming back to the tab later, the page beneath asks for its list anew.
		await page.clock.setFixedTime(Date.now() + 60_000);
		await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
		await asked(page);
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await asked(page);
		const isSeen = await name.evaluate((field) => {
			const { left, top, width, height } = field.getBoundingClientRect();
			return field.contains(field.ownerDocument.elementFromPoint(left + width / 2, top + height / 2));
		});
		assert.equal(isSeen, false);
		await byToken(page, ADMIN_TOKEN);
		await page.getByText('Your session has ended').waitFor({ state: 'detached' });
		assert.equal(await name.inputValue(), 'Estoque');
		await page.getByRole('checkbox', { name: /Send messages/ }).check();
		await page.getByRole('button', { name: 'Create' }).click();
		await page.getByRole('dialog').getByText(/^rct_/).waitFor();
		await page.context().close();
	});

	test('whoever is an operator of several accounts says over the page of which', async () => {
		const rita = { name: 'Rita', role: 'agent', email: 'rita@loja.example', password: PASSWORD };
		const [one, other] = [await rig.account('Primeira'), await rig.account('Segunda')];
		for (const { id } of [one, other]) assert.equal((await rig.gateway.admin('POST', `/accounts/${id}/operators`, rita)).status, 201);
		const inOne = { email: rita.email, password: PASSWORD, accountId: one.id };
		const page = await rig.look('/console/desk', { as: inOne });
		await page.getByLabel('Rita: Online').or(page.getByLabel('Rita: Offline')).waitFor();
		await endSession(page);
		await page.clock.setFixedTime(Date.now() + 60_000);
		await page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
		await asked(page);
		await byPassword(page, rita.email, PASSWORD);
		await page.getByRole('combobox', { name: 'Account' }).click();
		await page.getByRole('option', { name: 'Primeira' }).click();
		await page.getByText('Your session has ended').waitFor({ state: 'detached' });
		const { accountId } = await (await page.context().request.get('/recado/v1/session')).json();
		assert.equal(accountId, one.id);
		await page.context().close();
	});

	test('somebody else finds nothing of what was there', async () => {
		const page = await rig.look('/console/tokens');
		await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor();
		await page.waitForLoadState('networkidle');
		await page.evaluate('self.isOfBefore = true');
		await endSession(page);
		await page.getByRole('link', { name: 'Accounts' }).click();
		await asked(page);
		await byPassword(page, emailOf('agent'), PASSWORD);
		await page.waitForURL(/\/console\/desk/);
		await page.getByLabel('Ana Souza: Online').waitFor();
		assert.equal(await page.evaluate('self.isOfBefore'), undefined);
		assert.equal(await page.getByRole('link', { name: 'API tokens' }).count(), 0);
		await page.context().close();
	});

	test('whoever signs in in another tab goes on in this one when they come back to it', async () => {
		const page = await rig.look('/console/tokens');
		await page.getByRole('button', { name: 'New token' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Vendas');
		await endOnTheWay(page, /\/recado\/v1\/tokens$/);
		await page.getByRole('checkbox', { name: /Send messages/ }).check();
		await page.getByRole('button', { name: 'Create' }).click();
		await asked(page);
		const answer = await page.context().request.post('/recado/v1/session', { data: { token: ADMIN_TOKEN } });
		assert.equal(answer.status(), 201);
		await page.evaluate(`dispatchEvent(new Event('focus'))`);
		await page.getByText('Your session has ended').waitFor({ state: 'detached' });
		await comesToBe(
			async () => (await rig.gateway.admin('GET', '/tokens')).body.items.some((one: { name: string }) => one.name === 'Vendas'),
			true,
		);
		await page.context().close();
	});
});
