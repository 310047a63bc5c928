/** Deliveries where something is amiss: an address that makes no sense, receivers that fail in each way, more than is shown, and whoever has one account alone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { selfSignedCertificate } from '../support/certificates.ts';
import type { Account } from '../support/gateway.ts';
import { startReceiver } from '../support/receiver.ts';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

/** Whoever answers does so well before, however busy the machine is. */
const DEADLINE_MS = 5_000;
/** One attempt, so that it is dead at once. */
const ONCE = { scheduleMs: [0] };
const LONG_HEADER = 'p'.repeat(3_000);

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open({
		// A job is to be braked while it runs, also where the browser is slow.
		environment: { RECADO_ATTEMPT_DEADLINE_MS: String(DEADLINE_MS), RECADO_JOB_BATCH: '1', RECADO_JOB_PAUSE: '8s' },
		treat: ({ path }) => {
			if (path.startsWith('/mudo')) return { kind: 'hang', when: 'before-headers' };
			if (path.startsWith('/longo')) return { kind: 'answer', status: 500, headers: { 'x-politica': LONG_HEADER } };
			return 200;
		},
	});
	account = await rig.account('Loja da Maria');
});
after(async () => await rig[Symbol.asyncDispose]());

async function webhook(
	url: string,
	{ of = account, ...rest }: { readonly of?: Account; readonly scheduleMs?: readonly number[] } = {},
): Promise<string> {
	const wish = { accountId: of.id, url, events: ['message.received'], ...rest };
	const { status, body } = await rig.gateway.admin('POST', '/webhooks', wish);
	assert.equal(status, 201, JSON.stringify(body));
	return body.id;
}

async function write(text: string, of: Account = account): Promise<void> {
	const { status, body } = await rig.gateway.admin('POST', `/simulator/${of.instance.id}/messages`, { from: '5544999990001', text });
	assert.equal(status, 202, JSON.stringify(body));
}

async function disable(id: string): Promise<void> {
	assert.equal((await rig.gateway.admin('PATCH', `/webhooks/${id}`, { enabled: false })).status, 200);
}

const rows = (page: Page) => page.getByRole('region', { name: 'Deliveries' }).getByRole('listitem');

test('what an address says that is not known or not possible is left out', async () => {
	const id = await webhook(rig.gateway.receiver.url('/pedidos'));
	await write('Onde está meu pedido?');
	const page = await rig.look('/console/deliveries');
	for (const query of ['since=bad', 'since=2026-13-45&until=2026-02-31T00:00:00Z', 'state=foo&eventType=bar', 'until=12']) {
		await page.goto(`/console/deliveries?${query}`);
		await comesToBe(() => rows(page).count(), 1);
		await comesToBe(() => page.getByLabel('From', { exact: true }).inputValue(), '');
	}
	await page.getByLabel('Text in the payload').fill('pedido');
	await page.waitForURL(/text=pedido/);
	assert.doesNotMatch(page.url(), /until/);
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
	await disable(id);
});

test('the way back from a delivery leads to the list as it was', async () => {
	const page = await rig.look('/console/deliveries?state=delivered&text=pedido');
	await rows(page).getByRole('link').first().click();
	await page.getByRole('link', { name: 'All deliveries' }).click();
	await page.waitForURL(/\/console\/deliveries\?.*text=pedido/);
	assert.match(page.url(), /state=delivered/);
	await comesToBe(() => rows(page).count(), 1);
	await page.context().close();
});

