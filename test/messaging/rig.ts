/** Messaging over a real SQLite file with a channel, a clock and an outbox in the hands of the test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instance } from '../../src/domain/account.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Message } from '../../src/domain/message.ts';
import { AccountDirectory } from '../../src/messaging/account-directory.ts';
import { AttendingService } from '../../src/messaging/attending.ts';
import { Inbox } from '../../src/messaging/inbox.ts';
import { InstanceQueues } from '../../src/messaging/instance-queue.ts';
import { InstanceSupervisor } from '../../src/messaging/instance-supervisor.ts';
import type { MessagingOptions } from '../../src/messaging/options.ts';
import { Sending } from '../../src/messaging/sending.ts';
import type { SendCommand } from '../../src/messaging/services.ts';
import { StaffDirectory } from '../../src/messaging/staff-directory.ts';
import { silentObserver } from '../../src/observe/observer.ts';
import type { Channel, Observation, OutboundMessage, SendOutcome } from '../../src/ports/channel.ts';
import type { Decision, Outbox } from '../../src/ports/outbox.ts';
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { AesSealer, hashToken } from '../../src/system/aes-sealer.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeIds } from '../support/fake-ids.ts';
import { fixedRandom } from '../support/fake-random.ts';

export const INSTANCE: Instance = {
	id: 'ins_1',
	accountId: 'acc_1',
	name: 'Principal',
	channel: 'simulator',
	phone: '5544900000000',
	tokenHash: 'hash',
	state: 'connected',
	pacing: { minMs: 0, maxMs: 0 },
	createdAt: 0,
};

/** Takes what it is given, as the test decides. */
export class ScriptedChannel implements Channel {
	readonly capabilities: Channel['capabilities'] = {
		kinds: new Set(['text', 'image', 'reaction'] as const),
		keepsOurId: true,
		hasQrCode: false,
		defaultPacing: { minMs: 0, maxMs: 0 },
	};
	readonly sent: { readonly text: string; readonly phone: string; readonly at: number }[] = [];
	decide: (message: Message) => SendOutcome | Promise<SendOutcome>;
	connects = 0;
	readonly #clock: FakeClock;

	constructor(clock: FakeClock) {
		this.#clock = clock;
		this.decide = () => ({ kind: 'taken', at: clock.now() });
	}

