/** Chats and contacts through Z-API: what the lists say after something was done, and what the customer's phone notices of it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Gateway } from '../support/gateway.ts';
import { type Any, JOSE, MARIA, startZApi, type ZApi, zApiOf } from './z-api-rig.ts';

describe('the chats and contacts of Z-API', () => {
	let gateway: Gateway;
	let zApi: ZApi;

	before(async () => {
		gateway = await startZApi();
	});
	after(() => gateway[Symbol.asyncDispose]());

	const chats = (): Promise<readonly Any[]> => zApi.get('chats?page=1&pageSize=20');
	const chat = async (phone: string = MARIA): Promise<Any> => (await chats()).find((one) => one.phone === phone);
	const modify = (action: string, phone: string | number = MARIA) => zApi.post('modify-chat', { phone, action });

	test('a chat is archived, pinned, muted, read and unread, as the list then says', async () => {
		zApi = await zApiOf(gateway);
		const before = Math.floor(Date.now() / 1000);
		const messageId = await zApi.written(MARIA, { text: 'oi' });
		const first = await chat();
		assert.deepEqual([first.archived, first.pinned, first.isMuted, first.unread, first.messagesUnread], ['false', 'false', '0', '0', 1]);
		assert.ok(Math.abs(Number(first.lastMessageTime) - before) < 60, 'seconds, as documented');
		assert.deepEqual([first.isGroup, first.isGroupAnnouncement], [false, false]);
		const steps: readonly [string, string, unknown][] = [
			['pin', 'pinned', 'true'],
			['unpin', 'pinned', 'false'],
			['archive', 'archived', 'true'],
			['unarchive', 'archived', 'false'],
			['mute', 'isMuted', '1'],
			['unmute', 'isMuted', '0'],
			['unread', 'unread', '1'],
			['read', 'unread', '0'],
		];
		for (const [action, member, value] of steps) {
			assert.deepEqual(await modify(action), { value: true });
			assert.equal((await chat())[member], value, action);
		}
		assert.equal((await chat()).messagesUnread, 0);
		await zApi.shown(MARIA, (one) => one.whatsappId === messageId && one.isRead);
		// The table says integer.
		await modify('pin', Number(MARIA));
		assert.equal((await zApi.get(`chats/${MARIA}`)).phone, MARIA);
		assert.equal((await chat()).pinned, 'true');
		assert.match(await zApi.refused(400, 'POST', 'modify-chat', { phone: MARIA, action: 'burn' }), /action/);
		assert.equal(await zApi.refused(400, 'POST', 'modify-chat', { phone: 'abc', action: 'pin' }), 'Invalid phone');
	});

	test('a chat that was cleared shows nothing of before; one that was deleted is not there until somebody writes', async () => {
		zApi = await zApiOf(gateway);
		await zApi.written(MARIA, { text: 'antes' });
		await modify('clear');
		const messages = async (): Promise<readonly string[]> =>
			(await zApi.get(`chat-messages/${MARIA}?amount=10`)).map((one: Any) => one.text.message);
		assert.deepEqual([await messages(), (await chat()).phone], [[], MARIA]);
		await zApi.written(MARIA, { text: 'depois' });
		assert.deepEqual(await messages(), ['depois']);
		await modify('delete');
		assert.deepEqual(await chats(), []);
		await zApi.refused(404, 'GET', `chats/${MARIA}`);
		await zApi.written(MARIA, { text: 'de novo' });
		assert.deepEqual([(await chat()).phone, await messages()], [MARIA, ['de novo']]);
	});

	test('the messages of a chat, oldest first, and those before one of them', async () => {
		zApi = await zApiOf(gateway);
		const ids: string[] = [];
		for (const text of ['um', 'dois', 'três']) ids.push(await zApi.written(MARIA, { text }));
		const listed = async (query: string) => (await zApi.get(`chat-messages/${MARIA}?${query}`)).map((one: Any) => one.messageId);
		assert.deepEqual(await listed('amount=2'), ids.slice(1));
		assert.deepEqual(await listed(`amount=10&lastMessageId=${ids[2]}`), ids.slice(0, 2));
		assert.deepEqual(await listed('amount=10&lastMessageId='), ids);
		await zApi.refused(404, 'GET', `chat-messages/${MARIA}?amount=10&lastMessageId=NADA`);
		await zApi.refused(404, 'GET', `chat-messages/${JOSE}?amount=10`);
		assert.match(await zApi.refused(400, 'GET', `chat-messages/${MARIA}?amount=101`), /amount/);
	});

	test('messages of a chat disappear after what was set, in either spelling', async () => {
		zApi = await zApiOf(gateway);
		for (const [chatExpiration, seconds] of [
			['7_DAYS', 604_800],
			['24_hours', 86_400],
			['OFF', 0],
		] as const) {
			await zApi.post('send-chat-expiration', { phone: MARIA, chatExpiration });
			const { body } = await zApi.admin('GET', `/instances/${zApi.instanceId}/whatsapp/chats/${MARIA}`);
			assert.equal(body.expiresInSeconds, seconds, chatExpiration);
		}
		assert.match(await zApi.refused(400, 'POST', 'send-chat-expiration', { phone: MARIA, chatExpiration: '2_DAYS' }), /chatExpiration/);
	});

	test('contacts are added, found under their names, and taken out', async () => {
		zApi = await zApiOf(gateway);
		await zApi.simulator('PUT', `/contacts/${JOSE}`, { onWhatsApp: false });
		const added = await zApi.post('contacts/add', [
			{ firstName: 'Rosa', lastName: 'Lima', phone: MARIA },
			{ firstName: 'José', phone: JOSE },
		]);
		assert.deepEqual([added.success, added.errors.length], [false, 1]);
		assert.match(added.errors[0], new RegExp(JOSE));
		const book = async (): Promise<readonly Any[]> => zApi.get('contacts?page=1&pageSize=10');
		assert.deepEqual(
			(await book()).map(({ name, phone }) => [name, phone]),
			[['Rosa Lima', MARIA]],
		);
		assert.equal((await zApi.get(`contacts/${MARIA}`)).short, 'Rosa');
		await zApi.refused(404, 'GET', `contacts/${JOSE}`);
		assert.deepEqual(await zApi.ok('DELETE', 'contacts/remove', [MARIA]), { success: true, errors: [] });
		assert.deepEqual(await book(), []);
	});

	test('who is on WhatsApp: one, many, and what is no number', async () => {
		zApi = await zApiOf(gateway);
		await zApi.simulator('PUT', `/contacts/${JOSE}`, { onWhatsApp: false });
		const [there] = await zApi.get(`phone-exists/${MARIA}`);
		assert.deepEqual([there.exists, there.phone, typeof there.lid], [true, MARIA, 'string']);
		assert.deepEqual(await zApi.get(`phone-exists/${JOSE}`), [{ exists: false, phone: JOSE, lid: null }]);
		const many = Array.from({ length: 50_000 }, (_, index) => `5511${900_000_000 + index}`);
		const found = await zApi.post('phone-exists-batch', { phones: many });
		assert.deepEqual([found.length, found.at(-1).inputPhone], [50_000, many.at(-1)]);
		await zApi.refused(400, 'POST', 'phone-exists-batch', { phones: [...many, MARIA] });
	});

	test('who is blocked is not heard, by a number as integer, too', async () => {
		zApi = await zApiOf(gateway);
		await zApi.post('contacts/modify-blocked', { phone: Number(MARIA), action: 'block' });
		assert.equal((await zApi.admin('GET', `/instances/${zApi.instanceId}/whatsapp/contacts/${MARIA}`)).body.isBlocked, true);
		await zApi.simulator('POST', '/messages', { from: MARIA, text: 'me ouve?' });
		await zApi.post('contacts/modify-blocked', { phone: MARIA, action: 'unblock' });
		const heard = await zApi.written(MARIA, { text: 'e agora?' });
		assert.deepEqual(
			(await zApi.get(`chat-messages/${MARIA}?amount=10`)).map((one: Any) => one.messageId),
			[heard],
		);
	});

	test('whoever is reported is shown as spam', async () => {
		zApi = await zApiOf(gateway);
		await zApi.written(MARIA, { text: 'Você ganhou!' });
		assert.deepEqual(await zApi.post(`contacts/${MARIA}/report`, {}), { success: true });
		assert.equal((await chat()).isMarkedSpam, 'true');
		assert.equal(await zApi.refused(400, 'POST', 'contacts/abc/report'), 'Invalid phone');
	});
});
