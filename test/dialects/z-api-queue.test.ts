/** Z-API's queue while the instance is not connected: what each kind of message is listed as, what leaves it, and an instance that keeps none. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gateway } from '../support/gateway.ts';
import { MARIA, startZApi, type ZApi, zApiOf } from './z-api-rig.ts';

interface Queued {
	readonly Message: string;
	readonly MessageId: string;
	readonly DelayMessage: number;
}

describe('what waits in the queue of Z-API', () => {
	let gateway: Gateway;
	let zApi: ZApi;

	before(async () => {
		gateway = await startZApi();
	});
	after(() => gateway[Symbol.asyncDispose]());

	test('each message is listed with its words, and all of them leave when the phone is back', async () => {
		zApi = await zApiOf(gateway);
		const { whatsappId: messageId } = await zApi.sent('send-text', { phone: MARIA, message: 'oi' });
		const poll = await zApi.sent('send-poll', { phone: MARIA, message: 'Qual?', poll: [{ name: 'A' }, { name: 'B' }] });
		await zApi.admin('POST', `/simulator/${zApi.instanceId}/disconnect`);
		const url = (file: string) => gateway.receiver.url(`/${file}`);
		const cases: readonly [string, object, string][] = [
			['send-text', { message: 'Bom dia' }, 'Bom dia'],
			['send-text', { message: 'Boa tarde', editMessageId: messageId }, 'Boa tarde'],
			['send-image', { image: url('png'), caption: 'Bolo' }, 'Bolo'],
			['send-audio', { audio: url('opus') }, ''],
			['send-document/pdf', { document: url('pdf'), fileName: 'contrato' }, 'contrato.pdf'],
			['send-location', { title: 'Loja', address: 'Rua 1', latitude: '-23.5', longitude: '-51.9' }, 'Loja'],
			['send-contact', { contactName: 'Rosa', contactPhone: MARIA }, 'Rosa'],
			[
				'send-contacts',
				{
					contacts: [
						{ name: 'Rosa', phones: [MARIA] },
						{ name: 'José', phones: [MARIA] },
					],
				},
				'Rosa, José',
			],
			['send-reaction', { reaction: '❤️', messageId }, '❤️'],
			['send-button-list', { message: 'Vem?', buttonList: { buttons: [{ label: 'Sim' }] } }, 'Vem?'],
			['send-poll', { message: 'Quando?', poll: [{ name: 'A' }, { name: 'B' }] }, 'Quando?'],
			['send-poll-vote', { pollMessageId: poll.whatsappId, pollVote: [{ name: 'A' }, { name: 'B' }] }, 'A, B'],
			['send-event', { event: { name: 'Festa', dateTime: '2030-05-01T20:00:00Z', canceled: false } }, 'Festa'],
			['send-button-pix', { pixKey: 'loja@loja.test', type: 'EMAIL' }, 'loja@loja.test'],
			['send-catalog', { catalogPhone: MARIA, message: 'Catálogo' }, 'Catálogo'],
			['pin-message', { messageId, messageAction: 'pin', pinMessageDuration: '7_days' }, ''],
		];
		const expected: Queued[] = [];
		for (const [path, body, Message] of cases) {
			const { messageId: MessageId } = await zApi.post(path, { phone: MARIA, ...body });
			expected.push({ Message, MessageId, DelayMessage: -1 });
		}
		const { messages } = await zApi.get('queue?page=1&pageSize=100');
		const listed = messages.map(({ Message, MessageId }: Queued) => [MessageId, Message]);
		assert.deepEqual(
			listed,
			expected.map(({ Message, MessageId }) => [MessageId, Message]),
		);
		assert.deepEqual(await zApi.get('queue/count'), { count: cases.length });
		await zApi.get('restore-session');
		const last = expected.at(-1)?.MessageId ?? '';
		await zApi.kept(last, ({ status }) => status !== 'queued');
		await zApi.shown(MARIA, (one) => one.whatsappId === messageId && one.content.text === 'Boa tarde' && one.isPinned);
	});

	test('a delay is told in seconds, the time of typing with it', async () => {
		zApi = await zApiOf(gateway);
		const delayed = { phone: MARIA, message: 'já vai', delayMessage: 15, delayTyping: 15 };
		const { messageId } = await zApi.post('send-text', delayed);
		const { messages } = await zApi.post('queue', {});
		assert.deepEqual(
			messages.map((one: Queued) => [one.MessageId, one.DelayMessage]),
			[[messageId, 30]],
		);
		await zApi.refused(400, 'POST', 'send-text', { ...delayed, delayMessage: 16 });
		await zApi.refused(400, 'POST', 'send-text', { ...delayed, delayTyping: 16 });
		await zApi.ok('DELETE', `queue/${messages[0].ZaapId}`);
		assert.deepEqual(await zApi.get('queue/count'), { count: 0 });
		await zApi.refused(404, 'DELETE', `queue/${messages[0].ZaapId}`);
	});

	test('an instance that keeps nothing refuses what it cannot send at once', async () => {
		zApi = await zApiOf(gateway);
		await zApi.admin('PATCH', `/instances/${zApi.instanceId}/settings`, { refusesWhileDisconnected: true });
		await zApi.sent('send-text', { phone: MARIA, message: 'oi' });
		await zApi.get('disconnect');
		assert.match(await zApi.refused(409, 'POST', 'send-text', { phone: MARIA, message: 'oi?' }), /connected/);
		assert.deepEqual(await zApi.get('queue/count'), { count: 0 });
		await zApi.get('restore-session');
		await zApi.sent('send-text', { phone: MARIA, message: 'oi!' });
	});
});
