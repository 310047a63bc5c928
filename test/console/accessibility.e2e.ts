/** Every page by keyboard alone, in both colours before axe, and in both languages. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { type EveryPage, everyPage, holds, routesOfTheRouter, SIGN_IN, shown } from './support/every-page.ts';
import { comesToBe } from './support/patience.ts';

/** More stops than any page has before what one comes for. */
const TABS_MAX = 60;

let rig: ConsoleRig;
let pages: readonly EveryPage[];

before(async () => {
	rig = await ConsoleRig.open();
	pages = await everyPage(rig);
});
after(() => rig[Symbol.asyncDispose]());

/** In the page: what an element is called. */
const NAME_OF = `((at) => {
	const labels = [...(at.labels ?? [])].map((label) => label.textContent).join(' ');
	return at === document.body ? '' : (at.getAttribute('aria-label') ?? (labels || at.textContent || at.getAttribute('placeholder') || '')).trim();
})`;

/** What has the focus is called. */
async function focused(page: Page): Promise<string> {
	return await page.evaluate<string>(`${NAME_OF}(document.activeElement)`);
}

/** Until there is what the focus may come to by this name. */
async function offers(page: Page, name: RegExp): Promise<void> {
	const focusable = 'a[href], button:enabled, input:enabled, textarea:enabled';
	await holds(page, `[...document.querySelectorAll('${focusable}')].some((one) => ${name}.test(${NAME_OF}(one)))`);
}

async function tabTo(page: Page, name: RegExp): Promise<void> {
	await offers(page, name);
	const passed: string[] = [];
	for (let stop = 0; stop < TABS_MAX; stop += 1) {
		await page.keyboard.press('Tab');
		const at = await focused(page);
		if (name.test(at)) return;
		passed.push(at);
	}
	assert.fail(`Tab never came to ${name}: ${passed.join(' | ')}`);
}

test('every route of the router is looked at here', async () => {
	assert.deepEqual(pages.map(({ route }) => route).sort(), [...(await routesOfTheRouter())].sort());
});

test('each page: past the navigation by the first link, on to what one comes for; axe finds nothing, light or dark', async (t) => {
	for (const { route, path, mainAction } of pages) {
		await t.test(route, async () => {
			const page = await rig.look(path);
			await shown(page);
			await offers(page, mainAction);
			await page.keyboard.press('Tab');
			assert.equal(await focused(page), 'Skip to content');
			await page.keyboard.press('Enter');
			await holds(page, 'document.activeElement.id === "content"');
			await tabTo(page, mainAction);
			assert.equal(await page.evaluate('document.activeElement.matches("#content :focus-visible")'), true);
			await assertAccessible(page);
			await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
			await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
			await assertAccessible(page);
			await page.context().close();
		});
	}
});

describe('by keyboard', () => {
	test('the menu opens with Enter, goes by arrows, and closes with Escape, giving the focus back', async () => {
		const page = await rig.look('/console/tokens');
		await shown(page);
		await tabTo(page, /^Who is signed in/);
		await page.keyboard.press('Enter');
		await page.getByRole('menu').waitFor();
		await page.keyboard.press('ArrowDown');
		await holds(page, 'document.activeElement.getAttribute("role") === "menuitem"');
		await page.keyboard.press('Escape');
		await page.getByRole('menu').waitFor({ state: 'detached' });
		await comesToBe(async () => /^Who is signed in/.test(await focused(page)), true);
		await page.context().close();
	});

	test('a dialog keeps the focus, and gives it back when it is closed', async () => {
		const page = await rig.look('/console/accounts');
		await shown(page);
		await tabTo(page, /^New account/);
		await page.keyboard.press('Enter');
		const dialog = page.getByRole('dialog', { name: 'New account' });
		await dialog.getByRole('textbox', { name: 'Name' }).waitFor();
		await holds(page, 'document.activeElement.tagName === "INPUT"');
		for (let stop = 0; stop < 6; stop += 1) {
			await page.keyboard.press('Tab');
			assert.equal(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null'), true);
		}
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
		await holds(page, 'document.activeElement.textContent === "New account"');
		await page.context().close();
	});

	test('on a phone the navigation opens, leads on, and is closed where one arrives', async () => {
		const page = await rig.look('/console/tokens', { width: 'narrow' });
		await shown(page);
		await tabTo(page, /^Open navigation/);
		await page.keyboard.press('Enter');
		await page.getByRole('link', { name: 'Audit log' }).waitFor();
		await tabTo(page, /^Audit log/);
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
		await page.getByRole('button', { name: 'Open navigation' }).waitFor();
		await page.context().close();
	});
});

test('the language is switched on the page and back, and the page says so', async () => {
	const page = await rig.look('/console/tokens');
	const html = page.locator('html');
	await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor();
	await comesToBe(() => html.getAttribute('lang'), 'en');
	await page.getByRole('button', { name: /^Who is signed in/ }).click();
	await page.getByRole('menuitem', { name: 'Português' }).click();
	await page.getByRole('heading', { name: 'Tokens de API', level: 1 }).waitFor();
	await page.getByRole('navigation', { name: 'Navegação' }).getByRole('link', { name: 'Auditoria' }).waitFor();
	await comesToBe(() => html.getAttribute('lang'), 'pt-BR');
	await comesToBe(() => page.title(), 'Tokens de API · Recado');
	await page.reload();
	await page.getByRole('button', { name: /^Quem está conectado/ }).click();
	await page.getByRole('menuitem', { name: 'English' }).click();
	await page.getByRole('heading', { name: 'API tokens', level: 1 }).waitFor();
	await comesToBe(() => html.getAttribute('lang'), 'en');
	await page.context().close();
});

test('in Portuguese axe finds nothing either, nor where one signs in', async () => {
	for (const path of ['/console/webhooks', SIGN_IN]) {
		const page = await rig.look(path, { language: 'pt' });
		await shown(page);
		await assertAccessible(page);
		await page.context().close();
	}
});
