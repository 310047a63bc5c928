import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

const MARIA = '5544988887777';
const EVENTS = ['message.received', 'message.sent', 'message.status', 'message.failed', 'chat.presence'];
/** As the page chooses them. */
const RECEIVES_AFTER_MS = 300;
const READS_AFTER_MS = 900;

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
		await page.waitForURL(new RegExp(`phone=[%2"]*${MARIA}`));
		const delivery = `/deliveries/${request?.headers['webhook-id']}`;
		await rig.gateway.admin('POST', `${delivery}/replay`);
		await comesToBe(async () => (await rig.gateway.admin('GET', delivery)).body.state, 'delivered');
		await page.reload();
		// Not how long after the event somebody sent it again.
		await told.getByText(/ · sent again · /).waitFor();
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('whose phone is on the screen stays there while others write, too', async () => {
		const account = await rig.account();
		const says = (from: string, text: string): Promise<unknown> =>
			rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from, text });
		await says(MARIA, 'I was first');
		await comesToBe(async () => (await rig.gateway.admin('GET', `/chats?instanceId=${account.instance.id}`)).body.items.length, 1);
		const page = await rig.look(`/console/phone?instance=${account.instance.id}`);
		await bubble(page, 'I was first').waitFor();
		const chosen = page.getByRole('combobox', { name: 'Customer' });
		const isMaria = async (): Promise<boolean> => /98888-7777/.test(await chosen.inputValue());
		await comesToBe(isMaria, true);
		await says('5544988880000', 'Me too');
		await chosen.click();
		await page.getByRole('option', { name: /88880000|8888-0000/ }).waitFor();
		assert.ok(await isMaria(), await chosen.inputValue());
		await bubble(page, 'I was first').waitFor();
		await page.context().close();
	});

	test('a reply that is begun while another message is on its way is one still when that was sent', async () => {
		const { page } = await opened({ phone: MARIA });
		await write(page, 'First');
		const isLetGo = Promise.withResolvers<void>();
		await page.route(
			/\/messages$/,
			async (route) => {
				await isLetGo.promise;
				await route.continue();
			},
			{ times: 1 },
		);
		const field = page.getByRole('textbox', { name: 'Message', exact: true });
		await field.fill('Second');
		await field.press('Enter');
		await act(page, 'First', 'Reply');
		isLetGo.resolve();
		await bubble(page, 'Second').waitFor();
		await write(page, 'Third');
		await bubble(page, 'Third').getByText('First').waitFor();
		await page.context().close();
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
		await page.context().close();
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
		await page.getByRole('menu').waitFor({ state: 'detached' });
		await act(page, 'Thanks!', 'Edit');
		await comesToBe(() => page.getByRole('textbox', { name: 'Message', exact: true }).inputValue(), 'Thanks!');
		await write(page, 'Thank you!');
		await bubble(page, 'Thank you!').getByText('edited').waitFor();
		await act(page, 'When?', 'Reply');
		await write(page, 'After six');
		await bubble(page, 'After six').getByText('Principal').waitFor();
		await act(page, 'When?', 'React with 👍');
		await page.getByRole('log').getByText('👍').waitFor();
		await act(page, 'After six', 'Delete for everyone');
		await page.getByText('This message was deleted').waitFor();
		// On the phone it is seen before the gateway has heard of it.
		const all = ['button-reply', 'poll-vote', 'image', 'document', 'edit', 'reaction', 'deletion'];
		const heard = async (): Promise<readonly string[]> => {
			const kinds = new Set((await history(account)).map(({ content }) => content.kind));
			return all.filter((kind) => kinds.has(kind));
		};
		await comesToBe(heard, all);
		assert.deepEqual(rig.complaints, []);
		await page.context().close();
	});

	test('a phone that is off gets nothing until it is on, one that does not read leaves it unread, and one without WhatsApp makes it fail', async () => {
		const { account, page } = await opened({ phone: MARIA });
		const gateway = page.getByRole('region', { name: 'Send as the gateway' });
		const send = async (text: string): Promise<void> => {
			const field = gateway.getByRole('textbox', { name: 'Text to send' });
			await field.fill(text);
			await gateway.getByRole('button', { name: 'Send' }).click();
			await comesToBe(() => field.inputValue(), '');
		};
		/** The page shows it at once; what is sent next finds the phone so, once the simulator has it. */
		const choose = async (mode: string, behaviour: object): Promise<void> => {
			await page.getByText(mode, { exact: true }).click();
			await page.getByRole('radio', { name: mode, checked: true }).waitFor({ state: 'attached' });
			const names = Object.keys(behaviour);
			await comesToBe(async () => {
				const { body } = await rig.gateway.admin('GET', `/simulator/${account.instance.id}/contacts/${MARIA}`);
				return Object.fromEntries(names.map((name) => [name, body[name]]));
			}, behaviour);
		};
		const status = (text: string, word: string): Locator =>
			gateway.getByRole('listitem').filter({ hasText: text }).getByText(word, { exact: true });
		await choose('Off', { receivesAfterMs: null });
		await page.getByText('The phone is off: what is sent to it waits.').waitFor();
		await page.getByRole('textbox', { name: 'Message', exact: true, disabled: true }).waitFor();
		await send('While it is off');
		await status('While it is off', 'sent').waitFor();
		assert.equal(await bubble(page, 'While it is off').count(), 0);
		await choose('Unread', { readsAfterMs: null, receivesAfterMs: RECEIVES_AFTER_MS });
		await bubble(page, 'While it is off').waitFor();
		await status('While it is off', 'received').waitFor();
		await choose('Reads', { readsAfterMs: READS_AFTER_MS });
		await send('Read this');
		await status('Read this', 'read').waitFor();
		await choose('No WhatsApp', { onWhatsApp: false });
		await send('To nobody');
		await status('To nobody', 'failed').waitFor();
		await webhooks(page)
			.getByRole('button', { name: /Message failed/ })
			.waitFor();
		await page.context().close();
	});

	test('somebody is invented and writes, by keyboard alone; the gateway sees them typing', async () => {
		const { account, page } = await opened();
		await page.getByRole('button', { name: 'New customer' }).focus();
		await page.keyboard.press('Enter');
		const name = page.getByRole('textbox', { name: 'Name' });
		await name.waitFor();
		await comesToBe(() => isFocused(name), true);
		await page.keyboard.press('ControlOrMeta+a');
		await page.keyboard.type('Zuleica Prado');
		await page.keyboard.press('Enter');
		await page.getByText('You are Zuleica Prado').waitFor();
		const field = page.getByRole('textbox', { name: 'Message', exact: true });
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await page.getByRole('textbox', { name: 'Message', exact: true, disabled: false }).waitFor();
		for (let tabs = 0; tabs < 60 && !(await isFocused(field)); tabs++) await page.keyboard.press('Tab');
		assert.ok(await isFocused(field), 'Tab leads to the field');
		await page.keyboard.type('Written without a mouse');
		await webhooks(page)
			.getByRole('button', { name: /Presence in a chat/ })
			.first()
			.waitFor();
		await page.keyboard.press('Enter');
		await bubble(page, 'Written without a mouse').waitFor();
		// On the phone it is seen before the gateway has heard of it.
		const heard = async (): Promise<readonly string[]> =>
			(await rig.gateway.admin('GET', `/chats?instanceId=${account.instance.id}`)).body.items.map((one: { name: string }) => one.name);
		await comesToBe(heard, ['Zuleica Prado']);
		await page.context().close();
	});

	test('the clock of a phone stays whole beside a long name', async () => {
		const { page } = await opened();
		await page.getByRole('button', { name: 'New customer' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Maximiliana Aparecida dos Santos Oliveira e Albuquerque de Lima Cavalcanti');
		await page.keyboard.press('Enter');
		await page.getByText('You are Maximiliana').waitFor();
		const clock = page.getByText(/^\d{1,2}:\d\d\s[AP]M$/).first();
		const box = await clock.boundingBox();
		assert.ok(box && box.height < 24, JSON.stringify(box));
		await page.context().close();
	});

	test('what webhooks are told while nobody looks is there when somebody does again, however soon that is', async () => {
		const { account, page } = await opened({ phone: MARIA });
		const told = webhooks(page).getByRole('button', { name: /Message received/ });
		await write(page, 'I am here');
		await told.getByText('delivered').waitFor();
		// For the page no time passes: what it knows does not grow old.
		await page.clock.setFixedTime(Date.now());
		await look(page, { isHidden: true });
		const { status } = await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: MARIA, text: 'Unseen' });
		assert.equal(status, 202);
		const delivered = async (): Promise<number> =>
			(await rig.gateway.admin('GET', `/deliveries?instanceId=${account.instance.id}&eventType=message.received&state=delivered`)).body
				.items.length;
		await comesToBe(delivered, 2);
		await look(page, { isHidden: false });
		await comesToBe(() => told.count(), 2);
		await page.context().close();
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
		await page.context().close();
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

/** As when the tab is left for another one, and come back to. */
async function look(page: Page, { isHidden }: { readonly isHidden: boolean }): Promise<void> {
	await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} });
		document.dispatchEvent(new Event('visibilitychange'));`);
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
