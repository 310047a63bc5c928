/**
 * The demo that `dev` shows: an account, a simulated instance and an Instant Message application with webhooks of the three dialects, all
 * made and registered by the public API, as an integration would do it.
 */

import type { DevDemo } from './dev-credentials.ts';
import { CommandFailure } from './failure.ts';
import type { GatewayClient } from './gateway-client.ts';
import { isObject, listIn, textIn } from './json.ts';

/** The dialects that are shown, each with the path of the receiver that its webhooks come to. */
export const DEV_PATHS = { plugchat: '/plugchat', zApi: '/z-api', instantMessage: '/instant-message' } as const;

/** Takes the name of whom it greets. */
export const DEV_TEMPLATE = 'boas_vindas';

const INSTANCE_PHONE = '5544990000000';

/** Creates account, instance and application. The same `setupId` again answers the first ones. */
export async function createDemo(client: GatewayClient, setupId: string, receiver: string): Promise<DevDemo> {
	const create = (what: string, path: string, body: unknown): Promise<unknown> =>
		client.call({ method: 'POST', path: `/recado/v1${path}`, body, headers: { 'idempotency-key': `dev-${setupId}-${what}` } });
	const account = await create('account', '/accounts', { name: 'Demo' });
	const accountId = need(account, 'id');
	const instance = await create('instance', `/accounts/${accountId}/instances`, {
		name: 'Demo phone',
		channel: 'simulator',
		phone: INSTANCE_PHONE,
	});
	const instanceId = need(instance, 'id');
	const application = await create('application', `/accounts/${accountId}/applications`, {
		name: 'Demo application',
		instanceId,
		webhook: `${receiver}${DEV_PATHS.instantMessage}`,
	});
	return {
		accountId,
		accountToken: need(account, 'token'),
		clientToken: need(account, 'clientToken'),
		instanceId,
		instanceToken: need(instance, 'token'),
		applicationId: need(application, 'appId'),
		applicationToken: need(application, 'token'),
	};
}

function need(answer: unknown, name: string): string {
	const value = textIn(answer, name);
	if (value !== undefined) return value;
	throw new CommandFailure(`the gateway answered without "${name}"`);
}

/** A link into the console that signs the administrator in, once. */
export async function consoleLink(client: GatewayClient): Promise<string> {
	return need(await client.call({ method: 'POST', path: '/recado/v1/session/links' }), 'url');
}

/** Whether the gateway still knows the demo: its data may have been deleted since. */
export async function knowsDemo(client: GatewayClient, demo: DevDemo): Promise<boolean> {
	const { status } = await client.ask({ method: 'GET', path: '/api/whatsapp/status', headers: { authorization: demo.accountToken } });
	return status === 200;
}

/** Points the webhooks of the three dialects to the receiver; where they point there already, nothing changes. */
export async function registerWebhooks(client: GatewayClient, demo: DevDemo, receiver: string): Promise<void> {
	const plugchat = `${receiver}${DEV_PATHS.plugchat}`;
	await client.call({
		method: 'PUT',
		path: '/api/integrations/update-webhooks',
		headers: { authorization: demo.accountToken },
		body: {
			finishAttendance: plugchat,
			startAttendance: plugchat,
			receiveMessage: plugchat,
			sendingMessage: plugchat,
			messageDeliveryError: plugchat,
			messageStatus: plugchat,
			whenDisconnecting: plugchat,
		},
	});
	await client.call({
		method: 'PUT',
		path: `/instances/${demo.instanceId}/token/${demo.instanceToken}/update-every-webhooks`,
		headers: { 'client-token': demo.clientToken },
		body: { value: `${receiver}${DEV_PATHS.zApi}`, notifySentByMe: false },
	});
	const ofApplication = (await webhooks(client)).find((webhook) => webhook['applicationId'] === demo.applicationId);
	if (ofApplication && ofApplication['url'] !== `${receiver}${DEV_PATHS.instantMessage}`) {
		await client.call({
			method: 'PATCH',
			path: `/recado/v1/webhooks/${need(ofApplication, 'id')}`,
			body: { url: `${receiver}${DEV_PATHS.instantMessage}` },
		});
	}
}

/** What the Instant Message API may write to somebody who has not written: where it is there already, nothing changes. */
export async function offerTemplate(client: GatewayClient, demo: DevDemo): Promise<void> {
	const path = `/recado/v1/applications/${demo.applicationId}/templates`;
	const { status } = await client.ask({ method: 'GET', path: `${path}/${DEV_TEMPLATE}` });
	if (status === 200) return;
	const components = [{ type: 'BODY', text: 'Olá {{1}}, aqui é a API do Instant Message' }];
	await client.call({ method: 'POST', path, body: { name: DEV_TEMPLATE, components } });
}

/** Somebody may have disconnected it in an earlier start; left so, the first message would wait in the queue and nothing would happen. */
export async function connectPhone(client: GatewayClient, demo: DevDemo): Promise<void> {
	await client.call({ method: 'POST', path: `/recado/v1/instances/${demo.instanceId}/connect` });
}

async function webhooks(client: GatewayClient): Promise<readonly Readonly<Record<string, unknown>>[]> {
	return listIn(await client.call({ method: 'GET', path: '/recado/v1/webhooks' }), 'items').filter(isObject);
}

/** Sends the first message, by Plugchat's API. Answers its ids. */
export async function sendFirstMessage(client: GatewayClient, demo: DevDemo, message: FirstMessage): Promise<string> {
	const answer = await client.call({
		method: 'POST',
		path: '/api/whatsapp/send-text',
		headers: { authorization: demo.accountToken },
		body: message,
	});
	return need(answer, 'messageId');
}

export interface FirstMessage {
	readonly phone: string;
	readonly message: string;
}
