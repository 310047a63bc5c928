/**
 * The store: everything that is kept. Two engines, one conformance suite (`test/suites/store.ts`).
 *
 * Writing is one operation, `commit(unit)`: a unit is data, not a closure, so that an engine can put the units of concurrent callers
 * into one transaction and, over a network, into one round trip. A unit is all or nothing; its preconditions are checked inside the
 * transaction, and the first that does not hold fails the unit (and no other) with a `CommitConflict`, which is a value.
 * Reading is by role; a read sees every unit whose commit has resolved.
 */
import type { Account, Application, Category, Department, Instance, Operator } from '../domain/account.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Attendance } from '../domain/attendance.ts';
import type { MessageContent } from '../domain/content.ts';
import type { ClaimedDelivery, Delivery, DeliveryState, NewDelivery, Settlement } from '../domain/delivery.ts';
import type { DomainEvent, EventType } from '../domain/event.ts';
import type { Alias, Chat, Contact, Message, MessageStatus, MessageStep, Thread } from '../domain/message.ts';
import type { Webhook, WebhookFailing } from '../domain/webhook.ts';
import type { Blob, Blobs } from './blobs.ts';
import type { ChannelState } from './channel.ts';
import type { DocumentDelete, DocumentPut, DocumentReads } from './documents.ts';
import type { InsightReads } from './insight.ts';
import type { Job, JobState, Jobs } from './jobs.ts';
import type { Errands, Ownership, Peers } from './peers.ts';
import type { PersonalData } from './personal-data.ts';

export interface Store extends AsyncDisposable {
	/** Runs the migrations and makes what a crashed process was sending ready again. Call once, before anything else. */
	open(): Promise<void>;
	commit(unit: WriteUnit): Promise<CommitResult>;
	/** Resolves if a write can be made durable now; rejects with `store_unavailable` otherwise. */
	probe(): Promise<void>;
	/** When the newest thing was written, by the clock of who wrote it; 0 in a new store. A clock that was put back since starts from here. */
	newestAt(): Promise<number>;

	readonly accounts: AccountReads;
	readonly webhooks: WebhookReads;
	readonly chats: ChatReads;
	readonly messages: MessageReads;
	readonly attendances: AttendanceReads;
	readonly events: EventReads;
	readonly deliveries: DeliveryReads & DeliveryWork;
	readonly jobs: Jobs;
	readonly journal: JournalReads;
	readonly idempotency: IdempotencyReads;
	readonly media: MediaReads & MediaWork;
	/** The bytes that the links of `media` lead to. */
	readonly blobs: Blobs;
	readonly documents: DocumentReads;
	readonly insight: InsightReads;
	readonly channelState: ChannelState;
	readonly sealedSecrets: SealedSecrets;
	readonly retention: Retention;
	readonly personal: PersonalData;
	readonly peers: Peers;
	readonly ownership: Ownership;
	readonly errands: Errands;
}

export interface WriteUnit {
	readonly changes: readonly Change[];
	readonly events: readonly DomainEvent[];
	readonly deliveries: readonly NewDelivery[];
	readonly idempotency?: IdempotencyRecord;
	/**
	 * Which webhooks the deliveries were planned for: the version of those of each account that has an event in it. Looked at only where others write
	 * too (`peers.isAlone` is false): whoever is alone knows them all.
	 */
	readonly plannedWith?: readonly PlannedWith[];
}

export interface PlannedWith {
	readonly accountId: string;
	/** As `WebhookReads.ofAccount` answered it. */
	readonly version: number;
}

export type CommitResult = Committed | CommitConflict;

export interface Committed {
	readonly kind: 'committed';
	/** The deliveries of the unit that are now `sending`: attempt them. */
	readonly taken: readonly ClaimedDelivery[];
	/** When which of the others are due, those that wait in their lanes left out. */
	readonly due: readonly { readonly webhookId: string; readonly dueAt: number }[];
}

/** What a precondition found; `what` says which. Nothing of the unit was written. */
export interface CommitConflict {
	readonly kind: 'conflict';
	readonly what:
		| 'idempotency' // the key is used: read its record; looked at before anything else of the unit
		| 'webhooks' // webhooks of the account changed since the deliveries were planned; looked at before the changes of the unit
		| 'exists' // an insert met an id, a name or an alias that is there
		| 'message' // a message is not in the status that the decision started from
		| 'attendance' // an attendance changed, or the chat has an open one, or the number is taken
		| 'journal' // the observation is in the journal already: a repetition
		| 'document' // a document is not in the version that the decision started from
		| 'missing'; // an update found no row
}

