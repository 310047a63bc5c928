/** What is kept in the house: one of each, and a second one where a request has to tell them apart. */
import type { Account, Application, Category, Department, Instance, Operator } from '../../../../src/domain/account.ts';
import type { Attempt } from '../../../../src/domain/attempt.ts';
import type { Attendance } from '../../../../src/domain/attendance.ts';
import type { Delivery } from '../../../../src/domain/delivery.ts';
import type { DomainEvent } from '../../../../src/domain/event.ts';
import type { Message } from '../../../../src/domain/message.ts';
import type { Template } from '../../../../src/domain/template.ts';
import type { Webhook } from '../../../../src/domain/webhook.ts';
import type { ChatView } from '../../../../src/ports/chats.ts';
import type { Job } from '../../../../src/ports/jobs.ts';

export const AT: number = Date.parse('2026-01-31T12:00:00Z');

export const account: Account = {
	id: 'acc_1',
	name: 'Padaria',
	tokenHash: 'hash-1',
	clientTokenHash: 'hash-2',
	clientTokenEnforced: false,
	createdAt: AT,
};

export const instance: Instance = {
	id: 'ins_1',
	accountId: 'acc_1',
	name: 'Balcão',
	channel: 'simulator',
	phone: '5544999990000',
	tokenHash: 'hash-3',
	state: 'connected',
	pacing: { minMs: 0, maxMs: 0 },
	createdAt: AT,
};

export const cloud: Instance = { ...instance, id: 'ins_2', name: 'Nuvem', channel: 'cloud-api' };

export const application: Application = {
	id: 'app_1',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	name: 'Loja',
	tokenId: 'jti-1',
	webhookId: 'whk_1',
	createdAt: AT,
};

export const template: Template = {
	facebookId: '708927800029953',
	accountId: 'acc_1',
	applicationId: 'app_1',
	name: 'pedido',
	language: 'pt_BR',
	category: 'UTILITY',
	status: 'APPROVED',
	components: [{ type: 'BODY', text: 'Pedido {{1}}' }],
	createdAt: AT,
	updatedAt: AT,
};

export const department: Department = { id: 'dep_1', accountId: 'acc_1', name: 'Vendas', active: true, isDefault: true, createdAt: AT };

export const operator: Operator = { id: 'opr_1', accountId: 'acc_1', name: 'Rosa', active: true, createdAt: AT };

export const category: Category = {
	id: 'cat_1',
	accountId: 'acc_1',
	name: 'Pedido',
	color: '#00aa00',
	items: [{ id: 'itm_1', name: 'Bolo' }],
	isDefault: true,
	createdAt: AT,
};

export const message: Message = {
	id: 'msg_1',
	whatsappId: '3EB0A',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	fromMe: true,
	origin: 'api',
	content: { kind: 'text', text: 'Bom dia' },
	status: 'sent',
	timeline: { queued: AT, sent: AT + 1000 },
	createdAt: AT,
	updatedAt: AT + 1000,
};

export const chat: ChatView = {
	chat: {
		id: 'cht_1',
		accountId: 'acc_1',
		instanceId: 'ins_1',
		contactId: 'ctc_1',
		phone: '554488887777',
		name: 'Ana',
		waitingSince: AT,
		lastMessageAt: AT,
		createdAt: AT,
	},
	contact: { id: 'ctc_1', accountId: 'acc_1', name: 'Ana' },
};

export const attendance: Attendance = {
	id: 'atd_1',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	number: 7,
	status: 'progress',
	customer: { name: 'Ana', phone: '554488887777' },
	department: { id: 'dep_1', name: 'Vendas' },
	operators: [{ id: 'opr_1', name: 'Rosa' }],
	requestedAt: AT,
	startedAt: AT + 5000,
	version: 1,
};

export const webhook: Webhook = {
	id: 'whk_1',
	accountId: 'acc_1',
	dialect: 'recado',
	origin: 'management',
	url: 'https://shop.example/hook',
	subscriptions: { 'message.received': {} },
	order: 'chat',
	enabled: true,
	secrets: [{ sealed: 'sealed:whsec_1' }],
	keyPairs: [],
	signatures: ['v1'],
	createdAt: AT,
	updatedAt: AT,
};

/** Its receiver is failing, and it has something left to deliver. */
export const busy: Webhook = { ...webhook, id: 'whk_2', failing: { since: AT, errorClass: 'timeout' } };

export const event: DomainEvent = {
	id: 'evt_1',
	type: 'message.sent',
	accountId: 'acc_1',
	instance: { id: 'ins_1', phone: '5544999990000' },
	chatId: 'cht_1',
	at: AT,
	data: { message, with: { chatId: 'cht_1', phone: '554488887777', chatName: 'Ana', senderName: 'Ana' } },
};

export const delivery: Delivery = {
	id: 'dlv_1',
	seq: 1,
	eventId: 'evt_1',
	eventType: 'message.sent',
	accountId: 'acc_1',
	webhookId: 'whk_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	lane: 'whk_1:cht_1',
	body: '{"id":"evt_1"}',
	createdAt: AT,
	state: 'dead',
	attempts: 1,
	lastError: 'status',
	isOvertaken: false,
	isReplay: false,
	settledAt: AT + 9000,
};

export const attempt: Attempt = {
	id: 'att_1',
	deliveryId: 'dlv_1',
	number: 1,
	startedAt: AT,
	url: 'https://shop.example/hook',
	requestHeaders: { 'webhook-id': 'dlv_1' },
	status: 500,
	responseHeaders: { server: 'x' },
	responseBody: 'no',
	errorClass: 'status',
	errorMessage: 'HTTP 500',
	timings: { connectMs: 1, totalMs: 2 },
};

export const job: Job = {
	id: 'job_1',
	kind: 'replay',
	filter: { accountId: 'acc_1', states: ['dead'], since: AT, seqMax: 10 },
	state: 'running',
	total: 8,
	done: 5,
	skipped: 1,
	cursor: 7,
	createdAt: AT,
	updatedAt: AT + 1000,
};
