import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageContent } from '../../src/domain/content.ts';
import type { Message } from '../../src/domain/message.ts';
import type { UponAct } from '../../src/messaging/services.ts';
import { type Rig, startRig } from './rig.ts';

const MARIA = '5544988887777';
const JOSE = '5544977776666';
const GROUP = '120363019502650977-group';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LIKE: UponAct = { kind: 'reaction', emoji: '👍' };
const REWRITE: UponAct = { kind: 'edit', content: { kind: 'text', text: 'depois' } };

function act(rig: Rig, whatsappId: string, what: UponAct, phone = MARIA): Promise<Message> {
	return rig.send(phone, '', { content: { kind: 'upon', whatsappId, act: what } });
}

async function sent(rig: Rig, content: MessageContent | string = 'antes', phone = MARIA): Promise<string> {
	const { whatsappId } = await rig.send(phone, '', { content: typeof content === 'string' ? { kind: 'text', text: content } : content });
	await rig.clock.advance(10);
	return whatsappId;
}

test('an edit is a message of its own, and the other says the new thing from when WhatsApp has it', async () => {
	await using rig = await startRig();
	const target = await sent(rig, { kind: 'text', text: 'antes', context: { mentioned: [JOSE] } });
	const gate = Promise.withResolvers<void>();
	rig.channel.decide = async () => {
		await gate.promise;
		return { kind: 'taken', at: rig.clock.now() };
	};
	const edit = await act(rig, target, REWRITE);
	assert.deepEqual(edit.content, { ...REWRITE, to: { whatsappId: target, fromMe: true } });
	await rig.clock.advance(10);
	assert.equal((await rig.content(target))?.context?.editedAt, undefined);
	gate.resolve();
	await rig.clock.advance(10);
	const { status, content } = (await rig.store.messages.byWhatsappId('ins_1', target)) ?? {};
	assert.deepEqual(
		[status, content],
		['sent', { kind: 'text', text: 'depois', context: { mentioned: [JOSE], editedAt: rig.clock.now() - 10 } }],
	);
	assert.deepEqual(rig.heard().slice(-2), ['message.sent', 'message.status sent']);
});

test('an edit that WhatsApp refuses, or that is taken out of the queue, changes nothing', async () => {
	await using rig = await startRig();
	const target = await sent(rig);
	rig.channel.decide = () => ({ kind: 'failed', at: rig.clock.now(), failure: { code: 'x', reason: 'y' } });
	await act(rig, target, REWRITE);
	await rig.clock.advance(10);
	rig.channel.decide = () => ({ kind: 'disconnected' });
	const { id } = await act(rig, target, REWRITE);
	await rig.clock.advance(10);
	await rig.sending.dequeue((await rig.store.accounts.instance('ins_1')) ?? assert.fail(), id);
	assert.deepEqual(await rig.content(target), { kind: 'text', text: 'antes' });
});

test('a receipt that overtakes the note of sending amends, too, and once', async () => {
	await using rig = await startRig();
	const target = await sent(rig);
	rig.channel.decide = async (message) => {
		await rig.told('early', 'received', message.whatsappId);
		return { kind: 'taken', at: rig.clock.now() };
	};
	await act(rig, target, REWRITE);
	await rig.clock.advance(10);
	const content = await rig.content(target);
	assert.equal(content?.kind === 'text' && content.text, 'depois');
});

test('a text upon a medium is its caption; what is no text, caption or event cannot be edited', async () => {
	await using rig = await startRig();
	const picture = { kind: 'image', url: 'https://x.example/a.png', mimeType: 'image/png', caption: 'antes' } as const;
	const image = await rig.arrive(MARIA, picture, { fromMe: true });
	await act(rig, image, REWRITE);
	await rig.clock.advance(10);
	const { context: _, ...content } = (await rig.content(image)) ?? assert.fail();
	assert.deepEqual(content, { ...picture, caption: 'depois' });
	const poll = await sent(rig, { kind: 'poll', question: '?', maxOptions: 1, options: ['a', 'b'] });
	await assert.rejects(act(rig, poll, REWRITE), { code: 'message_unfit', details: { id: poll, kind: 'poll', act: 'edit' } });
});

test('a reaction is one emoji, or none to take it back', async () => {
	await using rig = await startRig();
	const target = await sent(rig);
	for (const emoji of ['👍🏽', '']) await act(rig, target, { kind: 'reaction', emoji });
	for (const emoji of ['ok', '👍👍', '1'])
		await assert.rejects(act(rig, target, { kind: 'reaction', emoji }), { code: 'reaction_no_emoji' });
});

test('WhatsApp’s windows: a quarter of an hour to edit, sixty hours to delete for all, own messages only', async () => {
	await using rig = await startRig();
	const target = await sent(rig);
	const writtenAt = (await rig.store.messages.byWhatsappId('ins_1', target))?.timeline.sent ?? assert.fail();
	rig.clock.jumpTo(writtenAt + 15 * MINUTE_MS);
	await act(rig, target, REWRITE);
	rig.clock.jumpTo(writtenAt + 15 * MINUTE_MS + 1);
	await assert.rejects(act(rig, target, REWRITE), { code: 'edit_too_late', details: { id: target, minutes: 15 } });
	rig.clock.jumpTo(writtenAt + 60 * HOUR_MS + 1);
	await assert.rejects(act(rig, target, { kind: 'deletion' }), { code: 'deletion_too_late', details: { id: target, hours: 60 } });
	rig.clock.jumpTo(writtenAt + 60 * HOUR_MS + 2);
	const theirs = await rig.arrive(MARIA, { kind: 'text', text: 'oi' });
	await assert.rejects(act(rig, theirs, REWRITE), { code: 'message_not_own' });
	await assert.rejects(act(rig, theirs, { kind: 'deletion' }), { code: 'message_not_own' });
});

