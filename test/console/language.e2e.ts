/** Portuguese and English: everything on the page follows, and nothing that was typed, opened or scrolled to is lost. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, openDesk } from './support/desk-scene.ts';
import { holds } from './support/every-page.ts';
import { comesToBe } from './support/patience.ts';
import { byToken } from './support/signing-in.ts';

const MARIA = '5544988880001';
const SCROLLED_PX = 300;

let rig: ConsoleRig;
let scene: DeskScene;

before(async () => {
	rig = await ConsoleRig.open();
	scene = await openDesk(rig.gateway);
	const url = rig.gateway.receiver.url('/pedidos');
	await scene.api('POST', '/webhooks', { accountId: scene.account.id, url, events: ['message.received'] });
	await scene.write(MARIA, 'Maria Aparecida', { text: 'Bom dia!' });
	await rig.gateway.receiver.arrived(1);
});
after(() => rig[Symbol.asyncDispose]());

/** By the menu of whoever is signed in; to the other one. */
async function switchLanguage(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^(Who is signed in|Quem está conectado)/ }).click();
	await page.getByRole('menuitem', { name: /^(Português|English)$/ }).click();
}

async function says(page: Page, { title, lang }: { readonly title: string; readonly lang: string }): Promise<void> {
	await holds(page, `document.title === ${JSON.stringify(`${title} · Recado`)} && document.documentElement.lang === '${lang}'`);
}

describe('another language', () => {
	test('leaves what was typed where one signs in, and the focus', async () => {
		const page = await rig.look('/console/sign-in', { as: 'nobody' });
		await page.getByLabel('E-mail or login').fill('ana@loja.example');
		await page.getByLabel('Show what was typed').waitFor();
		await page.getByRole('button', { name: 'Português' }).click();
		assert.equal(await page.getByLabel('E-mail ou login').inputValue(), 'ana@loja.example');
		await page.getByLabel('Mostrar o que foi digitado').waitFor();
		await says(page, { title: 'Entrar', lang: 'pt-BR' });
		assert.equal(await page.evaluate('document.activeElement.textContent'), 'English');
		await page.context().close();
	});

	test('leaves a form as it was filled in, and the page where it was scrolled to', async () => {
		const page = await rig.look('/console/desk/settings?tab=ura', { width: 'narrow' });
		await page.getByRole('textbox', { name: 'Greeting' }).fill('Oi, tudo bem?');
		// What it offers is fetched apart from it, and makes it as long as it is.
		await holds(page, `(window.scrollTo(0, ${SCROLLED_PX}), Math.abs(window.scrollY - ${SCROLLED_PX}) < 1)`);
		await switchLanguage(page);
		await page.getByRole('heading', { name: 'Configurar atendimento', level: 1 }).waitFor();
		assert.equal(await page.getByRole('textbox', { name: 'Saudação' }).inputValue(), 'Oi, tudo bem?');
		// What was not touched is proposed in the language of now.
		await comesToBe(() => page.getByRole('textbox', { name: 'Pergunta' }).inputValue(), 'Como podemos ajudar?');
		await says(page, { title: 'Configurar atendimento', lang: 'pt-BR' });
		// Longer words may move it a little.
		assert.ok((await page.evaluate<number>('window.scrollY')) > SCROLLED_PX / 2);
		await page.context().close();
	});

	test('changed in another tab leaves dialogs open, with the focus in them, and says them anew', async () => {
		const page = await rig.look('/console/tokens');
		const other = await page.context().newPage();
		await other.goto('/console/tokens');
		await page.getByRole('button', { name: 'New token' }).first().click();
		await page.getByRole('dialog', { name: 'New API token' }).getByRole('textbox', { name: 'Name' }).fill('Pedidos');
		await switchLanguage(other);
		const dialog = page.getByRole('dialog', { name: 'Novo token de API' });
		assert.equal(await dialog.getByRole('textbox', { name: 'Nome' }).inputValue(), 'Pedidos');
		assert.equal(await page.evaluate('document.activeElement.value'), 'Pedidos');
		await page.keyboard.press('Escape');
		await scene.api('POST', '/tokens', { name: 'Estoque', scopes: ['messages:send'] });
		await page.reload();
		await page.getByRole('button', { name: 'Revogar: Estoque' }).click();
		await page.getByRole('dialog', { name: 'Revogar “Estoque”?' }).waitFor();
		await switchLanguage(other);
		await page.getByRole('dialog', { name: 'Revoke “Estoque”?' }).getByRole('button', { name: 'Revoke' }).waitFor();
		await page.context().close();
	});

	test('is followed by charts, rows that are kept as they are, and messages', async () => {
		const page = await rig.look('/');
		await page.getByRole('figure', { name: 'Throughput' }).getByText('Delivered', { exact: true }).waitFor();
		await switchLanguage(page);
		const chart = page.getByRole('figure', { name: 'Vazão' });
		await chart.getByText('Entregues', { exact: true }).waitFor();
		await chart.getByRole('img', { name: /^Vazão\. Por minuto/ }).waitFor();
		await page.getByRole('link', { name: 'Entregas', exact: true }).click();
		await page.getByRole('link', { name: /Mensagem recebida/ }).waitFor();
		await switchLanguage(page);
		await page.getByRole('link', { name: /Message received/ }).waitFor();
		await says(page, { title: 'Deliveries', lang: 'en' });
		await page.getByRole('link', { name: 'Service desk', exact: true }).click();
		// Until then the deliveries are still there, and one of them is of hers.
		await page.getByRole('heading', { name: 'Service desk', level: 1 }).waitFor();
		await page.getByRole('link', { name: /Maria Aparecida/ }).click();
		await page.getByRole('region', { name: 'Conversation' }).getByText('Today').waitFor();
		await switchLanguage(page);
		await page.getByRole('region', { name: 'Conversa' }).getByText('Hoje').waitFor();
		await page.context().close();
	});

	test('is what the gateway is asked for again why it refuses', async () => {
		const wish = { name: 'Instâncias', scopes: ['accounts:manage'], accountId: scene.account.id };
		const { body } = await rig.gateway.admin('POST', '/tokens', wish);
		const page = await rig.look(`/console/sign-in?to=/console/instances/${scene.account.instance.id}`, { as: 'nobody' });
		await byToken(page, body.token);
		await page.getByRole('alert').getByText('The token lacks the scope webhooks:manage').waitFor();
		await switchLanguage(page);
		await page.getByRole('alert').getByText('O token não tem o escopo webhooks:manage').waitFor();
		await page.context().close();
	});
});