/**
 * One change. Inserts fail on existing ids; `put` writes the whole record over the old one; the others say what they do.
 * Deleting something that is not there is no conflict.
 */
export type Change =
	| { readonly kind: 'account.insert'; readonly account: Account }
	| { readonly kind: 'account.put'; readonly account: Account }
	| { readonly kind: 'instance.insert'; readonly instance: Instance }
	/** What is given; the rest stays as it is, so that a change by a person and one by the channel do not undo each other. `missing` where there is none. */
	| ({ readonly kind: 'instance.update'; readonly id: string } & InstanceUpdate)
	| { readonly kind: 'application.insert'; readonly application: Application }
	| { readonly kind: 'application.put'; readonly application: Application }
	| { readonly kind: 'department.put'; readonly department: Department }
	| { readonly kind: 'department.delete'; readonly id: string }
	| { readonly kind: 'operator.put'; readonly operator: Operator }
	| { readonly kind: 'operator.delete'; readonly id: string }
	| { readonly kind: 'category.put'; readonly category: Category }
	| { readonly kind: 'category.delete'; readonly id: string }
	| { readonly kind: 'webhook.put'; readonly webhook: Webhook }
	/** Its circuit opened or closed: that alone is written. `missing` where there is no such webhook. */
	| { readonly kind: 'webhook.failing'; readonly id: string; readonly failing?: WebhookFailing }
	/** What was for it is to be cancelled or delivered before; a delivery that is still in hand is cancelled with its settlement. */
	| { readonly kind: 'webhook.delete'; readonly id: string }
	| { readonly kind: 'job.insert'; readonly job: Job }
	/** `missing` where the job is in none of the states `from`. */
	| { readonly kind: 'job.state'; readonly id: string; readonly from: readonly JobState[]; readonly state: JobState; readonly at: number }
	/** `exists` where the account has one of the aliases already. */
	| { readonly kind: 'contact.insert'; readonly contact: Contact; readonly aliases: readonly Alias[] }
	/** Name, photo and lid where given; further aliases. An alias of another contact stays where it is. */
	| {
			readonly kind: 'contact.update';
			readonly id: string;
			readonly accountId: string;
			readonly name?: string;
			readonly photoUrl?: string;
			readonly lid?: string;
			readonly aliases?: readonly Alias[];
	  }
	/** `exists` where the instance has a chat with that contact. */
	| { readonly kind: 'chat.insert'; readonly chat: Chat }
	/**
	 * Commutative notes of what happened on a chat: the later time wins; `waitingSince` is kept if set, and not set while an attendance is open. Where it
	 * begins, the chat's `waitingAfter` becomes what its `lastMessageId` was before. `lastMessageId` alone is what the last one to be committed says.
	 */
	| ({ readonly kind: 'chat.touch'; readonly id: string } & ChatTouch)
	| { readonly kind: 'message.insert'; readonly message: Message }
	/** `message` where its status is no longer `from`. Writes status, timeline, failure and updatedAt. */
	| { readonly kind: 'message.advance'; readonly from: MessageStatus; readonly message: Message }
	/** `message` where its content is no longer `from`, as it was read. Writes the content and nothing else. */
	| { readonly kind: 'message.amend'; readonly id: string; readonly from: MessageContent; readonly content: MessageContent }
	/** Takes a queued message out of the queue. `message` where it is not queued. */
	| { readonly kind: 'message.delete'; readonly id: string }
	/** Deletes one that has left the queue; one that is in it stays. */
	| { readonly kind: 'message.erase'; readonly id: string }
	/**
	 * `attendance` where the chat has an open one, the number is taken, or the chat is not as it was `seen`. Sets the chat's `attendanceId`, clears its
	 * `waitingSince` and `waitingAfter`.
	 */
	| { readonly kind: 'attendance.insert'; readonly attendance: Attendance; readonly seen?: SeenChat }
	/** `attendance` where its version is not `attendance.version - 1`, or the chat is not as it was `seen`. Clears the chat's `attendanceId` when finished. */
	| { readonly kind: 'attendance.update'; readonly attendance: Attendance; readonly chatDepartmentId?: string; readonly seen?: SeenChat }
	/** `journal` where the instance has that observation. */
	| { readonly kind: 'journal.insert'; readonly entry: JournalEntry }
	| { readonly kind: 'journal.settle'; readonly id: string; readonly state: JournalState; readonly error?: string }
	/** A link. What it leads to is there, and was put or held just now. */
	| { readonly kind: 'media.insert'; readonly medium: StoredMedium }
	/** What a reserved link leads to. `missing` where there is no such link, or it leads somewhere already. */
	| { readonly kind: 'media.fill'; readonly id: string; readonly mimeType: string; readonly blob: Blob }
	/** These links of the account go with the message from now on; those that belong to another one stay where they are. */
	| { readonly kind: 'media.attach'; readonly ids: readonly string[]; readonly accountId: string; readonly messageId: string }
	/** The links of a message go, as they do where the message itself is deleted. */
	| { readonly kind: 'media.release'; readonly messageId: string }
	/** `document` where its version is not the expected one. */
	| DocumentPut
	| DocumentDelete;

