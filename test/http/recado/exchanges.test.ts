/** Golden exchanges of the management API: each operation of its document at least once, each answer as documented. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explainFailure } from '../../../src/domain/attempt-failure.ts';
import { createChecker, type OpenApi, operationAt, operationsOf } from './document.ts';
import { ACCESS_TAGS, DESK_TAGS, INSIGHT_TAGS, SESSION_TAGS, SETTINGS_TAGS } from './elsewhere.ts';
import { ADMIN_TOKEN, type House, startHouse } from './house.ts';

const T = '2026-01-31T12:00:00.000Z';
/** An answer without an end has no head to ask for. */
const ENDLESS = '/recado/v1/stream';
const AUTH = { authorization: `Bearer ${ADMIN_TOKEN}` };

const ACCOUNT = { id: 'acc_1', name: 'Padaria', clientTokenEnforced: false, createdAt: T };
const INSTANCE = {
	id: 'ins_1',
	accountId: 'acc_1',
	name: 'Balcão',
	channel: 'simulator',
	phone: '5544999990000',
	state: 'connected',
	pacing: { minMs: 0, maxMs: 0 },
	createdAt: T,
	queueLength: 2,
};
const CLOUD = { ...INSTANCE, id: 'ins_2', name: 'Nuvem', channel: 'cloud-api' };
const { queueLength: _none, ...BARE_INSTANCE } = INSTANCE;
const APPLICATION = {
	appId: 'app_1',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	name: 'Loja',
	webhook: 'https://shop.example/hook',
	webhookId: 'whk_1',
	createdAt: T,
};
const TEMPLATE = {
	facebookId: '708927800029953',
	appId: 'app_1',
	name: 'pedido',
	language: 'pt_BR',
	category: 'UTILITY',
	status: 'APPROVED',
	components: [{ type: 'BODY', text: 'Pedido {{1}}' }],
	createdAt: T,
	updatedAt: T,
};
const DEPARTMENT = { id: 'dep_1', accountId: 'acc_1', name: 'Vendas', active: true, isDefault: true, createdAt: T };
const CATEGORY = {
	id: 'cat_1',
	accountId: 'acc_1',
	name: 'Pedido',
	color: '#00aa00',
	items: [{ id: 'itm_1', name: 'Bolo' }],
	isDefault: true,
	createdAt: T,
};
const MESSAGE = {
	id: 'msg_1',
	whatsappId: '3EB0A',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	fromMe: true,
	origin: 'api',
	content: { kind: 'text', text: 'Bom dia' },
	status: 'sent',
	timeline: { queued: T, sent: '2026-01-31T12:00:01.000Z' },
	createdAt: T,
	updatedAt: '2026-01-31T12:00:01.000Z',
};
const QUEUED = { ...MESSAGE, id: 'msg_9', status: 'queued', timeline: { queued: T } };
const CHAT = {
	id: 'cht_1',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	phone: '554488887777',
	name: 'Ana',
	contact: { id: 'ctc_1', name: 'Ana' },
	waitingSince: T,
	lastMessageAt: T,
	createdAt: T,
};
const HABITS = {
	autoReadMessage: false,
	autoReadStatus: false,
	callRejectAuto: false,
	callRejectMessage: '',
	refusesWhileDisconnected: false,
};
const PROFILE = { phone: '5544999990000', name: 'Padaria', about: 'Pão quente', isBusiness: true };
const ANA = { phone: '554488887777', name: '', firstName: '', notify: 'Ana', about: '', isBlocked: false };
const FLAGS = {
	phone: '554488887777',
	isArchived: false,
	isPinned: true,
	isMuted: true,
	isMarkedUnread: false,
	isSpam: false,
	unread: 2,
	expiresInSeconds: 0,
	clearedAt: T,
	isDeleted: false,
};
const GROUP = {
	id: '120363019502650977-group',
	subject: 'Turma',
	subjectAt: T,
	subjectBy: '5544999990000',
	description: '',
	owner: '5544999990000',
	createdAt: T,
	participants: [{ phone: '5544999990000', isAdmin: true, isSuperAdmin: true }],
	requests: [],
	isAnnouncement: false,
	settings: { adminOnlyMessage: false, adminOnlySettings: false, requireAdminApproval: false, adminOnlyAddMember: false },
	isMember: true,
};
const ATTENDANCE = {
	id: 'atd_1',
	number: 7,
	status: 'progress',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	customer: { name: 'Ana', phone: '554488887777' },
	department: { id: 'dep_1', name: 'Vendas' },
	operators: [{ id: 'opr_1', name: 'Rosa' }],
	requestedAt: T,
	startedAt: '2026-01-31T12:00:05.000Z',
};
const WEBHOOK = {
	id: 'whk_1',
	accountId: 'acc_1',
	dialect: 'recado',
	origin: 'management',
	events: ['message.received', 'chat.presence'],
	url: 'https://shop.example/hook',
	status: 'active',
	order: 'chat',
	enabled: true,
	circuit: { state: 'closed', failuresInARow: 0, concurrencyNow: 32 },
	headerNames: ['x-shop'],
	signatures: ['v1'],
	createdAt: T,
	updatedAt: T,
};
const FAILING_WEBHOOK = {
	...WEBHOOK,
	id: 'whk_2',
	status: 'failing',
	olderSecretsUntil: ['2026-01-31T12:00:01.000Z'],
	circuit: {
		state: 'open',
		failingSince: T,
		nextProbeAt: '2026-01-31T12:00:01.000Z',
		failuresInARow: 5,
		errorClass: 'timeout',
		concurrencyNow: 1,
	},
};
const EVENT = {
	id: 'evt_1',
	type: 'message.sent',
	timestamp: T,
	accountId: 'acc_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	data: { message: MESSAGE, contact: { phone: '554488887777', name: 'Ana', chatName: 'Ana' } },
};
const DELIVERY = {
	id: 'dlv_1',
	eventId: 'evt_1',
	eventType: 'message.sent',
	accountId: 'acc_1',
	webhookId: 'whk_1',
	instanceId: 'ins_1',
	chatId: 'cht_1',
	state: 'dead',
	attemptCount: 1,
	lastError: 'status',
	isOvertaken: false,
	isReplay: false,
	createdAt: T,
	settledAt: '2026-01-31T12:00:09.000Z',
};
const ATTEMPT = {
	id: 'att_1',
	number: 1,
	isProbe: false,
	startedAt: T,
	request: { url: 'https://shop.example/hook', headers: { 'webhook-id': 'dlv_1' } },
	response: { status: 500, headers: { server: 'x' }, body: 'no' },
	error: { class: 'status', message: 'HTTP 500', explanation: explainFailure('status', 500) },
	timings: { connectMs: 1, totalMs: 2 },
};
const JOB = {
	id: 'job_1',
	kind: 'replay',
	state: 'running',
	accountId: 'acc_1',
	states: ['dead'],
	since: T,
	total: 8,
	done: 5,
	skipped: 1,
	progress: 0.75,
	createdAt: T,
	updatedAt: '2026-01-31T12:00:01.000Z',
};
const NEW_JOB = { kind: 'discard', webhookId: 'whk_1', eventType: 'message.sent', states: ['pending'], until: T };
const SETTINGS = {
	headers: { 'x-shop': 'v' },
	authentication: { scheme: 'basic', username: 'ana', password: '' },
	signatures: ['v1', 'v1a'],
	order: 'webhook',
	scheduleMs: [0, 5000],
	patienceMs: 60_000,
	concurrency: 2,
	ratePerSecond: 0.5,
};
const { headers: _headers, ...SHOWN_SETTINGS } = SETTINGS;
const PHONE = {
	...{ onWhatsApp: true, receivesAfterMs: 300, readsAfterMs: null, repliesWith: null },
	...{ answersInGroups: false, mayBeAdded: true, hidesNumber: false, name: 'Ana' },
};
const PHONE_MESSAGE = {
	...{ whatsappId: '3EB0A', chat: '5544999990000', from: '5544999990000', fromMe: false, at: T, isPinned: false, isRead: false },
	content: { kind: 'text', text: 'Bom dia' },
	reactions: [{ from: '554488887777', emoji: '👍' }],
	...{ votes: [], replies: [] },
};
const ACTED = { messageIds: ['3EB0ACT'] };
const SIMULATED_GROUP = '/simulator/ins_1/groups/120363019502650977-group';
const NEW_WEBHOOK = { accountId: 'acc_1', url: 'https://shop.example/hook' };
const FINISHED = {
	...ATTENDANCE,
	status: 'finished',
	finishedAt: '2026-01-31T12:00:09.000Z',
	finishedBy: { id: 'opr_1', name: 'Rosa' },
	categories: [{ categoryId: 'cat_1', categoryName: 'Pedido', color: '#0a0', itemId: 'itm_1', itemName: 'Bolo' }],
};

