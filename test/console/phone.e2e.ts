import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';

const MARIA = '5544988887777';
const EVENTS = ['message.received', 'message.sent', 'message.status', 'message.failed', 'chat.presence'];

suite('the phone', () => {
	let rig: ConsoleRig;
	before(async () => {
		rig = await ConsoleRig.open();
	});
	after(() => rig[Symbol.asyncDispose]());

	/** An account with a webhook of its own path, and its phone on the screen. */
	async function opened(look: { readonly phone?: string } = {}): Promise<{ account: Account; page: Page; path: string }> {
		const account = await rig.account();
		const path = `/${account.instance.id}`;
		await registered(rig, account, path);
		const phone = look.phone === undefined ? '' : `&phone=${look.phone}`;
		const page = await rig.look(`/console/phone?instance=${account.instance.id}${phone}`);
		return { account, page, path };
	}

	function history(account: Account): Promise<readonly { content: { kind: string; text?: string } }[]> {
		return historyOf(rig, account);
	}

	test('on a first visit one click writes as a customer, and what the webhook is told appears beside it and opens in place', async () => {
		const { page, path } = await opened();
		await page.getByText('You are Maria Souza').waitFor();
		await webhooks(page).getByText('Nothing yet').waitFor();
		await page.getByRole('button', { name: 'Hi! Has my order been sent?' }).click();
		await bubble(page, 'Hi! Has my order been sent?').waitFor();
		const told = webhooks(page).getByRole('button', { name: /Message received/ });
		await told.getByText('delivered').waitFor();
		const [request] = rig.gateway.receiver.requests.filter((one) => one.path === path);
		assert.match(request?.text ?? '', /Has my order been sent/);
		await told.click();
		await page.getByRole('region', { name: 'Payload' }).getByText('Has my order been sent').waitFor();
		await webhooks(page)
			.getByText(/^answered 200/)
			.waitFor();
		assert.match(page.url(), new RegExp(`phone=[%2"]*${MARIA}`));
		assert.deepEqual(rig.complaints, []);
	});

	test('what the gateway sends arrives on the phone and is read; what the customer wrote becomes read by the gateway', async () => {
		const { page } = await opened();
		await page.getByRole('button', { name: 'What are your opening hours?' }).click();
		const written = bubble(page, 'What are your opening hours?');
		await written.getByText('delivered', { exact: true }).waitFor();
		const gateway = page.getByRole('region', { name: 'Send as the gateway' });
		await gateway.getByRole('textbox', { name: 'Text to send' }).fill('From *nine to six*, see https://example.com/hours.');
		await gateway.getByRole('button', { name: 'Send' }).click();
		const received = bubble(page, 'From nine to six');
		await received.getByRole('link', { name: 'https://example.com/hours' }).waitFor();
		assert.equal(await received.locator('strong').textContent(), 'nine to six');
		await gateway.getByRole('list', { name: 'Sent last' }).getByText('read', { exact: true }).waitFor();
		await gateway.getByRole('button', { name: 'Mark as read' }).click();
		await written.getByText('read', { exact: true }).waitFor();
	});

	test('a customer taps, votes, sends a picture, answers, reacts, edits and deletes', async () => {
		const { account, page } = await opened({ phone: MARIA });
		const send = (body: object): Promise<unknown> =>
			rig.gateway.admin('POST', `/instances/${account.instance.id}/messages`, { to: MARIA, ...body });
		await rig.gateway.admin('PUT', `/simulator/${account.instance.id}/contacts/${MARIA}`, { repliesWith: null });
		await send({ buttons: { text: 'Deliver it?', buttons: [{ id: 'y', label: 'Yes, please' }] } });
		await page.getByRole('button', { name: 'Yes, please', exact: true }).click();
		await send({ poll: { question: 'When?', options: ['Morning', 'Evening'], maxOptions: 1 } });
		const evening = page.getByRole('button', { name: /^Evening/ });
		await evening.click();
		await page.locator('button[aria-pressed=true]', { hasText: 'Evening' }).waitFor();
		await page.getByRole('button', { name: 'Attach' }).click();
		await page.getByRole('menuitem', { name: 'Sample photo' }).click();
		await page.getByRole('log').getByRole('img', { name: 'Image' }).waitFor();
		await page
			.getByLabel('Document', { exact: true })
			.setInputFiles({ name: 'receipt.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n') });
		await bubble(page, 'receipt.pdf').getByRole('link').waitFor();
		await write(page, 'Thanks!');
		await page.getByRole('button', { name: 'What to do with “Thanks!”' }).click();
		await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
		await assertAccessible(page);
		await page.keyboard.press('Escape');
		await act(page, 'Thanks!', 'Edit');
		await write(page, 'Thank you!');
		await bubble(page, 'Thank you!').getByText('edited').waitFor();
		await act(page, 'When?', 'Reply');
		await write(page, 'After six');
		await bubble(page, 'After six').getByText('Principal').waitFor();
		await act(page, 'When?', 'React with 👍');
		await page.getByRole('log').getByText('👍').waitFor();
		await act(page, 'After six', 'Delete for everyone');
		await page.getByText('This message was deleted').waitFor();
		const kinds = (await history(account)).map(({ content }) => content.kind);
		for (const kind of ['button-reply', 'poll-vote', 'image', 'document', 'edit', 'reaction', 'deletion'])
			assert.ok(kinds.includes(kind), `${kind} of ${kinds}`);
		assert.deepEqual(rig.complaints, []);
	});

	test('a phone that is off gets nothing until it is on, one that does not read leaves it unread, and one without WhatsApp makes it fail', async () => {
		const { page } = await opened({ phone: MARIA });
		const gateway = page.getByRole('region', { name: 'Send as the gateway' });
		const send = async (text: string): Promise<void> => {
			await gateway.getByRole('textbox', { name: 'Text to send' }).fill(text);
			await gateway.getByRole('button', { name: 'Send' }).click();
		};
		const status = (text: string, word: string): Locator =>
			gateway.getByRole('listitem').filter({ hasText: text }).getByText(word, { exact: true });
		await choose(page, 'Off');
		await page.getByText('The phone is off: what is sent to it waits.').waitFor();
		assert.equal(await page.getByRole('textbox', { name: 'Message', exact: true }).isDisabled(), true);
		await send('While it is off');
		await status('While it is off', 'sent').waitFor();
		assert.equal(await bubble(page, 'While it is off').count(), 0);
		await choose(page, 'Unread');
		await bubble(page, 'While it is off').waitFor();
		await status('While it is off', 'received').waitFor();
		await choose(page, 'Reads');
		await send('Read this');
		await status('Read this', 'read').waitFor();
		await choose(page, 'No WhatsApp');
		await send('To nobody');
		await status('To nobody', 'failed').waitFor();
		await webhooks(page)
			.getByRole('button', { name: /Message failed/ })
			.waitFor();
	});

	test('somebody is invented and writes, by keyboard alone; the gateway sees them typing', async () => {
		const { account, page } = await opened();
		await page.getByRole('button', { name: 'New customer' }).focus();
		await page.keyboard.press('Enter');
		await page.getByRole('textbox', { name: 'Name' }).waitFor();
		await page.keyboard.press('ControlOrMeta+a');
		await page.keyboard.type('Zuleica Prado');
		await page.keyboard.press('Enter');
		await page.getByText('You are Zuleica Prado').waitFor();
		const field = page.getByRole('textbox', { name: 'Message', exact: true });
		for (let tabs = 0; tabs < 60 && !(await isFocused(field)); tabs++) await page.keyboard.press('Tab');
		await page.keyboard.type('Written without a mouse');
		await webhooks(page)
			.getByRole('button', { name: /Presence in a chat/ })
			.first()
			.waitFor();
		await page.keyboard.press('Enter');
		await bubble(page, 'Written without a mouse').waitFor();
		const { body } = await rig.gateway.admin('GET', `/chats?instanceId=${account.instance.id}`);
		assert.equal(body.items[0].name, 'Zuleica Prado');
	});

	test('a receiver that fails is seen to fail', async () => {
		const { account, page } = await opened({ phone: MARIA });
		rig.gateway.receiver.treat((request) => (request.path === `/${account.instance.id}` ? 500 : 200));
		await page.getByRole('button', { name: 'I would like to speak to somebody' }).click();
		const told = webhooks(page).getByRole('button', { name: /Message received/ });
		await told.getByText('retrying').waitFor();
		await told.click();
		await webhooks(page)
			.getByText(/^answered 500/)
			.waitFor();
		rig.gateway.receiver.treat(200);
	});
});

