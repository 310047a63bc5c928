/**
 * A server with one dialect and services that note what they were asked: route tests see the wire on one side and the commands on the
 * other. Idempotency works as in the house: the answer is kept when the service makes something.
 */
import type { InjectOptions } from 'fastify';
import type { Partners, Subscriptions } from '../../src/access/services.ts';
import type { SlotOwner, SlotWish, Webhooks } from '../../src/delivery/services.ts';
import type { Account, Instance } from '../../src/domain/account.ts';
import type { Attendance } from '../../src/domain/attendance.ts';
import { type InstanceSettings, USUAL_SETTINGS } from '../../src/domain/instance-settings.ts';
import type { Chat, Message } from '../../src/domain/message.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import type { Subscription } from '../../src/domain/webhook.ts';
import { RecadoError } from '../../src/errors.ts';
import { buildServer, SERVER_LIMITS, type Server } from '../../src/http/server.ts';
import type { Directory } from '../../src/messaging/directory-services.ts';
import type {
	Attending,
	FinishAttendance,
	Idempotency,
	InstanceSetting,
	Instances,
	Media,
	Messaging,
	Reading,
	SendCommand,
	StartAttendance,
	WhatsApp,
} from '../../src/messaging/services.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import { silentObserver } from '../../src/observe/observer.ts';
import { Traces } from '../../src/observe/traces.ts';
import type { AccountReads } from '../../src/ports/accounts.ts';
import type { ChatReads } from '../../src/ports/chats.ts';
import type { Random } from '../../src/ports/clock.ts';
import type { Dialect } from '../../src/ports/dialect.ts';
import type { IdempotencyRecord } from '../../src/ports/idempotency.ts';
import type { MessageReads } from '../../src/ports/messages.ts';
import type { Answered, WhatsAppCallName } from '../../src/ports/whatsapp.ts';
import type { ServiceDesk } from '../../src/service-desk/services.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeIds } from '../support/fake-ids.ts';
import { fixedRandom } from '../support/fake-random.ts';
import { openAccess } from '../support/open-access.ts';
import { attendanceEvent, ownMessage } from './events.ts';

export const TOKEN = 'account-token';
export const INSTANCE_TOKEN = 'instance-token';
export const CLIENT_TOKEN = 'client-token';

export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: unknown;
}

export class World implements AsyncDisposable {
	account: Account = {
		id: 'acc_1',
		name: 'Loja',
		tokenHash: '',
		clientTokenHash: '',
		clientTokenEnforced: false,
		createdAt: 0,
	};
	instance: Instance = {
		id: 'ins_1',
		accountId: 'acc_1',
		name: 'Vendas',
		channel: 'simulator',
		phone: '5544988887777',
		tokenHash: '',
		state: 'connected',
		pacing: { minMs: 0, maxMs: 0 },
		createdAt: 0,
	};
	hasInstance = true;
	qrCode: string | undefined;
	queue: readonly Message[] = [];
	/** Answered by the next `start`; undefined: the chat was free. */
	openAttendance: Attendance | undefined;
	hasOpenAttendance = true;
	readonly sent: SendCommand[] = [];
	readonly started: StartAttendance[] = [];
	readonly finished: FinishAttendance[] = [];
	/** Calls without a shape of their own, as text: `restart ins_1`. */
	readonly calls: string[] = [];
	readonly slots: Map<string, { readonly url: string } & Subscription> = new Map();
	readonly owners: SlotOwner[] = [];
	readonly clock: FakeClock = new FakeClock();
	readonly ids: FakeIds = new FakeIds();
	readonly random: Random = fixedRandom(0.5);
	readonly #records = new Map<string, IdempotencyRecord>();
	readonly #metrics = new Metrics();
	#server: Server | undefined;