export type InstanceUpdate = Partial<Pick<Instance, 'name' | 'pacing' | 'state'>>;

/** What a decision about a whole conversation was made on: no message may have been stored since. */
export interface SeenChat {
	readonly lastMessageId: string | undefined;
}

export interface ChatTouch {
	readonly lastMessageAt?: number;
	/** The message that is inserted in the same unit. */
	readonly lastMessageId?: string;
	readonly lastInboundAt?: number;
	readonly waitingSince?: number;
	readonly name?: string;
	readonly phone?: string;
	readonly thread?: Thread;
	readonly departmentId?: string;
}

export interface Page<T> {
	readonly items: readonly T[];
	/** Hand it in again for what follows; undefined at the end. Opaque. */
	readonly next?: string;
}

export interface PageRequest {
	readonly limit: number;
	readonly cursor?: string;
}

/** A page by how many come before it: what comes next may move meanwhile. `invalid_request` (`page`) where that is LISTED_MAX or more. */
export interface OffsetRequest {
	readonly limit: number;
	readonly offset: number;
}

/**
 * So far lists go that are paged by number, and so far they are counted: all that comes before a page is walked past for it. What is further down is
 * found by narrowing the filter, in time for one.
 */
export const LISTED_MAX = 100_000;

/**
 * So many rows are looked at, newest first, for what no index knows: a status, a text. What is older is found by narrowing the rest of the filter. That is
 * a few hundredths of a second, for which the embedded store does nothing else.
 */
export const LOOKED_AT_MAX = 10_000;

export interface AccountReads {
	account(id: string): Promise<Account | undefined>;
	accountByTokenHash(hash: string): Promise<Account | undefined>;
	accounts(page: PageRequest): Promise<Page<Account>>;
	instance(id: string): Promise<Instance | undefined>;
	/** Oldest first. */
	instancesOf(accountId: string): Promise<readonly Instance[]>;
	allInstances(): Promise<readonly Instance[]>;
	application(id: string): Promise<Application | undefined>;
	applicationsOf(accountId: string): Promise<readonly Application[]>;
	/** All three oldest first. */
	departments(accountId: string): Promise<readonly Department[]>;
	operators(accountId: string): Promise<readonly Operator[]>;
	categories(accountId: string): Promise<readonly Category[]>;
}

export interface WebhookReads {
	webhook(id: string): Promise<Webhook | undefined>;
	/** All of them: the registry keeps them in memory. Oldest first. */
	all(): Promise<readonly Webhook[]>;
	ofAccount(accountId: string): Promise<WebhooksOfAccount>;
}

/** All webhooks of an account, oldest first, at one moment. */
export interface WebhooksOfAccount {
	readonly webhooks: readonly Webhook[];
	/**
	 * Another one after each commit that changed what deliveries are planned with; 0 before the first. That a circuit opened or closed and that secrets
	 * were rotated changes nothing of that. Always 0 in a store of which this process is the only writer (`peers.isAlone`).
	 */
	readonly version: number;
}

/** A chat with its contact. */
export interface ChatView {
	readonly chat: Chat;
	readonly contact: Contact;
}