	async send({ message, phone }: OutboundMessage): Promise<SendOutcome> {
		const { content } = message;
		this.sent.push({ text: content.kind === 'text' ? content.text : content.kind, phone, at: this.#clock.now() });
		return this.decide(message);
	}

	async connect(): Promise<void> {
		this.connects += 1;
	}

	async disconnect(): Promise<void> {}

	async qrCode(): Promise<undefined> {
		return undefined;
	}

	async [Symbol.asyncDispose](): Promise<void> {}
}

export class Rig implements AsyncDisposable {
	readonly clock: FakeClock = new FakeClock(undefined, 30);
	readonly ids: FakeIds = new FakeIds();
	readonly channel: ScriptedChannel = new ScriptedChannel(this.clock);
	readonly events: DomainEvent[] = [];
	readonly store: SqliteStore;
	readonly outbox: Outbox;
	readonly queues: InstanceQueues;
	readonly sending: Sending;
	readonly inbox: Inbox;
	readonly instances: InstanceSupervisor;
	readonly attending: AttendingService;
	readonly staff: StaffDirectory;
	readonly directory: AccountDirectory;
	readonly #folder: string;
	#observations = 0;

	constructor(folder: string, given: Partial<MessagingOptions> = {}) {
		this.#folder = folder;
		const { clock, ids, channel } = this;
		const store = new SqliteStore({ file: join(folder, 'recado.db'), clock });
		this.store = store;
		this.outbox = {
			commit: async (decision: Decision) => {
				const result = await store.commit({ ...decision, deliveries: [] });
				if (result.kind === 'conflict') return result;
				this.events.push(...decision.events);
				return undefined;
			},
		};
		const { outbox } = this;
		const options = { queueMax: 5, transcriptMessagesMax: 100, mediaBytesMax: 1000, publicUrl: 'https://gateway.example', ...given };
		const parts = {
			store,
			outbox,
			clock,
			ids,
			observer: silentObserver,
			random: fixedRandom(0),
			sealer: new AesSealer(Buffer.alloc(32)),
			options,
		};
		const channelOf = (): Channel => channel;
		this.queues = new InstanceQueues({ ...parts, channelOf });
		const { queues } = this;
		this.sending = new Sending({ ...parts, queues, capabilities: () => channel.capabilities });
		this.instances = new InstanceSupervisor({ ...parts, channelOf, queues });
		this.inbox = new Inbox({ ...parts, onConnection: (instance, state) => this.instances.onConnection(instance, state) });
		this.attending = new AttendingService(parts);
		this.staff = new StaffDirectory(parts);
		this.directory = new AccountDirectory({
			...parts,
			instances: this.instances,
			channels: channelOf,
			hash: hashToken,
			get drafts(): never {
				throw new Error('no application is made here');
			},
			get tokens(): never {
				throw new Error('no application is made here');
			},
		});
	}

	async start(): Promise<void> {
		await this.store.open();
		const account = { id: 'acc_1', name: 'Loja', tokenHash: 'a', clientTokenHash: 'b', clientTokenEnforced: false, createdAt: 0 };
		await this.store.commit({
			changes: [
				{ kind: 'account.insert', account },
				{ kind: 'instance.insert', instance: INSTANCE },
			],
			events: [],
			deliveries: [],
		});
		await this.instances.start();
	}

	/** The process ends; the next one begins at the same time over the same file. */
	async restart(): Promise<Rig> {
		await this.queues[Symbol.asyncDispose]();
		await this.store[Symbol.asyncDispose]();
		const next = new Rig(this.#folder);
		next.clock.jumpTo(this.clock.now());
		await next.store.open();
		await next.instances.start();
		return next;
	}

	send(phone: string, text: string, more: Partial<SendCommand> = {}): Promise<Message> {
		return this.sending.send({ instance: INSTANCE, phone, content: { kind: 'text', text }, origin: 'api', ...more });
	}

	/** A customer writes. */
	async write(phone: string, text: string, more: { whatsappId?: string; observationId?: string; fromMe?: boolean } = {}): Promise<void> {
		this.#observations += 1;
		const whatsappId = more.whatsappId ?? this.ids.nextWhatsappId();
		await this.observe({
			id: more.observationId ?? `obs_${this.#observations}`,
			at: this.clock.now(),
			raw: { text },
			kind: 'message',
			message: {
				whatsappId,
				chat: { phone, aliases: [], name: 'Maria' },
				fromMe: more.fromMe ?? false,
				content: { kind: 'text', text },
			},
		});
	}

	async observe(...observations: readonly Observation[]): Promise<void> {
		await this.inbox.observe(INSTANCE.id, observations);
	}

	async told(id: string, step: 'sent' | 'received' | 'read' | 'played', ...whatsappIds: readonly string[]): Promise<void> {
		await this.observe({ id, at: this.clock.now(), raw: {}, kind: 'status', step, whatsappIds });
	}

	/** `message.sent`, `message.status read`, ... */
	heard(): string[] {
		return this.events.map((event) => (event.type === 'message.status' ? `${event.type} ${event.data.status}` : event.type));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.queues[Symbol.asyncDispose]();
		await this.store[Symbol.asyncDispose]();
		await rm(this.#folder, { recursive: true, force: true });
	}
}

export async function startRig(options: Partial<MessagingOptions> = {}): Promise<Rig> {
	const rig = new Rig(await mkdtemp(join(tmpdir(), 'recado-messaging-')), options);
	await rig.start();
	return rig;
}
