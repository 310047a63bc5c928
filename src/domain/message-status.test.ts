import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MESSAGE_STEPS, type Message } from './message.ts';
import { advance, fail, type ToldStep } from './message-status.ts';

const queued: Message = {
	id: 'msg_1',
	whatsappId: '3EB0',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	fromMe: true,
	origin: 'api',
	content: { kind: 'text', text: 'oi' },
	status: 'queued',
	timeline: { queued: 0 },
	createdAt: 0,
	updatedAt: 0,
};

test('a skipped step is filled in', () => {
	const advanced = advance(queued, 'read', 5);
	assert.deepEqual(advanced?.steps, ['sent', 'received', 'read']);
	assert.deepEqual(advanced?.message.timeline, { queued: 0, sent: 5, received: 5, read: 5 });
});

test('whatever is told in whatever order, each step is entered once, in order', () => {
	const step = fc.constantFrom<ToldStep>('sent', 'received', 'read', 'played');
	fc.assert(
		fc.property(fc.array(step, { maxLength: 12 }), (told) => {
			let message = queued;
			const entered: string[] = ['queued'];
			for (const [at, to] of told.entries()) {
				const next = advance(message, to, at + 1);
				entered.push(...(next?.steps ?? []));
				message = next?.message ?? message;
			}
			assert.deepEqual(entered, MESSAGE_STEPS.slice(0, entered.length));
			assert.equal(message.status, entered.at(-1));
		}),
	);
});

test('failing is final, and only before the message was received', () => {
	const failure = { code: 'not_on_whatsapp', reason: 'Phone number does not exist' };
	const failed = fail(queued, failure, 3);
	assert.equal(failed?.status, 'failed');
	assert.ok(failed && advance(failed, 'read', 4) === undefined && fail(failed, failure, 5) === undefined);
	const received = advance(queued, 'received', 1);
	assert.equal(received && fail(received.message, failure, 2), undefined);
});