export interface ChatReads {
	chat(id: string): Promise<ChatView | undefined>;
	/** The chat of an instance with whoever has one of these aliases. */
	findByAlias(instanceId: string, accountId: string, aliases: readonly Alias[]): Promise<ChatView | undefined>;
	/** The contact with one of these aliases, where the instance has no chat with it yet. */
	findContact(accountId: string, aliases: readonly Alias[]): Promise<Contact | undefined>;
	/** Latest message first. */
	chatsOf(instanceId: string, page: PageRequest | OffsetRequest): Promise<Page<ChatView>>;
	/** Of all instances of the account, latest message first. */
	chatsOfAccount(accountId: string, page: PageRequest): Promise<Page<ChatView>>;
	/** Those of an instance in which a customer waits, who waits longest first. */
	waitingOf(instanceId: string, page: PageRequest | OffsetRequest): Promise<Page<ChatView>>;
	/** The same of all instances of an account. */
	waiting(filter: WaitingFilter, page: PageRequest): Promise<Page<ChatView>>;
}

export interface WaitingFilter {
	readonly accountId: string;
	/** Those of one of these; undefined among them: those of none. */
	readonly departmentIds?: readonly (string | undefined)[];
}

/** A page of a chat: from its newest message on, or from one on that was read before. */
export interface ChatMessagesRequest {
	readonly limit: number;
	/** The id of a message: those before it. */
	readonly before?: string;
}

/** Instance, chat or context, and time are found by an index. The rest is looked for in the newest LOOKED_AT_MAX of what those leave. */
export interface MessageFilter {
	readonly instanceId: string;
	readonly chatId?: string;
	readonly status?: MessageStatus;
	/** Any of these; one that failed is found by the step that it had reached: `queued` or `sent`. */
	readonly steps?: readonly MessageStep[];
	readonly contextId?: string;
	/** Inclusive, exclusive; epoch milliseconds. */
	readonly since?: number;
	readonly until?: number;
	/** Part of a text or caption, case-insensitive. */
	readonly search?: string;
}

export interface MessageReads {
	message(id: string): Promise<Message | undefined>;
	byWhatsappId(instanceId: string, whatsappId: string): Promise<Message | undefined>;
	/** The queue of an instance in the order in which it may go: due time, then age. */
	queue(instanceId: string, limit: number): Promise<readonly Message[]>;
	queueCount(instanceId: string): Promise<number>;
	/** The latest due time among the queued messages of a chat, scheduled ones aside; undefined where none is queued. */
	queuedUntil(chatId: string): Promise<number | undefined>;
	/** What was stored in a chat, oldest first; the newest `limit` of it where there is more. */
	transcript(chatId: string, stored: StoredBetween, limit: number): Promise<readonly Message[]>;
	/** Newest first. None where the message that they are before is not of that chat. */
	ofChat(chatId: string, page: ChatMessagesRequest): Promise<readonly Message[]>;
	/**
	 * Newest first, by number of page from 1 (the Instant Message API pages so), with how many there are, counted up to LISTED_MAX. `invalid_request`
	 * (`page`) for a page beyond that.
	 */
	list(filter: MessageFilter, page: number, limit: number): Promise<{ readonly items: readonly Message[]; readonly total: number }>;
	/**
	 * The latest message in a thread of each chat of the instance that has one, newest first, looked for in the newest LOOKED_AT_MAX messages.
	 * `answered`: the customer wrote in a thread.
	 */
	latestOfThreads(
		instanceId: string,
		answered: boolean | undefined,
		page: number,
		limit: number,
	): Promise<{ readonly items: readonly { readonly last: Message; readonly view: ChatView }[]; readonly total: number }>;
}

/** A stretch of a chat by the order in which its messages were stored, whenever they were written. */
export interface StoredBetween {
	/** Behind this message; null: from the beginning. */
	readonly after: string | null;
	/** Up to this message, with it; undefined: to the end. */
	readonly upTo?: string;
	/** Where one of these messages is not there any more: what was created at these times, both included. */
	readonly since: number;
	readonly until: number;
}

export interface AttendanceFilter {
	readonly accountId: string;
	readonly chatId?: string;
	readonly status?: Attendance['status'];
}

