/** Z-API's partner API: instances made, listed, signed and cancelled with a partner's token, and an instance whose time is over. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Gateway } from '../support/gateway.ts';
import { type Any, MARIA, startZApi, ZApi } from './z-api-rig.ts';

const DAY_MS = 86_400_000;

describe('a partner of Z-API', () => {
	let gateway: Gateway;
	/** How far the clocks of the machine are ahead. */
	let aheadMs = 0;

	before(async () => {
		const rawClocks = { wall: () => Date.now() + aheadMs, monotonic: () => performance.now() + aheadMs };
		gateway = await startZApi({ rawClocks });
	});
	after(() => gateway[Symbol.asyncDispose]());

	/** Calls with the token of a new partner; Z-API's of an instance it made with `instance`. */
	async function partner() {
		const { body } = await gateway.admin('POST', '/tokens', { name: 'Parceiro', scopes: ['partner'] });
		const headers = { authorization: `Bearer ${body.token}` };
		const ask = (method: string, path: string, wish?: object): Promise<Answer> => gateway.call(method, path, { body: wish, headers });
		const made = async (wish: object = {}): Promise<Any> => {
			const answer = await ask('POST', '/instances/integrator/on-demand', { name: 'Filial', ...wish });
			assert.equal(answer.status, 200, JSON.stringify(answer.body));
			return answer.body;
		};
		const listed = async (query = ''): Promise<Any> => (await ask('GET', `/instances?page=1&pageSize=10${query}`)).body;
		return { ask, made, listed, tokenId: body.id };
	}

	function zApiBy({ id, token }: { readonly id: string; readonly token: string }): ZApi {
		return new ZApi(gateway, { id: '', token: '', clientToken: '', instance: { id, token, phone: '' } });
	}

	test('makes an instance that works at once, with its webhooks and settings', async () => {
		const { made, listed } = await partner();
		const url = (path: string) => gateway.receiver.url(path);
		const instance = await made({
			sessionName: 'Loja',
			...{ deliveryCallbackUrl: url('/delivery'), receivedAndDeliveryCallbackUrl: url('/received'), connectedCallbackUrl: '' },
			...{ callRejectAuto: true, callRejectMessage: 'Só texto', autoReadMessage: true, disableEnqueueWhenDisconnected: true },
		});
		const zApi = zApiBy(instance);
		const me = await zApi.get('me');
		assert.deepEqual(
			[me.name, me.paymentStatus, me.deliveryCallbackUrl, me.connectedCallbackUrl],
			['Filial', 'TRIAL', url('/delivery'), null],
		);
		assert.deepEqual([me.receivedCallbackUrl, me.receiveCallbackSentByMe], [url('/received'), true]);
		assert.deepEqual([me.callRejectAuto, me.callRejectMessage, me.autoReadMessage], [true, 'Só texto', true]);
		await zApi.sent('send-text', { phone: MARIA, message: 'oi' });
		const [row] = (await listed()).content;
		assert.deepEqual([row.id, row.name, row.middleware, row.deliveryCallbackUrl], [instance.id, 'Filial', 'web', url('/delivery')]);
		await zApi.get('disconnect');
		await zApi.refused(409, 'POST', 'send-text', { phone: MARIA, message: 'oi?' });
	});

	test('sees its own instances alone, in pages, by name or id', async () => {
		const [one, other] = [await partner(), await partner()];
		const names = ['Centro', 'Norte', 'Sul'];
		for (const name of names) await one.made({ name });
		const foreign = await other.made({ name: 'Norte' });
		assert.deepEqual(
			(await one.listed()).content.map(({ name }: Any) => name),
			names,
		);
		const found = await one.listed('&query=nor');
		assert.deepEqual([found.total, found.content[0].name], [1, 'Norte']);
		const page = await one.ask('GET', '/instances?page=2&pageSize=2');
		assert.deepEqual([page.status, page.body.total, page.body.totalPage, page.body.content.length], [201, 3, 2, 1]);
		assert.equal((await one.listed('&middleware=mobile')).total, 0);
		const path = `/instances/${foreign.id}/token/${foreign.token}/integrator/on-demand/subscription`;
		assert.equal((await one.ask('POST', path)).status, 404);
	});

	test('makes nothing where a webhook or an option is refused', async () => {
		const { ask, listed } = await partner();
		const wish = { name: 'Filial' };
		const cases: readonly [number, object][] = [
			[400, { ...wish, deliveryCallbackUrl: 'http://loja.test/d' }],
			[400, { ...wish, deliveryCallbackUrl: 'https://10.0.0.1/d' }],
			[400, { ...wish, autoReadMessage: 'yes' }],
			[400, {}],
			[501, { ...wish, isDevice: true }],
		];
		for (const [status, body] of cases) {
			const answer = await ask('POST', '/instances/integrator/on-demand', body);
			assert.deepEqual([answer.status, Object.keys(answer.body)], [status, ['error']], JSON.stringify(body));
		}
		assert.equal((await listed()).total, 0);
	});

	test('is nobody without its token, or with a revoked one', async () => {
		const { ask, listed, tokenId } = await partner();
		assert.equal((await listed()).total, 0);
		assert.equal((await gateway.call('GET', '/instances?page=1&pageSize=10')).status, 401);
		const { body: plain } = await gateway.admin('POST', '/tokens', { name: 'Loja', scopes: ['messages:send'] });
		const headers = { authorization: `Bearer ${plain.token}` };
		assert.equal((await gateway.call('GET', '/instances?page=1&pageSize=10', { headers })).status, 401);
		await gateway.admin('POST', `/tokens/${tokenId}/revoke`);
		assert.equal((await ask('GET', '/instances?page=1&pageSize=10')).status, 401);
	});

	test('signs and cancels; what was cancelled works until its end, and again once it is signed again', async () => {
		const { ask, made, listed } = await partner();
		const instance = await made();
		const zApi = zApiBy(instance);
		const path = `/instances/${instance.id}/token/${instance.token}/integrator/on-demand`;
		assert.equal((await ask('POST', `${path}/cancel`)).status, 404, 'nobody signed');
		assert.equal((await ask('POST', `${path}/subscription`, { withCalls: false })).status, 201);
		assert.equal((await zApi.get('me')).paymentStatus, 'PAID');
		assert.equal((await ask('PUT', `${path}/subscription/update`, { withCalls: true })).status, 201);
		assert.equal((await ask('PUT', `${path}/subscription/update`, { withCalls: false })).status, 400);
		assert.equal((await ask('POST', `${path}/cancel`)).status, 201);
		const [row] = (await listed()).content;
		assert.equal(row.paymentStatus, 'CANCELED');
		assert.ok(row.due > Date.now());
		await zApi.sent('send-text', { phone: MARIA, message: 'ainda' });
		aheadMs += 31 * DAY_MS;
		assert.match(await zApi.refused(402, 'POST', 'send-text', { phone: MARIA, message: 'acabou?' }), /cancelled/);
		assert.equal((await zApi.get('me')).paymentStatus, 'CANCELED');
		assert.equal((await ask('POST', `${path}/subscription`)).status, 201);
		await zApi.sent('send-text', { phone: MARIA, message: 'de volta' });
	});
});
