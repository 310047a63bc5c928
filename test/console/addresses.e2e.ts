/** Addresses that are no page: the one above all pages leads to the first, and any other says so. */
import { after, before, test } from 'node:test';
import { ConsoleRig } from './support/console-rig.ts';
import { emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';

let rig: ConsoleRig;

before(async () => {
	rig = await ConsoleRig.open();
	await openDesk(rig.gateway);
});
after(() => rig[Symbol.asyncDispose]());

test('/console, with a slash or without, leads to the first page of whoever comes', async () => {
	for (const path of ['/console', '/console/']) {
		const page = await rig.look(path);
		await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
		await page.context().close();
	}
	const page = await rig.look('/console/', { as: { email: emailOf('agent'), password: PASSWORD } });
	await page.waitForURL(/\/console\/desk$/);
	await page.context().close();
});

test('from a page that there is not, a link leads on, also for whoever has no overview', async () => {
	const page = await rig.look('/console/nothing', { as: { email: emailOf('agent'), password: PASSWORD } });
	await page.getByText('There is no such page').waitFor();
	await page.getByRole('link', { name: 'To the first page' }).click();
	await page.waitForURL(/\/console\/desk$/);
	await page.context().close();
});