/** Method and path under the root, body, status, answer. */
type Exchange = readonly [
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
	path: string,
	body: object | undefined,
	status: number,
	answer: unknown,
];

const EXCHANGES: readonly Exchange[] = [
	['POST', '/accounts', { name: 'Feira' }, 201, { ...ACCOUNT, id: 'acc_2', name: 'Feira', token: 't-1', clientToken: 'c-1' }],
	['GET', '/accounts', undefined, 200, { items: [ACCOUNT], next: 'c2' }],
	['GET', '/accounts?cursor=c2', undefined, 200, { items: [ACCOUNT] }],
	['GET', '/accounts/acc_1', undefined, 200, ACCOUNT],
	['PATCH', '/accounts/acc_1', { name: 'Confeitaria' }, 200, { ...ACCOUNT, name: 'Confeitaria' }],
	['PUT', '/accounts/acc_1/client-token', { enforced: true }, 200, { ...ACCOUNT, clientTokenEnforced: true }],
	['POST', '/accounts/acc_1/tokens', undefined, 200, { ...ACCOUNT, token: 't-2', clientToken: 'c-2' }],

	[
		'POST',
		'/accounts/acc_1/instances',
		{ name: 'Novo', channel: 'simulator', phone: '5544999990000' },
		201,
		{ ...BARE_INSTANCE, id: 'ins_9', name: 'Novo', token: 'it-1' },
	],
	['GET', '/accounts/acc_1/instances', undefined, 200, { items: [INSTANCE] }],
	['GET', '/instances', undefined, 200, { items: [INSTANCE, CLOUD] }],
	['GET', '/instances/ins_1', undefined, 200, INSTANCE],
	['PATCH', '/instances/ins_1', { pacing: { minMs: 1, maxMs: 3 } }, 200, { ...INSTANCE, pacing: { minMs: 1, maxMs: 3 } }],
	['POST', '/instances/ins_1/connect', undefined, 200, INSTANCE],
	['POST', '/instances/ins_1/disconnect', undefined, 200, INSTANCE],
	['POST', '/instances/ins_1/restart', undefined, 200, INSTANCE],
	['GET', '/instances/ins_1/qr-code', undefined, 200, {}],
	[
		'GET',
		'/instances/ins_1/channel',
		undefined,
		200,
		{
			...{ channel: 'simulator', kinds: ['text', 'image'], calls: ['chats.read'], hasQrCode: false, keepsOurId: true },
			defaultPacing: { minMs: 0, maxMs: 0 },
		},
	],
	[
		'GET',
		'/instances/ins_1/queue?limit=1',
		undefined,
		200,
		{ length: 2, state: 'connected', pacing: { minMs: 0, maxMs: 0 }, nextDueAt: T, oldestAt: T, items: [MESSAGE] },
	],
	['DELETE', '/instances/ins_1/queue/msg_1', undefined, 204, undefined],
	['DELETE', '/instances/ins_1/queue', undefined, 200, { deleted: 0 }],
	['GET', '/instances/ins_2/qr-code', undefined, 200, { value: 'qr' }],
	['POST', '/instances/ins_1/extension-session', { code: 'AB12CD' }, 200, INSTANCE],

	[
		'POST',
		'/accounts/acc_1/applications',
		{ name: 'App', instanceId: 'ins_1', webhook: 'https://a.example/' },
		201,
		{ ...APPLICATION, appId: 'app_9', name: 'App', webhook: 'https://a.example/', token: 'jwt-1' },
	],
	['GET', '/accounts/acc_1/applications', undefined, 200, { items: [APPLICATION] }],
	['GET', '/applications/app_1', undefined, 200, APPLICATION],
	['POST', '/applications/app_1/token', undefined, 200, { ...APPLICATION, token: 'jwt-2' }],
	['PATCH', '/applications/app_1', { name: 'Balcão' }, 200, { ...APPLICATION, name: 'Balcão' }],
	['DELETE', '/applications/app_1?deliveries=cancel', undefined, 204, undefined],

	[
		'POST',
		'/applications/app_1/templates',
		{ name: 'aviso', components: [{ type: 'BODY', text: 'Olá', unknown: 1 }] },
		201,
		{ ...TEMPLATE, name: 'aviso', components: [{ type: 'BODY', text: 'Olá' }] },
	],
	['GET', '/applications/app_1/templates', undefined, 200, { items: [TEMPLATE] }],
	['GET', '/applications/app_1/templates/pedido', undefined, 200, TEMPLATE],
	['PATCH', '/applications/app_1/templates/pedido', { status: 'PAUSED' }, 200, { ...TEMPLATE, status: 'PAUSED' }],
	['DELETE', '/applications/app_1/templates/pedido', undefined, 204, undefined],

	['POST', '/accounts/acc_1/departments', { name: 'Caixa' }, 201, { ...DEPARTMENT, id: 'dep_9', name: 'Caixa' }],
	['GET', '/accounts/acc_1/departments', undefined, 200, { items: [DEPARTMENT] }],
	['PATCH', '/accounts/acc_1/departments/dep_1', { active: false }, 200, { ...DEPARTMENT, active: false }],
	['DELETE', '/accounts/acc_1/departments/dep_1', undefined, 204, undefined],
	[
		'POST',
		'/accounts/acc_1/categories',
		{ name: 'Troca', color: '#fff', items: [{ name: 'Defeito', more: 1 }] },
		201,
		{ ...CATEGORY, id: 'cat_9', name: 'Troca', color: '#fff', items: [{ id: 'itm_0', name: 'Defeito' }] },
	],
	['GET', '/accounts/acc_1/categories', undefined, 200, { items: [CATEGORY] }],
	['PATCH', '/accounts/acc_1/categories/cat_1', { name: 'Trocas' }, 200, { ...CATEGORY, name: 'Trocas' }],
	['DELETE', '/accounts/acc_1/categories/cat_1', undefined, 204, undefined],

	['POST', '/instances/ins_1/messages', { to: '5544988887777', text: 'Oi' }, 202, QUEUED],
	['GET', '/messages?instanceId=ins_1&search=dia', undefined, 200, { items: [MESSAGE], page: 1, total: 1 }],
	['GET', '/messages/msg_1', undefined, 200, MESSAGE],
	['GET', '/chats?instanceId=ins_1', undefined, 200, { items: [CHAT] }],
	['GET', '/chats/by-id?ids=cht_1,cht_none', undefined, 200, { items: [CHAT] }],
	['GET', '/chats?instanceId=ins_1&latest=true', undefined, 200, { items: [{ ...CHAT, lastMessage: MESSAGE, unread: 0 }] }],
	['PATCH', '/messages/msg_1', { text: 'Boa tarde' }, 202, QUEUED],
	['DELETE', '/messages/msg_1', undefined, 202, QUEUED],
	['POST', '/messages/msg_1/reactions', { emoji: '👍' }, 202, QUEUED],
	['POST', '/messages/msg_1/forward', { to: '5544977776666' }, 202, QUEUED],
	['POST', '/messages/msg_1/read', undefined, 200, MESSAGE],
	['POST', '/chats/cht_1/read', undefined, 200, { read: 3 }],

	['GET', '/instances/ins_1/settings', undefined, 200, HABITS],
	['PATCH', '/instances/ins_1/settings', { autoReadMessage: true }, 200, { ...HABITS, autoReadMessage: true }],
	['GET', '/instances/ins_1/whatsapp/profile', undefined, 200, PROFILE],
	['PATCH', '/instances/ins_1/whatsapp/profile', { about: 'Pão quente' }, 200, PROFILE],
	['GET', '/instances/ins_1/whatsapp/contacts?limit=10', undefined, 200, { items: [ANA] }],
	['GET', '/instances/ins_1/whatsapp/contacts/554488887777', undefined, 200, ANA],
	['POST', '/instances/ins_1/whatsapp/contacts', { contacts: [{ phone: '5544988887777', firstName: 'Ana' }] }, 200, { errors: [] }],
	['DELETE', '/instances/ins_1/whatsapp/contacts/5544988887777', undefined, 204, undefined],
	['PUT', '/instances/ins_1/whatsapp/contacts/5544988887777/block', { isBlocked: true }, 204, undefined],
	[
		'POST',
		'/instances/ins_1/whatsapp/exists',
		{ phones: ['5544988887777'] },
		200,
		{ items: [{ asked: '5544988887777', exists: true, phone: '5544988887777' }] },
	],
	['GET', '/instances/ins_1/whatsapp/chats/554488887777', undefined, 200, FLAGS],
	['POST', '/instances/ins_1/whatsapp/chats/554488887777', { change: 'archive' }, 200, FLAGS],
	['GET', '/instances/ins_1/whatsapp/groups', undefined, 200, { items: [GROUP] }],
	['POST', '/instances/ins_1/whatsapp/groups', { subject: 'Turma', phones: ['5544988887777'] }, 201, GROUP],
	['GET', '/instances/ins_1/whatsapp/groups/120363019502650977-group', undefined, 200, GROUP],
	['PATCH', '/instances/ins_1/whatsapp/groups/120363019502650977-group', { subject: 'Turma' }, 200, GROUP],
	['DELETE', '/instances/ins_1/whatsapp/groups/120363019502650977-group', undefined, 204, undefined],
	[
		'POST',
		'/instances/ins_1/whatsapp/groups/120363019502650977-group/participants',
		{ act: 'add', phones: ['5544988887777'] },
		200,
		{ errors: [] },
	],
	[
		'POST',
		'/instances/ins_1/whatsapp/groups/120363019502650977-group/invitation',
		undefined,
		200,
		{ url: 'https://chat.whatsapp.com/abc' },
	],
	['POST', '/instances/ins_1/whatsapp/invitations', { url: 'https://chat.whatsapp.com/abc' }, 200, GROUP],

	['POST', '/accounts/acc_1/attendances', { phone: '5544988887777', operatorIds: ['opr_1'] }, 201, ATTENDANCE],
	['POST', '/accounts/acc_1/attendances', { phone: '5544988887777', operatorIds: [], instanceId: 'ins_1' }, 200, ATTENDANCE],
	[
		'POST',
		'/accounts/acc_1/attendances/finish',
		{ phone: '5544988887777', operatorId: 'opr_1', items: [{ categoryId: 'cat_1', itemId: 'itm_1' }] },
		200,
		FINISHED,
	],
	['GET', '/accounts/acc_1/attendances?status=progress', undefined, 200, { items: [ATTENDANCE] }],
	['GET', '/attendances/atd_1', undefined, 200, ATTENDANCE],

	['GET', '/webhooks', undefined, 200, { items: [WEBHOOK] }],
	['GET', '/webhooks?accountId=acc_7', undefined, 200, { items: [] }],
	['GET', '/webhooks/whk_1', undefined, 200, WEBHOOK],
	['POST', '/webhooks', NEW_WEBHOOK, 201, { ...WEBHOOK, id: 'whk_9', secret: 'whsec_9' }],
	[
		'POST',
		'/webhooks',
		{ ...NEW_WEBHOOK, ...SETTINGS },
		201,
		{ ...WEBHOOK, ...SHOWN_SETTINGS, authentication: { scheme: 'basic' }, publicKey: 'whpk_1', id: 'whk_9', secret: 'whsec_9' },
	],
	['GET', '/webhooks/whk_2', undefined, 200, FAILING_WEBHOOK],
	[
		'GET',
		'/webhooks/whk_2/history',
		undefined,
		200,
		{ items: [{ kind: 'failing', at: T, errorClass: 'timeout', explanation: explainFailure('timeout'), failuresInARow: 5 }] },
	],
	['PATCH', '/webhooks/whk_1', { enabled: false }, 200, { ...WEBHOOK, enabled: false, status: 'disabled' }],
	[
		'PATCH',
		'/webhooks/whk_1',
		{ authentication: { scheme: 'bearer', token: 't' }, concurrency: null },
		200,
		{ ...WEBHOOK, authentication: { scheme: 'bearer' } },
	],
	['DELETE', '/webhooks/whk_1', undefined, 204, undefined],
	['DELETE', '/webhooks/whk_2?deliveries=drain', undefined, 202, undefined],
	['POST', '/webhooks/whk_1/secret', undefined, 200, { ...WEBHOOK, secret: 'whsec_2' }],
	['POST', '/webhooks/whk_1/test', undefined, 202, { ...DELIVERY, id: 'dlv_9', eventType: 'message.received', state: 'sending' }],
	[
		'POST',
		'/webhooks/whk_1/test',
		{ event: 'chat.presence' },
		202,
		{ ...DELIVERY, id: 'dlv_9', eventType: 'chat.presence', state: 'sending' },
	],

	['GET', '/events?type=message.sent', undefined, 200, { items: [EVENT] }],
	['GET', '/events/evt_1', undefined, 200, EVENT],
	['GET', '/deliveries?state=dead&since=2026-01-01T00:00:00Z', undefined, 200, { items: [DELIVERY], next: 'c3' }],
	['GET', '/deliveries?text=dia&phone=44+98888-7777&accountId=acc_1', undefined, 200, { items: [DELIVERY], next: 'c3' }],
	['GET', '/deliveries/count?states=dead,cancelled&webhookId=whk_1', undefined, 200, { count: 1000, isAtLeast: true }],
	['GET', '/deliveries/dlv_1', undefined, 200, { ...DELIVERY, body: '{"id":"evt_1"}', attempts: [ATTEMPT] }],
	['POST', '/deliveries/dlv_1/replay', undefined, 202, { ...DELIVERY, state: 'pending', isReplay: true, dueAt: T }],
	['POST', '/deliveries/dlv_1/discard', undefined, 200, { ...DELIVERY, state: 'cancelled' }],

	[
		'POST',
		'/jobs',
		NEW_JOB,
		202,
		{
			...{ id: 'job_9', kind: 'discard', state: 'counting', accountId: 'acc_1', webhookId: 'whk_1' },
			...{ eventType: 'message.sent', states: ['pending'], until: T },
			...{ total: 0, done: 0, skipped: 0, progress: 0, createdAt: T, updatedAt: JOB.updatedAt },
		},
	],
	[
		'GET',
		'/jobs?accountId=acc_1&limit=1',
		undefined,
		200,
		{ items: [{ ...JOB, state: 'done', done: 7, progress: 1, finishedAt: '2026-01-31T12:00:02.000Z' }], next: 'c4' },
	],
	['GET', '/jobs/job_1', undefined, 200, JOB],
	['POST', '/jobs/job_1/pause', undefined, 200, { ...JOB, state: 'paused' }],
	['POST', '/jobs/job_1/resume', undefined, 200, JOB],
	['POST', '/jobs/job_1/cancel', undefined, 200, { ...JOB, state: 'cancelled' }],

	['POST', '/simulator/ins_1/messages', { from: '+55 (44) 98888-7777', text: 'Oi' }, 202, { messageId: '3EB0NEW' }],
	['POST', '/simulator/ins_1/disconnect', undefined, 200, INSTANCE],
	['POST', '/simulator/ins_1/connect', undefined, 200, INSTANCE],
	['POST', '/simulator/ins_1/presence', { from: '5544988887777', status: 'composing' }, 202, { accepted: true }],
	['PUT', '/simulator/ins_1/contacts/5544988887777', { onWhatsApp: false }, 200, { ...PHONE, onWhatsApp: false }],
	['GET', '/simulator/ins_1/contacts/5544988887777', undefined, 200, PHONE],
	[
		'POST',
		'/simulator/ins_1/groups',
		{ by: '5544988887777', subject: 'Turma', phones: ['5544999990000'] },
		201,
		{ ...ACTED, groupId: '120363019502650977-group', errors: [] },
	],
	['PATCH', SIMULATED_GROUP, { by: '5544988887777', settings: { adminOnlyMessage: true } }, 200, ACTED],
	['POST', `${SIMULATED_GROUP}/participants`, { by: '5544988887777', act: 'add', phones: ['5544977776666'] }, 200, ACTED],
	['POST', `${SIMULATED_GROUP}/leave`, { by: '5544988887777' }, 200, ACTED],
	['POST', `${SIMULATED_GROUP}/withdraw`, { by: '5544988887777' }, 200, ACTED],
	['POST', '/simulator/ins_1/joins', { by: '5544988887777', url: 'https://chat.whatsapp.com/abc' }, 200, ACTED],
	['PATCH', '/simulator/ins_1/phones/5544988887777/profile', { name: 'Aninha' }, 200, ACTED],
	['POST', '/simulator/ins_1/phones/5544988887777/calls', { media: 'video' }, 200, ACTED],
	['POST', '/simulator/ins_1/labels', { labels: [{ phone: '5544988887777', label: '1', assigned: true }] }, 200, ACTED],
	['PUT', '/simulator/ins_1/newsletters/120363166555745933@newsletter/role', { by: '5544988887777', role: 'ADMIN' }, 200, ACTED],
	['POST', '/simulator/ins_1/notices', { from: '5544988887777', name: 'E2E_ENCRYPTED' }, 200, ACTED],
	[
		'GET',
		'/simulator/ins_1/phones/5544988887777/chats',
		undefined,
		200,
		{ items: [{ chat: '5544999990000', name: 'Padaria', messages: 1, lastAt: T, lastText: 'Bom dia' }] },
	],
	['GET', '/simulator/ins_1/phones/5544988887777/messages?limit=5', undefined, 200, { items: [PHONE_MESSAGE] }],

	[
		'GET',
		'/errors/not_found',
		undefined,
		200,
		{
			code: 'not_found',
			type: '/recado/v1/errors/not_found',
			title: 'Not found',
			status: 404,
			retryable: false,
			detail: 'There is nothing at this address',
			detailPt: 'Não há nada neste endereço',
		},
	],
];

