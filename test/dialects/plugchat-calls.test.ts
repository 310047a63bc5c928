/** What Plugchat's calls do, seen by other calls and by the management API, on the real gateway. The documented shapes are in test/contracts. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Gateway, json } from '../support/gateway.ts';
import { type Any, inTime, MARIA, messageOf, Plugchat, plugchatOf, startPlugchat, write } from './plugchat-rig.ts';

const DAY_MS = 86_400_000;

const PRODUCT = {
	currency: 'BRL',
	description: 'De cenoura',
	images: ['https://loja.example/bolo.png'],
	isHidden: false,
	name: 'Bolo',
	price: 20.5,
	retailerId: '002',
	url: 'https://loja.example/bolo',
};

describe("Plugchat's calls", () => {
	let gateway: Gateway;
	before(async () => {
		gateway = await startPlugchat();
	});
	after(() => gateway[Symbol.asyncDispose]());

	test('second spellings of a path do what the first ones do', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		await write(gateway, account.instance.id, 'Bom dia');
		for (const [first, second] of [
			[`chats/${MARIA}`, `chat/${MARIA}`],
			[`contacts/${MARIA}`, `contact/${MARIA}`],
			[`phone-exists/${MARIA}`, `phone-exists?phone=${MARIA}`],
		]) {
			assert.deepEqual(await plugchat.ok('GET', `/api/whatsapp/${second}`), await plugchat.ok('GET', `/api/whatsapp/${first}`));
		}
		const { phone } = await plugchat.ok('POST', '/api/whatsapp/create-group', { groupName: 'Compras', phones: [MARIA] });
		const metadata = await plugchat.ok('GET', `/api/whatsapp/group-metadata/${phone}`);
		assert.deepEqual(await plugchat.ok('GET', `/api/whatsapp/group-metadata?groupId=${phone}`), metadata);
		for (const path of ['send-sticker', 'send-text/send-sticker']) {
			const { messageId } = await plugchat.ok('POST', `/api/whatsapp/${path}`, { phone: MARIA, sticker: gateway.receiver.url('/webp') });
			assert.equal((await messageOf(gateway, account.instance.id, messageId)).content.kind, 'sticker');
		}
		assert.match((await plugchat.refused(400, 'GET', '/api/whatsapp/phone-exists')).error, /phone/);
	});

	test('GET send-text sends what its address says, and nothing without it', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const { messageId } = await plugchat.ok('GET', `/api/whatsapp/send-text?phone=${MARIA}&message=Oi`);
		assert.equal((await messageOf(gateway, account.instance.id, messageId)).content.text, 'Oi');
		assert.match((await plugchat.refused(400, 'GET', '/api/whatsapp/send-text')).error, /phone .*message/);
		assert.equal((await plugchat.ask('HEAD', `/api/whatsapp/send-text?phone=${MARIA}&message=Oi`)).status, 405);
	});

	test('a product is changed where its retailerId is known, told in thousandths, and hidden from others', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const { id } = await plugchat.ok('POST', '/api/whatsapp/products', PRODUCT);
		assert.deepEqual(
			await plugchat.ok('POST', '/api/whatsapp/products', { ...PRODUCT, name: 'Torta', images: PRODUCT.images[0], isHidden: true }),
			{
				id,
			},
		);
		const own = await plugchat.ok('GET', '/api/whatsapp/catalogs');
		assert.deepEqual(
			own.products.map((one: Any) => [one.id, one.name, one.price, one.images]),
			[[id, 'Torta', '20500', PRODUCT.images]],
		);
		assert.deepEqual((await plugchat.ok('GET', `/api/whatsapp/catalogs/${account.instance.phone}`)).products, []);
		const other = await plugchat.ok('POST', '/api/whatsapp/products', { ...PRODUCT, retailerId: '' });
		assert.notEqual(other.id, id);
		assert.equal((await plugchat.ok('GET', `/api/whatsapp/products/${other.id}`)).product.retailerId, null);
		assert.deepEqual(await plugchat.ok('DELETE', `/api/whatsapp/product/${id}`), { success: true });
		await plugchat.refused(404, 'GET', `/api/whatsapp/products/${id}`);
		await plugchat.refused(404, 'DELETE', `/api/whatsapp/products/${id}`);
	});

	test('a catalogue of several pages is told whole', async () => {
		const { plugchat } = await plugchatOf(gateway);
		for (let n = 0; n < 12; n += 1) await plugchat.ok('POST', '/api/whatsapp/products', { ...PRODUCT, retailerId: `r-${n}` });
		const { products } = await plugchat.ok('GET', '/api/whatsapp/catalogs');
		assert.equal(new Set(products.map((one: Any) => one.id)).size, 12);
	});

	test('settings of a group need one flag, and leave the other as it is', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const { phone } = await plugchat.ok('POST', '/api/whatsapp/create-group', { groupName: 'Compras', phones: [MARIA] });
		await plugchat.ok('POST', '/api/whatsapp/update-group-settings', { phone, adminOnlySettings: true });
		await plugchat.ok('POST', '/api/whatsapp/update-group-settings', { phone, adminOnlyMessage: true });
		const { body } = await gateway.admin('GET', `/instances/${account.instance.id}/whatsapp/groups/${phone}`);
		assert.deepEqual([body.settings.adminOnlyMessage, body.settings.adminOnlySettings], [true, true]);
		assert.match((await plugchat.refused(400, 'POST', '/api/whatsapp/update-group-settings', { phone })).error, /adminOnlyMessage/);
		const nobody = { groupId: phone, phones: ['5544900000000'] };
		await gateway.admin('PUT', `/simulator/${account.instance.id}/contacts/5544900000000`, { onWhatsApp: false });
		assert.deepEqual(await plugchat.ok('POST', '/api/whatsapp/add-participant', nobody), { value: false });
	});
});

describe("Plugchat's desk", () => {
	let gateway: Gateway;
	before(async () => {
		gateway = await startPlugchat();
	});
	after(() => gateway[Symbol.asyncDispose]());

	test('chats that wait come in pages counted from 1, or from 0, and leave when they are attended', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const phones = [MARIA, '5544977776666', '5544966665555'];
		for (const phone of phones) await write(gateway, account.instance.id, 'Bom dia', phone);
		const pending = async (query: string) =>
			(await plugchat.ok('GET', `/api/chat/get-pending-chats?${query}`)).map((one: Any) => [one.phone, one.unreadMessagesCount]);
		assert.deepEqual(
			await pending('page=1&pageSize=2'),
			phones.slice(0, 2).map((phone) => [phone, 1]),
		);
		assert.deepEqual(await pending('page=0&pageSize=2'), await pending('page=1&pageSize=2'));
		assert.deepEqual(await pending('page=2&pageSize=2'), [[phones[2], 1]]);
		const { body: operator } = await gateway.admin('POST', `/accounts/${account.id}/operators`, { name: 'Ana' });
		await plugchat.ok('POST', '/api/integrations/start-attendance', { phone: MARIA, operators: [operator.id] });
		assert.equal((await pending('')).length, 2);
	});

	test('a ticket tells its attendance and messages; a header that is none is the documented 500', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const messageId = await write(gateway, account.instance.id, 'Bom dia');
		const { body: operator } = await gateway.admin('POST', `/accounts/${account.id}/operators`, { name: 'Ana' });
		await plugchat.ok('POST', '/api/integrations/start-attendance', { phone: MARIA, operators: [operator.id] });
		const path = '/api/integrations/get-attendence-by-task';
		const { attendanceData, chat } = await plugchat.ok('GET', path, undefined, { ticket: '1' });
		const [attendance]: Any[] = Object.values(attendanceData);
		assert.deepEqual([attendance.attendanceNumber, attendance.status, attendance.operators], [1, 'PROGRESS', { [operator.id]: true }]);
		assert.equal('endTime' in attendance, false);
		assert.deepEqual([chat[messageId].text, chat[messageId].participantPhone], [{ message: 'Bom dia' }, MARIA]);
		for (const ticket of ['0000', '2', 'um', '']) await plugchat.refused(500, 'GET', path, undefined, { ticket });
		assert.match((await plugchat.refused(500, 'GET', path)).error, /Ticket/);
		assert.equal((await plugchat.ok('GET', '/api/operator/get-all')).length, 1);
		await plugchat.refused(500, 'GET', '/api/operator/get-all', undefined, { ticket: '2' });
		const other = await plugchatOf(gateway);
		await other.plugchat.refused(500, 'GET', path, undefined, { ticket: '1' });
	});

	test('a generic field is made and changed, also before the customer ever wrote', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		for (const value of ['Ouro', 'Prata']) {
			await plugchat.ok('POST', '/api/integrations/create-generic-field', { phone: MARIA, label: 'Plano', value });
		}
		await plugchat.ok('POST', '/api/integrations/create-generic-field', { phone: MARIA, label: 'Vazio' });
		const { body } = await gateway.admin('GET', `/chats?instanceId=${account.instance.id}`);
		const card = await gateway.admin('GET', `/accounts/${account.id}/chats/${body.items[0].id}/card`);
		assert.deepEqual(card.body.genericFields, [
			{ name: 'Plano', value: 'Prata' },
			{ name: 'Vazio', value: '' },
		]);
	});

	test('who is online is told of the own account alone', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const { body: operator } = await gateway.admin('POST', `/accounts/${account.id}/operators`, { name: 'Ana' });
		const path = '/api/account/get-operators-online';
		const states = async () => (await plugchat.ok('GET', `${path}?id=${account.id}`)).data.map((one: Any) => [one.id, one.state]);
		assert.deepEqual(await states(), [[operator.id, 'offline']]);
		await gateway.admin('PUT', `/accounts/${account.id}/operators/${operator.id}/state`, { state: 'online' });
		assert.deepEqual(await states(), [[operator.id, 'online']]);
		const other = await plugchatOf(gateway);
		await plugchat.refused(404, 'GET', `${path}?id=${other.account.id}`);
		assert.match((await plugchat.refused(400, 'GET', path)).error, /id/);
	});
});

describe('instances of Plugchat on demand', () => {
	let gateway: Gateway;
	let aheadMs = 0;
	before(async () => {
		gateway = await startPlugchat({ rawClocks: { wall: () => Date.now() + aheadMs, monotonic: () => performance.now() + aheadMs } });
	});
	after(() => gateway[Symbol.asyncDispose]());

	test('the token that is answered acts on the new instance, whose webhooks are its own', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const answer = await plugchat.ask('POST', '/api/whatsapp/instances/integrator/on-demand', {
			name: 'Filial',
			deliveryCallbackUrl: gateway.receiver.url('/filial'),
		});
		assert.equal(answer.status, 201);
		const branch = new Plugchat(gateway, `Bearer ${answer.body.token}`);
		// Else she answers after some seconds, and the webhook hears of it.
		await gateway.admin('PUT', `/simulator/${answer.body.id}/contacts/${MARIA}`, { repliesWith: null });
		const { messageId } = await branch.ok('POST', '/api/whatsapp/send-text', { phone: MARIA, message: 'Da filial' });
		assert.ok(await messageOf(gateway, answer.body.id, messageId));
		await plugchat.ok('POST', '/api/whatsapp/send-text', { phone: MARIA, message: 'Da matriz' });
		await branch.ok('PUT', '/api/whatsapp/update-webhook-received', { value: gateway.receiver.url('/lido') });
		await write(gateway, account.instance.id, 'Para a matriz');
		await write(gateway, answer.body.id, 'Para a filial');
		await inTime('both webhooks', async () => heard('/filial').length > 0 && heard('/lido').length > 0);
		assert.deepEqual(
			heard('/filial').map((one) => one.messageId),
			[messageId],
		);
		assert.deepEqual(
			heard('/lido').map((one) => one.text.message),
			['Para a filial'],
		);
		for (const token of [`${answer.body.id}.wrong`, `${account.instance.id}.${String(answer.body.token).split('.')[1]}`]) {
			await new Plugchat(gateway, token).refused(401, 'GET', '/api/whatsapp/status');
		}
	});

	test('its token makes no further instances, and reads no ticket of the others', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const { token, id } = (await plugchat.ask('POST', '/api/whatsapp/on-demand', { name: 'Filial' })).body;
		const branch = new Plugchat(gateway, token);
		await branch.refused(401, 'POST', '/api/whatsapp/on-demand', { name: 'Filial da filial' });
		const { body: operator } = await gateway.admin('POST', `/accounts/${account.id}/operators`, { name: 'Ana' });
		for (const instanceId of [account.instance.id, id]) {
			const wish = { instanceId, phone: MARIA, operatorIds: [operator.id] };
			assert.equal((await gateway.admin('POST', `/accounts/${account.id}/attendances`, wish)).status, 201);
		}
		const read = async (by: Plugchat, ticket: string): Promise<number> =>
			(await by.ask('GET', '/api/integrations/get-attendence-by-task', undefined, { ticket })).status;
		assert.deepEqual([await read(plugchat, '1'), await read(plugchat, '2')], [200, 200]);
		assert.deepEqual([await read(branch, '1'), await read(branch, '2')], [500, 200]);
	});

	test('one that is made with an Idempotency-Key is made once', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const make = () => plugchat.ok('POST', '/api/whatsapp/on-demand', { name: 'Filial' }, { 'idempotency-key': 'uma-vez' });
		assert.deepEqual(await make(), await make());
		assert.equal((await gateway.admin('GET', `/accounts/${account.id}/instances`)).body.items.length, 2);
	});

	test('nothing is made where a webhook is refused', async () => {
		const { plugchat, account } = await plugchatOf(gateway);
		const wish = { name: 'Filial', receivedCallbackUrl: 'http://loja.example/' };
		await plugchat.refused(400, 'POST', '/api/whatsapp/on-demand', wish);
		assert.equal((await gateway.admin('GET', `/accounts/${account.id}/instances`)).body.items.length, 1);
	});

	test('what was never signed for cannot be cancelled; what was can be', async () => {
		const { plugchat } = await plugchatOf(gateway);
		await plugchat.refused(404, 'POST', '/api/whatsapp/integrator/on-demand/cancel');
		for (const act of ['subscription', 'cancel']) {
			const answer = await plugchat.ask('POST', `/api/whatsapp/integrator/on-demand/${act}`);
			assert.deepEqual([answer.status, answer.body], [201, 'OK']);
		}
		// Until its time is over it goes on; then it can be signed for again, and nothing else.
		await plugchat.ok('GET', '/api/whatsapp/status');
		aheadMs += 31 * DAY_MS;
		await plugchat.refused(402, 'GET', '/api/whatsapp/status');
		await plugchat.ok('POST', '/api/whatsapp/integrator/on-demand/subscription');
		await plugchat.ok('GET', '/api/whatsapp/status');
	});

	function heard(path: string): readonly Any[] {
		return gateway.receiver.requests.filter((one) => one.path === path).map(json);
	}
});
