import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageContent } from '../../src/domain/content.ts';
import { INSTANCE, startRig } from './rig.ts';

const MARIA = '5544988887777';
const JOSE = '5544977776666';
const GROUP = '120363019502650977-group';
const HELLO: MessageContent = { kind: 'text', text: 'oi' };

test('marking as read tells WhatsApp and is told once', async () => {
	await using rig = await startRig();
	const whatsappId = await rig.arrive(MARIA, HELLO);
	await rig.reading.markRead(INSTANCE, MARIA, whatsappId);
	await rig.reading.markRead(INSTANCE, '55 44 8888-7777', whatsappId);
	assert.deepEqual(rig.channel.asked[0], { name: 'chats.read', asked: { phone: MARIA, whatsappIds: [whatsappId] } });
	assert.deepEqual(rig.heard(), ['message.received', 'message.status read']);
	assert.equal((await rig.store.messages.byWhatsappId(INSTANCE.id, whatsappId))?.status, 'read');
});

test('what WhatsApp does not take is not read; own messages and those of other chats are refused', async () => {
	await using rig = await startRig();
	const whatsappId = await rig.arrive(MARIA, HELLO);
	rig.channel.answer = () => {
		throw new Error('no session');
	};
	await assert.rejects(rig.reading.markRead(INSTANCE, MARIA, whatsappId), /no session/);
	assert.deepEqual(rig.heard(), ['message.received']);
	await rig.arrive(JOSE, HELLO);
	await assert.rejects(rig.reading.markRead(INSTANCE, JOSE, whatsappId), { code: 'message_missing' });
	await assert.rejects(rig.reading.markRead(INSTANCE, '5511900001111', whatsappId), { code: 'message_missing' });
	const own = await rig.arrive(MARIA, HELLO, { fromMe: true });
	await assert.rejects(rig.reading.markRead(INSTANCE, MARIA, own), { code: 'message_unfit' });
});

test('a chat is read as a whole, in bounded pieces, and groups too', async () => {
	await using rig = await startRig({ queueMax: 1000 });
	const arrived: string[] = [];
	for (let count = 0; count < 205; count += 1) arrived.push(await rig.arrive(GROUP, HELLO, { at: count }));
	await rig.arrive(GROUP, HELLO, { fromMe: true });
	assert.equal(await rig.reading.readChat(INSTANCE, GROUP), 205);
	const told = rig.channel.asked.flatMap(({ name, asked }) =>
		name === 'chats.read' ? [(asked as { whatsappIds: string[] }).whatsappIds] : [],
	);
	assert.deepEqual([told.map((ids) => ids.length), told.flat()], [[100, 100, 5], arrived], 'oldest first');
	assert.deepEqual(rig.channel.asked.at(-1), { name: 'chats.change', asked: { phone: GROUP, change: { kind: 'read' } } });
	assert.equal(rig.heard().filter((type) => type === 'message.status read').length, 205);
	assert.equal(await rig.reading.readChat(INSTANCE, GROUP), 0);
	await assert.rejects(rig.reading.readChat(INSTANCE, MARIA), { code: 'not_there' });
});

test('what the channel cannot do is said so, and what it answers is handed on', async () => {
	await using rig = await startRig();
	rig.channel.answer = () => null;
	assert.equal(await rig.whatsapp.ask(INSTANCE, 'contacts.get', { phone: MARIA }), null);
	await assert.rejects(rig.whatsapp.ask(INSTANCE, 'groups.leave', { groupId: GROUP }), {
		code: 'operation_unsupported',
		details: { operation: 'groups.leave' },
	});
});
