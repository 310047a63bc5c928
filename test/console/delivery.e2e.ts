/** One delivery in the browser: why it failed, what was asked and answered, whether its signature is right, and how it arrives after all. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Account } from '../support/gateway.ts';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

/** Where the receiver fails until it is mended. */
const FAILS = '/falha/integracoes/erp/eventos-do-whatsapp';

let rig: ConsoleRig;
let account: Account;
let isMended = false;

before(async () => {
	rig = await ConsoleRig.open({
		treat: ({ path }) => (path.startsWith(FAILS) && !isMended ? { kind: 'answer', status: 503, body: '{"erro":"em manutenção"}' } : 200),
	});
	account = await rig.account('Loja da Maria');
});
after(async () => await rig[Symbol.asyncDispose]());

/** Of the one that is looked at: whoever made it was told. */
let secret = '';

async function webhook(path: string, wish: object = {}): Promise<string> {
	const { gateway } = rig;
	const asked = { accountId: account.id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
	const { status, body } = await gateway.admin('POST', '/webhooks', asked);
	assert.equal(status, 201, JSON.stringify(body));
	if (path === FAILS) secret = body.secret;
	return body.id;
}

async function write(text: string): Promise<void> {
	const message = { from: '5544999990001', text };
	const { status, body } = await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, message);
	assert.equal(status, 202, JSON.stringify(body));
}

test('one that failed says why, shows each attempt, and arrives when it is replayed', async () => {
	// One attempt, so that it is dead at once.
	const webhookId = await webhook(FAILS, { scheduleMs: [0] });
	await write('Cadê a nota fiscal?');
	const page = await rig.look(`/console/deliveries?webhookId=${webhookId}`);
	await page.getByRole('link', { name: /Dead Message received/ }).click();
	await page.getByText('A proxy answered that the receiver behind it is not there.').waitFor();
	await page.getByText('em manutenção').waitFor();
	await page.getByText(/^Timing: /).waitFor();
	await page.getByText('webhook-timestamp', { exact: true }).waitFor();

	await page.getByLabel('Secret or public key').fill(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
	await page.getByRole('button', { name: 'Check', exact: true }).click();
	await page.getByText('No v1 signature was made with this key').waitFor();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(`${request.url()} ${request.postData()}`));
	await page.getByLabel('Secret or public key').fill(secret);
	await page.getByRole('button', { name: 'Check', exact: true }).click();
	await page.getByText('The signature is right (v1).').waitFor();
	assert.ok(!asked.some((one) => one.includes('secret') || one.includes(secret)), asked.join('\n'));

	await page.getByText('Raw', { exact: true }).click();
	await page
		.getByRole('region', { name: 'Payload' })
		.getByText(/^\{"id":"evt_/)
		.waitFor();
	isMended = true;
	await page.getByRole('button', { name: 'Replay' }).click();
	await page.getByText('Sent again by a replay.').waitFor();
	await page.getByText('Delivered', { exact: true }).waitFor();
	await page.getByRole('button', { name: /Attempt 1 200/ }).waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('one that waits for its webhook says so, and is discarded', async () => {
	const webhookId = await webhook('/parado', { enabled: false });
	await write('Parado');
	const page = await rig.look(`/console/deliveries?webhookId=${webhookId}`);
	await page.getByRole('link', { name: /Waiting Message received/ }).click();
	await page.getByText('Waits until its webhook is enabled again.').waitFor();
	await page.getByText('No attempt yet', { exact: true }).waitFor();
	await page.getByRole('button', { name: 'Show', exact: true }).click();
	await page.getByRole('region', { name: 'The event it tells about' }).getByText('"message.received"').waitFor();
	await page.getByRole('button', { name: 'Discard' }).click();
	await page.getByRole('dialog', { name: 'Discard this delivery?' }).getByRole('button', { name: 'Discard' }).click();
	await page.getByText('Discarded', { exact: true }).waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('in Portuguese it is in Portuguese', async () => {
	const page = await rig.look('/console/deliveries', { language: 'pt' });
	await page.getByRole('heading', { name: 'Entregas', level: 1 }).waitFor();
	await page
		.getByRole('link', { name: /Entregue Mensagem recebida/ })
		.first()
		.click();
	await page.getByRole('button', { name: /^Tentativa 1 200/ }).waitFor();
	await page.context().close();
});

test('it looks right, light and dark, wide and narrow', async () => {
	const delivered = async (): Promise<readonly { readonly id: string }[]> =>
		(await rig.gateway.admin('GET', '/deliveries?state=delivered')).body.items;
	// The first, replayed, and the second, which only the webhook that is not disabled was told.
	await comesToBe(async () => (await delivered()).length, 2);
	const [latest] = await delivered();
	await assertLooks(rig, `/console/deliveries/${latest?.id}`, 'delivery', async (page) => {
		await page.getByLabel('Secret or public key').fill(secret);
		await page.getByRole('button', { name: 'Check', exact: true }).click();
		await page.getByText('The signature is right').waitFor();
		await page.mouse.move(0, 0);
		await page.evaluate('window.scrollTo(0, 0)');
	});
	assert.deepEqual(rig.complaints, []);
});
