/** A house of cards for our own dialect: the services and reads that it asks, in memory, behind the real server. */

import type { Access } from '../../../src/access/services.ts';
import type { CircuitView, DeliveryJobs, Replays, WebhookSettings, Webhooks } from '../../../src/delivery/services.ts';
import type { RecadoDeps, RecadoReads } from '../../../src/dialects/recado/deps.ts';
import { recadoDialect } from '../../../src/dialects/recado/dialect.ts';
import type { Account, Application, Category, Department, Instance, Operator } from '../../../src/domain/account.ts';
import type { Attempt } from '../../../src/domain/attempt.ts';
import type { Attendance } from '../../../src/domain/attendance.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { DomainEvent, EventType } from '../../../src/domain/event.ts';
import { USUAL_SETTINGS } from '../../../src/domain/instance-settings.ts';
import type { Message } from '../../../src/domain/message.ts';
import type { Template } from '../../../src/domain/template.ts';
import type { Webhook } from '../../../src/domain/webhook.ts';
import { RecadoError } from '../../../src/errors.ts';
import { createAdminAuth } from '../../../src/http/admin-auth.ts';
import { buildServer, SERVER_LIMITS, type Server } from '../../../src/http/server.ts';
import type {
	Attending,
	ChannelFacts,
	Directory,
	ExtensionCodes,
	Idempotency,
	InstanceSetting,
	Instances,
	Messaging,
	Reading,
	SendCommand,
	Templates,
	WhatsApp,
} from '../../../src/messaging/services.ts';
import { Metrics } from '../../../src/observe/metrics.ts';
import { silentObserver } from '../../../src/observe/observer.ts';
import { Traces } from '../../../src/observe/traces.ts';
import type { Job } from '../../../src/ports/jobs.ts';
import type { PhoneMessage, PhoneWrites, SimulatorControl } from '../../../src/ports/simulator.ts';
import type { ChatView, IdempotencyRecord } from '../../../src/ports/store.ts';
import type {
	AddressBookEntry,
	Answered,
	ChatFlags,
	Group,
	Asked as WhatsAppAsked,
	WhatsAppCallName,
} from '../../../src/ports/whatsapp.ts';
import type { ServiceDesk } from '../../../src/service-desk/services.ts';
import { openAccess } from '../../support/open-access.ts';
import { plainSealer, StillClock } from '../support.ts';