	async mount(dialect: Dialect): Promise<this> {
		this.#server = await buildServer({
			access: openAccess(),
			dialects: [dialect],
			tellError: (error) => ({ contentType: 'application/problem+json', body: { detail: error.tell('en') } }),
			observer: silentObserver,
			metrics: this.#metrics,
			traces: new Traces(),
			clock: this.clock,
			sealer: { unseal: (sealed) => sealed },
			idempotency: { find: (scope, key) => Promise.resolve(this.#records.get(`${scope} ${key}`)) },
			media: { medium: () => Promise.resolve(undefined) },
			blobs: { open: () => Promise.resolve(undefined) },
			probe: () => Promise.resolve(),
			keepsUp: () => Promise.resolve({ oldestDueAgeMs: 0 }),
			limits: SERVER_LIMITS,
			publicUrl: 'http://127.0.0.1:3000',
			version: '0.0.0',
		});
		return this;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#server?.close();
		this.#metrics[Symbol.dispose]();
	}

	async ask(options: InjectOptions): Promise<Reply> {
		if (!this.#server) throw new Error('nothing is mounted');
		const json = options.body === undefined ? {} : { 'content-type': 'application/json' };
		const reply = await this.#server.app.inject({ ...options, headers: { ...json, ...options.headers } });
		return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? undefined : reply.json() };
	}

	readonly directory: Directory = stub<Directory>({
		accountByToken: (token) => Promise.resolve(token === TOKEN ? this.account : undefined),
		instanceByToken: (id, token) => Promise.resolve(id === this.instance.id && token === INSTANCE_TOKEN ? this.instance : undefined),
		hasClientToken: (_account, clientToken) => clientToken === CLIENT_TOKEN,
		firstInstance: () => (this.hasInstance ? Promise.resolve(this.instance) : Promise.reject(new RecadoError('no_instance'))),
	});

	readonly accounts: AccountReads = stub<AccountReads>({
		account: () => Promise.resolve(this.account),
		departments: () =>
			Promise.resolve([{ id: 'dep_1', accountId: 'acc_1', name: 'Vendas', active: true, isDefault: true, createdAt: 1617708992443 }]),
	});

	readonly messaging: Messaging = {
		send: async (command) => {
			if (parsePhone(command.phone) === undefined) throw new RecadoError('invalid_phone');
			this.sent.push(command);
			const made = ownMessage({ id: messageId(this.sent.length), whatsappId: `3EB0${this.sent.length}` });
			this.#keep(command.idempotency, made);
			return made;
		},
		sendAll: () => Promise.reject(new Error('nothing here sends letters')),
		forward: async ({ instance, whatsappId, fromPhone, toPhone, idempotency }) => {
			this.calls.push(`forward ${instance.id} ${whatsappId} ${fromPhone} ${toPhone}`);
			const made = ownMessage({ id: messageId(1), whatsappId: '3EB01' });
			this.#keep(idempotency, made);
			return made;
		},
		dequeue: async (_instance, id) => {
			if (!this.queue.some((message) => message.id === id)) throw new RecadoError('message_missing', { details: { id } });
			this.calls.push(`dequeue ${id}`);
		},
		emptyQueue: async (instance) => {
			this.calls.push(`emptyQueue ${instance.id}`);
			return this.queue.length;
		},
	};

	readonly reading: Reading = {
		markRead: async ({ id }, phone, whatsappId) => void this.calls.push(`markRead ${id} ${phone} ${whatsappId}`),
		readChat: async ({ id }, phone) => this.calls.push(`readChat ${id} ${phone}`),
	};

	/** What WhatsApp was asked, and what it answers by the name of the call; nothing where a test says nothing. */
	readonly asked: { readonly name: WhatsAppCallName; readonly asked: unknown }[] = [];
	answers: Readonly<Partial<Record<WhatsAppCallName, unknown>>> = {};
	readonly whatsapp: WhatsApp = {
		ask: async (_instance, name, asked) => {
			this.asked.push({ name, asked });
			return (this.answers[name] ?? {}) as Answered<typeof name>;
		},
	};

	/** Nobody is a partner here, and nobody ever signed: what partners do is tried on the real gateway. */
	readonly access: { readonly partners: Partners; readonly subscriptions: Subscriptions } = {
		partners: stub<Partners>({ partnerByToken: () => Promise.resolve(undefined) }),
		subscriptions: stub<Subscriptions>({ subscription: () => Promise.resolve(undefined), requireRunning: () => Promise.resolve() }),
	};

	/** What the desk does is tried on the real gateway. */
	readonly serviceDesk: ServiceDesk = stub<ServiceDesk>({});

