/** A gateway that is away for a while, as when it is restarted or updated: the console says so, keeps what there is, and goes on by itself. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { freePort } from '../support/free-port.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, openDesk } from './support/desk-scene.ts';
import { holds, shown } from './support/every-page.ts';
import { comesToBe } from './support/patience.ts';

let rig: ConsoleRig;
let desk: DeskScene;

before(async () => {
	// The browser has to find it where it was.
	rig = await ConsoleRig.open({ environment: { RECADO_PORT: String(await freePort('127.0.0.1')) } });
	desk = await openDesk(rig.gateway);
});
after(() => rig[Symbol.asyncDispose]());

function strip(page: Page): Locator {
	return page.getByRole('status').getByText('The gateway cannot be reached.');
}

async function isBack(page: Page): Promise<void> {
	await strip(page).waitFor({ state: 'detached' });
}

describe('while the gateway is away', () => {
	test('what is written on the phone stays there, and is sent when it is back', async () => {
		const page = await rig.look('/console/phone');
		const field = page.getByRole('textbox', { name: 'Message', exact: true });
		await shown(page);
		await field.fill('Is anybody there?');
		await rig.gateway.stop();
		await field.press('Enter');
		const whileAway = async (): Promise<void> => {
			await strip(page).waitFor();
			await comesToBe(() => field.inputValue(), 'Is anybody there?');
			await assertAccessible(page);
			await rig.gateway.start();
			await isBack(page);
		};
		// Told at once where the page had what shows it by then, and else when the gateway is back: it may be gone before that.
		await Promise.all([page.getByText('It was not sent').first().waitFor(), whileAway()]);
		await field.press('Enter');
		await page.getByTestId('bubble').filter({ hasText: 'Is anybody there?' }).waitFor();
		await page.context().close();
	});

	test('the desk and the overview say so as well, and show what is new when it is back', async () => {
		const pages = [await rig.look('/console/desk'), await rig.look('/', { width: 'narrow' })];
		for (const page of pages) await shown(page);
		await rig.gateway.stop();
		for (const page of pages) {
			await strip(page).waitFor();
			assert.equal(await page.getByRole('alert').count(), 0);
		}
		await rig.gateway.start();
		await desk.write('5544999990007', 'Benedita Alves', { text: 'Bom dia!' });
		for (const page of pages) await isBack(page);
		await pages[0]?.getByText('Benedita Alves').first().waitFor();
		for (const page of pages) await page.context().close();
	});

	for (const [path, thing] of [
		['/console/phone', 'Message'],
		['/console/deliveries', 'Text in the payload'],
	] as const) {
		test(`${path} is no longer than the window, as it is otherwise`, async () => {
			const page = await rig.look(path);
			await page.getByRole('textbox', { name: thing, exact: true }).waitFor();
			await shown(page);
			const overflow = (): Promise<number> => page.evaluate<number>('document.documentElement.scrollHeight - innerHeight');
			await comesToBe(overflow, 0);
			await rig.gateway.stop();
			await strip(page).waitFor();
			await comesToBe(overflow, 0);
			await rig.gateway.start();
			await isBack(page);
			await page.context().close();
		});
	}

	test('a page that was not there yet comes when the gateway does, with its looks', async () => {
		const page = await rig.look('/console/tokens');
		await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor();
		await shown(page);
		await rig.gateway.stop();
		await page.getByRole('link', { name: 'Audit log' }).click();
		await strip(page).waitFor();
		await page.getByRole('status', { name: 'Loading' }).waitFor();
		assert.equal(await page.getByRole('alert').count(), 0);
		await rig.gateway.start();
		await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
		await isBack(page);
		await holds(page, `[...document.querySelectorAll('link[rel=stylesheet]')].every(({ sheet }) => sheet !== null)`);
		const sheets = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('link[rel=stylesheet]')].map(({ href }) => href)`);
		assert.ok(
			sheets.some((href) => href.includes('audit')),
			sheets.join(),
		);
		await page.context().close();
	});
});

test('a page whose files an update took away is loaded anew, once', async () => {
	const page = await rig.look('/console/tokens');
	await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor();
	await page.evaluate('self.isOfBefore = true');
	await page.route(/\/assets\/audit/, (route) => route.fulfill({ status: 404 }));
	await page.getByRole('link', { name: 'Audit log' }).click();
	await page.getByRole('alert').getByText('The console was updated meanwhile').waitFor();
	assert.equal(await page.evaluate('self.isOfBefore'), undefined);
	await page.unrouteAll({ behavior: 'wait' });
	await page.getByRole('button', { name: 'Try again' }).click();
	await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
	await page.context().close();
});