test('why an attempt failed is said in the language of the page, with the time of the phase in which it did', async () => {
	const silent = await webhook(rig.gateway.receiver.url('/mudo'), ONCE);
	await using stranger = await startReceiver({ certificate: await selfSignedCertificate('127.0.0.1') });
	const selfSigned = await webhook(stranger.url('/'), ONCE);
	const wordy = await webhook(rig.gateway.receiver.url('/longo'), ONCE);
	await write('Bom dia');
	const page = await rig.look('/console/deliveries', { language: 'pt' });
	const open = async (webhookId: string): Promise<void> => {
		const dead = async (): Promise<readonly { readonly id: string }[]> =>
			(await rig.gateway.admin('GET', `/deliveries?webhookId=${webhookId}&state=dead`)).body.items;
		await comesToBe(async () => (await dead()).length, 1);
		await page.goto(`/console/deliveries/${(await dead())[0]?.id}`);
		await page.getByRole('heading', { name: 'Por que falhou' }).waitFor();
	};
	await open(silent);
	await page.getByText('A requisição foi enviada, e nenhuma resposta veio.').waitFor();
	assert.match((await page.locator('[lang="en"]', { hasText: 'no answer came' }).textContent()) ?? '', /^Not done within/);
	// Of the deadline what the phases before have left.
	await page
		.getByRole('listitem')
		.filter({ hasText: /Espera pela resposta\s+(?!0\s)\d[\d.,]*\s+m?s/ })
		.waitFor();
	await assertAccessible(page);

	await open(selfSigned);
	await page.getByText('O certificado do receptor é autoassinado, e este gateway não confia nele.').waitFor();
	assert.equal(await page.getByText('o certificado venceu').count(), 0);

	await open(wordy);
	const headers = page.getByRole('region', { name: 'Headers da resposta' });
	await headers.getByText(LONG_HEADER).waitFor();
	await comesToBe(async () => ((await headers.boundingBox())?.height ?? Number.POSITIVE_INFINITY) <= 320, true);
	await page.context().close();
	for (const id of [silent, selfSigned, wordy]) await disable(id);
});

test('of what came while the list was held all is counted, not what is shown of it', async () => {
	const page = await rig.look('/console/deliveries');
	await page.getByText('Live. Nothing is being delivered').waitFor();
	await page.getByRole('button', { name: 'Pause' }).click();
	await page.getByText('Paused', { exact: true }).waitFor();
	const market = await rig.account('Mercado');
	const [hooks, messages] = [10, 12];
	await Promise.all(Array.from({ length: hooks }, (_, number) => webhook(rig.gateway.receiver.url(`/muitos/${number}`), { of: market })));
	await Promise.all(Array.from({ length: messages }, (_, number) => write(`Oi ${number}`, market)));
	const waiting = page.getByRole('button', { name: /^Show \d+ new$/ });
	await comesToBe(() => waiting.textContent(), `Show ${hooks * messages} new`);
	await waiting.click();
	await page.getByRole('button', { name: 'Pause' }).waitFor();
	await waiting.waitFor({ state: 'detached' });
	await page.context().close();
});

test('a token of one account replays, watches and stops what is its own', async () => {
	const other = await rig.account('Outra');
	const own = await webhook(rig.gateway.receiver.url('/proprio'));
	for (const text of ['um', 'dois', 'três']) await write(text);
	const theirs = (await rig.gateway.admin('POST', '/jobs', { kind: 'replay', accountId: other.id })).body.id;
	const { body } = await rig.gateway.admin('POST', '/tokens', { name: 'Loja', scopes: ['webhooks:manage'], accountId: account.id });
	const page = await rig.look('/', { as: 'nobody' });
	assert.equal((await page.request.post('/recado/v1/session', { data: { token: body.token } })).status(), 201);
	rig.complaints.length = 0;
	await page.goto(`/console/deliveries?webhookId=${own}`);
	await comesToBe(() => rows(page).filter({ hasText: 'Delivered' }).count(), 3);
	await page.getByRole('button', { name: 'Replay these' }).click();
	await page.getByRole('dialog', { name: 'Replay deliveries' }).getByRole('button', { name: 'Start replaying' }).click();
	const jobs = page.getByRole('dialog', { name: 'Jobs' });
	await jobs.getByText('Running').waitFor();
	await jobs.getByRole('button', { name: 'Pause' }).click();
	await jobs.getByText('Paused').waitFor();
	await jobs.getByRole('button', { name: 'Cancel' }).click();
	await page.getByRole('dialog', { name: 'Cancel this job?' }).getByRole('button', { name: 'Cancel the job' }).click();
	await jobs.getByText('Cancelled').waitFor();
	const seen = await page.request.get(`/recado/v1/jobs/${theirs}`);
	assert.equal(seen.status(), 404);
	await page.context().close();
});