export interface AttendanceReads {
	attendance(id: string): Promise<Attendance | undefined>;
	byNumber(accountId: string, number: number): Promise<Attendance | undefined>;
	/** The highest number of the account; 0 before the first. */
	lastNumber(accountId: string): Promise<number>;
	/** Newest first. */
	list(filter: AttendanceFilter, page: PageRequest): Promise<Page<Attendance>>;
}

export interface EventFilter {
	readonly accountId?: string;
	readonly instanceId?: string;
	readonly chatId?: string;
	readonly type?: EventType;
	readonly since?: number;
	readonly until?: number;
}

export interface EventReads {
	event(id: string): Promise<DomainEvent | undefined>;
	/** Newest first, by when they happened; those of a chat by the order of commit. */
	list(filter: EventFilter, page: PageRequest): Promise<Page<DomainEvent>>;
}

/**
 * So many deliveries are looked at for one page, newest first, for what no index knows: an instance, an event type, a text. They are looked at a stretch at
 * a time; between two of them the embedded store does what else there is to do.
 */
export const DELIVERIES_LOOKED_AT_MAX = 20_000;

/** Found by an index, but for the last three: for those each delivery that the rest leaves is looked at. */
export interface DeliveryFilter {
	readonly webhookId?: string;
	readonly accountId?: string;
	readonly chatId?: string;
	/** Of any of these; each has a walk of its own. */
	readonly chatIds?: readonly string[];
	readonly eventId?: string;
	readonly state?: DeliveryState;
	readonly since?: number;
	readonly until?: number;
	readonly instanceId?: string;
	readonly eventType?: EventType;
	/** Part of the payload, case-insensitive. */
	readonly text?: string;
}

export interface DeliveryPage extends Page<Delivery> {
	/**
	 * How many were looked at, where the filter asks for what no index knows. A page may then be short, or empty, and have a `next`: that many were looked
	 * at in vain, and what is older is still to come.
	 */
	readonly scanned?: number;
}

export interface DeliveryReads {
	delivery(id: string): Promise<Delivery | undefined>;
	/**
	 * Newest first, by the order of commit; those of a chat by the order of commit of their events. Bodies are left out of lists (`body: ''`).
	 */
	list(filter: DeliveryFilter, page: PageRequest): Promise<DeliveryPage>;
	attempts(deliveryId: string): Promise<readonly Attempt[]>;
	/** How many there are in each state that needs something yet; near enough where there is much of it and it is moving. */
	backlog(): Promise<{ readonly pending: number; readonly sending: number; readonly dead: number }>;
}

/** What the dispatcher does with deliveries; the states are told in `domain/delivery.ts`. Atomic each, and grouped with concurrent commits. */
export interface DeliveryWork {
	/** Takes ready deliveries of these webhooks, longest due first: they are `sending` now. */
	claimDue(request: ClaimRequest): Promise<Claimed>;
	/** The webhooks that have deliveries with a due time, each with its earliest: what a start has to know. */
	dueWebhooks(): Promise<ReadonlyMap<string, number>>;
	/** Takes the head of the oldest lane of a webhook, whether it is due yet or not; undefined where nothing of it is pending. */
	takeOldest(webhookId: string): Promise<ClaimedDelivery | undefined>;
	/**
	 * What sleeps (due after `at`) is due at `at`; how long lanes were held is forgotten, and whoever was to overtake waits again. Up to `limit` of them;
	 * answers how many.
	 */
	hasten(webhookId: string, at: number, limit: number): Promise<number>;
	/**
	 * Writes an outcome with its attempt. Settling as delivered or dead makes the next of the lane ready; with `takeNext` that one is taken
	 * instead, and answered. A settlement of a delivery that is not `sending` changes nothing (the attempt is still recorded).
	 */
	settle(settlement: Settlement): Promise<ClaimedDelivery | undefined>;
	/** A head that held its lane too long leaves it: it keeps its due time, the lane goes on without it. */
	overtake(deliveryId: string): Promise<void>;
	/** A dead (or delivered or cancelled) delivery is ready again, in its lane's order, its schedule from the start. False where it is unsettled. */
	replay(deliveryId: string, at: number): Promise<boolean>;
	/** A pending or dead delivery is cancelled; its lane goes on. False where it is in no such state (being sent, or settled). */
	discard(deliveryId: string, at: number): Promise<boolean>;
	/** Pending deliveries of a webhook that were made before `createdBefore` are dead, oldest first, up to `limit` of them. Answers how many. */
	expire(webhookId: string, createdBefore: number, at: number, limit: number): Promise<number>;
	/** Pending deliveries of a webhook that is being deleted are cancelled, up to `limit` of them. Answers how many. */
	cancel(webhookId: string, at: number, limit: number): Promise<number>;
	/** Whether anything of the webhook is pending or sending. */
	hasUnsettled(webhookId: string): Promise<boolean>;
}

