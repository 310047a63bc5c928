import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageContent } from '../../src/domain/content.ts';
import { USUAL_SETTINGS } from '../../src/domain/instance-settings.ts';
import { INSTANCE, startRig } from './rig.ts';

const MARIA = '5544988887777';
const HELLO: MessageContent = { kind: 'text', text: 'oi' };

function call(name: string, callId: string): MessageContent {
	return { kind: 'notice', name, parameters: [], callId };
}

test('settings are kept, changed in part, and survive a restart', async () => {
	const before = await startRig();
	assert.deepEqual(await before.settings.get(INSTANCE), USUAL_SETTINGS);
	await Promise.all([
		before.settings.set(INSTANCE, { autoReadMessage: true }),
		before.settings.set(INSTANCE, { callRejectMessage: 'Escreva, por favor' }),
	]);
	await using rig = await before.restart();
	assert.deepEqual(await rig.settings.get(INSTANCE), { ...USUAL_SETTINGS, autoReadMessage: true, callRejectMessage: 'Escreva, por favor' });
});

test('with autoReadMessage what customers write is read in the unit of its arrival, and WhatsApp is told', async () => {
	await using rig = await startRig();
	await rig.settings.set(INSTANCE, { autoReadMessage: true });
	const whatsappId = await rig.arrive(MARIA, HELLO);
	assert.deepEqual(rig.heard(), ['message.received', 'message.status read']);
	assert.equal((await rig.store.messages.byWhatsappId(INSTANCE.id, whatsappId))?.status, 'read');
	assert.deepEqual(rig.channel.asked, [{ name: 'chats.read', asked: { phone: MARIA, whatsappIds: [whatsappId] } }]);
	await rig.arrive(MARIA, HELLO, { fromMe: true });
	await rig.arrive(MARIA, { kind: 'reaction', emoji: '👍', to: { whatsappId, fromMe: false } });
	await rig.arrive('status@broadcast', { ...HELLO, context: { participant: { phone: MARIA, name: 'Maria' } } });
	assert.equal(rig.channel.asked.length, 1);
	assert.equal(rig.heard().filter((type) => type === 'message.status read').length, 1);
});

test('with autoReadStatus statuses are seen, messages are not', async () => {
	await using rig = await startRig();
	await rig.settings.set(INSTANCE, { autoReadStatus: true });
	await rig.arrive(MARIA, HELLO);
	const whatsappId = await rig.arrive('status@broadcast', HELLO);
	assert.deepEqual(rig.channel.asked, [{ name: 'chats.read', asked: { phone: 'status@broadcast', whatsappIds: [whatsappId] } }]);
});

test('a message that was read before it is told is read once', async () => {
	await using rig = await startRig();
	await rig.settings.set(INSTANCE, { autoReadMessage: true });
	await rig.told('early', 'read', 'WA1');
	await rig.arrive(MARIA, HELLO, { whatsappId: 'WA1' });
	assert.deepEqual(rig.heard(), ['message.received', 'message.status read']);
});

test('a call is answered with one message, however often it is told', async () => {
	await using rig = await startRig();
	await rig.arrive(MARIA, call('CALL_VOICE', 'F1'));
	await rig.settings.set(INSTANCE, { callRejectMessage: 'Escreva, por favor' });
	await rig.arrive(MARIA, call('CALL_VOICE', 'F2'));
	await rig.settings.set(INSTANCE, { callRejectAuto: true });
	await rig.arrive(MARIA, call('CALL_VOICE', 'F3'));
	await rig.arrive(MARIA, call('CALL_MISSED_VOICE', 'F3'));
	await rig.arrive(MARIA, { kind: 'notice', name: 'PROFILE_PICTURE_UPDATED', parameters: [] });
	await rig.clock.advance(10);
	assert.deepEqual(
		rig.channel.sent.map(({ text, phone }) => [text, phone]),
		[['Escreva, por favor', MARIA]],
	);
	const sent = rig.events.find((event) => event.type === 'message.sent');
	assert.ok(sent?.type === 'message.sent');
	assert.equal(sent.data.message.origin, 'automatic');
	await rig.arrive(MARIA, call('CALL_MISSED_VIDEO', 'F4'));
	await rig.clock.advance(10);
	assert.equal(rig.channel.sent.length, 2);
	assert.equal(rig.heard().filter((type) => type === 'message.received').length, 6, 'each notice is told');
	assert.deepEqual(await rig.store.journal.failed(10), []);
});
