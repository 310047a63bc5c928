/** Texts and media sent by Z-API's calls, as the phone that gets them shows them: answers, mentions, edits, deletions, pins, forwarding. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gateway } from '../support/gateway.ts';
import { MEDIA_FILES } from '../support/media-files.ts';
import { JOSE, MARIA, startZApi, type ZApi, zApiOf } from './z-api-rig.ts';

const MINUTE_MS = 60_000;

describe('what Z-API sends', () => {
	let gateway: Gateway;
	/** How far the clocks of the machine are ahead. */
	let aheadMs = 0;
	let zApi: ZApi;

	before(async () => {
		const rawClocks = { wall: () => Date.now() + aheadMs, monotonic: () => performance.now() + aheadMs };
		gateway = await startZApi({ rawClocks });
	});
	after(() => gateway[Symbol.asyncDispose]());

	const text = (message: string, more: object = {}) => zApi.sent('send-text', { phone: MARIA, message, ...more });

	test('a text is edited on the phone while WhatsApp allows it, and not by somebody else', async () => {
		zApi = await zApiOf(gateway);
		const { whatsappId } = await text('antes');
		const edit = await zApi.post('send-text', { phone: MARIA, message: 'depois', editMessageId: whatsappId });
		assert.notEqual(edit.messageId, whatsappId);
		const { editedAt } = await zApi.shown(MARIA, (one) => one.whatsappId === whatsappId && one.content.text === 'depois');
		assert.ok(Date.parse(editedAt) > 0);
		const theirs = await zApi.written(MARIA, { text: 'oi' });
		const edited = { phone: MARIA, message: 'outra coisa' };
		assert.match(await zApi.refused(400, 'POST', 'send-text', { ...edited, editMessageId: theirs }), /not written by this number/);
		assert.match(await zApi.refused(404, 'POST', 'send-text', { ...edited, editMessageId: 'NADA' }), /NADA/);
		aheadMs += 16 * MINUTE_MS;
		assert.match(await zApi.refused(400, 'POST', 'send-text', { ...edited, editMessageId: whatsappId }), /15 minutes/);
	});

	test('the caption of a document is edited, its file stays', async () => {
		zApi = await zApiOf(gateway);
		const document = gateway.receiver.url('/pdf');
		const before = await zApi.sent('send-document/pdf', { phone: MARIA, document, caption: 'antes', fileName: 'contrato' });
		await zApi.post('send-document/pdf', { phone: MARIA, document, caption: 'depois', editDocumentMessageId: before.whatsappId });
		const { content } = await zApi.shown(MARIA, (one) => one.whatsappId === before.whatsappId && one.content.caption === 'depois');
		assert.deepEqual([content.kind, content.fileName, content.url], ['document', 'contrato.pdf', before.content.url]);
	});

	test('media come as what they are: view once, a voice note, a GIF, a round video, a sticker with its author', async () => {
		zApi = await zApiOf(gateway);
		const url = (file: string) => gateway.receiver.url(`/${file}`);
		const cases: readonly [string, object, object][] = [
			[
				'send-image',
				{ image: url('png'), caption: 'c', viewOnce: true },
				{ kind: 'image', caption: 'c', viewOnce: true, mimeType: 'image/png' },
			],
			['send-audio', { audio: url('opus'), waveform: true, async: true }, { kind: 'audio', voiceNote: true }],
			['send-video', { video: url('mp4'), caption: 'c', async: true }, { kind: 'video', caption: 'c', mimeType: 'video/mp4' }],
			['send-gif', { gif: url('mp4') }, { kind: 'video', look: 'gif' }],
			['send-ptv', { ptv: url('mp4') }, { kind: 'video', look: 'ptv' }],
			['send-sticker', { sticker: url('webp'), stickerAuthor: 'Loja' }, { kind: 'sticker', author: 'Loja' }],
		];
		for (const [path, body, expected] of cases) {
			const { content } = await zApi.sent(path, { phone: MARIA, ...body });
			assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, content[key]])), expected, path);
		}
		assert.match(await zApi.refused(400, 'POST', 'send-gif', { phone: MARIA, gif: url('pdf') }), /gif/);
	});

	test('a link has its preview, whose picture may be bytes', async () => {
		zApi = await zApiOf(gateway);
		const dataUri = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`;
		const body = {
			message: 'Veja https://loja.test',
			linkUrl: 'https://loja.test',
			title: 'Loja',
			linkDescription: 'Bolos',
			linkType: 'LARGE',
		};
		for (const image of [gateway.receiver.url('/png'), dataUri(MEDIA_FILES.png.bytes)]) {
			const { content } = await zApi.sent('send-link', { phone: MARIA, image, ...body });
			const { thumbnailUrl, ...preview } = content.preview;
			assert.deepEqual(preview, { url: 'https://loja.test', title: 'Loja', description: 'Bolos' });
			assert.match(thumbnailUrl, /^https?:/);
		}
		const noPicture = { phone: MARIA, image: dataUri(Buffer.from('nada')), ...body };
		assert.match(await zApi.refused(400, 'POST', 'send-link', noPicture), /image/);
	});

	test('a message of a group is answered to its writer alone', async () => {
		zApi = await zApiOf(gateway);
		const phone = await zApi.group();
		const asked = await zApi.written(MARIA, { group: phone, text: 'Quanto custa?' });
		const answer = { phone, message: 'Para você, 10', messageId: asked, privateAnswer: true };
		const seen = await zApi.sent('send-text', answer, MARIA);
		assert.deepEqual([seen.chat, seen.replyTo, seen.content.text], [zApi.account.instance.phone, asked, 'Para você, 10']);
		assert.ok(!(await zApi.screen(JOSE)).some(({ whatsappId }) => whatsappId === seen.whatsappId));
		const inPublic = { phone, message: 'Para todos', messageId: asked };
		assert.equal((await zApi.sent('send-text', inPublic, JOSE)).chat, phone);
		// What is meant for one must not be said to all.
		assert.match(await zApi.refused(400, 'POST', 'send-text', { phone, message: 'x', privateAnswer: true }), /messageId is required/);
		const own = await zApi.sent('send-text', { phone, message: 'nossa' }, JOSE);
		await zApi.refused(400, 'POST', 'send-text', { ...answer, messageId: own.whatsappId });
	});

	test('people and groups are mentioned by numbers as people write them', async () => {
		zApi = await zApiOf(gateway);
		const phone = await zApi.group();
		const groupMentioned = [{ phone: '120363000000000001-group', subject: 'Outro' }];
		const body = { phone, message: 'Oi @5544988887777', mentioned: ['+55 44 98888-7777'], groupMentioned };
		const { content } = await zApi.sent('send-text', body, MARIA);
		assert.deepEqual([content.context.mentioned, content.context.groupsMentioned], [[MARIA], groupMentioned]);
		assert.match(await zApi.refused(400, 'POST', 'send-text', { ...body, mentioned: [MARIA, 'todos'] }), /mentioned\[1\]/);
	});

	test('a message is deleted for all by whoever it belongs to', async () => {
		zApi = await zApiOf(gateway);
		const { whatsappId } = await text('engano');
		const path = (messageId: string, owner: boolean) => `messages?messageId=${messageId}&phone=${MARIA}&owner=${owner}`;
		assert.match(await zApi.refused(400, 'DELETE', path(whatsappId, false)), /owner must be true/);
		await zApi.ok('DELETE', path(whatsappId, true));
		await zApi.shown(MARIA, (one) => one.whatsappId === whatsappId && one.content.kind === 'deleted');
		await zApi.refused(400, 'DELETE', path(await zApi.written(MARIA, { text: 'delas' }), false));
		await zApi.refused(404, 'DELETE', path('NADA', true));
	});

	test('an admin of a group deletes what others wrote there', async () => {
		zApi = await zApiOf(gateway);
		const phone = await zApi.group();
		const spam = await zApi.written(MARIA, { group: phone, text: 'promoção' });
		await zApi.ok('DELETE', `messages?messageId=${spam}&phone=${phone}&owner=false`);
		await zApi.shown(JOSE, (one) => one.whatsappId === spam && one.content.kind === 'deleted');
	});

	test('a message is pinned and unpinned, reacted to and not any more, on the phone', async () => {
		zApi = await zApiOf(gateway);
		const { whatsappId: messageId } = await text('importante');
		const on = (is: (message: { isPinned: boolean; reactions: readonly { emoji: string }[] }) => boolean) =>
			zApi.shown(MARIA, (one) => one.whatsappId === messageId && is(one));
		const pin = { phone: MARIA, messageId, pinMessageDuration: '7_days' };
		await zApi.post('pin-message', { ...pin, messageAction: 'pin' });
		await on(({ isPinned }) => isPinned);
		await zApi.post('pin-message', { ...pin, messageAction: 'unpin' });
		await on(({ isPinned }) => !isPinned);
		await zApi.refused(400, 'POST', 'pin-message', { ...pin, messageAction: 'pin', pinMessageDuration: '1_day' });
		await zApi.post('send-reaction', { phone: MARIA, messageId, reaction: '❤️' });
		await on(({ reactions }) => reactions[0]?.emoji === '❤️');
		await zApi.post('send-remove-reaction', { phone: MARIA, messageId });
		await on(({ reactions }) => reactions.length === 0);
		await zApi.refused(404, 'POST', 'send-reaction', { phone: JOSE, messageId, reaction: '❤️' });
	});

	test('a message is passed on to somebody else, by one id alone', async () => {
		zApi = await zApiOf(gateway);
		const messageId = await zApi.written(MARIA, { text: 'Encomenda: 2 bolos' });
		const answer = await zApi.post('forward-message', { phone: JOSE, messageId, messagePhone: MARIA });
		assert.deepEqual(Object.keys(answer), ['zaapId']);
		const { content } = await zApi.shown(JOSE, (one) => one.content.text === 'Encomenda: 2 bolos');
		assert.equal(content.context.forwarded, true);
		await zApi.refused(404, 'POST', 'forward-message', { phone: JOSE, messageId, messagePhone: JOSE });
	});

	test('a customer sees that their message was read', async () => {
		zApi = await zApiOf(gateway);
		const messageId = await zApi.written(MARIA, { text: 'oi' });
		assert.equal((await zApi.call('POST', 'read-message', { phone: MARIA, messageId })).status, 204);
		await zApi.shown(MARIA, (one) => one.whatsappId === messageId && one.isRead);
		await zApi.refused(404, 'POST', 'read-message', { phone: MARIA, messageId: 'NADA' });
	});

	test('contacts come as cards, each with its numbers', async () => {
		zApi = await zApiOf(gateway);
		const contacts = [
			{ name: 'Rosa', phones: [JOSE, '+55 44 3333-4444'] },
			{ name: 'Loja', phones: [JOSE], businessDescription: 'Bolos' },
		];
		const { content } = await zApi.sent('send-contacts', { phone: MARIA, contacts });
		assert.deepEqual(
			content.contacts.map((one: { name: string; phones: string[] }) => [one.name, one.phones]),
			[
				['Rosa', [JOSE, '554433334444']],
				['Loja', [JOSE]],
			],
		);
		const wrong = [{ name: 'Rosa', phones: [JOSE, 'x'] }];
		assert.match(await zApi.refused(400, 'POST', 'send-contacts', { phone: MARIA, contacts: wrong }), /contacts\[0\]\.phones\[1\]/);
	});
});