test('what is deleted for all says nothing any more, and cannot be acted upon', async () => {
	await using rig = await startRig();
	const target = await sent(rig);
	await act(rig, target, { kind: 'deletion' });
	await rig.clock.advance(10);
	assert.deepEqual(await rig.content(target), { kind: 'deleted' });
	for (const what of [REWRITE, LIKE, { kind: 'deletion' }] as const)
		await assert.rejects(act(rig, target, what), { code: 'message_unfit', details: { id: target, kind: 'deleted', act: what.kind } });
});

test('in a group the messages of others may be deleted: whether we are an admin is for WhatsApp to say', async () => {
	await using rig = await startRig();
	const participant = { phone: MARIA, name: 'Maria' };
	const theirs = await rig.arrive(GROUP, { kind: 'text', text: 'oi', context: { participant } }, { name: 'Turma' });
	const deletion = await act(rig, theirs, { kind: 'deletion' }, GROUP);
	assert.deepEqual(deletion.content, { kind: 'deletion', to: { whatsappId: theirs, fromMe: false, participantPhone: MARIA } });
	await rig.clock.advance(10);
	assert.deepEqual(await rig.content(theirs), { kind: 'deleted', context: { participant } });
});

test('what is acted upon has to be of that chat, known, and not failed', async () => {
	await using rig = await startRig();
	const target = await sent(rig);
	await assert.rejects(act(rig, '3EB0NONE', LIKE), { code: 'message_missing' });
	await assert.rejects(act(rig, target, LIKE, JOSE), { code: 'message_missing' });
	rig.channel.decide = () => ({ kind: 'failed', at: rig.clock.now(), failure: { code: 'x', reason: 'y' } });
	await assert.rejects(act(rig, await sent(rig, 'nunca chegou'), LIKE), { code: 'message_failed' });
});

test('votes are for polls and name their options, answers are for events that take place', async () => {
	await using rig = await startRig();
	const poll = await sent(rig, { kind: 'poll', question: '?', maxOptions: 1, options: ['a', 'b'] });
	const vote = await act(rig, poll, { kind: 'poll-vote', options: ['a'] });
	assert.deepEqual(vote.content, { kind: 'poll-vote', options: ['a'], to: { whatsappId: poll, fromMe: true } });
	await assert.rejects(act(rig, poll, { kind: 'poll-vote', options: ['c'] }), { code: 'poll_option_missing', details: { option: 'c' } });
	await assert.rejects(act(rig, poll, { kind: 'poll-vote', options: ['a', 'b'] }), { code: 'poll_options_too_many' });
	await assert.rejects(act(rig, poll, { kind: 'event-reply', reply: 'GOING' }), { code: 'message_unfit' });
	await rig.clock.advance(10);
	const event = await sent(rig, { kind: 'event', name: 'Festa', startsAt: 1, isCanceled: false });
	assert.equal((await act(rig, event, { kind: 'event-reply', reply: 'MAYBE' })).status, 'queued');
	const canceled = await sent(rig, { kind: 'event', name: 'Festa', startsAt: 1, isCanceled: true });
	await assert.rejects(act(rig, canceled, { kind: 'event-reply', reply: 'GOING' }), { code: 'message_unfit' });
});

test('forwarding sends what a message says, and nothing of where it said it', async () => {
	await using rig = await startRig();
	const said: MessageContent = {
		kind: 'text',
		text: 'novidade',
		context: { mentioned: [JOSE], participant: { phone: MARIA, name: 'Maria' } },
	};
	const whatsappId = await rig.arrive(GROUP, said, { name: 'Turma' });
	const instance = (await rig.store.accounts.instance('ins_1')) ?? assert.fail();
	const command = { instance, whatsappId, fromPhone: GROUP, toPhone: JOSE, origin: 'api' } as const;
	const forwarded = await rig.sending.forward(command);
	assert.deepEqual(forwarded.content, { kind: 'text', text: 'novidade', context: { forwarded: true } });
	await assert.rejects(rig.sending.forward({ ...command, fromPhone: JOSE }), { code: 'message_missing' });
	await assert.rejects(rig.sending.forward({ ...command, fromPhone: '5511900001111' }), { code: 'message_missing' });
	const reaction = await rig.arrive(GROUP, { kind: 'reaction', emoji: '👍', to: { whatsappId, fromMe: false } });
	await assert.rejects(rig.sending.forward({ ...command, whatsappId: reaction }), { code: 'message_unfit' });
});

test('messages go to groups, newsletters, broadcast lists and LIDs by their address', async () => {
	await using rig = await startRig({ queueMax: 20 });
	const spelled = [
		[GROUP, GROUP],
		['120363019502650977@g.us', GROUP],
		['5511999999999-1623281429-group', '5511999999999-1623281429-group'],
		['120363166555745933@newsletter', '120363166555745933@newsletter'],
		['1679655074-broadcast', '1679655074-broadcast'],
		['status@broadcast', 'status@broadcast'],
		['81896604192873@lid', '81896604192873@lid'],
		['+55 (44) 98888-7777', MARIA],
	] as const;
	for (const [written, address] of spelled) {
		const message = await rig.send(written, 'Olá');
		assert.equal((await rig.store.chats.chat(message.chatId))?.chat.phone, address);
	}
	await rig.clock.advance(100);
	assert.deepEqual(new Set(rig.channel.sent.map((one) => one.phone)), new Set(spelled.map(([, address]) => address)));
	assert.equal((await rig.store.chats.chatsOf('ins_1', { limit: 20 })).items.length, 7);
	for (const wrong of ['-group', 'abc-group', '12@newsletter', '12345678@else'])
		await assert.rejects(rig.send(wrong, 'x'), { code: 'invalid_phone' });
});
