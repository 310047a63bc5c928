/** A webhook over its life, by the public API: signed by key pair, failing and back with an operator who hears of it, deleted in each way. */
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { suite, test } from 'node:test';
import { json, startGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/receiver.ts';
import { until } from '../support/waiting.ts';

/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WITHIN_MS = 30_000;

/** As `docs/webhooks.md` shows it to receivers. */
function isSigned(publicKey: string, { headers, text: body }: ReceivedRequest): boolean {
	const x = Buffer.from(publicKey.slice('whpk_'.length), 'base64').toString('base64url');
	const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
	const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
	return String(headers['webhook-signature'])
		.split(' ')
		.some((one) => one.startsWith('v1a,') && verify(null, content, key, Buffer.from(one.slice('v1a,'.length), 'base64')));
}

suite('a webhook over its life', () => {
	test('signed by key pair, with credentials; an operator hears that it fails and is back; deleted with what it has left', async () => {
		let status = 503;
		await using gateway = await startGateway({
			environment: { RECADO_PROBE_FIRST: '50ms', RECADO_JANITOR_INTERVAL: '100ms' },
			treat: ({ path }) => (path === '/shop' ? status : 200),
		});
		const { receiver } = gateway;
		const account = await gateway.account();
		const create = async (path: string, wish: object): Promise<ReturnType<typeof json>> => {
			const answer = await gateway.admin('POST', '/webhooks', { accountId: account.id, url: receiver.url(path), ...wish });
			assert.equal(answer.status, 201, JSON.stringify(answer.body));
			return answer.body;
		};
		const operator = await create('/operator', { events: ['webhook.failing', 'webhook.recovered', 'webhook.disabled'] });
		const authentication = { scheme: 'bearer', token: 'receiver-token' };
		const shop = await create('/shop', { events: ['chat.presence'], signatures: ['v1', 'v1a'], authentication, ratePerSecond: 1_000 });
		assert.ok(!JSON.stringify(shop).includes('receiver-token'));
		const show = async (id: string): Promise<ReturnType<typeof json>> => (await gateway.admin('GET', `/webhooks/${id}`)).body;
		const types = async (count: number): Promise<readonly string[]> => {
			const told = await receiver.waitFor(
				(all) => all.filter(({ path }) => path === '/operator').length >= count,
				`${count} events`,
				WITHIN_MS,
			);
			return told.filter(({ path }) => path === '/operator').map((one) => json(one).type);
		};
		const write = (phone: string) =>
			gateway.admin('POST', `/simulator/${account.instance.id}/presence`, { from: `55119999900${phone}`, status: 'composing' });

		for (const phone of ['01', '02', '03', '04', '05']) await write(phone);
		assert.deepEqual(await types(1), ['webhook.failing']);
		const failing = await show(shop.id);
		assert.deepEqual([failing.status, failing.circuit.state, failing.circuit.errorClass], ['failing', 'open', 'status']);
		const refused = await gateway.admin('DELETE', `/webhooks/${shop.id}`);
		assert.deepEqual([refused.status, refused.body.code], [409, 'webhook_has_deliveries']);

		status = 200;
		assert.deepEqual(await types(2), ['webhook.failing', 'webhook.recovered']);
		const idsAtShop = (all: readonly ReceivedRequest[]): ReadonlySet<unknown> =>
			new Set(all.filter(({ path }) => path === '/shop').map((one) => one.headers['webhook-id']));
		await receiver.waitFor((all) => idsAtShop(all).size === 5, 'all five', WITHIN_MS);
		const last = receiver.requests.findLast(({ path }) => path === '/shop');
		assert.ok(last && isSigned(shop.publicKey, last));
		assert.equal(last.headers.authorization, 'Bearer receiver-token');

		await gateway.admin('PATCH', `/webhooks/${shop.id}`, { enabled: false });
		assert.deepEqual(await types(3), ['webhook.failing', 'webhook.recovered', 'webhook.disabled']);
		await write('06');
		const left = async (): Promise<number> =>
			(await gateway.admin('GET', `/deliveries?webhookId=${shop.id}&state=pending`)).body.items.length;
		await until(async () => (await left()) === 1, { what: 'what is told meanwhile to wait', withinMs: WITHIN_MS });
		assert.equal((await gateway.admin('DELETE', `/webhooks/${shop.id}?deliveries=drain`)).status, 202);
		assert.deepEqual([(await show(shop.id)).status, (await show(shop.id)).ending], ['ending', 'drain']);
		const cancelling = await gateway.admin('DELETE', `/webhooks/${shop.id}?deliveries=cancel`);
		assert.deepEqual([cancelling.status, cancelling.body], [202, '']);
		assert.equal((await gateway.admin('GET', `/webhooks/${shop.id}`)).status, 404);
		const { body: events } = await gateway.admin('GET', '/events?type=webhook.disabled');
		assert.deepEqual(
			events.items.map(({ instanceId, data }: ReturnType<typeof json>) => [instanceId, data.webhook.id, data.reason]),
			[[undefined, shop.id, 'request']],
		);
		// It has nothing left as soon as its last answer is written down.
		const isGone = async (): Promise<boolean> => (await gateway.admin('DELETE', `/webhooks/${operator.id}`)).status === 204;
		await until(isGone, { what: 'the other one to go', withinMs: WITHIN_MS });
	});

	test('a fragment, which is never sent, is refused at its field; a header is kept by null', async () => {
		await using gateway = await startGateway();
		const { id: accountId } = await gateway.account();
		const url = gateway.receiver.url('/hook');
		const asked = { accountId, events: ['chat.presence'], headers: { 'x-key': 'secret' } };
		const faultsOf = ({ status, body }: Awaited<ReturnType<typeof gateway.admin>>): readonly unknown[] => [
			status,
			...body.faults.map((fault: { readonly path: string }) => fault.path),
		];
		assert.deepEqual(faultsOf(await gateway.admin('POST', '/webhooks', { ...asked, url: `${url}#top` })), [400, 'url']);
		const { body: made } = await gateway.admin('POST', '/webhooks', { ...asked, url });
		assert.deepEqual(faultsOf(await gateway.admin('PATCH', `/webhooks/${made.id}`, { url: `${url}#` })), [400, 'url']);
		const { status, body: changed } = await gateway.admin('PATCH', `/webhooks/${made.id}`, { headers: { 'x-key': null, 'x-shop': '42' } });
		assert.deepEqual([status, changed.headerNames], [200, ['x-key', 'x-shop']]);
		await gateway.admin('POST', `/webhooks/${made.id}/test`);
		const [request] = await gateway.receiver.waitFor((all) => all.some(({ path }) => path === '/hook'), 'the example', WITHIN_MS);
		assert.deepEqual([request?.headers['x-key'], request?.headers['x-shop']], ['secret', '42']);
	});
});
