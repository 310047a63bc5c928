/** Messaging over a real store with a channel, a clock and an outbox in the hands of the test. */
import type { Instance } from '../../src/domain/account.ts';
import type { MessageContent, MessageKind } from '../../src/domain/content.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Message } from '../../src/domain/message.ts';
import { AccountDirectory } from '../../src/messaging/account-directory.ts';
import { AttendingService } from '../../src/messaging/attending.ts';
import { Doors } from '../../src/messaging/doors.ts';
import { Holding } from '../../src/messaging/holding.ts';
import { Inbox } from '../../src/messaging/inbox.ts';
import { InstanceErrands } from '../../src/messaging/instance-errands.ts';
import { InstanceHabits } from '../../src/messaging/instance-habits.ts';
import { InstanceQueues } from '../../src/messaging/instance-queues.ts';
import { InstanceSettingService } from '../../src/messaging/instance-settings.ts';
import { InstanceShares } from '../../src/messaging/instance-shares.ts';
import { InstanceSupervisor } from '../../src/messaging/instance-supervisor.ts';
import { MediaLibrary, type MediaOptions } from '../../src/messaging/media-library.ts';
import type { MessagingOptions } from '../../src/messaging/options.ts';
import { ReadingService } from '../../src/messaging/reading.ts';
import { Sending } from '../../src/messaging/sending.ts';
import type { SendCommand } from '../../src/messaging/services.ts';
import { StaffDirectory } from '../../src/messaging/staff-directory.ts';
import { OwnedWhatsApp } from '../../src/messaging/whatsapp.ts';
import { silentObserver } from '../../src/observe/observer.ts';
import type { Channel, Observation, OutboundMessage, SendOutcome } from '../../src/ports/channel.ts';
import type { Decision, DecisionConflict, Outbox } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Answered, Asked, WhatsAppCallName } from '../../src/ports/whatsapp.ts';
import { createAttendant } from '../../src/service-desk/service-desk.ts';
import { AesSealer, hashToken } from '../../src/system/aes-sealer.ts';
import { passwordHashes } from '../../src/system/password-hashes.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeIds } from '../support/fake-ids.ts';
import { fixedRandom } from '../support/fake-random.ts';
import { TestDownloads } from '../support/media-server.ts';
import { openStorePlace, type StorePlace } from '../support/open-store.ts';

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

export const MEDIA_OPTIONS: MediaOptions = {
	bytesMax: 1_000,
	documentBytesMax: 400_000,
	deadlineMs: 10_000,
	linkMs: 30 * 86_400_000,
	publicUrl: 'https://gateway.example',
};

/** Takes what it is given, as the test decides. */
export class ScriptedChannel implements Channel {
	readonly capabilities: Channel['capabilities'] = {
		kinds: new Set<MessageKind>([
			...(['text', 'image', 'reaction', 'edit', 'deletion', 'pin', 'poll', 'poll-vote', 'event', 'event-reply'] as const),
		]),
		calls: new Set<WhatsAppCallName>(['chats.read', 'chats.change', 'contacts.get']),
		keepsOurId: true,
		hasQrCode: false,
		defaultPacing: { minMs: 0, maxMs: 0 },
	};
	readonly sent: { readonly text: string; readonly phone: string; readonly at: number }[] = [];
	readonly asked: { readonly name: WhatsAppCallName; readonly asked: unknown }[] = [];
	answer: (name: WhatsAppCallName) => unknown = () => ({});
	decide: (message: Message) => SendOutcome | Promise<SendOutcome>;
	connects = 0;
	releases = 0;
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

	async ask<N extends WhatsAppCallName>(_instanceId: string, name: N, asked: Asked<N>): Promise<Answered<N>> {
		this.asked.push({ name, asked });
		return this.answer(name) as Answered<N>;
	}

	async connect(): Promise<void> {
		this.connects += 1;
	}

	async disconnect(): Promise<void> {}

	async release(): Promise<void> {
		this.releases += 1;
	}

	async qrCode(): Promise<undefined> {
		return undefined;
	}

	async [Symbol.asyncDispose](): Promise<void> {}
}

/** What processes on one store have in common. */
export interface Surroundings {
	readonly clock: FakeClock;
	readonly ids: FakeIds;
	readonly store: Store;
}

export function surroundingsOf(place: StorePlace): Surroundings {
	const clock = new FakeClock(undefined, 30);
	return { clock, ids: new FakeIds(), store: place.store(clock) };
}

