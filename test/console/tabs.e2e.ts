/** Many tabs of the console in one browser: over HTTP/1.1 it has six connections to one address, and a tab that is looked at holds one for the live stream. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Request } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

/** More than a browser has connections. */
const TABS = 8;

/**
 * Without a screen Chromium calls each tab visible, whichever is in front, and where its window is minimised, too. What a tab behind others is told on a desktop, these are
 * told here.
 */
const HIDEABLE = `
	let isHidden = false;
	Object.defineProperty(Document.prototype, 'hidden', { get: () => isHidden });
	Object.defineProperty(Document.prototype, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
	self.hide = (wish) => {
		isHidden = wish;
		document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
	};
`;

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open();
	account = await rig.account('Loja da Maria');
	const asked = { accountId: account.id, url: rig.gateway.receiver.url('/pedidos'), events: ['message.received'] };
	assert.equal((await rig.gateway.admin('POST', '/webhooks', asked)).status, 201);
});
after(() => rig[Symbol.asyncDispose]());

async function write(text: string): Promise<void> {
	const message = { from: '5544999990001', text };
	assert.equal((await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, message)).status, 202);
}

async function firstTab(path: string): Promise<Page> {
	const page = await rig.look('/console/tokens');
	await page.context().addInitScript(HIDEABLE);
	await page.goto(path);
	return page;
}

async function hide(page: Page, wish: boolean): Promise<void> {
	await page.evaluate(`hide(${wish})`);
}

const isStream = (request: Request): boolean => new URL(request.url()).pathname.endsWith('/stream');
const delivered = (page: Page) =>
	page.getByRole('region', { name: 'Deliveries' }).getByRole('link', { name: /Delivered Message received/ });
const isLive = (page: Page) => page.getByText(/^Live/).first().waitFor();

test('of eight tabs the last one works, and the first goes on from where it was', async () => {
	const first = await firstTab('/console/deliveries');
	await isLive(first);
	await write('Bom dia');
	await comesToBe(() => delivered(first).count(), 1);
	let last = first;
	const isGivenBack = first.waitForEvent('requestfailed', isStream);
	for (let tab = 2; tab <= TABS; tab += 1) {
		await hide(last, true);
		last = await first.context().newPage();
		await last.goto('/console/deliveries');
		await isLive(last);
	}
	// Until then it hears what is told.
	await isGivenBack;
	await write('Vocês entregam hoje?');
	await write('E amanhã?');
	await comesToBe(() => delivered(last).count(), 3);
	assert.equal(await delivered(first).count(), 1, 'nobody looks at the first');
	await hide(last, true);
	const [request] = await Promise.all([first.waitForRequest(isStream), hide(first, false)]);
	assert.notEqual(new URL(request.url()).searchParams.get('after') ?? '', '');
	await comesToBe(() => delivered(first).count(), 3);
	await isLive(first);
	assert.deepEqual(rig.complaints, []);
	await first.context().close();
});

test('what was missed is looked at anew, and nothing says that the connection was lost', async () => {
	// The figures of a week are asked for every few minutes.
	const page = await firstTab('/?window=7d');
	await page.getByText('Live', { exact: true }).waitFor();
	await page.getByRole('figure', { name: 'Throughput' }).waitFor();
	await Promise.all([page.waitForEvent('requestfailed', isStream), hide(page, true)]);
	await Promise.all([page.waitForRequest(isStream), page.waitForRequest(/\/figures\?/), hide(page, false)]);
	await page.getByText('Live', { exact: true }).waitFor();
	assert.equal(await page.getByText('Connection lost').count(), 0);
	await page.context().close();
});

test('a glance at another tab begins nothing anew', async () => {
	const page = await firstTab('/console/deliveries');
	await isLive(page);
	let begun = 0;
	page.on('request', (request) => {
		if (isStream(request)) begun += 1;
	});
	const before: number = (await rig.gateway.admin('GET', `/deliveries?state=delivered`)).body.items.length;
	await comesToBe(() => delivered(page).count(), before);
	// A glance, however long this machine takes from one to the other.
	await page.evaluate('hide(true); new Promise((done) => setTimeout(() => done(hide(false))))');
	await write('Obrigada');
	await comesToBe(() => delivered(page).count(), before + 1);
	assert.equal(begun, 0);
	await page.context().close();
});
