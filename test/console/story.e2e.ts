/**
 * The way of a newcomer, and then of a bad day: a webhook is configured, a customer writes on the phone, what the webhook is told is seen live; its receiver fails, the
 * circuit opens, and closes when the receiver is mended; what was given up meanwhile is sent again.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { ReceivedRequest } from '../support/receiver.ts';
import { ConsoleRig } from './support/console-rig.ts';
import { WAITS_MS } from './support/patience.ts';

const PATH = '/pedidos';
/** So many in a row open the circuit, whichever chats they are of. */
const OPENS = 5;

test('a webhook is configured, hears of a customer, fails, recovers, and gets what was given up', async () => {
	let isDown = false;
	await using rig = await ConsoleRig.open({
		treat: () => (isDown ? { kind: 'answer', status: 500, body: 'out of order' } : 200),
		// A probe each second: nobody waits for half a minute.
		environment: { RECADO_PROBE_CEILING: '1s' },
	});
	await rig.account('Loja da Maria');

	const page = await rig.look('/console/webhooks');
	const webhook = await configured(page, rig.gateway.receiver.url(PATH));
	const phone = await rig.look('/console/phone');
	await phone.getByRole('button', { name: 'Hi! Has my order been sent?' }).click();
	const live = phone.getByRole('region', { name: 'Webhooks, live' });
	const told = live.getByRole('button', { name: /Message received/ });
	await told.getByText('delivered', { exact: true }).waitFor();
	await rig.gateway.receiver.arrived(1);
	await latest(page, 'Delivered').waitFor();

	isDown = true;
	for (let number = 1; number <= OPENS; number += 1) await write(phone, `Is anybody there? ${number}`);
	await page.getByText('Failing', { exact: true }).waitFor();
	await page.getByText('Open', { exact: true }).waitFor();
	await page.getByText('Circuit opened: the receiver fails').waitFor();
	await told
		.getByText('dead', { exact: true })
		.nth(OPENS - 1)
		.waitFor();
	await write(phone, 'I will wait');
	await latest(page, 'Waiting').waitFor();

	isDown = false;
	await page.getByText('Circuit closed: the receiver answers again').waitFor();
	await page.getByText('Active', { exact: true }).waitFor();
	await page.getByText('Closed', { exact: true }).waitFor();
	// What was given up stays so: beside the first one the one that waited is delivered.
	await told.getByText('delivered', { exact: true }).nth(1).waitFor();
	assert.match(rig.gateway.receiver.requests.at(-1)?.text ?? '', /I will wait/);

	await page.getByRole('link', { name: 'The dead ones' }).click();
	const dead = page.getByRole('region', { name: 'Deliveries' }).getByRole('link', { name: /Dead Message received/ });
	await dead.nth(OPENS - 1).waitFor();
	await page.waitForURL(new RegExp(`webhookId=${webhook}`));
	await dead.last().click();
	await page.getByText('The receiver failed while it worked on it.').waitFor();
	await page.getByRole('button', { name: 'Replay' }).click();
	await page.getByText('Delivered', { exact: true }).waitFor();
	const isReplay = ({ headers }: ReceivedRequest): boolean => headers['recado-replay'] === 'true';
	const again = await rig.gateway.receiver.waitFor((all) => all.some(isReplay), 'the replay', WAITS_MS);
	const replay = again.find(isReplay);
	const first = again.find(({ text }) => text.includes('Is anybody there? 1'));
	assert.equal(replay?.headers['webhook-id'], first?.headers['webhook-id'], 'the same delivery');
	assert.equal(replay?.text, first?.text, 'byte for byte');
	assert.deepEqual(rig.complaints, []);
});

/** By its form; answers its id, with its page open. */
async function configured(page: Page, url: string): Promise<string> {
	await page.getByText('No webhook yet').waitFor();
	await page.getByRole('button', { name: 'New webhook' }).first().click();
	const dialog = page.getByRole('dialog', { name: 'New webhook' });
	await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
	await dialog.getByRole('button', { name: 'All', exact: true }).click();
	await dialog.getByRole('button', { name: 'None', exact: true }).click();
	await dialog.getByText('Choose one at least.').waitFor();
	await dialog.getByRole('checkbox', { name: 'Message received' }).check();
	await dialog.getByRole('button', { name: 'Order, limits and schedule' }).click();
	// One attempt: what fails is given up at once.
	await dialog.getByRole('textbox', { name: 'Pauses before each attempt' }).fill('0s');
	// As few as go out after a recovery: it is over at once.
	await dialog.getByRole('textbox', { name: 'At once, at most' }).fill('2');
	await dialog.getByRole('button', { name: 'Create' }).click();
	const made = page.getByRole('dialog', { name: 'The webhook is there' });
	await made.getByText(/^whsec_/).waitFor();
	await made.getByRole('link', { name: 'Open the webhook' }).click();
	await page.getByRole('heading', { name: PATH, level: 1 }).waitFor();
	return page.url().split('/').at(-1) ?? '';
}

function latest(page: Page, state: string): Locator {
	return page.getByRole('list', { name: 'Latest deliveries' }).getByText(state, { exact: true }).first();
}

async function write(phone: Page, text: string): Promise<void> {
	const field = phone.getByRole('textbox', { name: 'Message', exact: true });
	await field.fill(text);
	await field.press('Enter');
	await phone.getByTestId('bubble').filter({ hasText: text }).last().waitFor();
}
