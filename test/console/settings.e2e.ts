/** What the gateway runs with: looked up by a word, in both languages, and nothing of it secret. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MEANINGS_PT } from '../../console/src/pages/settings/meanings-pt.ts';
import { optionsByRoom } from '../../src/config/options.ts';
import { ADMIN_TOKEN } from '../support/gateway.ts';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe } from './support/patience.ts';

let rig: ConsoleRig;

before(async () => {
	rig = await ConsoleRig.open({ environment: { RECADO_RETENTION: '7d' } });
});
after(() => rig[Symbol.asyncDispose]());

test('every option has its meaning in Portuguese', () => {
	const known = optionsByRoom().flatMap(([, options]) => options.map(([, { env }]) => env));
	assert.deepEqual(Object.keys(MEANINGS_PT), known);
});

test('an option is found by what it means; what differs from its default is marked; secrets are set, and that is all', async () => {
	const page = await rig.look('/console/settings');
	const option = (name: string) => page.getByRole('listitem').filter({ hasText: name });
	const retention = option('RECADO_RETENTION');
	await retention.getByText('Changed').waitFor();
	await retention.getByText('Default: 30d').waitFor();
	await option('RECADO_LOG_LEVEL').getByText('Changed').waitFor();
	assert.equal(await option('RECADO_JOB_BATCH').getByText('Changed').count(), 0);
	await option('RECADO_ADMIN_TOKEN').getByText('set', { exact: true }).waitFor();
	assert.ok(!(await page.content()).includes(ADMIN_TOKEN));
	await page.getByRole('searchbox', { name: 'Find an option' }).fill('deliveries kept');
	await comesToBe(() => page.getByRole('main').getByRole('listitem').count(), 1);
	await page.getByRole('searchbox', { name: 'Find an option' }).fill('zzz');
	await page.getByText('No option matches “zzz”.').waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('in Portuguese it is told in Portuguese, and found without accents', async () => {
	const page = await rig.look('/console/settings', { language: 'pt' });
	await page.getByRole('heading', { name: 'Retenção' }).waitFor();
	await page.getByRole('searchbox', { name: 'Buscar uma opção' }).fill('sessao termina');
	await comesToBe(() => page.getByRole('main').getByRole('listitem').count(), 1);
	await page.getByText('Uma sessão termina quando nada se pediu').waitFor();
	await page.context().close();
});

test('it looks right', async () => {
	await assertLooks(rig, '/console/settings', 'settings', (page) => page.getByText('RECADO_LOG_LEVEL').waitFor());
});
