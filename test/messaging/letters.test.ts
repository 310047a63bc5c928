/** Several messages that are accepted all at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../src/domain/message.ts';
import { RecadoError } from '../../src/errors.ts';
import type { Idempotency, LettersCommand } from '../../src/messaging/services.ts';
import { INSTANCE, type Rig, startRig } from './rig.ts';

const MARIA = '5544988887777';
const JOSE = '5544977776666';

function sendAll(
	rig: Rig,
	letters: readonly (readonly [string, string])[],
	more: Partial<LettersCommand> = {},
): Promise<readonly Message[]> {
	return rig.sending.sendAll({
		instance: INSTANCE,
		origin: 'api',
		letters: letters.map(([phone, text]) => ({ phone, content: { kind: 'text', text } })),
		...more,
	});
}

test('each goes to its recipient, whoever gets two gets them in order and in one conversation', async () => {
	await using rig = await startRig();
	const messages = await sendAll(
		rig,
		[
			[MARIA, '1'],
			[JOSE, '2'],
			[MARIA, '3'],
		],
		{ contextId: 'c' },
	);
	assert.equal(messages[0]?.chatId, messages[2]?.chatId);
	assert.deepEqual(messages[0]?.thread, messages[2]?.thread);
	assert.equal(messages[0]?.thread?.contextId, 'c');
	await rig.clock.advance(10);
	const ofMaria = rig.channel.sent.filter(({ phone }) => phone === MARIA).map(({ text }) => text);
	assert.deepEqual([rig.channel.sent.length, ofMaria], [3, ['1', '3']]);
});

test('none is accepted where one cannot be, or there is no room for all', async () => {
	await using rig = await startRig({ queueMax: 2 });
	rig.channel.decide = () => ({ kind: 'disconnected' });
	const isOf = (code: string) => (error: unknown) => error instanceof RecadoError && error.code === code;
	await assert.rejects(
		sendAll(rig, [
			[MARIA, '1'],
			['12', '2'],
		]),
		isOf('invalid_phone'),
	);
	await assert.rejects(
		sendAll(rig, [
			[MARIA, '1'],
			[JOSE, '2'],
			[MARIA, '3'],
		]),
		isOf('queue_full'),
	);
	assert.equal(await rig.queues.of(INSTANCE.id).length(), 0);
});

test('their answer is kept with them: the same key again makes nothing', async () => {
	await using rig = await startRig();
	const idempotency: Idempotency<readonly Message[]> = {
		request: { scope: 's', key: 'k', fingerprint: 'f' },
		answer: (messages) => ({ status: 200, body: messages.map(({ id }) => id) }),
	};
	const letters = [
		[MARIA, '1'],
		[JOSE, '2'],
	] as const;
	const asked = await Promise.allSettled([sendAll(rig, letters, { idempotency }), sendAll(rig, letters, { idempotency })]);
	assert.deepEqual(asked.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
	await rig.clock.advance(10);
	assert.equal(rig.channel.sent.length, 2);
	assert.ok(await rig.store.idempotency.find('s', 'k'));
});

test('requests that name the same recipients in other orders do not wait for each other for ever', async () => {
	await using rig = await startRig({ queueMax: 100 });
	const rounds = Array.from({ length: 10 }, (_, round) =>
		round % 2 === 0
			? sendAll(rig, [
					[MARIA, 'x'],
					[JOSE, 'x'],
				])
			: sendAll(rig, [
					[JOSE, 'x'],
					[MARIA, 'x'],
				]),
	);
	const made = await Promise.all(rounds);
	assert.equal(new Set(made.flat().map(({ chatId }) => chatId)).size, 2);
});
