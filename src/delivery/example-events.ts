/** An event of each type with example data, for `POST /webhooks/{id}/test`: what a receiver gets is rendered as the real ones are. */
import type { Attendance, AttendanceTransfer } from '../domain/attendance.ts';
import type { Correspondent, DomainEvent, EventType, WebhookRef } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Ids } from '../ports/clock.ts';

export interface ExampleOf {
	readonly type: EventType;
	readonly webhook: Webhook;
	readonly instance: { readonly id: string; readonly phone: string };
	readonly at: number;
	readonly ids: Ids;
}

const EXAMPLE_PHONE = '5544999999999';
const EXAMPLE_NAME = 'Maria da Silva';
const EXAMPLE_OUTAGE_MS = 10 * 60_000;

export function exampleEvent({ type, webhook, instance, at, ids }: ExampleOf): DomainEvent {
	const chatId = ids.next('cht');
	const correspondent: Correspondent = { chatId, phone: EXAMPLE_PHONE, chatName: EXAMPLE_NAME, senderName: EXAMPLE_NAME };
	const message = exampleMessage({ type, webhook, instance, at, ids }, chatId);
	const base = { id: ids.next('evt'), accountId: webhook.accountId, instance, at };
	const ofChat = { ...base, chatId };
	switch (type) {
		case 'message.sent':
		case 'message.received':
		case 'message.failed':
			return { ...ofChat, type, data: { message, with: correspondent } };
		case 'message.status':
			return { ...ofChat, type, data: { message, status: 'received', with: correspondent } };
		case 'instance.connected':
			return { ...base, type, data: {} };
		case 'instance.disconnected':
			return { ...base, type, data: { reason: 'Device has been disconnected' } };
		case 'chat.presence':
			return { ...ofChat, type, data: { status: 'composing', with: correspondent } };
		case 'attendance.transferred':
			return { ...ofChat, type, data: { ...exampleTransfer(message, at, ids), with: correspondent } };
		case 'survey.answered': {
			const attendance = exampleAttendance('attendance.finished', message, at, ids);
			const answer = { attendanceId: attendance.id, attendanceNumber: attendance.number, rating: 5, answeredAt: at };
			return { ...ofChat, type, data: { attendance, with: correspondent, answer } };
		}
		case 'attendance.started':
		case 'attendance.finished': {
			const attendance = exampleAttendance(type, message, at, ids);
			return { ...ofChat, type, data: { attendance, with: correspondent, transcript: [{ message }] } };
		}
		case 'webhook.failing':
			return { ...base, type, data: { webhook: refOf(webhook), errorClass: 'timeout', failuresInARow: 5 } };
		case 'webhook.recovered':
			return { ...base, type, data: { webhook: refOf(webhook), failingSince: at - EXAMPLE_OUTAGE_MS } };
		case 'webhook.disabled':
			return { ...base, type, data: { webhook: refOf(webhook), reason: 'gone' } };
	}
}

/** There is one webhook that is sure to be known to whoever reads this. */
function refOf({ id, dialect, url }: Webhook): WebhookRef {
	return { id, dialect, url };
}

function exampleMessage({ type, webhook, instance, at, ids }: ExampleOf, chatId: string): Message {
	const isInbound = type === 'message.received' || type.startsWith('attendance.');
	const status = isInbound || type === 'message.status' ? 'received' : type === 'message.failed' ? 'failed' : 'sent';
	return {
		id: ids.next('msg'),
		whatsappId: ids.nextWhatsappId(),
		accountId: webhook.accountId,
		instanceId: instance.id,
		chatId,
		fromMe: !isInbound,
		origin: isInbound ? 'phone' : 'api',
		content: { kind: 'text', text: 'Mensagem de teste' },
		status,
		timeline: { [status]: at },
		...(status === 'failed' ? { failure: { code: 'not_on_whatsapp', reason: 'Phone number does not exist' } } : {}),
		createdAt: at,
		updatedAt: at,
	};
}

function exampleTransfer(message: Message, at: number, ids: Ids): { attendance: Attendance; transfer: AttendanceTransfer } {
	const before = exampleAttendance('attendance.started', message, at, ids);
	const department = { id: ids.next('dep'), name: 'Outro departamento de teste' };
	const attendance: Attendance = { ...before, department, operators: [], version: 2 };
	const transfer: AttendanceTransfer = {
		id: ids.next('trf'),
		attendanceId: attendance.id,
		at,
		from: { ...(before.department === undefined ? {} : { department: before.department }), operators: before.operators },
		to: { department, operators: [] },
		reason: 'Motivo de teste',
	};
	return { attendance, transfer };
}

function exampleAttendance(type: 'attendance.started' | 'attendance.finished', message: Message, at: number, ids: Ids): Attendance {
	const operator = { id: ids.next('opr'), name: 'Operador de teste' };
	const open: Attendance = {
		id: ids.next('atd'),
		accountId: message.accountId,
		instanceId: message.instanceId,
		chatId: message.chatId,
		number: 1,
		status: 'progress',
		customer: { name: EXAMPLE_NAME, phone: EXAMPLE_PHONE },
		department: { id: ids.next('dep'), name: 'Departamento de teste' },
		operators: [operator],
		requestedAt: at,
		startedAt: at,
		version: 1,
	};
	if (type === 'attendance.started') return open;
	return {
		...open,
		status: 'finished',
		finishedAt: at,
		finishedBy: operator,
		report: 'Relato de teste',
		ratingObservation: 'Observação de teste',
	};
}