/** Operations whose answers are too large to write down here; other tests look at them. */
const ELSEWHERE: readonly string[] = ['GET /recado/v1/errors', 'GET /recado/v1/openapi.json'];

describe('the management API', () => {
	let house: House;
	let document: OpenApi;
	let check: ReturnType<typeof createChecker>;

	before(async () => {
		house = await startHouse();
		document = (await house.server.app.inject('/recado/v1/openapi.json')).json();
		check = createChecker(document);
	});
	after(() => house[Symbol.asyncDispose]());

	for (const [method, path, body, status, answer] of EXCHANGES) {
		it(`${method} ${path} ${body === undefined ? '' : JSON.stringify(body)}`, async () => {
			const url = `/recado/v1${path}`;
			const reply = await house.server.app.inject({ method, url, headers: AUTH, ...(body === undefined ? {} : { body }) });
			const got: unknown = reply.body === '' ? undefined : reply.json();
			assert.deepEqual([reply.statusCode, got], [status, answer]);
			const operation = operationAt(document, method, url);
			assert.ok(operation);
			assert.equal(check(operation, status, got), undefined);
		});
	}

	it('every operation of the document is exchanged above', () => {
		const exchanged = new Set(
			EXCHANGES.map(([method, path]) => {
				const operation = operationAt(document, method, `/recado/v1${path}`);
				return `${method} ${operation?.path}`;
			}),
		);
		const elsewhere = new Set([...DESK_TAGS, ...ACCESS_TAGS, ...SESSION_TAGS, ...INSIGHT_TAGS, ...SETTINGS_TAGS]);
		const ours = operationsOf(document).filter(({ tags }) => !tags?.some((tag) => elsewhere.has(tag)));
		const documented = ours.map((operation) => `${operation.method} ${operation.path}`);
		assert.deepEqual(documented.filter((operation) => !exchanged.has(operation)).sort(), ELSEWHERE);
	});

	it('without credentials: 401 as a problem', async () => {
		for (const { method, path, security } of operationsOf(document)) {
			const url = path.replace(/\{\w+\}/g, 'x');
			const reply = await house.server.app.inject({ method, url, headers: { authorization: 'Bearer wrong' } });
			if (security?.length === 0) {
				assert.notEqual(reply.statusCode, 401, url);
				continue;
			}
			assert.equal(reply.statusCode, 401, `${method} ${url}`);
			const { instance, ...problem } = reply.json();
			assert.equal(instance, `urn:uuid:${reply.headers['x-request-id']}`);
			assert.deepEqual(problem, {
				type: '/recado/v1/errors/unauthorized',
				title: 'Unauthorized',
				status: 401,
				detail: 'Credentials are missing or wrong',
				code: 'unauthorized',
				retryable: false,
			});
		}
	});

	it('unknown ids: 404 as a problem that names what is missing', async () => {
		for (const [method, path, body] of EXCHANGES) {
			const url = `/recado/v1${path.replace(/(acc|ins|app|dep|opr|cat|msg|cht|atd|whk|evt|dlv|job)_\d/g, 'nothing').replace('not_found', 'nothing')}`;
			if (!/\/nothing|instanceId=nothing/.test(url)) continue;
			const reply = await house.server.app.inject({ method, url, headers: AUTH, ...(body === undefined ? {} : { body }) });
			assert.equal(reply.statusCode, 404, `${method} ${url}`);
			assert.match(reply.json().detail, /^There is no [a-z]+ with this id$/);
			assert.match(String(reply.headers['content-type']), /^application\/problem\+json/);
			const operation = operationAt(document, method, url);
			assert.ok(operation);
			assert.equal(check(operation, 404, reply.json()), undefined);
		}
	});

	it('other methods: 405 with Allow, without credentials', async () => {
		for (const path of Object.keys(document.paths)) {
			const url = path.replace(/\{\w+\}/g, 'x');
			const allowed = operationsOf(document).filter((operation) => operationAt(document, operation.method, url)?.path === operation.path);
			const methods = allowed.map((operation) => operation.method);
			for (const method of (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((candidate) => !methods.includes(candidate))) {
				const reply = await house.server.app.inject({ method, url });
				assert.equal(reply.statusCode, 405, `${method} ${url}`);
				assert.deepEqual(
					String(reply.headers.allow).split(', '),
					[...methods, ...(methods.includes('GET') && path !== ENDLESS ? ['HEAD'] : [])].sort(),
				);
				assert.equal(reply.json().code, 'method_not_allowed');
			}
		}
	});

	it('a body without its content type: 415; one of a wrong shape: its faults', async () => {
		for (const { method, path, requestBody, security } of operationsOf(document)) {
			if (!requestBody) continue;
			// What takes a session is refused to a token before its body is looked at.
			if (security?.length === 1 && security.every((way) => 'session' in way)) continue;
			const url = path.replace(/\{\w+\}/g, 'x');
			const text = await house.server.app.inject({ method, url, headers: { ...AUTH, 'content-type': 'text/plain' }, payload: '{}' });
			assert.equal(text.statusCode, 415, `${method} ${url}`);
			const list = await house.server.app.inject({ method, url, headers: AUTH, body: [] });
			assert.deepEqual([list.statusCode, list.json().code], [400, 'invalid_request'], `${method} ${url}`);
			assert.match(list.json().faults[0].message, /^must be an object/);
		}
	});
});
