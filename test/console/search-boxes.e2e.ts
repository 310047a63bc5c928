/** What is typed into the search of a list: no letter is lost however fast it comes, the address of the page follows it, and is followed where it changes in another way. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const LISTS = [
	{ path: '/console/webhooks', name: 'Address, instance or id', menu: 'Webhooks' },
	{ path: '/console/instances', name: 'Name or number', menu: 'Instances' },
];
const WRITTEN = 'a rather long name that nobody here has';
/** As a phone of some years ago. */
const SLOWER_TIMES = 4;

suite('the search of a list', () => {
	let rig: ConsoleRig;
	before(async () => {
		rig = await ConsoleRig.open();
		const account = await rig.account('Loja');
		for (let number = 1; number <= 20; number++) {
			const { status } = await rig.gateway.admin('POST', '/webhooks', {
				accountId: account.id,
				url: rig.gateway.receiver.url(`/busca-${number}`),
				events: ['message.received'],
			});
			assert.equal(status, 201);
		}
	});
	after(() => rig[Symbol.asyncDispose]());

	for (const { path, name, menu } of LISTS) {
		test(`${menu}: typed fast on a slow machine it is all there, in the field and in the address`, async () => {
			const page = await rig.look(path);
			const field = page.getByRole('textbox', { name });
			await field.waitFor();
			await slowDown(page);
			await field.focus();
			// None waits for what the one before has caused.
			await Promise.all([...WRITTEN].map((letter) => page.keyboard.press(letter === ' ' ? 'Space' : letter)));
			assert.equal(await field.inputValue(), WRITTEN);
			await comesToBe(() => searched(page), WRITTEN);
			// When all that was on its way has arrived.
			await page.getByRole('button', { name: 'Show all' }).waitFor();
			assert.equal(await field.inputValue(), WRITTEN);
			assert.deepEqual(rig.complaints, []);
			await page.context().close();
		});

		test(`${menu}: what is forgotten is put in where it belongs`, async () => {
			const page = await rig.look(path);
			const field = page.getByRole('textbox', { name });
			await field.pressSequentially('loja al');
			for (let times = 0; times < 'al'.length; times += 1) await page.keyboard.press('ArrowLeft');
			await field.pressSequentially('centr');
			assert.equal(await field.inputValue(), 'loja central');
			await comesToBe(() => searched(page), 'loja central');
			await page.context().close();
		});

		test(`${menu}: the address wins where it changes in another way`, async () => {
			const page = await rig.look(path);
			const field = page.getByRole('textbox', { name });
			await field.fill(WRITTEN);
			await page.getByRole('button', { name: 'Show all' }).click();
			await comesToBe(() => field.inputValue(), '');
			await field.fill('loja');
			await comesToBe(() => searched(page), 'loja');
			await page.getByRole('navigation').getByRole('link', { name: menu, exact: true }).click();
			await comesToBe(() => field.inputValue(), '');
			await page.goBack();
			await comesToBe(() => field.inputValue(), 'loja');
			await comesToBe(() => searched(page), 'loja');
			assert.deepEqual(rig.complaints, []);
			await page.context().close();
		});
	}

	test('gone on to what was found: nothing leads back, and on the way back it is still searched for', async () => {
		const page = await rig.look('/console/webhooks');
		const field = page.getByRole('textbox', { name: 'Address, instance or id' });
		const found = page.getByRole('link', { name: /\/busca-7$/ });
		await found.waitFor();
		await slowDown(page);
		await field.pressSequentially('busca-7');
		// Before that a row may go from under the mouse.
		await comesToBe(() => page.getByRole('row').count(), 2);
		await found.click();
		await page.getByRole('heading', { name: /\/busca-7$/, level: 1 }).waitFor();
		await page.goBack();
		await comesToBe(() => field.inputValue(), 'busca-7');
		await comesToBe(() => page.getByRole('row').count(), 2);
		await page.context().close();
	});
});

/** What the address searches for. */
function searched(page: Page): string | null {
	return new URL(page.url()).searchParams.get('q');
}

async function slowDown(page: Page): Promise<void> {
	const machine = await page.context().newCDPSession(page);
	await machine.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_TIMES });
}
