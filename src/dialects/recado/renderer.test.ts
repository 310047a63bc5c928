import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attendance } from '../../domain/attendance.ts';
import type { MessageContent } from '../../domain/content.ts';
import { type DomainEvent, EVENT_TYPES } from '../../domain/event.ts';
import type { Message } from '../../domain/message.ts';
import type { Webhook } from '../../domain/webhook.ts';
import { recadoRenderer } from './renderer.ts';

const AT = Date.parse('2026-01-31T12:00:00Z');
const T = '2026-01-31T12:00:00.000Z';

const webhook: Webhook = {
	id: 'whk_1',
	accountId: 'acc_1',
	dialect: 'recado',
	origin: 'management',
	url: 'https://a.example/',
	subscriptions: recadoRenderer.subscriptionsFor(EVENT_TYPES),
	order: 'chat',
	enabled: true,
	secrets: [],
	keyPairs: [],
	signatures: ['v1'],
	createdAt: AT,
	updatedAt: AT,
};
const message: Message = {
	id: 'msg_1',
	whatsappId: '3EB0A',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	fromMe: false,
	origin: 'phone',
	content: { kind: 'text', text: 'Oi' },
	status: 'received',
	timeline: { received: AT },
	thread: { contextId: 'ctx', interactionId: 'i' },
	createdAt: AT,
	updatedAt: AT,
	dueAt: AT,
};
const MESSAGE = {
	id: 'msg_1',
	whatsappId: '3EB0A',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	fromMe: false,
	origin: 'phone',
	content: { kind: 'text', text: 'Oi' },
	status: 'received',
	timeline: { received: T },
	contextId: 'ctx',
	createdAt: T,
	updatedAt: T,
	dueAt: T,
};
const correspondent = { chatId: 'cht_1', phone: '5544', chatName: 'Ana', senderName: 'Ana S.', lid: '1@lid', lastInboundAt: AT };
const CONTACT = { phone: '5544', name: 'Ana S.', chatName: 'Ana', lid: '1@lid', lastInboundAt: T };
const base = { id: 'evt_1', accountId: 'acc_1', instance: { id: 'ins_1', phone: '55' }, chatId: 'cht_1', at: AT } as const;

function rendered(event: DomainEvent): unknown {
	const bodies = recadoRenderer.render(event, webhook);
	assert.equal(bodies.length, 1);
	assert.deepEqual(recadoRenderer.render(event, webhook), bodies);
	const { id, type, timestamp, accountId, instanceId, data, ...rest } = JSON.parse(bodies[0] ?? '');
	assert.deepEqual([id, type, timestamp, accountId, instanceId], ['evt_1', event.type, T, 'acc_1', 'ins_1']);
	assert.deepEqual(rest, event.chatId === undefined ? {} : { chatId: 'cht_1' });
	return data;
}

test('messages', () => {
	const data = { message, with: correspondent };
	for (const type of ['message.sent', 'message.received', 'message.failed'] as const) {
		assert.deepEqual(rendered({ ...base, type, data }), { message: MESSAGE, contact: CONTACT });
	}
	const status = { ...base, type: 'message.status', data: { ...data, status: 'read' } } as const;
	assert.deepEqual(rendered(status), { status: 'read', message: MESSAGE, contact: CONTACT });
	const failure = { code: 'not_on_whatsapp', reason: 'Not there' };
	const failed: DomainEvent = { ...base, type: 'message.failed', data: { ...data, message: { ...message, failure, status: 'failed' } } };
	assert.deepEqual(rendered(failed), { message: { ...MESSAGE, failure, status: 'failed' }, contact: CONTACT });
});

