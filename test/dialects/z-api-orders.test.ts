/** Orders, products and catalogues that Z-API's calls send. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gateway } from '../support/gateway.ts';
import { MARIA, startZApi, type ZApi, zApiOf } from './z-api-rig.ts';

describe('what Z-API sells', () => {
	let gateway: Gateway;
	let zApi: ZApi;

	before(async () => {
		gateway = await startZApi();
		zApi = await zApiOf(gateway);
	});
	after(() => gateway[Symbol.asyncDispose]());

	const products = [
		{ productId: '2394', name: 'Bolo', value: 0.1, quantity: 3 },
		{ name: 'Vela', value: 0.7, quantity: 1 },
	];
	const order = { currency: 'BRL', discount: 0.25, tax: 0.1, shipping: 5, products };

	test('an order costs what its products do, to the cent', async () => {
		const paymentSettings = { pix: { key: 'loja@loja.test', keyType: 'randomKey', name: 'Loja' }, card: { enabled: true } };
		const { content } = await zApi.sent('send-order', { phone: MARIA, order, paymentSettings });
		const { subTotal, total, discount, tax, shipping, orderStatus, paymentStatus, takesCards } = content;
		assert.deepEqual([subTotal, total, discount, tax, shipping], [1, 5.85, 0.25, 0.1, 5]);
		assert.deepEqual([orderStatus, paymentStatus, takesCards, content.pix.keyType], ['pending', 'pending', true, 'EVP']);
		assert.match(content.referenceId, /^[A-Z0-9]{11}$/);
		assert.notEqual(content.referenceId, content.orderRequestId);
		const [bolo, vela] = content.items;
		assert.deepEqual([bolo.productId, bolo.isCustom, vela.isCustom], ['2394', false, true]);
		assert.match(vela.productId, /^custom-item-/);
		const tooCheap = { ...order, discount: 100 };
		assert.match(await zApi.refused(400, 'POST', 'send-order', { phone: MARIA, order: tooCheap }), /order\.discount/);
		const wrongKey = { pix: { ...paymentSettings.pix, keyType: 'iban' } };
		assert.match(await zApi.refused(400, 'POST', 'send-order', { phone: MARIA, order, paymentSettings: wrongKey }), /keyType/);
	});

	test('what becomes of an order answers it, and is of that order alone', async () => {
		const { whatsappId: messageId, content } = await zApi.sent('send-order', { phone: MARIA, order });
		const { referenceId, orderRequestId, items } = content;
		const update = {
			phone: MARIA,
			...{ messageId, referenceId, orderRequestId, orderStatus: 'shipped', paymentStatus: 'paid', message: 'A caminho' },
			order: { ...order, products: items.map(({ isCustom, ...item }: { isCustom: boolean }) => ({ ...item, isCustomItem: isCustom })) },
		};
		for (const path of ['order-status-update', 'order-payment-update']) {
			const seen = await zApi.sent(path, update);
			const told = seen.content;
			assert.deepEqual([told.stage, told.orderStatus, told.paymentStatus, told.text], ['order', 'shipped', 'paid', 'A caminho']);
			assert.deepEqual([seen.replyTo, told.referenceId, told.total], [messageId, referenceId, content.total]);
			assert.match(await zApi.refused(400, 'POST', path, { ...update, referenceId: 'OUTRO' }), /referenceId/);
			await zApi.refused(404, 'POST', path, { ...update, messageId: 'NADA' });
			const text = await zApi.sent('send-text', { phone: MARIA, message: 'oi' });
			await zApi.refused(400, 'POST', path, { ...update, messageId: text.whatsappId });
		}
	});

	test('a catalogue says so in the language asked for; a product has to be there', async () => {
		const { content } = await zApi.sent('send-catalog', { phone: MARIA, catalogPhone: '+55 44 98888-7777', translation: 'EN' });
		assert.deepEqual([content.businessPhone, content.text], [MARIA, 'Open this link to see our catalogue on WhatsApp:']);
		assert.match(await zApi.refused(400, 'POST', 'send-catalog', { phone: MARIA, catalogPhone: 'loja' }), /catalogPhone/);
		const missing = { phone: MARIA, catalogPhone: zApi.account.instance.phone, productId: '404' };
		assert.match(await zApi.refused(404, 'POST', 'send-product', missing), /product/i);
	});

	test('an invitation to run a newsletter ends after three days', async () => {
		const adminInviteMessage = { newsletterId: '120363166555745933@newsletter', caption: 'Vem' };
		const before = Date.now();
		const { content } = await zApi.sent('send-newsletter-admin-invite', { phone: MARIA, adminInviteMessage });
		const endsAfterDays = (Date.parse(content.expiresAt) - before) / 86_400_000;
		assert.ok(endsAfterDays >= 3 && endsAfterDays < 3.01, `${endsAfterDays}`);
		const wrong = { ...adminInviteMessage, newsletterId: '120363166555745933-group' };
		await zApi.refused(400, 'POST', 'send-newsletter-admin-invite', { phone: MARIA, adminInviteMessage: wrong });
	});
});
