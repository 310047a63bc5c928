import { test } from 'node:test';
import { assertAccessible, assertLooks, ConsoleRig, shoot } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const MARIA = '5544988887777';
const EVENTS = ['message.received', 'message.sent', 'message.status'];

test('the phone in both colours and widths', async () => {
	await using rig = await ConsoleRig.open();
	const { id } = await prepared(rig);
	const path = `/console/phone?instance=${id}&phone=${MARIA}`;
	await assertLooks(rig, path, 'phone', async (page) => {
		await page.getByRole('log').getByText('See you tomorrow').waitFor();
		await page.getByRole('log').getByRole('img').waitFor();
	});
	for (const scheme of ['light', 'dark'] as const) {
		const page = await rig.look(path, { scheme, width: 'narrow' });
		await page.getByRole('tab', { name: /^Webhooks/ }).click();
		await page
			.getByRole('button', { name: /^Message received/ })
			.first()
			.click();
		await page.getByRole('region', { name: 'Payload' }).waitFor();
		await assertAccessible(page);
		await shoot(page, `phone-webhooks-narrow-${scheme}`);
		await page.context().close();
	}
});

/** A conversation worth a picture. Answers the instance. */
async function prepared(rig: ConsoleRig): Promise<{ readonly id: string }> {
	const { gateway } = rig;
	const { id: accountId, instance } = await rig.account('Loja');
	const { id } = instance;
	await gateway.admin('PATCH', `/instances/${id}`, { name: 'Loja da Esquina' });
	await gateway.admin('POST', '/webhooks', { accountId, url: gateway.receiver.url('/orders'), events: EVENTS });
	const behaviour = { name: 'Maria Souza', repliesWith: null, receivesAfterMs: 0, readsAfterMs: 0 };
	await gateway.admin('PUT', `/simulator/${id}/contacts/${MARIA}`, behaviour);
	const write = async (text: string): Promise<void> =>
		void (await gateway.admin('POST', `/simulator/${id}/messages`, { from: MARIA, text }));
	const answer = async (text: string): Promise<void> => {
		const { body } = await gateway.admin('POST', `/instances/${id}/messages`, { to: MARIA, text });
		await comesToBe(async () => (await gateway.admin('GET', `/messages/${body.id}`)).body.status, 'read');
	};
	await write('Hi! Has my order been sent?');
	await answer('Hello Maria! Order *1042* left this morning.');
	const page = await rig.look(`/console/phone?instance=${id}`);
	await page.getByRole('button', { name: 'Attach' }).click();
	await page.getByRole('menuitem', { name: 'Sample photo' }).click();
	await page.getByRole('log').getByRole('img').waitFor();
	await page.context().close();
	await write('This is where I live');
	await answer('Lovely! It arrives between nine and noon.');
	await write('Perfect. See you tomorrow');
	return { id };
}
