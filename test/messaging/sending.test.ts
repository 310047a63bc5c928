import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendOutcome } from '../../src/ports/channel.ts';
import { INSTANCE, startRig } from './rig.ts';

const MARIA = '5544988887777';
const JOSE = '5544977776666';

test('what is accepted is queued durably with its ids, goes out, and is told as sent once', async () => {
	await using rig = await startRig();
	const message = await rig.send(MARIA, 'Olá', { customId: '123' });
	assert.deepEqual([message.status, message.customId], ['queued', '123']);
	await rig.clock.advance(10);
	const kept = await rig.store.messages.message(message.id);
	assert.deepEqual([kept?.status, kept?.whatsappId], ['sent', message.whatsappId]);
	assert.deepEqual(rig.heard(), ['message.sent', 'message.status sent']);
	assert.equal(await rig.queues.of(INSTANCE.id).length(), 0);
});

test('a number that is not on WhatsApp fails with the provider’s words', async () => {
	await using rig = await startRig();
	rig.channel.decide = () => ({
		kind: 'failed',
		at: rig.clock.now(),
		failure: { code: 'not_on_whatsapp', reason: 'Phone number does not exist' },
	});
	const message = await rig.send(MARIA, 'Olá');
	await rig.clock.advance(10);
	assert.deepEqual(rig.heard(), ['message.failed']);
	assert.equal((await rig.store.messages.message(message.id))?.failure?.reason, 'Phone number does not exist');
});

test('while the session is gone the queue is kept, and works off in order when it is back', async () => {
	await using rig = await startRig();
	rig.channel.decide = () => ({ kind: 'disconnected' });
	for (const text of ['1', '2', '3']) await rig.send(MARIA, text);
	await rig.clock.advance(1_000);
	assert.deepEqual(rig.heard(), []);
	rig.channel.decide = () => ({ kind: 'taken', at: rig.clock.now() });
	rig.channel.sent.length = 0;
	await rig.instances.connect(INSTANCE);
	await rig.clock.advance(1_000);
	assert.deepEqual(
		rig.channel.sent.map((one) => one.text),
		['1', '2', '3'],
	);
});

test('a delayed message holds back later ones of its chat, a scheduled one does not, and other chats wait for neither', async () => {
	await using rig = await startRig();
	const startedAt = rig.clock.now();
	await rig.send(MARIA, 'delayed', { delayMs: 5_000 });
	await rig.send(MARIA, 'after it');
	await rig.send(JOSE, 'scheduled', { scheduledFor: startedAt + 60_000 });
	await rig.send(JOSE, 'at once');
	await rig.clock.advance(120_000);
	assert.deepEqual(
		rig.channel.sent.map((one) => [one.text, one.at - startedAt]),
		[
			['at once', 0],
			['delayed', 5_000],
			['after it', 5_000],
			['scheduled', 60_000],
		],
	);
});

test('one that is slow delays its chat alone', async () => {
	await using rig = await startRig();
	const gate = Promise.withResolvers<SendOutcome>();
	rig.channel.decide = (message) =>
		message.content.kind === 'text' && message.content.text === 'slow' ? gate.promise : { kind: 'taken', at: rig.clock.now() };
	await rig.send(MARIA, 'slow');
	await rig.send(MARIA, 'behind');
	await rig.send(JOSE, 'free');
	await rig.clock.advance(1_000);
	assert.deepEqual(
		rig.channel.sent.map((one) => one.text),
		['slow', 'free'],
	);
	gate.resolve({ kind: 'taken', at: rig.clock.now() });
});

test('between two starts there is the instance’s pause', async () => {
	await using rig = await startRig();
	await rig.store.commit({
		changes: [{ kind: 'instance.update', id: INSTANCE.id, pacing: { minMs: 1_000, maxMs: 3_000 } }],
		events: [],
		deliveries: [],
	});
	const startedAt = rig.clock.now();
	await Promise.all([rig.send(MARIA, '1'), rig.send(JOSE, '2'), rig.send('5511955554444', '3')]);
	await rig.clock.advance(10_000);
	assert.deepEqual(
		rig.channel.sent.map((one) => one.at - startedAt),
		[0, 1_000, 2_000],
	);
});

test('the queue has a limit; messages can be taken out of it, but not once they are on their way', async () => {
	await using rig = await startRig();
	rig.channel.decide = () => ({ kind: 'disconnected' });
	const first = await rig.send(MARIA, '1');
	await rig.clock.advance(10);
	for (const text of ['2', '3', '4', '5']) await rig.send(MARIA, text);
	await assert.rejects(rig.send(MARIA, '6'), { code: 'queue_full' });
	await rig.sending.dequeue(INSTANCE, first.id);
	await assert.rejects(rig.sending.dequeue(INSTANCE, first.id), { code: 'message_missing' });
	assert.equal(await rig.sending.emptyQueue(INSTANCE), 4);
	await rig.send(MARIA, '7');
	assert.equal(await rig.store.messages.queueCount(INSTANCE.id), 1);
});

test('a channel that throws keeps the message, and it is tried again', async () => {
	await using rig = await startRig();
	rig.channel.decide = () => {
		throw new Error('no answer');
	};
	await rig.send(MARIA, 'Olá');
	await rig.clock.advance(10);
	rig.channel.decide = () => ({ kind: 'taken', at: rig.clock.now() });
	await rig.clock.advance(10_000);
	assert.deepEqual(rig.heard(), ['message.sent', 'message.status sent']);
});

test('a receipt that overtakes the note of sending implies it', async () => {
	await using rig = await startRig();
	rig.channel.decide = async (message) => {
		await rig.told('early', 'read', message.whatsappId);
		return { kind: 'taken', at: rig.clock.now() };
	};
	await rig.send(MARIA, 'Olá');
	await rig.clock.advance(10);
	assert.deepEqual(rig.heard(), ['message.sent', 'message.status sent', 'message.status received', 'message.status read']);
});

test('asking twice at once is asking once', async () => {
	await using rig = await startRig();
	const idempotency = {
		request: { scope: 's', key: 'k', fingerprint: 'f' },
		answer: (message: { readonly id: string }) => ({ status: 200, body: { id: message.id } }),
	};
	const results = await Promise.allSettled(Array.from({ length: 20 }, () => rig.send(MARIA, 'Olá', { idempotency })));
	const accepted = results.filter((one) => one.status === 'fulfilled');
	assert.equal(accepted.length, 1);
	for (const one of results) if (one.status === 'rejected') assert.equal(one.reason.code, 'idempotency_raced');
	await rig.clock.advance(10);
	assert.equal(rig.channel.sent.length, 1);
});

test('bad phones, unknown references and kinds the channel has not are refused by code', async () => {
	await using rig = await startRig();
	await assert.rejects(rig.send('abc', 'Olá'), { code: 'invalid_phone' });
	await assert.rejects(rig.send(MARIA, '', { content: { kind: 'location', latitude: 1, longitude: 2 } }), { code: 'kind_unsupported' });
	await assert.rejects(rig.send(MARIA, '', { content: { kind: 'upon', whatsappId: '3EB0', act: { kind: 'reaction', emoji: '❤️' } } }), {
		code: 'message_missing',
	});
	await assert.rejects(rig.send(MARIA, '', { content: { kind: 'medium', medium: 'image', field: 'image', source: 'logo.png' } }), {
		code: 'invalid_media',
	});
});