test('where there is no instance, a button makes one, and there is somebody to be', async () => {
	await using rig = await ConsoleRig.open();
	await rig.gateway.admin('POST', '/accounts', { name: 'Loja' });
	const page = await rig.look('/console/phone');
	await page.getByText('There is no simulated instance yet').waitFor();
	await assertAccessible(page);
	await page.getByRole('button', { name: 'Create a simulated instance' }).click();
	await page.getByText('You are Maria Souza').waitFor();
	await webhooks(page).getByText('No webhook listens to this instance').waitFor();
});

function webhooks(page: Page): Locator {
	return page.getByRole('region', { name: 'Webhooks, live' });
}

function bubble(page: Page, text: string): Locator {
	return page.getByTestId('bubble').filter({ hasText: text }).last();
}

async function write(page: Page, text: string): Promise<void> {
	const field = page.getByRole('textbox', { name: 'Message', exact: true });
	await field.fill(text);
	await field.press('Enter');
	await bubble(page, text).waitFor();
}

async function act(page: Page, text: string, what: string): Promise<void> {
	await page
		.getByRole('button', { name: `What to do with “${text}”` })
		.last()
		.click();
	await page.getByRole('menuitem', { name: what }).click();
}

async function choose(page: Page, mode: string): Promise<void> {
	await page.getByText(mode, { exact: true }).click();
	await page.getByRole('radio', { name: mode, checked: true }).waitFor({ state: 'attached' });
}

function isFocused(field: Locator): Promise<boolean> {
	return field.evaluate((element) => element === element.ownerDocument.activeElement);
}

async function registered(rig: ConsoleRig, account: Account, path: string): Promise<void> {
	const { status } = await rig.gateway.admin('POST', '/webhooks', {
		accountId: account.id,
		url: rig.gateway.receiver.url(path),
		events: EVENTS,
	});
	assert.equal(status, 201);
}

async function historyOf(rig: ConsoleRig, account: Account): Promise<readonly { content: { kind: string; text?: string } }[]> {
	const { body } = await rig.gateway.admin('GET', `/chats?instanceId=${account.instance.id}`);
	const answer = await rig.gateway.admin('GET', `/accounts/${account.id}/chats/${body.items[0].id}/messages`);
	return answer.body.items;
}
