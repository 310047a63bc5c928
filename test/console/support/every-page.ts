/** Every page of the console with something on it, for what has to hold on each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../../support/waiting.ts';
import type { ConsoleRig } from './console-rig.ts';
import { openDesk } from './desk-scene.ts';
import { WAITS_MS } from './patience.ts';

export interface EveryPage {
	/** As the router names it: `/console/webhooks/$webhookId`. */
	readonly route: string;
	readonly path: string;
	/** What one comes there for: the accessible name of a button, a link or a field. */
	readonly mainAction: RegExp;
}

const ROUTER = join(import.meta.dirname, '../../../console/src/router.tsx');
const ROUTES = /(?:path: |page\(\s*)'(\/[^']*)'/g;
export const SIGN_IN = '/console/sign-in';

/** An account with an instance, a webhook, a delivery, a chat, a token and an application. */
export async function everyPage(rig: ConsoleRig): Promise<readonly EveryPage[]> {
	const { account, api, write } = await openDesk(rig.gateway);
	const url = rig.gateway.receiver.url('/pedidos');
	const webhook = await api('POST', '/webhooks', { accountId: account.id, url, events: ['message.received'] });
	await api('POST', `/accounts/${account.id}/applications`, { name: 'Cobrança', instanceId: account.instance.id, webhook: url });
	await api('POST', '/tokens', { name: 'Pedidos', scopes: ['messages:send'] });
	const chatId = await write('5544999990001', 'Maria Aparecida', { text: 'Bom dia!' });
	const delivered = async () => (await api('GET', `/deliveries?webhookId=${webhook.id}&state=delivered`)).items;
	await until(async () => (await delivered()).length > 0, { what: 'a delivery', withinMs: WAITS_MS });
	const [delivery] = await delivered();
	return [
		{ route: '/', path: '/', mainAction: /^1 hour$/ },
		{ route: '/console/phone', path: '/console/phone', mainAction: /^Message$/ },
		{ route: '/console/deliveries', path: '/console/deliveries', mainAction: /Message received/ },
		{ route: '/console/deliveries/$deliveryId', path: `/console/deliveries/${delivery.id}`, mainAction: /^Replay/ },
		{ route: '/console/webhooks', path: '/console/webhooks', mainAction: /^New webhook/ },
		{ route: '/console/webhooks/$webhookId', path: `/console/webhooks/${webhook.id}`, mainAction: /^Edit/ },
		{ route: '/console/instances', path: '/console/instances', mainAction: /^New instance/ },
		{ route: '/console/instances/$instanceId', path: `/console/instances/${account.instance.id}`, mainAction: /^Disconnect/ },
		{ route: '/console/desk', path: '/console/desk', mainAction: /Maria Aparecida/ },
		{ route: '/console/desk/chats/$chatId', path: `/console/desk/chats/${chatId}`, mainAction: /^(Start|Take|Attend)/ },
		{ route: '/console/desk/settings', path: '/console/desk/settings', mainAction: /^New department/ },
		{ route: '/console/accounts', path: '/console/accounts', mainAction: /^New account/ },
		{ route: '/console/accounts/$accountId', path: `/console/accounts/${account.id}`, mainAction: /^New application/ },
		{ route: '/console/tokens', path: '/console/tokens', mainAction: /^New token/ },
		{ route: '/console/audit', path: '/console/audit', mainAction: /^Apply/ },
		{ route: '/console/settings', path: '/console/settings', mainAction: /^Find an option/ },
	];
}

/** The routes that the router has, but for the one to sign in. */
export async function routesOfTheRouter(): Promise<readonly string[]> {
	const source = await readFile(ROUTER, 'utf8');
	return [...source.matchAll(ROUTES)].flatMap(([, path = '']) => (path === SIGN_IN ? [] : [path]));
}

/** Until the page has its title and nothing of it that is seen is still being fetched. */
export async function shown(page: Page): Promise<void> {
	await page.getByRole('heading', { level: 1 }).waitFor();
	// What is folded away is fetched when it is opened.
	await holds(page, '![...document.querySelectorAll("[role=status][aria-label]")].some((one) => one.checkVisibility())');
}

/** Until an expression is true there. Playwright's own way to wait for one is eval, which the policy of the page forbids. */
export async function holds(page: Page, expression: string): Promise<void> {
	await until(() => page.evaluate<boolean>(expression), { what: expression, withinMs: WAITS_MS });
}
