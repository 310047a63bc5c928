/** What asks for an answer, sent by Z-API's calls: buttons, lists, actions, carousels, polls, events; as the phone shows it, and what the phone taps. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gateway } from '../support/gateway.ts';
import { JOSE, MARIA, startZApi, type ZApi, zApiOf } from './z-api-rig.ts';

describe('what Z-API asks', () => {
	let gateway: Gateway;
	let zApi: ZApi;

	before(async () => {
		gateway = await startZApi();
		zApi = await zApiOf(gateway);
	});
	after(() => gateway[Symbol.asyncDispose]());

	test('buttons without ids are told by their places; a tap answers the message', async () => {
		const buttonList = {
			image: gateway.receiver.url('/png'),
			buttons: [{ label: 'Sim' }, { id: 'nao', label: 'Não' }, { label: 'Talvez' }, { label: 'Depois' }],
		};
		const { whatsappId, content } = await zApi.sent('send-button-list', { phone: MARIA, message: 'Vem?', buttonList });
		assert.deepEqual([content.text, content.header.kind], ['Vem?', 'image']);
		assert.deepEqual(
			content.buttons.map(({ id }: { id: string }) => id),
			['1', 'nao', '3', '4'],
		);
		const tapped = await zApi.kept(await zApi.written(MARIA, { tap: { messageId: whatsappId, id: 'nao' } }));
		assert.deepEqual([tapped.content.kind, tapped.content.text, tapped.replyTo], ['button-reply', 'Não', whatsappId]);
	});

	test('a list shows its options; the chosen one comes back', async () => {
		const options = Array.from({ length: 12 }, (_, index) => ({ title: `Sabor ${index + 1}`, description: 'Bolo' }));
		const optionList = { title: 'Sabores', buttonLabel: 'Ver', options };
		const { whatsappId, content } = await zApi.sent('send-option-list', { phone: MARIA, message: 'Qual?', optionList });
		assert.deepEqual([content.title, content.buttonLabel, content.options.length], ['Sabores', 'Ver', 12]);
		const chosen = await zApi.kept(await zApi.written(MARIA, { tap: { messageId: whatsappId, id: '12' } }));
		assert.deepEqual([chosen.content.kind, chosen.content.title], ['list-reply', 'Sabor 12']);
	});

	test('each action has what its type needs', async () => {
		const body = { phone: MARIA, message: 'Fale conosco', title: 't', footer: 'f' };
		const buttonActions = [
			{ type: 'CALL', label: 'Ligar', phone: '+55 44 98398-733' },
			{ type: 'URL', label: 'Site', url: 'https://loja.test' },
			{ type: 'REPLY', label: 'Quero' },
		];
		const { content } = await zApi.sent('send-button-actions', { ...body, buttonActions });
		assert.deepEqual([content.title, content.footer], ['t', 'f']);
		assert.deepEqual(content.buttons, [
			{ action: 'call', label: 'Ligar', phone: '554498398733' },
			{ action: 'url', label: 'Site', url: 'https://loja.test' },
			{ action: 'reply', label: 'Quero', id: '3' },
		]);
		const wrong: readonly [object, RegExp][] = [
			[{ type: 'CALL', label: 'Ligar' }, /buttonActions\[0\]\.phone is required/],
			[{ type: 'CALL', label: 'Ligar', phone: 'x' }, /buttonActions\[0\]\.phone must be digits/],
			[{ type: 'URL', label: 'Site' }, /buttonActions\[0\]\.url is required/],
			[{ type: 'URL', label: 'Site', url: 'site' }, /url/],
			[{ type: 'SMS', label: 'Site' }, /type/],
		];
		for (const [action, sentence] of wrong) {
			assert.match(await zApi.refused(400, 'POST', 'send-button-actions', { ...body, buttonActions: [action] }), sentence);
		}
		const card = { text: 'Bolo', image: gateway.receiver.url('/png'), buttons: [{ type: 'URL', label: 'Ver' }] };
		const carousel = { phone: MARIA, message: 'Bolos', carousel: [{ ...card, buttons: [] }, card] };
		assert.match(await zApi.refused(400, 'POST', 'send-carousel', carousel), /carousel\[1\]\.buttons\[0\]\.url is required/);
	});

	test('a medium that cannot be sent is named as the call names it', async () => {
		const image = 'data:image/png;base64,PGh0bWw+';
		const wrong: readonly (readonly [string, object, RegExp])[] = [
			['send-button-list', { buttonList: { image, buttons: [{ label: 'Sim' }] } }, /^buttonList\.image is no medium/],
			['send-button-list', { buttonList: { video: image, buttons: [{ label: 'Sim' }] } }, /^buttonList\.video is no medium/],
			[
				'send-carousel',
				{
					carousel: [
						{ text: 'Bolo', image: gateway.receiver.url('/png') },
						{ text: 'Torta', image },
					],
				},
				/^carousel\[1\]\.image is no medium/,
			],
			['send-button-otp', { code: '1', image }, /^image is no medium/],
		];
		for (const [call, body, sentence] of wrong) {
			assert.match(await zApi.refused(400, 'POST', call, { phone: MARIA, message: 'Olhe', ...body }), sentence);
		}
	});

	test('a carousel shows its cards, a password its code, a Pix key its kind', async () => {
		const card = (text: string) => ({ text, image: gateway.receiver.url('/png'), buttons: [{ type: 'REPLY', label: 'Quero' }] });
		const carousel = await zApi.sent('send-carousel', { phone: MARIA, message: 'Bolos', carousel: [card('Cenoura'), card('Milho')] });
		assert.deepEqual(
			carousel.content.cards.map((one: { text: string; header: { kind: string } }) => [one.text, one.header.kind]),
			[
				['Cenoura', 'image'],
				['Milho', 'image'],
			],
		);
		const otp = await zApi.sent('send-button-otp', { phone: MARIA, message: 'Seu código', code: '123-456' });
		assert.deepEqual(otp.content.buttons, [{ action: 'copy', label: 'Copiar código', code: '123-456' }]);
		const pix = await zApi.sent('send-button-pix', { phone: MARIA, pixKey: 'loja@loja.test', type: 'EMAIL' });
		assert.deepEqual([pix.content.key, pix.content.keyType, pix.content.merchantName], ['loja@loja.test', 'EMAIL', 'Pix']);
		assert.match(pix.content.referenceId, /^[A-Z0-9]{11}$/);
		assert.match(await zApi.refused(400, 'POST', 'send-button-pix', { phone: MARIA, pixKey: 'x', type: 'RANDOM' }), /type/);
	});

	test('a poll is voted on within its options, and the vote changed', async () => {
		const poll = [{ name: 'Cenoura' }, { name: 'Milho' }, { name: 'Fubá' }];
		const phone = await zApi.group();
		const { whatsappId: pollMessageId } = await zApi.sent('send-poll', { phone, message: 'Qual?', poll, pollMaxOptions: 2 }, MARIA);
		const vote = (...names: string[]) => ({ phone, pollMessageId, pollVote: names.map((name) => ({ name })) });
		const ours = (...options: string[]) =>
			zApi.shown(MARIA, (one) => {
				const own = one.votes.find(({ from }: { from: string }) => from === zApi.account.instance.phone);
				return one.whatsappId === pollMessageId && JSON.stringify(own?.options ?? []) === JSON.stringify(options);
			});
		await zApi.post('send-poll-vote', vote('Cenoura', 'Fubá'));
		await ours('Cenoura', 'Fubá');
		await zApi.post('send-poll-vote', vote('Milho'));
		await ours('Milho');
		assert.match(await zApi.refused(400, 'POST', 'send-poll-vote', vote('Chocolate')), /Chocolate/);
		assert.match(await zApi.refused(400, 'POST', 'send-poll-vote', vote('Cenoura', 'Milho', 'Fubá')), /2/);
		await zApi.refused(404, 'POST', 'send-poll-vote', { ...vote('Milho'), pollMessageId: 'NADA' });
		await zApi.refused(400, 'POST', 'send-poll-vote', {
			...vote('Milho'),
			pollMessageId: (await zApi.sent('send-text', { phone, message: 'oi' }, JOSE)).whatsappId,
		});
		assert.match(await zApi.refused(400, 'POST', 'send-poll', { phone, message: 'Qual?', poll: [{ name: 'A' }, { name: 'A' }] }), /poll/);
		await zApi.post('send-poll-vote', vote());
		await ours();
	});

	test('an event is at the time of its zone, is changed, answered and cancelled', async () => {
		const phone = await zApi.group();
		const event = {
			name: 'Festa',
			dateTime: '2030-05-01T20:00:00',
			timeZone: 'UTC-3',
			canceled: false,
			location: { name: 'Praça' },
			callLinkType: 'video',
		};
		const { whatsappId: eventMessageId, content } = await zApi.sent('send-event', { phone, event }, MARIA);
		assert.deepEqual([content.startsAt, content.place, content.call.media], ['2030-05-01T23:00:00.000Z', { name: 'Praça' }, 'video']);
		assert.match(content.call.url, /^https:\/\/call\.whatsapp\.com\/video\/[\w-]{22}$/);
		const now = (is: (content: { name: string; isCanceled: boolean }, replies: readonly { reply: string }[]) => boolean) =>
			zApi.shown(MARIA, (one) => one.whatsappId === eventMessageId && is(one.content, one.replies));
		await zApi.post('send-edit-event', { phone, eventMessageId, event: { ...event, name: 'Festança' } });
		await now(({ name }) => name === 'Festança');
		await zApi.post('send-event-response', { phone, eventMessageId, eventResponse: 'GOING' });
		await now((_content, replies) => replies.some(({ reply }) => reply === 'GOING'));
		await zApi.refused(400, 'POST', 'send-event-response', { phone, eventMessageId, eventResponse: 'MAYBE' });
		await zApi.post('send-edit-event', { phone, eventMessageId, event: { ...event, canceled: true } });
		await now(({ isCanceled }) => isCanceled);
		await zApi.refused(400, 'POST', 'send-event-response', { phone, eventMessageId, eventResponse: 'GOING' });
		for (const [member, wrong] of [
			['dateTime', { dateTime: 'amanhã' }],
			['timeZone', { timeZone: 'Brasília' }],
		] as const) {
			assert.match(
				await zApi.refused(400, 'POST', 'send-event', { phone, event: { ...event, ...wrong } }),
				new RegExp(`event\\.${member}`),
			);
		}
	});
});