export const ADMIN_TOKEN: string = 'the-administrators-token';
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
const cloud: Instance = { ...instance, id: 'ins_2', name: 'Nuvem', channel: 'cloud-api' };
const application: Application = {
	id: 'app_1',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	name: 'Loja',
	tokenId: 'jti-1',
	webhookId: 'whk_1',
	createdAt: AT,
};
const template: Template = {
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
const department: Department = { id: 'dep_1', accountId: 'acc_1', name: 'Vendas', active: true, isDefault: true, createdAt: AT };
const operator: Operator = { id: 'opr_1', accountId: 'acc_1', name: 'Rosa', active: true, createdAt: AT };
const category: Category = {
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
const chat: ChatView = {
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
const webhook: Webhook = {
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
const busy: Webhook = { ...webhook, id: 'whk_2', failing: { since: AT, errorClass: 'timeout' } };
export const event: DomainEvent = {
	id: 'evt_1',
	type: 'message.sent',
	accountId: 'acc_1',
	instance: { id: 'ins_1', phone: '5544999990000' },
	chatId: 'cht_1',
	at: AT,
	data: { message, with: { chatId: 'cht_1', phone: '554488887777', chatName: 'Ana', senderName: 'Ana' } },
};
const delivery: Delivery = {
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
const attempt: Attempt = {
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

/** What the fakes were asked to do, newest last. */
export interface Asked {
	readonly sent: SendCommand[];
	readonly written: PhoneWrites[];
	readonly calls: { readonly name: string; readonly given: readonly unknown[] }[];
}

export interface House extends AsyncDisposable {
	readonly server: Server;
	readonly asked: Asked;
	readonly records: Map<string, IdempotencyRecord>;
}

export async function startHouse(): Promise<House> {
	const records = new Map<string, IdempotencyRecord>();
	const asked: Asked = { sent: [], written: [], calls: [] };
	const metrics = new Metrics();
	const clock = new StillClock();
	const dialect = recadoDialect(fakeDeps(asked, records));
	const server = await buildServer({
		access: openAccess(),
		dialects: [dialect],
		tellError: dialect.tellError,
		observer: silentObserver,
		metrics,
		traces: new Traces(),
		clock,
		sealer: plainSealer,
		idempotency: { find: (scope, key) => Promise.resolve(records.get(`${scope} ${key}`)) },
		media: { medium: () => Promise.resolve(undefined) },
		blobs: { open: () => Promise.resolve(undefined) },
		probe: () => Promise.resolve(),
		keepsUp: () => Promise.resolve({ oldestDueAgeMs: 0 }),
		limits: SERVER_LIMITS,
		publicUrl: 'http://127.0.0.1:3000',
		version: '0.0.1',
	});
	return {
		server,
		asked,
		records,
		async [Symbol.asyncDispose]() {
			await server.close();
			metrics[Symbol.dispose]();
		},
	};
}

function fakeDeps(asked: Asked, records: Map<string, IdempotencyRecord>): RecadoDeps {
	const note = (name: string, ...given: readonly unknown[]): void => {
		asked.calls.push({ name, given });
	};
	/** As the services do it: the answer is kept with what was created. */
	const keep = <T>(result: T, idempotency: Idempotency<T> | undefined): Promise<T> => {
		if (idempotency) {
			const { scope, key, fingerprint } = idempotency.request;
			const { status, body } = idempotency.answer(result);
			records.set(`${scope} ${key}`, {
				scope,
				key,
				fingerprint,
				status,
				sealedBody: plainSealer.seal(JSON.stringify(body)),
				createdAt: AT,
			});
		}
		return Promise.resolve(result);
	};
	return {
		directory: fakeDirectory(note, keep),
		messaging: fakeMessaging(asked, keep),
		instances: fakeInstances(note),
		reading: fakeReading(note),
		whatsapp: fakeWhatsApp(note),
		instanceSettings: fakeInstanceSettings(),
		extensionCodes: fakeExtensionCodes(note),
		templates: fakeTemplates(keep),
		attending: fakeAttending(note, keep),
		serviceDesk: askedElsewhere,
		access: { ...({} as Access), tokens: { ...({} as Access['tokens']), credentialOf: async () => undefined } },
		webhooks: fakeWebhooks(note, keep),
		replays: fakeReplays(),
		jobs: fakeJobs(note, keep),
		simulator: fakeSimulator(asked, note),
		// Streams end when the server does.
		insight: { live: { close: async () => undefined } } as RecadoDeps['insight'],
		store: fakeStore(),
		isAdmin: createAdminAuth(ADMIN_TOKEN),
		clock: new StillClock(),
		publicUrl: () => 'http://127.0.0.1:3000',
	};
}

/** What our document offers of it is exchanged with a real one: see `elsewhere.ts`. */
const askedElsewhere = new Proxy({} as ServiceDesk, {
	get: (_desk, service) =>
		new Proxy(
			{},
			{
				get: (_service, call) => () => {
					// A wrong credential is asked about here, too.
					if (call === 'byToken') return Promise.resolve(undefined);
					throw new Error(`${String(service)}.${String(call)} is asked in other tests`);
				},
			},
		),
});

type Note = (name: string, ...given: readonly unknown[]) => void;
type Keep = <T>(result: T, idempotency: Idempotency<T> | undefined) => Promise<T>;

/** Rejects unless the id is one of those that are there. */
function known<T>(what: string, id: string, things: readonly (T & { readonly id: string })[]): T {
	const thing = things.find((candidate) => candidate.id === id);
	if (!thing) throw new RecadoError('not_there', { details: { what } });
	return thing;
}

function fakeDirectory(note: Note, keep: Keep): Directory {
	const ofAccount = (id: string): Account => known('account', id, [account]);
	return {
		createAccount: (name, idempotency) =>
			keep({ account: { ...account, id: 'acc_2', name }, token: 't-1', clientToken: 'c-1' }, idempotency),
		renameAccount: async (id, name) => ({ ...ofAccount(id), name }),
		setClientTokenEnforced: async (id, enforced) => ({ ...ofAccount(id), clientTokenEnforced: enforced }),
		rotateAccountTokens: async (id) => ({ account: ofAccount(id), token: 't-2', clientToken: 'c-2' }),
		createInstance: async (accountId, wish, idempotency) => {
			ofAccount(accountId);
			return await keep({ instance: { ...instance, ...wish, id: 'ins_9' }, token: 'it-1' }, idempotency);
		},
		updateInstance: async (id, change) => ({ ...known('instance', id, [instance, cloud]), ...change }),
		createApplication: async (accountId, wish, idempotency) => {
			ofAccount(accountId);
			if (!wish.webhook.startsWith('https:')) throw new RecadoError('webhook_not_https', { details: { url: wish.webhook } });
			return await keep({ application: { ...application, name: wish.name, id: 'app_9' }, token: 'jwt-1' }, idempotency);
		},
		rotateApplicationToken: async (id) => ({ application: known('application', id, [application]), token: 'jwt-2' }),
		createDepartment: async (accountId, wish, idempotency) => {
			note('createDepartment', accountId, wish);
			return await keep({ ...department, ...wish, accountId: ofAccount(accountId).id, id: 'dep_9' }, idempotency);
		},
		updateDepartment: async (accountId, id, change) => {
			note('updateDepartment', accountId, id, change);
			return { ...known('department', id, [department]), ...change };
		},
		deleteDepartment: async (_accountId, id) => void known('department', id, [department]),
		createOperator: async (accountId, wish, idempotency) =>
			await keep({ ...operator, ...wish, accountId: ofAccount(accountId).id, id: 'opr_9' }, idempotency),
		updateOperator: async (_accountId, id, change) => ({ ...known('operator', id, [operator]), ...change }),
		deleteOperator: async (_accountId, id) => void known('operator', id, [operator]),
		signOutOperator: async (_accountId, id) => void known('operator', id, [operator]),
		createCategory: async (accountId, wish, idempotency) => {
			note('createCategory', accountId, wish);
			const items = (wish.items ?? []).map((item, index) => ({ id: item.id ?? `itm_${index}`, name: item.name }));
			return await keep(
				{ ...category, name: wish.name, color: wish.color, accountId: ofAccount(accountId).id, id: 'cat_9', items },
				idempotency,
			);
		},
		updateCategory: async (_accountId, id, change) => ({ ...known('category', id, [category]), name: change.name ?? category.name }),
		deleteCategory: async (_accountId, id) => void known('category', id, [category]),
		accountByToken: () => Promise.resolve(undefined),
		instanceByToken: () => Promise.resolve(undefined),
		hasClientToken: () => false,
		applicationByToken: () => Promise.resolve(undefined),
		firstInstance: () => Promise.resolve(instance),
	};
}

function fakeTemplates(keep: Keep): Templates {
	const of = (applicationId: string): Template => ({ ...template, applicationId: known('application', applicationId, [application]).id });
	const found = (applicationId: string, name: string): Template => {
		if (applicationId !== template.applicationId || name !== template.name)
			throw new RecadoError('not_there', { details: { what: 'template' } });
		return template;
	};
	return {
		create: async (applicationId, wish, idempotency) => await keep({ ...of(applicationId), ...wish }, idempotency),
		update: async (applicationId, name, change) => ({ ...found(applicationId, name), ...change }),
		delete: async (applicationId, name) => void found(applicationId, name),
		find: async (applicationId, name) => (applicationId === template.applicationId && name === template.name ? template : undefined),
		all: async () => [template],
	};
}

function fakeMessaging(asked: Asked, keep: Keep): Messaging {
	return {
		send: async (command) => {
			asked.sent.push(command);
			return await keep({ ...message, id: 'msg_9', status: 'queued', timeline: { queued: AT } }, command.idempotency);
		},
		sendAll: () => Promise.reject(new Error('our own dialect sends no letters')),
		forward: async ({ toPhone: phone, whatsappId, ...command }) => {
			asked.sent.push({ ...command, phone, content: { kind: 'text', text: `forwarded ${whatsappId}` } });
			return await keep({ ...message, id: 'msg_9', status: 'queued', timeline: { queued: AT } }, command.idempotency);
		},
		dequeue: () => Promise.resolve(),
		emptyQueue: () => Promise.resolve(0),
	};
}

function fakeReading(note: Note): Reading {
	return {
		markRead: async (of, phone, whatsappId) => note('markRead', of.id, phone, whatsappId),
		readChat: async (of, phone) => {
			note('readChat', of.id, phone);
			return 3;
		},
	};
}

const GROUP: Group = {
	id: '120363019502650977-group',
	subject: 'Turma',
	subjectAt: AT,
	subjectBy: '5544999990000',
	description: '',
	owner: '5544999990000',
	createdAt: AT,
	participants: [{ phone: '5544999990000', isAdmin: true, isSuperAdmin: true }],
	requests: [],
	isAnnouncement: false,
	settings: { adminOnlyMessage: false, adminOnlySettings: false, requireAdminApproval: false, adminOnlyAddMember: false },
	isMember: true,
};

const ANA: AddressBookEntry = { phone: '554488887777', name: '', firstName: '', notify: 'Ana', about: '', isBlocked: false };

/** What WhatsApp answers; a contact that is not `ANA` is not there. */
const ANSWERS: Partial<{ [N in WhatsAppCallName]: (asked: WhatsAppAsked<N>) => Answered<N> }> = {
	'profile.get': () => ({ phone: '5544999990000', name: 'Padaria', about: 'Pão quente', isBusiness: true }),
	'contacts.list': () => [ANA],
	'contacts.get': ({ phone }) => (phone === ANA.phone ? ANA : null),
	'contacts.add': () => ({ errors: [] }),
	'contacts.remove': () => ({ errors: [] }),
	'contacts.exist': ({ phones }) => phones.map((asked) => ({ asked, exists: true, phone: asked })),
	'chats.flags': ({ phones }) => phones.map(flagsOf),
	'groups.create': () => GROUP,
	'groups.list': () => [GROUP],
	'groups.get': () => GROUP,
	'groups.participants': () => ({ errors: [] }),
	'groups.newInvitation': () => ({ url: 'https://chat.whatsapp.com/abc' }),
	'groups.invitation': () => GROUP,
};

function flagsOf(phone: string): ChatFlags {
	return {
		phone,
		isArchived: false,
		isPinned: true,
		mutedUntil: 0,
		isMarkedUnread: false,
		isSpam: false,
		unread: 2,
		expiresInSeconds: 0,
		clearedAt: AT,
		isDeleted: false,
	};
}

function fakeWhatsApp(note: Note): WhatsApp & ChannelFacts {
	return {
		capabilities: () => ({
			kinds: new Set(['text', 'image'] as const),
			calls: new Set(['chats.read'] as const),
			keepsOurId: true,
			hasQrCode: false,
			defaultPacing: { minMs: 0, maxMs: 0 },
		}),
		ask: async (of, name, asked) => {
			note(name, of.id, asked);
			return ANSWERS[name]?.(asked) as Answered<typeof name>;
		},
	};
}

function fakeInstanceSettings(): InstanceSetting {
	return { get: async () => USUAL_SETTINGS, set: async (_instance, change) => ({ ...USUAL_SETTINGS, ...change }) };
}

function fakeInstances(note: Note): Instances {
	return {
		connect: async (of) => note('connect', of.id),
		disconnect: async (of) => note('disconnect', of.id),
		restart: async (of) => note('restart', of.id),
		qrCode: async (of) => (of.channel === 'simulator' ? undefined : 'qr'),
	};
}

function fakeExtensionCodes(note: Note): ExtensionCodes {
	return {
		issue: async () => ({ code: 'AB12CD', expiresAt: AT }),
		redeem: async (of, code) => note('redeem', { of: of.id, code }),
	};
}

function fakeAttending(note: Note, keep: Keep): Attending {
	return {
		start: async ({ idempotency, ...command }) => {
			note('start', command);
			return await keep({ isNew: command.operatorIds.length > 0, attendance }, idempotency);
		},
		finish: async ({ idempotency, ...command }) => {
			note('finish', command);
			if (command.phone === '0') return { found: false };
			const choices = [{ categoryId: 'cat_1', categoryName: 'Pedido', color: '#0a0', itemId: 'itm_1', itemName: 'Bolo' }];
			const finished = {
				finishedAt: AT + 9000,
				finishedBy: { id: 'opr_1', name: 'Rosa' },
				categorisation: { form: 'list', choices },
			} as const;
			return await keep({ found: true, attendance: { ...attendance, ...finished, status: 'finished' } }, idempotency);
		},
		changeDepartment: () => Promise.resolve(),
	};
}

const circuit: CircuitView = {
	state: 'open',
	failingSince: AT,
	nextProbeAt: AT + 1000,
	failuresInARow: 5,
	errorClass: 'timeout',
	concurrencyNow: 1,
};

/** What of the settings the view shows. */
function served(base: Webhook, wish: WebhookSettings): Webhook {
	const { scheduleMs, patienceMs, concurrency, ratePerSecond } = wish;
	return {
		...base,
		order: wish.order ?? 'chat',
		enabled: wish.enabled ?? true,
		signatures: wish.signatures ?? ['v1'],
		keyPairs: wish.signatures?.includes('v1a') ? [{ sealed: 'sealed:pair' }] : [],
		...(wish.authentication ? { authorization: { scheme: wish.authentication.scheme, sealed: 'sealed:authorization' } } : {}),
		...(scheduleMs ? { scheduleMs } : {}),
		...(patienceMs ? { patienceMs } : {}),
		...(concurrency ? { concurrency } : {}),
		...(ratePerSecond ? { ratePerSecond } : {}),
	};
}

function fakeWebhooks(note: Note, keep: Keep): Webhooks {
	return {
		create: async (wish, idempotency) => {
			note('create', wish);
			const { accountId, dialect, url } = wish;
			const owner = { accountId, dialect, url, ...(wish.instanceId === undefined ? {} : { instanceId: wish.instanceId }) };
			return await keep({ webhook: served({ ...webhook, ...owner, id: 'whk_9' }, wish), secret: 'whsec_9' }, idempotency);
		},
		update: async (id, change) => {
			note('update', id, change);
			return served(known('webhook', id, [webhook]), change);
		},
		delete: async (id, deliveries) => {
			note('delete', id, deliveries);
			if (known('webhook', id, [webhook, busy]).id === 'whk_1') return { isGone: true };
			if (deliveries === undefined) throw new RecadoError('webhook_has_deliveries');
			return { isGone: false };
		},
		publicKeyOf: (of) => (of.keyPairs.length === 0 ? undefined : 'whpk_1'),
		circuitOf: (of) => (of.id === 'whk_2' ? circuit : { state: 'closed', failuresInARow: 0, concurrencyNow: 32 }),
		rotateSecret: async (id) => ({ webhook: known('webhook', id, [webhook]), secret: 'whsec_2' }),
		secretOf: () => 'whsec_1',
		olderSecretsUntil: (of) => (of.id === 'whk_2' ? [AT + 1000] : []),
		history: async () => [{ kind: 'failing', at: AT, errorClass: 'timeout', failuresInARow: 5 }],
		headerNamesOf: () => ['x-shop'],
		test: async (_id, type: EventType) => ({ ...delivery, id: 'dlv_9', eventType: type, state: 'sending' }),
		list: (filter) => (filter.accountId === undefined || filter.accountId === 'acc_1' ? [webhook] : []),
		get: (id) => [webhook, busy].find((one) => one.id === id),
		eventsOf: () => ['message.received', 'chat.presence'],
		assertUrl: () => undefined,
		assignSlots: () => Promise.resolve(),
		setSentByMe: () => Promise.resolve(),
	};
}

function fakeReplays(): Replays {
	return {
		replay: async (id) => ({ ...known('delivery', id, [delivery]), state: 'pending', isReplay: true, dueAt: AT }),
		discard: async (id) => ({ ...known('delivery', id, [delivery]), state: 'cancelled' }),
	};
}

const job: Job = {
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

function fakeJobs(note: Note, keep: Keep): DeliveryJobs {
	const of = (id: string, state: Job['state']): Promise<Job> => Promise.resolve({ ...known('job', id, [job]), state });
	return {
		start: async ({ kind, states, ...filter }, idempotency) => {
			note('start', { kind, states, ...filter });
			const fresh = { id: 'job_9', kind, total: 0, done: 0, skipped: 0, cursor: 0 };
			return await keep(
				{ ...job, ...fresh, state: 'counting', filter: { ...filter, states: states ?? ['dead'], seqMax: 10 } },
				idempotency,
			);
		},
		job: async (id) => (id === 'job_1' ? job : undefined),
		list: async () => ({ items: [{ ...job, state: 'done', done: 7, finishedAt: AT + 2000 }], next: 'c4' }),
		pause: (id) => of(id, 'paused'),
		resume: (id) => of(id, 'running'),
		cancel: (id) => of(id, 'cancelled'),
	};
}

const PHONE_MESSAGE: PhoneMessage = {
	...{ whatsappId: '3EB0A', chat: '5544999990000', from: '5544999990000', fromMe: false, at: AT, isPinned: false, isRead: false },
	content: { kind: 'text', text: 'Bom dia' },
	reactions: [{ from: '554488887777', emoji: '👍' }],
	...{ votes: [], replies: [] },
};

function fakeSimulator(asked: Asked, note: Note): SimulatorControl {
	const behaviour = {
		...{ onWhatsApp: true, receivesAfterMs: 300, readsAfterMs: null, repliesWith: null },
		...{ answersInGroups: false, mayBeAdded: true, hidesNumber: false, name: 'Ana' },
	};
	return {
		write: async (_instance, act) => {
			asked.written.push(act);
			return { whatsappId: act.whatsappId ?? '3EB0NEW' };
		},
		act: async (_instance, act) => {
			note('act', act);
			return { whatsappIds: ['3EB0ACT'], ...(act.kind === 'make-group' ? { groupId: '120363019502650977-group', errors: [] } : {}) };
		},
		chats: async () => [{ chat: '5544999990000', name: 'Padaria', messages: 1, lastAt: AT, lastText: 'Bom dia' }],
		messages: async (_instance, phone, look) => {
			note('messages', phone, look);
			return [PHONE_MESSAGE];
		},
		forget: async (_instance, phone) => note('forget', phone),
		presence: async (_instance, phone, status) => note('presence', phone, status),
		setBehaviour: async (_instance, phone, change) => {
			note('setBehaviour', phone, change);
			return { ...behaviour, ...change };
		},
		behaviour: () => Promise.resolve(behaviour),
		loseConnection: async (of, reason) => note('loseConnection', of.id, reason),
	};
}

function fakeStore(): RecadoReads {
	const one = async <T extends { readonly id: string }>(id: string, ...things: readonly T[]): Promise<T | undefined> =>
		things.find((thing) => thing.id === id);
	return {
		accounts: {
			account: (id) => one(id, account),
			accounts: async (page) => ({ items: [account], ...(page.cursor === undefined ? { next: 'c2' } : {}) }),
			instance: (id) => one(id, instance, cloud),
			instancesOf: async () => [instance],
			allInstances: async () => [instance, cloud],
			application: (id) => one(id, application),
			applicationsOf: async () => [application],
			departments: async () => [department],
			operators: async () => [operator],
			categories: async () => [category],
		},
		chats: {
			chat: (id) => Promise.resolve(id === chat.chat.id ? chat : undefined),
			chatsOf: async () => ({ items: [chat] }),
			findContact: async () => chat.contact,
		},
		messages: {
			message: (id) => one(id, message),
			byWhatsappId: async (_instanceId, whatsappId) => (whatsappId === message.whatsappId ? message : undefined),
			queueCount: async () => 2,
			queue: async () => [message],
			ofChat: async () => [message],
			list: async () => ({ items: [message], total: 1 }),
		},
		attendances: { list: async () => ({ items: [attendance] }), attendance: (id) => one(id, attendance) },
		events: { list: async () => ({ items: [event] }), event: (id) => one(id, event) },
		deliveries: {
			delivery: (id) => one(id, delivery),
			list: async () => ({ items: [{ ...delivery, body: '' }], next: 'c3' }),
			attempts: async () => [attempt],
		},
		personal: { about: async () => ({ contact: chat.contact, aliases: [], chats: [chat.chat] }) },
	};
}