	/** Pictures that are fetched stay where they are. */
	readonly media: Pick<Media, 'keep'> = { keep: (content) => Promise.resolve(content) };

	settings: InstanceSettings = USUAL_SETTINGS;
	readonly instanceSettings: InstanceSetting = {
		get: async () => this.settings,
		set: async (_instance, change) => {
			this.settings = { ...this.settings, ...change };
			return this.settings;
		},
	};

	readonly instances: Instances = {
		connect: async ({ id }) => void this.calls.push(`connect ${id}`),
		disconnect: async ({ id }) => void this.calls.push(`disconnect ${id}`),
		restart: async ({ id }) => void this.calls.push(`restart ${id}`),
		qrCode: async () => this.qrCode,
	};

	readonly attending: Attending = {
		start: async (command) => {
			this.started.push(command);
			const result = { isNew: this.openAttendance === undefined, attendance: this.openAttendance ?? anAttendance() };
			this.#keep(command.idempotency, result);
			return result;
		},
		finish: async (command) => {
			this.finished.push(command);
			const result = { found: this.hasOpenAttendance };
			this.#keep(command.idempotency, result);
			return result;
		},
		changeDepartment: async (_instance, phone, departmentId) => void this.calls.push(`changeDepartment ${phone} ${departmentId}`),
	};

	/** As the real ones: all or nothing, https only, '' and null remove. */
	readonly webhooks: Webhooks = stub<Webhooks>({
		assignSlots: async (owner, wishes) => {
			const refused = Object.values(wishes).find(({ url }) => url && !url.startsWith('https://'));
			if (refused) throw new RecadoError('webhook_not_https', { details: { url: refused.url ?? '' } });
			this.owners.push(owner);
			for (const [slot, wish] of Object.entries(wishes)) this.#assign(slot, wish);
		},
		setSentByMe: async (owner, slot, sentByMe) => {
			const current = this.slots.get(slot);
			if (!current) throw new RecadoError('received_webhook_missing');
			this.owners.push(owner);
			this.slots.set(slot, { ...current, sentByMe });
		},
	});

	readonly messages: MessageReads = stub<MessageReads>({
		queue: (_instanceId, limit) => Promise.resolve(this.queue.slice(0, limit)),
		queueCount: () => Promise.resolve(this.queue.length),
		byWhatsappId: (_instanceId, whatsappId) => Promise.resolve(this.queue.find((message) => message.whatsappId === whatsappId)),
	});

	readonly chats: ChatReads = stub<ChatReads>({
		chat: (id) => Promise.resolve({ chat: aChat(id), contact: { id: 'ctc_1', accountId: 'acc_1', name: 'name' } }),
	});

	#assign(slot: string, { url, ...subscription }: SlotWish): void {
		if (url) this.slots.set(slot, { url, ...subscription });
		else this.slots.delete(slot);
	}

	#keep<T>(idempotency: Idempotency<T> | undefined, made: T): void {
		if (!idempotency) return;
		const { scope, key, fingerprint } = idempotency.request;
		const { status, body } = idempotency.answer(made);
		this.#records.set(`${scope} ${key}`, { scope, key, fingerprint, status, sealedBody: JSON.stringify(body), createdAt: 0 });
	}
}

/** `msg_` and a number in 32 hex digits. */
export function messageId(number: number): string {
	return `msg_${number.toString(16).padStart(32, '0')}`;
}

function aChat(id: string): Chat {
	return {
		id,
		accountId: 'acc_1',
		instanceId: 'ins_1',
		contactId: 'ctc_1',
		phone: '5511999999999',
		name: 'name',
		lastMessageAt: 0,
		createdAt: 0,
	};
}

export function anAttendance(): Attendance {
	const event = attendanceEvent('attendance.started');
	if (event.type !== 'attendance.started') throw new Error('not started');
	return event.data.attendance;
}

/** The given methods; asking for another one fails the test instead of answering undefined. */
function stub<T extends object>(methods: Partial<T>): T {
	return new Proxy(methods as T, {
		get(target, key, receiver) {
			if (!(key in target)) throw new Error(`the test's services have no ${String(key)}`);
			return Reflect.get(target, key, receiver);
		},
	});
}