export interface ClaimRequest {
	readonly now: number;
	/** How many of which webhook, in the order in which they have their turns. */
	readonly wants: ReadonlyMap<string, number>;
	/** No more are taken once the bodies of those that were have so many bytes. */
	readonly bytesMax: number;
}

export interface Claimed {
	readonly deliveries: readonly ClaimedDelivery[];
	/** For each webhook that was asked for: when the next of those that are left is due; not in it where nothing is. */
	readonly dueAt: ReadonlyMap<string, number>;
}

export interface Retention {
	/**
	 * Deletes settled deliveries (with their attempts) and events that are older than `before`, finished journal entries and answers to idempotent
	 * requests with them: up to `limit` rows. Answers how many; fewer than `limit` means that nothing is left for now.
	 */
	prune(before: number, limit: number): Promise<number>;
}

/** `done`: its effects are committed. `waiting`: for the message it speaks of. `failed`: kept for a person, with the error. */
export type JournalState = 'done' | 'waiting' | 'failed';

export interface JournalEntry {
	/** `jrn_…` */
	readonly id: string;
	readonly instanceId: string;
	/** The observation's id: unique per instance. */
	readonly observationId: string;
	readonly at: number;
	/** The whole observation with its raw part, JSON. */
	readonly observation: string;
	readonly state: JournalState;
	/** The WhatsApp id of the message a `waiting` entry waits for. */
	readonly waitsFor?: string;
	readonly error?: string;
}

export interface JournalReads {
	/** Entries that wait for this message, oldest first. */
	waitingFor(instanceId: string, whatsappId: string): Promise<readonly JournalEntry[]>;
	has(instanceId: string, observationId: string): Promise<boolean>;
	/** Failed ones, oldest first: what a start tries again. */
	failed(limit: number): Promise<readonly JournalEntry[]>;
}

/** The first answer to a request that carried an `Idempotency-Key`. */
export interface IdempotencyRecord {
	/** Whose key it is: dialect, owner and operation. Unique together with `key`. */
	readonly scope: string;
	readonly key: string;
	/** SHA-256, hex, of the request's body. */
	readonly fingerprint: string;
	readonly status: number;
	/** The answer's JSON, sealed (it may carry tokens). */
	readonly sealedBody: string;
	readonly createdAt: number;
}

export interface IdempotencyReads {
	find(scope: string, key: string): Promise<IdempotencyRecord | undefined>;
}

/** A link to a medium: whoever knows its id may have the bytes until it expires. */
export interface StoredMedium {
	/** `med_…` with 128 random bits at least. */
	readonly id: string;
	readonly accountId: string;
	readonly mimeType: string;
	readonly fileName?: string;
	/** Undefined where it is reserved, and the bytes are still to come. */
	readonly blob?: Blob;
	readonly createdAt: number;
	readonly expiresAt: number;
	/** With which message it is deleted; undefined for what was uploaded by itself. */
	readonly messageId?: string;
}

export interface MediaReads {
	/** Also one that is expired and not deleted yet. */
	medium(id: string): Promise<StoredMedium | undefined>;
}

export interface MediaWork {
	/** Deletes links that expired before `before`, up to `limit` of them. Answers how many. */
	expire(before: number, limit: number): Promise<number>;
}

/** Secrets of the gateway itself (the key that signs JWTs), and the renewal of everything sealed when the key is rotated. */
export interface SealedSecrets {
	get(name: string): Promise<string | undefined>;
	/** Keeps the first one put: answers what is kept. */
	putIfAbsent(name: string, sealed: string): Promise<string>;
	/** Seals again whatever `reseal` answers a new value for (webhook secrets and headers, gateway secrets, answers by idempotency key). Answers how many. */
	resealAll(reseal: (sealed: string) => string | undefined): Promise<number>;
}
