/** Operators change their own password, in the menu of who is signed in. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { openDesk } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';
import { byPassword, endSession } from './support/signing-in.ts';

/** What the browser itself says of an answer that refuses. */
const REFUSED = /Failed to load resource.*(400|401)/;
const OLD = 'uma senha antiga';
const NEW = 'uma senha nova';

let rig: ConsoleRig;
let accountId: string;

before(async () => {
	rig = await ConsoleRig.open();
	({
		account: { id: accountId },
	} = await openDesk(rig.gateway));
});
after(() => rig[Symbol.asyncDispose]());

async function operator(name: string): Promise<{ readonly email: string; readonly password: string }> {
	const who = { email: `${name}@loja.example`, password: OLD };
	assert.equal((await rig.gateway.admin('POST', `/accounts/${accountId}/operators`, { name, role: 'agent', ...who })).status, 201);
	return who;
}

async function open(page: Page, language: 'en' | 'pt' = 'en'): Promise<Locator> {
	const [menu, item] = language === 'en' ? [/^Who is signed in/, 'Change password'] : [/^Quem está conectado/, 'Trocar senha'];
	await page.getByRole('button', { name: menu }).click();
	await page.getByRole('menuitem', { name: item }).click();
	const dialog = page.getByRole('dialog', { name: item });
	await dialog.waitFor();
	return dialog;
}

/** Fills in both, and sends. */
async function change(dialog: Locator, current: string, next: string): Promise<void> {
	await dialog.getByLabel(/^Current password/).fill(current);
	await dialog.getByLabel(/^New password/).fill(next);
	await dialog.getByRole('button', { name: 'Change', exact: true }).click();
}

function hasFocus(field: Locator): Promise<boolean> {
	return field.evaluate((one) => one.ownerDocument.activeElement === one);
}

describe('the own password', () => {
	test('is changed in the menu: what is wrong stands at its field, this page goes on, the other one ends', async () => {
		const rui = await operator('Rui');
		const [page, elsewhere] = [await rig.look('/console/desk', { as: rui }), await rig.look('/console/desk', { as: rui })];
		await elsewhere.getByRole('heading', { level: 1 }).waitFor();
		const dialog = await open(page);
		const current = dialog.getByLabel(/^Current password/);
		await comesToBe(() => hasFocus(current), true);
		assert.equal(await dialog.getByRole('button', { name: 'Change', exact: true }).isDisabled(), true);
		await assertAccessible(page);
		await change(dialog, 'not the password', NEW);
		await dialog.getByText('Is not your current password').waitFor();
		await comesToBe(() => hasFocus(current), true);
		await change(dialog, OLD, 'short');
		await comesToBe(() => hasFocus(dialog.getByLabel(/^New password/)), true);
		assert.equal(await dialog.getByRole('alert').count(), 0, 'its field says it');
		await change(dialog, OLD, NEW);
		await page.getByText('Your password is changed.').waitFor();
		await dialog.waitFor({ state: 'detached' });
		await comesToBe(() => hasFocus(page.getByRole('button', { name: /^Who is signed in/ })), true);
		await page.reload();
		await page.getByRole('button', { name: /^Who is signed in/ }).waitFor();
		await elsewhere.clock.setFixedTime(Date.now() + 60_000);
		await elsewhere.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
		await elsewhere.getByText('Your session has ended').waitFor();
		await byPassword(elsewhere, rui.email, OLD);
		await elsewhere.getByRole('alert').getByText('do not fit together').waitFor();
		await byPassword(elsewhere, rui.email, NEW);
		await elsewhere.getByText('Your session has ended').waitFor({ state: 'detached' });
		assert.deepEqual(
			rig.complaints.filter((text) => !REFUSED.test(text)),
			[],
		);
		for (const one of [page, elsewhere]) await one.context().close();
	});

	test('whoever thinks better of it is back at the menu, every time', async () => {
		const page = await rig.look('/console/desk', { as: await operator('Eva'), language: 'pt' });
		for (const way of ['the button', 'Escape'] as const) {
			const dialog = await open(page, 'pt');
			if (way === 'Escape') await page.keyboard.press('Escape');
			else await dialog.getByRole('button', { name: 'Cancelar' }).click();
			await dialog.waitFor({ state: 'detached' });
			await comesToBe(() => hasFocus(page.getByRole('button', { name: /^Quem está conectado/ })), true);
		}
		await page.context().close();
	});

	test('where the session ends meanwhile it is changed once its operator is back', async () => {
		const ivo = await operator('Ivo');
		const page = await rig.look('/console/desk', { as: ivo });
		const dialog = await open(page);
		// While it is on its way: the desk asks again and again, and what it asks would tell before.
		await page.route(
			/\/session\/password$/,
			async (route) => {
				await endSession(page);
				await route.continue();
			},
			{ times: 1 },
		);
		await change(dialog, OLD, NEW);
		await page.getByText('Your session has ended').waitFor();
		await byPassword(page, ivo.email, OLD);
		await page.getByText('Your password is changed.').waitFor();
		await page.context().close();
	});

	test('the administrator has none', async () => {
		const page = await rig.look('/console/tokens');
		await page.getByRole('button', { name: /^Who is signed in/ }).click();
		await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
		assert.equal(await page.getByRole('menuitem', { name: 'Change password' }).count(), 0);
		await page.context().close();
	});
});
