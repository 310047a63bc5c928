/** An instance of Z-API: its profile, what it does by itself, its pairing, its webhooks, its calls and statuses, as phones and other calls see them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gateway } from '../support/gateway.ts';
import { MEDIA_FILES } from '../support/media-files.ts';
import { until } from '../support/waiting.ts';
import { type Any, JOSE, MARIA, startZApi, type ZApi, zApiOf } from './z-api-rig.ts';

/** A PNG of a real QR code is some kilobytes; a blank one is not. */
const QR_IMAGE: RegExp = /^data:image\/png;base64,[A-Za-z0-9+/=]{500,}$/;

describe('an instance of Z-API', () => {
	let gateway: Gateway;
	let zApi: ZApi;

	before(async () => {
		gateway = await startZApi();
	});
	after(() => gateway[Symbol.asyncDispose]());

	test('its profile is what was set', async () => {
		zApi = await zApiOf(gateway);
		await zApi.put('profile-name', { value: 'Padaria' });
		await zApi.put('profile-description', { value: 'Pão quente' });
		await zApi.put('profile-picture', { value: gateway.receiver.url('/png') });
		const device = await zApi.get('device');
		assert.deepEqual([device.phone, device.name, device.about], [zApi.account.instance.phone, 'Padaria', 'Pão quente']);
		assert.match(device.imgUrl, /^https?:/);
		await zApi.put('profile-picture', { value: `data:image/png;base64,${MEDIA_FILES.png.bytes.toString('base64')}` });
		assert.notEqual((await zApi.get('device')).imgUrl, device.imgUrl);
		for (const value of ['foto.png', `data:image/png;base64,${Buffer.from('nada').toString('base64')}`]) {
			assert.match(await zApi.refused(400, 'PUT', 'profile-picture', { value }), /value/);
		}
		assert.match(await zApi.refused(400, 'PUT', 'profile-name', { value: '' }), /value/);
	});

	test('what it does by itself: reads, rejects calls with an answer', async () => {
		zApi = await zApiOf(gateway);
		await zApi.put('update-auto-read-message', { value: true });
		await zApi.put('update-call-reject-auto', { value: true });
		await zApi.put('update-call-reject-message', { value: 'Só por mensagem' });
		const me = await zApi.get('me');
		assert.deepEqual([me.autoReadMessage, me.callRejectAuto, me.callRejectMessage], [true, true, 'Só por mensagem']);
		const messageId = await zApi.written(MARIA, { text: 'oi' });
		await zApi.shown(MARIA, (one) => one.whatsappId === messageId && one.isRead);
		await zApi.simulator('POST', `/phones/${MARIA}/calls`, { media: 'voice', stage: 'ringing' });
		await zApi.shown(MARIA, ({ content }) => content.text === 'Só por mensagem');
		await zApi.put('update-auto-read-message', { value: false });
		assert.equal((await zApi.get('me')).autoReadMessage, false);
		await zApi.refused(400, 'PUT', 'update-auto-read-message', { value: 'yes' });
	});

	test('me tells its name, its state and where its webhooks go', async () => {
		zApi = await zApiOf(gateway);
		const url = gateway.receiver.url('/received');
		await zApi.put('update-webhook-received-delivery', { value: url });
		await zApi.put('update-name', { value: 'Filial' });
		const me = await zApi.get('me');
		assert.deepEqual([me.id, me.token, me.name, me.connected], [zApi.instanceId, zApi.account.instance.token, 'Filial', true]);
		assert.deepEqual([me.receivedCallbackUrl, me.receiveCallbackSentByMe, me.deliveryCallbackUrl], [url, true, null]);
		assert.deepEqual([me.paymentStatus, me.due], ['TRIAL', 0]);
		await zApi.get('disconnect');
		assert.equal((await zApi.get('me')).connected, false);
	});

	test('it is paired by a picture or by a code, while it is not connected', async () => {
		zApi = await zApiOf(gateway);
		assert.deepEqual(await zApi.get('qr-code/image'), { connected: true });
		assert.deepEqual(await zApi.get(`phone-code/${zApi.account.instance.phone}`), { connected: true });
		await zApi.get('disconnect');
		assert.match((await zApi.get('qr-code/image')).value, QR_IMAGE);
		assert.match((await zApi.get(`phone-code/${zApi.account.instance.phone}`)).value, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
		assert.equal(await zApi.refused(400, 'GET', 'phone-code/abc'), 'Invalid phone');
	});

	test('a call that a phone does not take is told of in the chat', async () => {
		zApi = await zApiOf(gateway);
		await zApi.simulator('PUT', `/contacts/${MARIA}`, { receivesAfterMs: null });
		const { messageId, zaapId, id } = await zApi.post('send-call', { phone: MARIA, callDuration: 3 });
		assert.deepEqual([zaapId, id], [messageId, messageId]);
		const told = async () => {
			const { body } = await zApi.admin('GET', `/messages?instanceId=${zApi.instanceId}`);
			return body.items.find(({ content }: Any) => content.callId === messageId);
		};
		await until(async () => (await told()) !== undefined, { what: 'the missed call', withinMs: 30_000 });
		const { content, fromMe } = await told();
		assert.deepEqual([content.kind, content.name, fromMe], ['notice', 'CALL_MISSED_VOICE', true]);
		await zApi.refused(400, 'POST', 'send-call', { phone: 'abc' });
		assert.match(await zApi.refused(400, 'POST', 'send-call', { phone: MARIA, callDuration: 0 }), /callDuration/);
	});

	test('telephone access is shown in whole once, and another one each time', async () => {
		zApi = await zApiOf(gateway);
		const [first, second] = [await zApi.post('sip-token', {}), await zApi.post('sip-token', {})];
		assert.notEqual(first.token, second.token);
		const info = await zApi.get('sip-info');
		assert.deepEqual([info.user, info.token, info.active], [second.user, `${second.token.slice(0, 3)}***`, true]);
		assert.notEqual((await zApi.get('call-token')).token, (await zApi.get('call-token')).token);
	});

	test('contacts see a status, and strangers do not', async () => {
		zApi = await zApiOf(gateway);
		await zApi.post('contacts/add', [{ firstName: 'Maria', phone: MARIA }]);
		const { id, messageId } = await zApi.post('send-text-status', { message: 'Pão quente agora' });
		assert.equal(id, undefined);
		const seen = await zApi.shown(MARIA, ({ whatsappId }) => whatsappId === messageId);
		assert.equal(seen.content.text, 'Pão quente agora');
		const image = await zApi.post('send-image-status', { image: gateway.receiver.url('/png'), caption: 'Bolo' });
		await zApi.shown(MARIA, ({ whatsappId, content }) => whatsappId === image.messageId && content.caption === 'Bolo');
		assert.ok(!(await zApi.screen(JOSE)).some(({ whatsappId }) => whatsappId === messageId));
	});

	test('an answer to a status says to which one', async () => {
		zApi = await zApiOf(gateway);
		const statusMessageId = '3EB0C4B0DB0D6C4A';
		const gif = { phone: MARIA, gif: gateway.receiver.url('/mp4'), statusMessageId };
		const sticker = { phone: MARIA, sticker: gateway.receiver.url('/webp'), statusMessageId };
		for (const [path, body] of [
			['reply-status-text', { phone: MARIA, message: 'Linda!', statusMessageId }],
			['reply-status-gif', gif],
			['reply-status-sticker', sticker],
		] as const) {
			const { content } = await zApi.sent(path, body);
			assert.equal(content.context.statusReply.messageId ?? content.context.statusReply.whatsappId, statusMessageId, path);
		}
	});
});