test('contents stay as they are, but for what a reaction is for', () => {
	const contents: readonly (readonly [MessageContent, object])[] = [
		[
			{ kind: 'reaction', emoji: '👍', to: { whatsappId: 'W', fromMe: true } },
			{ kind: 'reaction', emoji: '👍', messageId: 'W', fromMe: true },
		],
		[
			{ kind: 'image', url: 'https://a.example/', mimeType: 'image/png', caption: 'c' },
			{ kind: 'image', url: 'https://a.example/', mimeType: 'image/png', caption: 'c' },
		],
		[
			{ kind: 'unknown', raw: { any: 1 } },
			{ kind: 'unknown', raw: { any: 1 } },
		],
	];
	for (const [content, shown] of contents) {
		const data = { message: { ...message, content }, with: correspondent };
		assert.deepEqual(rendered({ ...base, type: 'message.received', data }), { message: { ...MESSAGE, content: shown }, contact: CONTACT });
	}
});

test('instances and presence', () => {
	const { chatId: _chat, ...whole } = base;
	assert.deepEqual(rendered({ ...whole, type: 'instance.connected', data: {} }), {});
	assert.deepEqual(rendered({ ...whole, type: 'instance.disconnected', data: { reason: 'gone' } }), { reason: 'gone' });
	const presence = { ...base, type: 'chat.presence', data: { status: 'unavailable', lastSeenAt: AT, with: correspondent } } as const;
	assert.deepEqual(rendered(presence), { status: 'unavailable', lastSeenAt: T, contact: CONTACT });
});

test('attendances in both forms of categories, with their transcript', () => {
	const attendance: Attendance = {
		id: 'atd_1',
		accountId: 'acc_1',
		instanceId: 'ins_1',
		chatId: 'cht_1',
		number: 3,
		status: 'finished',
		customer: { name: 'Ana', phone: '5544' },
		operators: [],
		requestedAt: AT,
		startedAt: AT,
		finishedAt: AT,
		finishedBy: { id: 'opr_1', name: 'Rosa' },
		report: 'r',
		ratingObservation: 'o',
		categorisation: { form: 'single', category: { id: 'cat_1', name: 'Pedido', color: '#fff' } },
		version: 2,
	};
	const ATTENDANCE = {
		id: 'atd_1',
		number: 3,
		status: 'finished',
		accountId: 'acc_1',
		instanceId: 'ins_1',
		chatId: 'cht_1',
		customer: { name: 'Ana', phone: '5544' },
		operators: [],
		requestedAt: T,
		startedAt: T,
		finishedAt: T,
		finishedBy: { id: 'opr_1', name: 'Rosa' },
		report: 'r',
		ratingObservation: 'o',
	};
	const data = { attendance, with: correspondent, transcript: [{ message }] };
	const single = { ...ATTENDANCE, category: { id: 'cat_1', name: 'Pedido', color: '#fff' } };
	assert.deepEqual(rendered({ ...base, type: 'attendance.finished', data }), {
		attendance: single,
		contact: CONTACT,
		transcript: [MESSAGE],
	});
	const choices = [{ categoryId: 'c', categoryName: 'C', color: '#fff', itemId: 'i', itemName: 'I' }];
	const listed: Attendance = { ...attendance, categorisation: { form: 'list', choices } };
	assert.deepEqual(rendered({ ...base, type: 'attendance.started', data: { ...data, attendance: listed, transcript: [] } }), {
		attendance: { ...ATTENDANCE, categories: choices },
		contact: CONTACT,
		transcript: [],
	});
});

test('a webhook gets what it subscribed to and nothing else', () => {
	const subscriptions = recadoRenderer.subscriptionsFor(['message.sent', 'instance.connected']);
	assert.deepEqual(recadoRenderer.eventsOf(subscriptions), ['message.sent', 'instance.connected']);
	const narrow: Webhook = { ...webhook, subscriptions };
	assert.equal(recadoRenderer.render({ ...base, type: 'message.sent', data: { message, with: correspondent } }, narrow).length, 1);
	assert.deepEqual(recadoRenderer.render({ ...base, type: 'message.failed', data: { message, with: correspondent } }, narrow), []);
});