export class Rig implements AsyncDisposable {
	readonly clock: FakeClock;
	readonly ids: FakeIds;
	readonly channel: ScriptedChannel;
	readonly events: DomainEvent[] = [];
	readonly store: Store;
	readonly outbox: Outbox;
	readonly queues: InstanceQueues;
	readonly media: MediaLibrary;
	readonly sending: Sending;
	readonly inbox: Inbox;
	readonly whatsapp: OwnedWhatsApp;
	readonly reading: ReadingService;
	readonly settings: InstanceSettingService;
	readonly errands: InstanceErrands;
	readonly instances: InstanceSupervisor;
	readonly shares: InstanceShares;
	readonly attending: AttendingService;
	readonly staff: StaffDirectory;
	readonly directory: AccountDirectory;
	readonly #place: StorePlace;
	/** The next process has what this one had. */
	#isSucceeded = false;
	#observations = 0;

	constructor(place: StorePlace, given: Partial<MessagingOptions> = {}, { clock, ids, store }: Surroundings = surroundingsOf(place)) {
		this.#place = place;
		const channel = new ScriptedChannel(clock);
		this.clock = clock;
		this.ids = ids;
		this.store = store;
		this.channel = channel;
		this.outbox = {
			commit: async (decision: Decision) => {
				const result = await store.commit({ ...decision, deliveries: [] });
				// Nothing was planned, so nothing is said of webhooks.
				if (result.kind === 'conflict') return result as DecisionConflict;
				this.events.push(...decision.events);
				return undefined;
			},
		};
		const { outbox } = this;
		const options = { queueMax: 5, transcriptMessagesMax: 100, ...given };
		this.media = new MediaLibrary({ store, outbox, clock, ids, downloads: new TestDownloads(), options: MEDIA_OPTIONS });
		const { media } = this;
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
		const holding = new Holding(store);
		const doors = new Doors();
		this.queues = new InstanceQueues({ ...parts, channelOf, holding });
		this.errands = new InstanceErrands({ store, holding, doors, onClaimed: (instanceId) => this.instances.arrive(instanceId) });
		const { queues, errands } = this;
		this.sending = new Sending({
			...parts,
			queues,
			errands,
			media,
			instanceSettings: new InstanceSettingService(parts),
			capabilities: () => channel.capabilities,
		});
		this.instances = new InstanceSupervisor({ ...parts, channelOf, queues, errands, holding, doors });
		this.shares = new InstanceShares({ ...parts, instances: this.instances, queues, holding, doors });
		this.whatsapp = new OwnedWhatsApp({ channelOf, errands });
		this.reading = new ReadingService({ ...parts, whatsapp: this.whatsapp });
		this.settings = new InstanceSettingService(parts);
		const attendant = createAttendant({ ...parts, queues });
		this.attending = new AttendingService({ ...parts, closing: [attendant] });
		this.inbox = new Inbox({
			...parts,
			holding,
			attending: this.attending,
			hooks: [new InstanceHabits({ ...parts, queues, settings: this.settings, whatsapp: this.whatsapp }), attendant],
			onConnection: (instance, state) => this.instances.onConnection(instance, state),
		});
		this.staff = new StaffDirectory({ ...parts, passwords: passwordHashes });
		this.directory = new AccountDirectory({
			...parts,
			passwords: passwordHashes,
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
		await this.shares.start();
	}

	/** The process ends; the next one begins at the same time over the same data. */
	async restart(): Promise<Rig> {
		await this.shares[Symbol.asyncDispose]();
		await this.queues[Symbol.asyncDispose]();
		await this.store[Symbol.asyncDispose]();
		this.#isSucceeded = true;
		const next = new Rig(this.#place);
		next.clock.jumpTo(this.clock.now());
		await next.store.open();
		await next.shares.start();
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

	/** Something else than a text arrives; answers its WhatsApp id. */
	async arrive(
		phone: string,
		content: MessageContent,
		more: { whatsappId?: string; fromMe?: boolean; at?: number; name?: string } = {},
	): Promise<string> {
		this.#observations += 1;
		const { whatsappId = this.ids.nextWhatsappId(), fromMe = false, at = this.clock.now(), name = 'Maria' } = more;
		const chat = { phone, aliases: [], name };
		const message = { whatsappId, chat, fromMe, content };
		await this.observe({ id: `obs_${this.#observations}`, at, raw: {}, kind: 'message', message });
		return whatsappId;
	}

	async content(whatsappId: string): Promise<MessageContent | undefined> {
		return (await this.store.messages.byWhatsappId(INSTANCE.id, whatsappId))?.content;
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
		if (this.#isSucceeded) return;
		await this.shares[Symbol.asyncDispose]();
		await this.queues[Symbol.asyncDispose]();
		await this.store[Symbol.asyncDispose]();
		await this.#place[Symbol.asyncDispose]();
	}
}

export async function startRig(options: Partial<MessagingOptions> = {}): Promise<Rig> {
	const rig = new Rig(await openStorePlace(), options);
	await rig.start();
	return rig;
}
